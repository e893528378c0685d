from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, formatLang, get_lang

from .hr_backbone_program import PARTS


class HrBackboneEvaluation(models.Model):
    """The printed evaluation and the certificate. They take nothing but what stands on the
    evaluation, so that they print the same in years to come."""

    _name = "hr.backbone.evaluation"
    _inherit = ["hr.backbone.evaluation", "hr.backbone.form.mixin"]

    _backbone_kept_print = True

    prints = fields.Json(
        readonly=True, copy=False, help="What was printed: name → [file, its checksum]."
    )

    def _prepare_form_values(self):
        settings = self.settings or {}
        return {
            "company": self.company_name,
            "number": self.program_name,
            "program": self.program_name,
            "version": self.run_id.version,
            "frozen": self._format_form_date(self.run_id.date_frozen),
            "intact": self._is_intact(),
            "person": self.employee_name,
            "department": self.department_name,
            "post": self.job_name,
            "echelon": self.echelon_name,
            "admitted": self._format_form_date(self.date_admitted),
            "year": self.program_id.year,
            "quarters": [self._get_form_quarter(row) for row in self.quarters or ()],
            "works": self.works or {},
            "hours": self._format_form_number(self.training_hours),
            "parts": [self._get_form_part(part, settings) for part in PARTS],
            "base": self._format_form_number(self.base),
            "adjustment": self._format_form_number(self.adjustment),
            "reason": self._format_form_text(self.adjustment_reason),
            "total": self._format_form_number(self.total),
            "grade": self.grade,
            "rank": self.rank,
            "count": self.rank_count,
            "outstanding": self.is_outstanding,
            "method": self._get_form_method(),
            "fingerprint": self.fingerprint,
            "incentive": self._format_form_text(self.incentive),
            "amount": format_amount(self.env, self.incentive_amount, self.currency_id)
            if self.incentive_amount and self.currency_id
            else "",
        }

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

    def _get_form_method(self):
        """The rules in sentences, in the language of whoever prints."""
        return (self.run_id.method or "").splitlines()

    def _format_form_number(self, value):
        return formatLang(self.env, value, digits=2) if value is not None else "–"

    def _get_form_quarter(self, row):
        return {
            "quarter": row["quarter"],
            "report": self._format_form_number(row["report"]),
            "raw": self._format_form_number(row["raw"]),
            "adjusted": self._format_form_number(row["adjusted"]),
            "grade": row["grade"] or "–",
            "mentor": row["mentor"] or "–",
            "late": row["report_late"] or row["assessment_late"],
        }

    def _get_form_part(self, part, settings):
        """One line of the make-up of the total: its score, its weight, what it adds."""
        counted = part != "training" or self.has_training
        weight = settings.get(f"weight_{part}", 0)
        whole = 100 - (0 if self.has_training else settings.get("weight_training", 0))
        score = self[f"score_{part}"]
        return {
            "label": self._fields[f"score_{part}"]._description_string(self.env),
            "score": self._format_form_number(score) if counted else "–",
            "weight": self._format_form_number(100 * weight / whole if counted and whole else 0),
            "points": self._format_form_number(score * weight / whole if counted and whole else 0),
        }

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
