from . import hr_backbone_obligation
