from . import hr_backbone_program_evaluation
from . import hr_backbone_evaluation_run
from . import hr_backbone_evaluation_method
from . import hr_backbone_evaluation
from . import hr_backbone_evaluation_compute
from . import hr_backbone_evaluation_freeze
from . import hr_backbone_evaluation_award
from . import hr_backbone_evaluation_form
