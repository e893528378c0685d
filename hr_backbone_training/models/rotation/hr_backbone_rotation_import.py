from odoo import models
from odoo.exceptions import UserError

from .hr_backbone_rotation import TAKEN


class HrBackboneRotation(models.Model):
    """Planned stays come in through Odoo's own import, as drafts that can be asked for."""

    _name = "hr.backbone.rotation"
    _inherit = ["hr.backbone.rotation", "hr.backbone.import.mixin"]

    _import_named = ("member_id", "host_department_id", "host_job_id", "host_id")
    _import_required = ("member_id",)
    # the manager of the host department
    _import_filled = ("host_id",)

    def _check_imported(self):
        """What would be refused when the drafts are asked for one by one. Other drafts count
        too: a plan does not send one person to two places, nor too many to one."""
        super()._check_imported()
        drafts = self.filtered(lambda record: record.state == "draft")
        planned = ("draft", *TAKEN)
        for refusals in (
            drafts._get_refusals("request"),
            {record: [reason] for record, reason in drafts._get_overlaps(planned).items()},
            {record: [reason] for record, reason in drafts._get_full_departments(planned).items()},
        ):
            for sentences in refusals.values():
                if sentences:
                    raise UserError(sentences[0])
