from odoo import fields, models

from ...const import OFFICER
from .hr_backbone_application import SCORES

# the boxes of the form: (key, the moves that fill it, the states in which a refusal does)
OPINIONS = (
    ("department", ("submit",), ()),
    ("director", ("approve",), ("director",)),
    ("hr", ("pass_review",), ("hr",)),
    ("meeting", ("select", "reject"), ("committee",)),
    ("publicity", ("admit", "uphold", "publish"), ("selected", "publicity")),
)
# the boxes that are signed online, and by whom
SIGNED = {"department": "recommender", "director": "director"}


class HrBackboneApplication(models.Model):
    """The printed application form (appendix 1)."""

    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.form.mixin"]

    publicity_line_ids = fields.One2many(
        "hr.backbone.publicity.line", "application_id", "Publicized on", groups=OFFICER
    )

    def _prepare_form_values(self):
        employee, signed = self.employee_id, self._get_form_signatures()
        return {
            **super()._prepare_form_values(),
            "number": self.name,
            "program": self.program_id.name,
            "echelon": self.echelon_id.name,
            "scope": self.echelon_id.scope,
            "date": self._format_form_date(self.date_submitted),
            "person": employee.name,
            "department": self.department_id.name,
            "post": self.job_id.name,
            "rank": self.rank_id.name,
            "hire_date": self._format_form_date(self.hire_date),
            "tenure": self._format_form_tenure(self.hire_date, self._get_form_date()),
            "education": self._get_form_education(employee),
            "photo": self._get_form_photo(employee),
            "recommender": self.recommender_id.name,
            "approver": self.approver_id.name,
            "work_history": self._format_form_text(self.work_history),
            "main_results": self._format_form_text(self.main_results),
            "scores": self._get_form_scores(),
            "score_total": self.score_total,
            "training_direction": self._format_form_text(self.training_direction),
            "proposed_mentor": self.proposed_mentor_id.name,
            "opinions": [self._get_form_opinion(*row, signed) for row in OPINIONS],
        }

    def _get_form_scores(self):
        return [
            (
                self._fields[score]._description_string(self.env),
                self[score],
                self._format_form_text(self[reason]),
            )
            for score, reason in SCORES.items()
        ]

    def _get_form_opinion(self, key, moves, refused_at, signed):
        """One box: what was decided, by whom and when; empty while nothing was."""
        decision = self._get_decision_of(*moves)
        if not decision:
            refusal = self._get_decision_of("refuse")
            decision = refusal if refusal.from_state in refused_at else decision
        return {
            "key": key,
            "decision": decision.move_label or "",
            "comment": self._format_form_text(decision.comment),
            "name": self._get_form_signatory(key, decision),
            "date": self._format_form_day(decision.date),
            "detail": self._get_form_detail(key, decision),
            "signature": signed.get(SIGNED.get(key)),
        }

    def _get_form_signatory(self, key, decision):
        """The name in a box; a notice that closed by itself keeps the name of HR."""
        if decision and key == "department":
            return self.recommender_id.name
        if key == "publicity":
            decision = self._get_decision_of("publish") or decision
        return decision.user_id.name or ""

    def _get_form_detail(self, key, decision):
        """Which meeting or notice a decision comes from, in one line."""
        if not decision:
            return ""
        if key == "department" and decision.user_id != self.recommender_id.user_id:
            return self.env._("Entered by %s", decision.user_id.name)
        if key == "meeting":
            item = self.meeting_item_ids.filtered(lambda row: row.result in ("selected", "refused"))
            meeting = item[-1:].meeting_id
            day = self._format_form_day(meeting.date)
            return ", ".join(part for part in (meeting.name, day) if part)
        if key == "publicity":
            notice = self._get_form_notice()
            return notice and self.env._(
                "Publicized from %(start)s to %(end)s",
                start=self._format_form_date(notice.date_start),
                end=self._format_form_date(notice.date_end),
            )
        return ""

    def _get_form_notice(self):
        """The notice on which the name stood last; empty before it was published."""
        notices = self.publicity_line_ids.publicity_id
        return notices.filtered("date_start").sorted("date_start")[-1:]
