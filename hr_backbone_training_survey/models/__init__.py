from . import survey_user_input
from . import hr_backbone_training
from . import hr_backbone_training_participant
from . import hr_backbone_achievement
from . import res_users
