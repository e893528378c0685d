# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64

from odoo import fields, models


class HrBackboneEvaluationPrint(models.Model):
    """A print of an evaluation or a certificate, kept so that it is shown again and not made
    anew: one of each version and language. The system's own: nobody reads or writes it but the
    printing itself, and a file that somebody attached by the same name is not taken for it."""

    _name = "hr.backbone.evaluation.print"
    _description = "Kept Print of an Evaluation"

    evaluation_id = fields.Many2one(
        "hr.backbone.evaluation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # what it is, of which fingerprint, in which language
    name = fields.Char(required=True, readonly=True)
    file = fields.Binary(attachment=True, readonly=True)
    # of the file as it was printed
    checksum = fields.Char(readonly=True)

    def _get_file(self):
        """The file as Odoo keeps it, as long as nobody has changed it; empty for none."""
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "file"),
                ("res_id", "in", self.ids),
            ]
        )
        return files.filtered(lambda file: file.checksum == self.browse(file.res_id).checksum)

    def _keep(self, pdf):
        """Take these bytes for the print."""
        self.ensure_one()
        self.file = base64.b64encode(pdf)
        # what Odoo computes of what it has stored
        self.checksum = self.env["ir.attachment"]._compute_checksum(pdf)
