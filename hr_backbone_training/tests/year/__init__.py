from . import test_evaluation
from . import test_evaluation_early
from . import test_evaluation_print
