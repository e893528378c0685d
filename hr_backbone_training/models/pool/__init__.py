from . import hr_backbone_plan_line_begin
from . import hr_backbone_member
from . import hr_backbone_movement
from . import hr_backbone_development_mixin
from . import hr_backbone_member_card
from . import hr_employee
from . import hr_employee_public
