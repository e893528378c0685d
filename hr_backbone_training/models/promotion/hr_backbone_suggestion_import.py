from odoo import models


class HrBackboneSuggestion(models.Model):
    """Work suggestion reports that HR has on paper come in through Odoo's own import, as
    drafts of their authors, who complete and submit them as any other."""

    _name = "hr.backbone.suggestion"
    _inherit = ["hr.backbone.suggestion", "hr.backbone.import.mixin"]

    _import_named = ("member_id", "reviewer_id")
    # the member, too: else the report would be HR's own
    _import_required = ("member_id", "name")
    _import_key = ("member_id", "name")

    def _get_twice_sentence(self):
        return self.env._(
            "%(member)s has handed in “%(title)s” already.",
            member=self.member_id.display_name,
            title=self.name,
        )
