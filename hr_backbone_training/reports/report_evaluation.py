# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import format_amount, formatLang

from ..models.core.scores import is_blank


class ReportEvaluation(models.AbstractModel):
    """The printed evaluation. It takes nothing but what stands on the evaluation, so that it
    prints the same in years to come."""

    _name = "report.hr_backbone_training.report_evaluation"
    _description = "Evaluation of the Year"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.evaluation"

    def _prepare_form(self, doc):
        return {
            "company": doc.company_name,
            "number": doc.program_name,
            "program": doc.program_name,
            "version": doc.run_id.version,
            "frozen": self._format_date(doc.run_id.date_frozen),
            "intact": doc._is_intact(),
            "withdrawn": self._say_withdrawn(doc.run_id),
            "open": self._say_open(doc.run_id),
            "person": doc.employee_name,
            "department": doc.department_name,
            "post": doc.job_name,
            "echelon": self._say_echelon(doc),
            "admitted": self._format_date(doc.date_admitted),
            "year": doc.program_id.year,
            "title": self.env._("Evaluation of the Year %(year)s", year=doc.program_id.year),
            "award": self.env._("Outstanding Backbone Employee %(year)s", year=doc.program_id.year),
            "quarters": doc._get_quarter_rows(),
            "works": doc.works or {},
            "hours": self._format_number(doc.training_hours),
            "parts": doc._get_parts(),
            "evaluated": doc.is_evaluated,
            "why": doc.not_evaluated,
            "settled_quarters": doc.settled_quarters,
            "base": self._format_number(doc.base),
            "adjustment": self._format_number(doc.adjustment if doc.is_evaluated else None),
            "reason": self._format_text(doc.adjustment_reason),
            "total": self._format_number(doc.total),
            "grade": doc.grade,
            "rank": doc.rank,
            "count": doc.rank_count,
            "outstanding": doc.is_outstanding,
            "declined": doc.is_declined,
            "method": self._get_method(doc),
            "formula": doc.run_id._get_leniency_formula() if doc.run_id.version else [],
            "fingerprint": doc.fingerprint,
            **self._get_incentive(doc),
        }

    def _get_incentive(self, doc):
        """What was granted; nothing any more of an evaluation that was withdrawn."""
        is_granted = doc.run_id.state != "withdrawn"
        amount = is_granted and doc.currency_id and doc.incentive_amount
        return {
            "incentive": self._format_text(doc.incentive) if is_granted else "",
            "amount": format_amount(self.env, amount, doc.currency_id) if amount else "",
        }

    def _say_echelon(self, doc):
        """The echelon of then, in the reader's language as long as it has that name."""
        echelon = doc.echelon_id
        names = echelon._fields["name"]._get_stored_translations(echelon) or {}
        return echelon.name if doc.echelon_name in names.values() else doc.echelon_name

    def _say_withdrawn(self, run):
        """What marks an evaluation that was withdrawn; else False."""
        return run.state == "withdrawn" and self.env._(
            "Withdrawn on %s: this evaluation does not count any more.",
            self._format_date(run.date_withdrawn),
        )

    def _say_open(self, run):
        """Why it was frozen with open quarters; False where none was."""
        return bool(run.open_frozen) and self.env._(
            "Frozen while these quarters were still open: %(quarters)s. Reason: %(reason)s",
            quarters=run.open_frozen,
            reason=run.open_reason,
        )

    def _get_method(self, doc):
        """The rules in sentences, in the language of whoever prints."""
        return (doc.run_id.method or "").splitlines()

    def _format_number(self, value):
        return "–" if is_blank(value) else formatLang(self.env, value, digits=2)


class ReportCertificate(models.AbstractModel):
    """The certificate of the outstanding, from the same values."""

    _name = "report.hr_backbone_training.report_certificate"
    _description = "Certificate"
    _inherit = "report.hr_backbone_training.report_evaluation"

    @api.model
    def _get_forms(self, docs):
        """As of the evaluation.

        :raise UserError: one of them has no certificate
        """
        docs._check_certificate()
        return super()._get_forms(docs)


class ReportAssessment(models.AbstractModel):
    """The year on the form of a quarter: by its weights report and assessment make HR's result,
    and the evaluation of the year stands below it."""

    _inherit = "report.hr_backbone_training.report_assessment"

    def _get_composite_weights(self, doc):
        """Those that the program gives them in the year, or gave when the quarter was closed."""
        quarter = doc.quarter_id
        weights = quarter._get_fact("weights", quarter._get_weights())
        return weights or super()._get_composite_weights(doc)

    def _get_evaluation(self, doc):
        """The evaluation of the year, once it is frozen and the reader may see it."""
        # sudo: the reader may read it, which the field has asked
        evaluation = doc.readable_evaluation_id.sudo()
        if not evaluation.is_evaluated:
            return super()._get_evaluation(doc)
        return {
            "year": evaluation.program_id.year,
            "total": f"{evaluation.total:.2f}",
            "grade": evaluation.grade or "–",
            "rank": evaluation.rank,
            "count": evaluation.rank_count,
            "outstanding": evaluation.is_outstanding,
        }
