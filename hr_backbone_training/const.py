"""The three groups of the addon, by their external ids."""

COMMITTEE = "hr_backbone_training.group_hr_backbone_committee"
OFFICER = "hr_backbone_training.group_hr_backbone_officer"
ADMINISTRATOR = "hr_backbone_training.group_hr_backbone_manager"
