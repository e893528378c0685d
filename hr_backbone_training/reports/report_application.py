# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ..models.selection.hr_backbone_application import SCORES

# the boxes of the form: (key, the moves that fill it, the states in which a refusal does)
OPINIONS = (
    ("department", ("submit",), ()),
    ("director", ("approve",), ("director",)),
    ("hr", ("pass_review",), ("hr",)),
    ("meeting", ("select", "reject"), ("committee",)),
    ("publicity", ("admit", "uphold", "drop", "publish"), ("selected", "publicity")),
)
# the boxes that are signed online, and by whom
SIGNED = {"department": "recommender", "director": "director"}


class ReportApplication(models.AbstractModel):
    """The printed application form (appendix 1)."""

    _name = "report.hr_backbone_training.report_application"
    _description = "Application Form"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.application"

    def _prepare_form(self, doc):
        employee, signed = doc.employee_id, self._get_signatures(doc)
        hired = fields.Date.to_date(doc._get_fact("hire_date", doc.hire_date))
        until = doc._get_tenure_end() or fields.Date.context_today(doc)
        return {
            **super()._prepare_form(doc),
            "number": doc.name,
            "program": doc.program_id.name,
            "echelon": doc.echelon_id.name,
            "scope": doc.echelon_id.scope,
            "date": self._format_date(doc.date_submitted),
            "person": doc._get_fact("person", employee.name),
            "department": doc.department_id.name,
            "post": doc.job_id.name,
            "rank": doc.rank_id.name,
            "hire_date": self._format_date(hired),
            "tenure": self._format_tenure(hired, until),
            "education": self._get_education(doc),
            "photo": self._get_photo(employee),
            "recommender": doc._get_fact("recommender", doc.recommender_id.name),
            "approver": doc.approver_id.name,
            "work_history": self._format_text(doc.work_history),
            "main_results": self._format_text(doc.main_results),
            "scores": self._get_scores(doc),
            "score_total": doc.score_total,
            "training_direction": self._format_text(doc.training_direction),
            "proposed_mentor": doc._get_fact("mentor", doc.proposed_mentor_id.name),
            "opinions": [self._get_opinion(doc, *row, signed) for row in OPINIONS],
        }

    def _get_scores(self, doc):
        return [
            (
                doc._fields[score]._description_string(doc.env),
                doc[score],
                self._format_text(doc[reason]),
            )
            for score, reason in SCORES.items()
        ]

    def _get_opinion(self, doc, key, moves, refused_at, signed):
        """One box: what was decided, by whom and when; empty while nothing was."""
        decision = doc._get_decision_of(*moves)
        refusal = doc._get_decision_of("refuse")
        decision = refusal if refusal.from_state in refused_at else decision
        return {
            "key": key,
            "decision": decision.move_label or "",
            "comment": self._format_text(decision.comment),
            "name": self._get_signatory(doc, key, decision),
            "date": self._format_day(decision.date, doc.company_id),
            "detail": self._get_detail(doc, key, decision),
            "signature": signed.get(SIGNED.get(key)),
        }

    def _get_signatory(self, doc, key, decision):
        """The name in a box; a notice that closed by itself keeps the name of HR."""
        if decision and key == "department":
            return doc._get_fact("recommender", doc.recommender_id.name)
        if key == "publicity" and decision.move != "refuse":
            decision = doc._get_decision_of("publish") or decision
        return decision.user_id.name or ""

    def _get_detail(self, doc, key, decision):
        """Which meeting or notice a decision comes from, in one line."""
        if not decision:
            return ""
        if key == "department" and decision.user_id != doc.recommender_id.user_id:
            return self.env._("Entered by %s", decision.user_id.name)
        if key == "meeting":
            item = doc.meeting_item_ids.filtered(lambda row: row.result in ("selected", "refused"))
            # the one that decided last; before it the name may have been returned
            meeting = item.meeting_id.sorted(lambda row: (row.date_closed or row.date, row.id))[-1:]
            day = self._format_day(meeting.date, doc.company_id)
            return " · ".join(part for part in (meeting.name, day) if part)
        if key == "publicity":
            notice = self._get_notice(doc)
            return notice and self.env._(
                "Publicized from %(start)s to %(end)s",
                start=self._format_date(notice.date_start),
                end=self._format_date(notice.date_end),
            )
        return ""

    def _get_notice(self, doc):
        """The notice on which the name stood last; empty before it was published."""
        notices = doc.publicity_line_ids.publicity_id
        return notices.filtered("date_start").sorted("date_start")[-1:]
