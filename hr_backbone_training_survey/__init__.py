from . import controllers
from . import models

# last: before all overrides of the models
from . import guards
