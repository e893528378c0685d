from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneAchievement(models.Model):
    """What HR has in a list: qualifications of members come in through Odoo's own import,
    as drafts. Their files are added, and each is submitted and verified as any other."""

    _name = "hr.backbone.achievement"
    _inherit = ["hr.backbone.achievement", "hr.backbone.import.mixin"]

    _import_people = ("member_id",)

    @api.model
    def get_import_templates(self):
        """Odoo's import screen offers the template for a list of achievements."""
        return [
            {
                "label": self.env._("Import Template for Achievements"),
                "template": "/hr_backbone_training/static/xls/hr_backbone_achievement.xlsx",
            }
        ]

    @api.model
    def _check_rows(self, data_list):
        super()._check_rows(data_list)
        for row in data_list:
            values = row["values"]
            fresh = not (row.get("xml_id") or values.get("id"))
            if fresh:  # else it may be an update of some columns
                for name in ("member_id", "name"):
                    if not values.get(name):
                        label = self._fields[name]._description_string(self.env)
                        raise UserError(self.env._("“%s” is missing.", label))
            obtained = fields.Date.to_date(values.get("date_obtained"))
            expiry = fields.Date.to_date(values.get("date_expiry"))
            if obtained and expiry and expiry < obtained:
                raise UserError(
                    self.env._("A qualification does not expire before it is obtained.")
                )

    def _check_imported(self):
        """The same one twice: in the list, or handed in before."""
        super()._check_imported()
        known = self.search(
            [
                ("member_id", "in", self.member_id.ids),
                ("state", "not in", ("refused", "withdrawn")),
            ],
            order="id",
        )
        first = {}
        for record in known:
            first.setdefault(record._get_import_key(), record)
        for record in self:
            if first.get(record._get_import_key(), record) != record:
                raise UserError(
                    self.env._(
                        "%(member)s has handed in “%(title)s” of the same date already.",
                        member=record.member_id.display_name,
                        title=record.name,
                    )
                )

    def _get_import_key(self):
        self.ensure_one()
        return (self.member_id, self.kind, self.name.casefold(), self.date_obtained)
