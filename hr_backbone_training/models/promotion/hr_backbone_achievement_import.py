from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneAchievement(models.Model):
    """What HR has in a list: qualifications of members come in through Odoo's own import,
    as drafts. Their files are added, and each is submitted and verified as any other."""

    _name = "hr.backbone.achievement"
    _inherit = ["hr.backbone.achievement", "hr.backbone.import.mixin"]

    _import_named = ("member_id",)
    _import_required = ("member_id", "name")
    _import_key = ("member_id", "kind", "name", "date_obtained")

    @api.model
    def _check_row(self, values, new):
        super()._check_row(values, new)
        obtained = fields.Date.to_date(values.get("date_obtained"))
        expiry = fields.Date.to_date(values.get("date_expiry"))
        if obtained and expiry and expiry < obtained:
            raise UserError(self.env._("A qualification does not expire before it is obtained."))

    def _get_twice_sentence(self):
        return self.env._(
            "%(member)s has handed in “%(title)s” of the same date already.",
            member=self.member_id.display_name,
            title=self.name,
        )
