from . import controllers
from . import models
from . import reports

# last: before all overrides of the models
from . import guards
