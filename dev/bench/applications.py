"""Each move of the procedure, on n applications in one call."""

from company import Company
from floor import moved
from harness import Operation, settle

from odoo import fields

PEER = "hr.leave.action_approve"
MOVES = ("submit", "approve", "pass_review", "select", "publish", "admit")
PEERS = dict.fromkeys(MOVES, PEER)


def moves(env, n):
    """The way of n applications from the draft to the talent pool."""
    company = Company(env, n)
    case = Case(company)
    for name in MOVES:
        act, floor = getattr(case, f"prepare_{name}")()
        settle(env)
        yield Operation(name, n, act, floor)
        act()


class Case:
    """n applications; each `prepare_…` does what people do before the move, and answers
    the move and its floor."""

    def __init__(self, company):
        self.env, self.users = company.env, company.users
        self.program = company.program()
        self.applications = self._recommend(company.employees)

    def _recommend(self, employees):
        vals_list = [
            {
                "employee_id": employee.id,
                "program_id": self.program.id,
                "echelon_id": self.env.ref("hr_backbone_training.echelon_3").id,
                "score_performance": 90,
                "reason_performance": "Best output of the line",
                "score_potential": 85,
                "reason_potential": "Learns fast",
                "score_motivation": 80,
                "reason_motivation": "Studies in the evening",
            }
            for employee in employees
        ]
        applications = self._as("leader", self.env["hr.backbone.application"]).create(vals_list)
        # the plans of people without a login, who could not submit them
        applications.sudo().plan_id._write_moved({"state": "submitted"})
        return applications

    def _as(self, name, records):
        return records.with_user(self.users[name])

    def prepare_submit(self):
        applications = self._as("leader", self.applications)
        return applications.action_submit, self._floor("director")

    def prepare_approve(self):
        applications = self._as("director", self.applications)
        return applications.action_approve, self._floor("hr")

    def prepare_pass_review(self):
        applications = self._as("officer", self.applications)
        applications.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        return applications.action_pass_review, self._floor("committee")

    def prepare_select(self):
        attendees = self.users["chair"] | self.users["member"]
        meeting = self._as("officer", self.env["hr.backbone.meeting"]).create(
            {
                "program_id": self.program.id,
                "attendee_ids": attendees.ids,
                "item_ids": [(0, 0, {"application_id": a.id}) for a in self.applications],
            }
        )
        meeting.action_open()
        for user in attendees:
            meeting.item_ids.with_user(user).action_vote_for()
        return self._as("chair", meeting).action_close, self._floor("selected")

    def prepare_publish(self):
        self.publicity = self._as("officer", self.env["hr.backbone.publicity"]).create(
            {
                "program_id": self.program.id,
                "line_ids": [(0, 0, {"application_id": a.id}) for a in self.applications],
            }
        )
        return self.publicity.action_publish, self._floor("publicity")

    def prepare_admit(self):
        # time passes
        start = fields.Date.subtract(fields.Date.today(), days=14)
        end = self.publicity._count_end(start)
        self.publicity.sudo()._write_moved({"date_start": start, "date_end": end})
        return self.publicity.action_close, self._floor("admitted")

    def _floor(self, state):
        ids, uid = self.applications.ids, self.env.uid
        return lambda cr: moved(cr, "hr_backbone_application", ids, state, uid)
