from odoo import api, fields, models

from ...const import OFFICER
from .hr_backbone_application import OPEN_STATES, SCORES


class HrBackboneApplication(models.Model):
    """The moves of an application: why each is refused, and what follows from it."""

    _inherit = "hr.backbone.application"

    @api.model
    def _get_move_labels(self):
        return {
            "submit": self.env._("Recommended"),
            "approve": self.env._("Approved"),
            "pass_review": self.env._("Passed the review"),
            "select": self.env._("Selected"),
            "reject": self.env._("Not selected"),
            "publish": self.env._("Publicized"),
            "admit": self.env._("Admitted to the talent pool"),
            "uphold": self.env._("Refused after an objection"),
            "return": self.env._("Returned"),
            "refuse": self.env._("Refused"),
            "withdraw": self.env._("Withdrawn"),
        }

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "director": "approve", "hr": "pass_review"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        actor = {"draft": self.recommender_id, "director": self.approver_id}.get(self.state)
        mine = bool(actor) and actor.sudo().user_id == self.env.user
        return mine or (self.state != "director" and super()._is_next_actor())

    def _get_next_step(self):
        self.ensure_one()
        # sudo: names of the people of this document
        person = self.sudo()
        if self.state == "draft" and person.plan_state == "draft":
            return self.env._("%s writes the personal development plan.", person.employee_id.name)
        return {
            "draft": self.env._(
                "%s submits the application.", person.recommender_id.name or self.env._("HR")
            ),
            "director": self.env._(
                "%s approves as the director of the center.", person.approver_id.name
            ),
            "hr": self.env._("HR reviews the conditions."),
            "committee": self.env._("Top management selects in a meeting."),
            "selected": self.env._("HR publicizes the names."),
            "publicity": self.env._("Colleagues may object until the publicity ends."),
        }.get(self.state, False)

    # -- refusals ----------------------------------------------------------------------

    def _refusals_submit(self):
        """Submitting needs: program running and inside its window; rank in the echelon's
        scope, tenure enough; the employee's plan submitted; scores and reasons given; no
        other open application, no membership; a director who can approve."""
        officer = self.env.user.has_group(OFFICER)
        managed = self._get_managed_employees()
        busy = self._get_employees_under_way()
        refusals = {}
        for record in self:
            if not (record.employee_id and record.echelon_id):
                refusals[record] = [self.env._("Choose the employee and the echelon.")]
                continue
            allowed = officer or (record._is_recommender() and record.employee_id in managed)
            if not allowed or record._is_about_me():
                refusals[record] = [self._get_recommender_refusal(record)]
                continue
            refusals[record] = [
                sentence
                for sentence in (
                    # sudo: everyone reads the program once it runs
                    record.program_id.sudo()._get_closed_reason(),
                    record._get_person_refusal(),
                    record._get_echelon_refusal(),
                    record._get_rank_refusal(),
                    record._get_tenure_refusal(),
                    record._get_plan_refusal(),
                    record._get_scores_refusal(),
                    record._get_busy_refusal(busy),
                    record._get_approver_refusal(),
                )
                if sentence
            ]
        return refusals

    def _get_person_refusal(self):
        # sudo: names of the form
        employee = self.employee_id.sudo()
        if not employee.active:
            return self.env._("%s has left the company (archived).", employee.name)
        if not employee.department_id:
            return self.env._("%s belongs to no department: HR enters it.", employee.name)
        if not self.recommender_id:
            return self.env._("Name the manager who recommends %s.", employee.name)
        return False

    def _get_echelon_refusal(self):
        # sudo: everyone reads the program once it runs
        if self.echelon_id not in self.program_id.sudo().line_ids.echelon_id:
            return self.env._(
                "“%(program)s” has no place in the %(echelon)s.",
                program=self.program_id.sudo().name,
                echelon=self.echelon_id.name,
            )
        return False

    def _get_plan_refusal(self):
        # sudo: names, and whether there is a plan
        record = self.sudo()
        if record.plan_state in ("submitted", "active"):
            return False
        if not record.employee_id.user_id:
            return self.env._(
                "%s has no login and so cannot write the personal development plan: "
                "HR gives them portal access.",
                record.employee_id.name,
            )
        return self.env._(
            "%s has not submitted the personal development plan yet.", record.employee_id.name
        )

    def _get_scores_refusal(self):
        labels = [
            self._fields[score]._description_string(self.env)
            for score, reason in SCORES.items()
            if not self[score] or not (self[reason] or "").strip()
        ]
        if labels:
            return self.env._("Score and reason are missing for: %s.", ", ".join(labels))
        return False

    def _get_employees_under_way(self):
        """{employee id: why the employee cannot be recommended now}, in two queries."""
        # sudo: cases in other departments count too; only a sentence is told
        others = self.sudo().search_fetch(
            [("employee_id", "in", self.employee_id.ids), ("state", "in", OPEN_STATES)],
            ["employee_id", "name"],
        )
        members = (
            self.env["hr.backbone.member"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", self.employee_id.ids), ("state", "!=", "exited")],
                ["employee_id", "echelon_id"],
            )
        )
        busy = {
            other.employee_id.id: self.env._(
                "%(employee)s already has an application under way (%(number)s).",
                employee=other.employee_id.name,
                number=other.name,
            )
            for other in others
        }
        busy.update(
            (
                member.employee_id.id,
                self.env._(
                    "%(employee)s is already in the talent pool (%(echelon)s).",
                    employee=member.employee_id.name,
                    echelon=member.echelon_id.name,
                ),
            )
            for member in members
        )
        return busy

    def _get_busy_refusal(self, busy):
        return busy.get(self.employee_id.id, False)

    def _get_approver_refusal(self):
        if self._find_approver():
            return False
        # sudo: names of the form
        return self.env._(
            "No director of a center can approve %s: mark a department above as a center and "
            "give it a manager with a login who neither recommends nor is recommended.",
            self.employee_id.sudo().name,
        )

    def _get_involved_refusal(self):
        """Nobody decides on their own case or on one they recommended."""
        if reason := super()._get_involved_refusal():
            return reason
        submitters = self.sudo().decision_ids.filtered(lambda d: d.move == "submit").user_id
        if self._is_recommender() or (self.state == "director" and self.env.user in submitters):
            return self.env._("Nobody decides on a case that they recommended.")
        return False

    def _refusals_approve(self):
        refusals = {}
        for record in self:
            # sudo: the name of the director, on the form
            approver = record.approver_id.sudo()
            if reason := record._get_involved_refusal():
                refusals[record] = [reason]
            elif approver.user_id != self.env.user:
                refusals[record] = [
                    self.env._("Only %s, the director of the center, can do this.", approver.name)
                ]
        return refusals

    def _refusals_pass_review(self):
        refusals = self._refuse_unless_officer()
        for record in self - self.browse(r.id for r in refusals):
            refusals[record] = [
                reason for check in record.check_ids if (reason := check._get_refusal())
            ]
        return refusals

    def _refusals_return(self):
        """Whoever could take the next step may return or refuse."""
        awaiting = self.filtered(lambda record: record.state == "director")
        return {
            **awaiting._refusals_approve(),
            **(self - awaiting)._refuse_unless_officer(),
        }

    def _refusals_refuse(self):
        return self._refusals_return()

    def _refusals_withdraw(self):
        return {
            record: [self.env._("Only the employee or the recommender can withdraw.")]
            for record in self
            if not (record._is_about_me() or record._is_recommender())
        }

    def _refusals_select(self):
        return {}

    def _refusals_reject(self):
        return {}

    def _refusals_publish(self):
        return {}

    def _refusals_uphold(self):
        return {}

    def _refusals_admit(self):
        busy = self.sudo()._get_members_by_employee()
        refusals = {}
        for record in self.sudo():
            if not record.employee_id.active:
                refusals[record] = [record._get_person_refusal()]
            elif member := busy.get(record.employee_id.id):
                refusals[record] = [
                    self.env._("%s is already in the talent pool.", member.employee_id.name)
                ]
        return {self.browse(record.id): lines for record, lines in refusals.items()}

    def _get_members_by_employee(self):
        members = self.env["hr.backbone.member"].search(
            [("employee_id", "in", self.employee_id.ids), ("state", "!=", "exited")]
        )
        return {member.employee_id.id: member for member in members}

    # -- consequences ------------------------------------------------------------------

    def _after_submit(self, decisions):
        """What stands on the form is what was true on this day."""
        records = self.sudo()
        records._take_snapshots()
        for company, batch in records.grouped("company_id").items():
            batch._write_moved({"date_submitted": company._backbone_today()})

    def _after_approve(self, decisions):
        self.env["hr.backbone.application.check"].sudo()._make_for(self.sudo())

    def _after_admit(self, decisions):
        self.env["hr.backbone.member"].sudo()._on_application_admitted(self.sudo())
        self.sudo().plan_id._on_application_admitted()

    def _after_refuse(self, decisions):
        self.sudo().plan_id._on_application_ended()

    def _after_reject(self, decisions):
        self.sudo().plan_id._on_application_ended()

    def _after_uphold(self, decisions):
        self.sudo().plan_id._on_application_ended()

    def _after_withdraw(self, decisions):
        self.sudo().plan_id._on_application_ended()

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        result = {}
        for record in self:
            owner = record.company_id._backbone_hr_user(record.program_id.user_id)
            if record.state == "draft":
                result[record] = ("mail_activity_type_submit", record.recommender_id.user_id)
            elif record.state == "director":
                result[record] = ("mail_activity_type_approve", record.approver_id.user_id)
            elif record.state == "hr":
                result[record] = ("mail_activity_type_review", owner)
            elif record.state == "committee":
                result[record] = ("mail_activity_type_meeting", owner)
            elif record.state == "selected":
                result[record] = ("mail_activity_type_publish", owner)
        return {
            record: (f"hr_backbone_training.{xmlid}", users, None)
            for record, (xmlid, users) in result.items()
        }

    def _get_mail_partners(self, name):
        """The people of the case; with a submission, the one who has to approve."""
        self.ensure_one()
        if name == "submit":
            return self._get_partner(self.approver_id)
        if name == "approve":
            return self._get_partner(self.employee_id) | self.program_id.user_id.partner_id
        return self._get_partner(self.employee_id) | self._get_partner(self.recommender_id)

    @api.model
    def _get_partner(self, employee):
        return employee.user_id.partner_id or employee.work_contact_id

    def _get_decision_of(self, *moves):
        """The last decision among `moves` since the last return: what a box of the
        printed form shows."""
        self.ensure_one()
        # sudo: whoever may print the document prints the decisions taken on it
        for decision in self.sudo().decision_ids.sorted(lambda d: (d.date, d.id), reverse=True):
            if decision.move in moves:
                return decision
            if decision.move == "return":
                break
        return self.env["hr.backbone.decision"]

    def _get_form_date(self):
        return self.date_submitted or fields.Date.context_today(self)

    def _get_member_vals(self):
        """What the talent pool takes over from the application."""
        self.ensure_one()
        return {
            "echelon_id": self.echelon_id.id,
            "program_id": self.program_id.id,
            "application_id": self.id,
            "department_id": self.department_id.id,
            "job_id": self.job_id.id,
            "rank_id": self.rank_id.id,
            "date_admitted": self.company_id._backbone_today(),
            "date_exited": False,
        }
