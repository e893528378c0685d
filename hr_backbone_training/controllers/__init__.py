from . import portal
from . import portal_form
from . import portal_application
from . import portal_plan
from . import portal_notice
from . import portal_meeting
from . import portal_member
from . import portal_rotation
