from . import test_journey
from . import test_program
