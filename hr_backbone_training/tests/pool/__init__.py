from . import test_employee
from . import test_member
from . import test_member_exit
from . import test_member_moved
from . import test_portal_member
