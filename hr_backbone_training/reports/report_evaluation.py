# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import format_amount, formatLang

from ..models.year.hr_backbone_program import PARTS


class ReportEvaluation(models.AbstractModel):
    """The printed evaluation. It takes nothing but what stands on the evaluation, so that it
    prints the same in years to come."""

    _name = "report.hr_backbone_training.report_evaluation"
    _description = "Evaluation of the Year"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.evaluation"

    def _prepare_form(self, doc):
        settings = doc.settings or {}
        return {
            "company": doc.company_name,
            "number": doc.program_name,
            "program": doc.program_name,
            "version": doc.run_id.version,
            "frozen": self._format_date(doc.run_id.date_frozen),
            "intact": doc._is_intact(),
            "person": doc.employee_name,
            "department": doc.department_name,
            "post": doc.job_name,
            "echelon": doc.echelon_name,
            "admitted": self._format_date(doc.date_admitted),
            "year": doc.program_id.year,
            "quarters": [self._get_quarter(row) for row in doc.quarters or ()],
            "works": doc.works or {},
            "hours": self._format_number(doc.training_hours),
            "parts": [self._get_part(doc, part, settings) for part in PARTS],
            "base": self._format_number(doc.base),
            "adjustment": self._format_number(doc.adjustment),
            "reason": self._format_text(doc.adjustment_reason),
            "total": self._format_number(doc.total),
            "grade": doc.grade,
            "rank": doc.rank,
            "count": doc.rank_count,
            "outstanding": doc.is_outstanding,
            "method": self._get_method(doc),
            "fingerprint": doc.fingerprint,
            "incentive": self._format_text(doc.incentive),
            "amount": format_amount(self.env, doc.incentive_amount, doc.currency_id)
            if doc.incentive_amount and doc.currency_id
            else "",
        }

    def _get_method(self, doc):
        """The rules in sentences, in the language of whoever prints."""
        return (doc.run_id.method or "").splitlines()

    def _format_number(self, value):
        return formatLang(self.env, value, digits=2) if value is not None else "–"

    def _get_quarter(self, row):
        return {
            "quarter": row["quarter"],
            "report": self._format_number(row["report"]),
            "raw": self._format_number(row["raw"]),
            "adjusted": self._format_number(row["adjusted"]),
            "grade": row["grade"] or "–",
            "mentor": row["mentor"] or "–",
            "late": row["report_late"] or row["assessment_late"],
        }

    def _get_part(self, doc, part, settings):
        """One line of the make-up of the total: its score, its weight, what it adds."""
        counted = part != "training" or doc.has_training
        weight = settings.get(f"weight_{part}", 0)
        whole = 100 - (0 if doc.has_training else settings.get("weight_training", 0))
        score = doc[f"score_{part}"]
        return {
            "label": doc._fields[f"score_{part}"]._description_string(doc.env),
            "score": self._format_number(score) if counted else "–",
            "weight": self._format_number(100 * weight / whole if counted and whole else 0),
            "points": self._format_number(score * weight / whole if counted and whole else 0),
        }


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
        if not evaluation:
            return super()._get_evaluation(doc)
        return {
            "year": evaluation.program_id.year,
            "total": f"{evaluation.total:.2f}",
            "grade": evaluation.grade or "–",
            "rank": evaluation.rank,
            "count": evaluation.rank_count,
            "outstanding": evaluation.is_outstanding,
        }
