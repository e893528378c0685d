# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.tools.safe_eval import safe_eval, time

CERTIFICATE = "hr_backbone_training.report_certificate"


class IrActionsReport(models.Model):
    """Where the kept print of an evaluation is found."""

    _inherit = "ir.actions.report"

    def retrieve_attachment(self, record):
        """Not by the name alone, as Odoo does: whoever writes a message attaches a file of any
        name."""
        if record._name != "hr.backbone.evaluation" or not self.attachment:
            return super().retrieve_attachment(record)
        name = safe_eval(self.attachment, {"object": record, "time": time})
        return record._get_prints(name)._get_file()

    def _is_backbone_own(self, res_ids):
        """The certificate of one's own award."""
        if self.report_name != CERTIFICATE:
            return super()._is_backbone_own(res_ids)
        awards = self.env["hr.backbone.evaluation"]._get_own_awards(list(res_ids))
        return bool(res_ids) and set(res_ids) == set(awards.ids)

    def _prepare_pdf_report_attachment_vals_list(self, report, streams):
        vals_list = super()._prepare_pdf_report_attachment_vals_list(report, streams)
        if report.model != "hr.backbone.evaluation":
            return vals_list
        for vals in vals_list:
            # whoever may read an evaluation prints it, and the name of the file has checked
            # that; the print is kept, whether or not this person may write files
            self.env[report.model].browse(vals["res_id"])._keep_print(vals["name"], vals["raw"])
        return []
