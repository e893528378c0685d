from . import test_evaluation
from . import test_evaluation_early
from . import test_evaluation_order
from . import test_evaluation_print
from . import test_own_run
