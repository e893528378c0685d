# The order is the data flow of the design: a later room may know an earlier one.
from . import core
from . import program
from . import plan
from . import selection
from . import pool
from . import mentoring
from . import rotation
from . import training
from . import promotion
from . import quarter
from . import year
