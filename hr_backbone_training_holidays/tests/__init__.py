from . import test_absence
from . import test_approver
from . import test_conflict
from . import test_portal
from . import test_translations
