from odoo import models


class HrBackboneTrainingParticipant(models.Model):
    """Who takes part comes in through Odoo's own import. The rows are what HR puts on the
    list by hand: invited, and nothing but invited, since answers and attendance are given by
    the people concerned. For a training that is a draft nobody hears of it yet; for one that
    has been announced the invitation goes out with the import (not with its trial)."""

    _name = "hr.backbone.training.participant"
    _inherit = ["hr.backbone.training.participant", "hr.backbone.import.mixin"]

    _import_named = ("training_id", "member_id")
    _import_required = ("training_id", "member_id")
