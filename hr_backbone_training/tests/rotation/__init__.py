from . import test_portal_rotation
from . import test_rotation
from . import test_rotation_dates
from . import test_rotation_import
from . import test_rotation_leave
