from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import get_lang


class HrBackboneEvaluation(models.Model):
    """What is printed of an evaluation, once, and whose certificate it is."""

    _inherit = "hr.backbone.evaluation"

    prints = fields.Json(
        readonly=True, copy=False, help="What was printed: name → [file, its checksum]."
    )

    # -- the certificate ---------------------------------------------------------------

    @api.model
    def _get_own_awards(self, ids):
        """The user's own announced awards, also where the company shares no evaluation: as
        superuser, for the certificate, which says no more than the company is told.

        :param list ids: of evaluations
        :return: those of them
        """
        # sudo: whose award it is stands in the domain
        return self.sudo().search(
            [
                ("id", "in", ids),
                ("employee_id", "in", self.env.user._get_backbone_own()),
                ("company_id", "in", self.env.companies.ids),
                ("run_id.state", "=", "announced"),
                ("is_outstanding", "=", True),
            ]
        )

    def _has_certificate(self):
        self.ensure_one()
        return self.is_outstanding and self.run_id.state == "announced"

    def _check_certificate(self):
        """A certificate is for the outstanding of an evaluation that was announced.

        :raise AccessError: who may not read the evaluation learns nothing of it
        """
        self.check_access("read")
        for evaluation in self.sudo():
            if not evaluation._has_certificate():
                raise UserError(
                    self.env._(
                        "%s has no certificate: it is for the outstanding, once announced.",
                        evaluation.employee_name,
                    )
                )

    # -- what is kept ------------------------------------------------------------------

    def _is_intact(self):
        """Whether what is printed is what was frozen."""
        self.ensure_one()
        return not self.fingerprint or self.fingerprint == self.run_id._get_fingerprint(self)

    def _get_kept_file_name(self, kind):
        """The name under which a print is kept, so that it is printed once and shown from
        then on: "printed again next year it is the same, byte for byte".

        :param str kind: "evaluation" or "certificate"
        :return: a file for each version and language; False where nothing is kept: a
            simulation still changes, a changed score is to be seen, and a certificate that a
            correction took away is refused
        """
        self.check_access("read")
        # sudo: the check stands above
        evaluation = self.sudo()
        if evaluation.state == "draft" or not evaluation._is_intact():
            return False
        if kind == "certificate" and not evaluation._has_certificate():
            return False
        return f"{kind}-{evaluation.fingerprint[:16]}-{get_lang(self.env).code}.pdf"

    def _get_print(self, name):
        """The kept print of this name, as long as nobody has changed it; empty for none."""
        self.ensure_one()
        # sudo: whoever has the name may read the evaluation, see `_get_kept_file_name`
        number, checksum = (self.sudo().prints or {}).get(name, (0, ""))
        file = self.env["ir.attachment"].sudo().browse(number).exists()
        return file.filtered(lambda found: found.checksum == checksum)

    def _keep_print(self, file):
        self.ensure_one()
        # sudo: nobody writes it but the printing itself
        evaluation = self.sudo()
        evaluation.prints = {**(evaluation.prints or {}), file.name: (file.id, file.checksum)}
