from . import hr_backbone_comment_wizard
from . import hr_backbone_meeting_wizard
from . import hr_backbone_member_wizard
from . import hr_backbone_opinion_wizard
from . import hr_backbone_reassign_wizard
from . import hr_backbone_evaluation_wizard
from . import hr_backbone_report_accept_wizard
from . import hr_backbone_training_need_wizard
