# after the models: the views read their tables
from . import hr_backbone_outstanding
from . import hr_backbone_obligation
from . import hr_backbone_overview
