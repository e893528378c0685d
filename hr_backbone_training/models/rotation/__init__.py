from . import hr_backbone_rotation
from . import hr_backbone_rotation_workflow
from . import hr_backbone_rotation_rules
from . import hr_backbone_member
from . import res_users
from . import hr_department
from . import hr_backbone_timeline
