from . import controllers
from . import models
from . import reports
from . import wizards

# last: before all overrides of the models
from . import guards
from .hooks import uninstall_hook
