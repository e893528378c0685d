from . import hr_backbone_plan
from . import hr_backbone_plan_line
from . import hr_backbone_plan_progress
from . import res_users
