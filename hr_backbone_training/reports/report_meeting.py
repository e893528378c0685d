from odoo import models

from ..models.selection.hr_backbone_program_line import PLACE_TAKEN


class ReportMeeting(models.AbstractModel):
    """The printed minutes of the selection meeting."""

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
            "program": doc.program_id.name,
            "date": self._format_time(doc.date, company),
            "closed": self._format_time(doc.date_closed, company),
            "location": doc.location,
            "attendees": self._get_attendees(doc).sorted("name").mapped("name"),
            "quorum": doc.quorum,
            "needed": max(1, -(-len(self._get_attendees(doc)) * doc.quorum // 100)),
            "items": [self._get_item(item) for item in doc.item_ids],
            "quotas": self._get_quotas(doc),
            "quota_reason": self._format_text(doc.quota_reason),
            "changes": self._get_changes(doc),
            "minutes": self._format_html(doc.minutes, doc),
        }

    def _get_attendees(self, doc):
        """Those of a closed meeting stay on paper, whether they still have a login or not."""
        return doc.with_context(active_test=doc.state != "closed").attendee_ids

    def _get_item(self, item):
        outcomes = dict(item._fields["outcome"]._description_selection(item.env))
        # while the meeting is in session nothing is decided yet
        outcome = item.result or (item.postponed and "postponed")
        off = item.is_off and item._fields["is_off"]._description_string(item.env)
        return {
            "number": item.application_id.name,
            "person": item.employee_id.name,
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
        return dict(zip(names, counts if item.votes_shown else ("", "", "")))

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

    # -- places ------------------------------------------------------------------------

    def _get_quotas(self, doc):
        """For each echelon of the program: the quota, the places left before the meeting,
        how many it selected, and the places left after it."""
        selected = doc.item_ids.filtered(lambda item: item.result == "selected").application_id
        taken = self._get_places_taken(doc) - selected
        rows = []
        for line in doc.program_id.line_ids:
            before = line.quota - len(
                taken.filtered(lambda a, e=line.echelon_id: a.echelon_id == e)
            )
            chosen = len(selected.filtered(lambda a, e=line.echelon_id: a.echelon_id == e))
            rows.append(
                {
                    "echelon": line.echelon_id.name,
                    "quota": line.quota,
                    "before": before,
                    "selected": chosen,
                    "after": before - chosen,
                }
            )
        return rows

    def _get_places_taken(self, doc):
        """The applications of the program that held a place when the meeting was closed:
        minutes do not change with what happens to a name later."""
        applications = doc.env["hr.backbone.application"].search(
            [("program_id", "=", doc.program_id.id)]
        )
        if not doc.date_closed:
            return applications.filtered(lambda record: record.state in PLACE_TAKEN)
        decisions = doc.env["hr.backbone.decision"].search_fetch(
            [
                ("res_model", "=", applications._name),
                ("res_id", "in", applications.ids),
                ("date", "<=", doc.date_closed),
            ],
            ["res_id", "to_state"],
            order="date, id",
        )
        states = {decision.res_id: decision.to_state for decision in decisions}
        return applications.filtered(lambda record: states.get(record.id) in PLACE_TAKEN)
