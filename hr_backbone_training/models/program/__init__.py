from . import hr_backbone_rank
from . import hr_backbone_echelon
from . import hr_backbone_echelon_condition
from . import hr_job
from . import hr_backbone_program
from . import hr_backbone_program_line
from . import hr_backbone_program_responsibility
from . import hr_backbone_program_mixin
