from . import test_program
