from odoo import models

from .hr_backbone_program_line import PLACE_TAKEN


class HrBackboneMeeting(models.Model):
    """The printed minutes of the selection meeting."""

    _name = "hr.backbone.meeting"
    _inherit = ["hr.backbone.meeting", "hr.backbone.form.mixin"]

    def _prepare_form_values(self):
        return {
            **super()._prepare_form_values(),
            "number": self.name,
            "name": self.name,
            "program": self.program_id.name,
            "date": self._format_form_time(self.date),
            "closed": self._format_form_time(self.date_closed),
            "location": self.location,
            "attendees": self.attendee_ids.sorted("name").mapped("name"),
            "quorum": self.quorum,
            "needed": max(1, -(-len(self.attendee_ids) * self.quorum // 100)),
            "items": [self._get_form_item(item) for item in self.item_ids],
            "quotas": self._get_form_quotas(),
            "quota_reason": self._format_form_text(self.quota_reason),
            "minutes": self._format_form_html(self.minutes),
        }

    def _get_form_item(self, item):
        outcomes = dict(item._fields["outcome"]._description_selection(self.env))
        # while the meeting is in session nothing is decided yet
        outcome = item.result or (item.postponed and "postponed")
        return {
            "number": item.application_id.name,
            "person": item.employee_id.name,
            "echelon": item.echelon_id.name,
            "department": item.department_id.name,
            "post": item.job_id.name,
            "score": item.score_total,
            "for": item.votes_for,
            "against": item.votes_against,
            "abstained": item.votes_abstained,
            "outcome": outcomes.get(outcome, ""),
        }

    # -- places ------------------------------------------------------------------------

    def _get_form_quotas(self):
        """For each echelon of the program: the quota, the places left before the meeting,
        how many it selected, and the places left after it."""
        selected = self.item_ids.filtered(lambda item: item.result == "selected").application_id
        taken = self._get_places_taken() - selected
        rows = []
        for line in self.program_id.line_ids:
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

    def _get_places_taken(self):
        """The applications of the program that held a place when the meeting was closed:
        minutes do not change with what happens to a name later."""
        applications = self.env["hr.backbone.application"].search(
            [("program_id", "=", self.program_id.id)]
        )
        if not self.date_closed:
            return applications.filtered(lambda record: record.state in PLACE_TAKEN)
        decisions = self.env["hr.backbone.decision"].search_fetch(
            [
                ("res_model", "=", applications._name),
                ("res_id", "in", applications.ids),
                ("date", "<=", self.date_closed),
            ],
            ["res_id", "to_state"],
            order="date, id",
        )
        states = {decision.res_id: decision.to_state for decision in decisions}
        return applications.filtered(lambda record: states.get(record.id) in PLACE_TAKEN)
