from . import test_plan
from . import test_plan_line
from . import test_portal_plan
