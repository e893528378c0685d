from . import hr_backbone_course
from . import hr_backbone_enrollment
from . import hr_backbone_enrollment_workflow
from . import slide_channel
from . import hr_backbone_plan_line
from . import hr_backbone_member
from . import hr_backbone_timeline
from . import hr_backbone_report
