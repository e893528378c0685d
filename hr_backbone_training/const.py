# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The three groups of the addon, by their external ids; and what several rooms name alike."""

COMMITTEE = "hr_backbone_training.group_hr_backbone_committee"
OFFICER = "hr_backbone_training.group_hr_backbone_officer"
ADMINISTRATOR = "hr_backbone_training.group_hr_backbone_manager"
# the settings of a company are read together, and apart from the company itself: whoever has
# nothing to do with the scheme does not fetch them with each company
SETTINGS = "backbone_settings"
# of numbers of days in settings, as a constraint says it: a date with more is none any more
DAYS = "BETWEEN 0 AND 3650"
