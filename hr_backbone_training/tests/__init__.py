from . import test_journey
from . import test_program
from . import test_application
from . import test_application_moves
from . import test_application_approver
from . import test_application_check
