from . import hr_backbone_absence_mixin
from . import hr_backbone_application
from . import hr_backbone_mentorship
from . import hr_backbone_mentorship_session
from . import hr_employee
from . import hr_leave
from . import hr_leave_allocation
from . import res_users
