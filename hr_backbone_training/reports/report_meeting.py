# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ReportMeeting(models.AbstractModel):
    """The printed minutes of the selection meeting: of a closed one, as it was closed."""

    _name = "report.hr_backbone_training.report_meeting"
    _description = "Minutes"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.meeting"

    def _prepare_form(self, doc):
        company = doc.company_id
        return {
            **super()._prepare_form(doc),
            "number": doc.name,
            "name": doc.name,
            "program": doc._get_fact("program", doc.program_id.name),
            "date": self._format_time(doc.date, company),
            "closed": self._format_time(doc.date_closed, company),
            "location": doc.location,
            "attendees": doc._get_attendee_names(),
            "attendee_list": self._say_list(doc._get_attendee_names()),
            "quorum": doc.quorum,
            "needed": doc._get_needed_votes(),
            "items": [self._get_item(item) for item in doc.item_ids],
            "quotas": doc._get_places(),
            "quota_reason": self._format_text(doc.quota_reason),
            "changes": self._get_changes(doc),
            "minutes": self._format_html(doc.minutes, doc),
        }

    def _get_item(self, item):
        outcomes = dict(item._fields["outcome"]._description_selection(item.env))
        # while the meeting is in session nothing is decided yet
        outcome = item.result or (item.postponed and "postponed")
        off = item.is_off and item._fields["is_off"]._description_string(item.env)
        return {
            "number": item.application_id.name,
            "person": item.employee_name,
            "echelon": item.echelon_id.name,
            "department": item.department_id.name,
            "post": item.job_id.name,
            "score": item.score_total,
            **self._get_votes(item),
            "outcome": off or outcomes.get(outcome, ""),
        }

    def _get_votes(self, item):
        """Nothing where whoever prints is not shown the votes."""
        counts = (item.votes_for, item.votes_against, item.votes_abstained)
        names = ("for", "against", "abstained")
        return dict(zip(names, counts if item.votes_shown else ("", "", ""), strict=True))

    def _get_changes(self, doc):
        """What was changed in session, by whom and why, in the order in which it was."""
        decisions = doc.decision_ids.filtered(lambda decision: decision.move == "change")
        return [
            {
                "time": self._format_time(decision.date, doc.company_id),
                "person": decision._get_decider(),
                "text": self._format_text(decision.comment),
            }
            for decision in decisions.sorted("id")
        ]
