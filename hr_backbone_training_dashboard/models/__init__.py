from . import hr_backbone_figure
