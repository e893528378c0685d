from odoo import api, models


class HrBackboneMentorship(models.Model):
    """The moves of a mentorship: who accepts, declines and ends, and who is told."""

    _inherit = "hr.backbone.mentorship"

    # -- moves -------------------------------------------------------------------------

    @api.model
    def _get_move_labels(self):
        return {
            "appoint": self.env._("Appointed"),
            "accept": self.env._("Accepted"),
            "activate": self.env._("Accepted by both"),
            "decline": self.env._("Declined"),
            "end": self.env._("Ended"),
        }

    def _get_next_move(self):
        self.ensure_one()
        return "accept" if self.state == "appointed" else None

    def _is_next_actor(self):
        self.ensure_one()
        return self.state == "appointed" and bool(self._get_my_parts())

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "appointed":
            # sudo: names of the two people
            member, mentor = self.employee_id.sudo().name, self.mentor_id.sudo().name
            parts = self._get_open_parts()
            if len(parts) == 2:
                return self.env._(
                    "%(member)s and %(mentor)s accept the appointment.",
                    member=member,
                    mentor=mentor,
                )
            return self.env._(
                "%(person)s accepts the appointment.",
                person=member if "member" in parts else mentor,
            )
        if self.state == "active":
            return self.env._("Member and mentor meet for talks, and write down what they agree.")
        return False

    def _refusals_accept(self):
        """The one or the other of the two, each for oneself, and still a possible pair."""
        broken = self._get_rule_refusals()
        refusals = {}
        for record in self:
            if record._get_my_parts():
                refusals[record] = broken.get(record, [])
            elif record._is_about_me() or record._is_own_mentor():
                refusals[record] = [self.env._("You have accepted already.")]
            else:
                refusals[record] = [
                    self.env._("Only the member and the mentor accept, each for oneself.")
                ]
        return refusals

    _refusals_activate = _refusals_accept

    def _refusals_decline(self):
        return {
            record: [self.env._("Only the member or the mentor declines the appointment.")]
            for record in self
            if not (record._is_about_me() or record._is_own_mentor())
        }

    def _refusals_end(self):
        return self._refuse_unless_officer()

    def action_accept(self):
        """Accept the appointment, by the member or the mentor; the second one makes it active.

        HR accepts for whoever has no login.
        """
        self.check_access("read")
        self._lock_for_move()
        last = self.filtered(lambda r: 0 < len(r._get_open_parts()) == len(r._get_my_parts()))
        for name, records in (("accept", self - last), ("activate", last)):
            if records:
                records._move(name)
        return True

    def action_decline(self, comment=None):
        """appointed → declined, by the member or the mentor.

        :param str comment: the reason; required
        """
        self._move("decline", comment)
        return True

    def action_end(self, comment=None):
        """appointed or active → ended, by HR.

        :param str comment: the reason; required
        """
        self._move("end", comment, {"end_reason": "decided"})
        return True

    def action_plan_talk(self):
        """The form in which member or mentor plans a talk."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a Talk"),
            "res_model": "hr.backbone.mentorship.session",
            "view_mode": "form",
            "context": {"default_mentorship_id": self.id},
        }

    def _do_move(self, move, comment, vals=None):
        if move.name == "activate":
            self._end_replaced()
        return super()._do_move(move, comment, vals)

    def _end_replaced(self):
        """The new mentor takes over the same day. Before the row becomes active: the database
        takes only one."""
        # sudo: the acceptance was allowed; that the one before ends follows from it
        before = self.sudo().search(
            [("member_id", "in", self.member_id.ids), ("state", "=", "active")]
        )
        if before:
            before._end("replaced", self.env._("Another mentor took over."))
            before.flush_recordset()

    def _after_accept(self, decisions):
        parts = {record.id: tuple(record._get_my_parts()) for record in self}
        # sudo: the acceptance was allowed
        for (company, names), batch in (
            self.sudo().grouped(lambda r: (r.company_id, parts[r.id])).items()
        ):
            today = company._backbone_today()
            batch._write_moved({f"date_{name}_accepted": today for name in names})

    def _after_activate(self, decisions):
        self._after_accept(decisions)
        # sudo: the acceptance was allowed
        records = self.sudo()
        for company, batch in records.grouped("company_id").items():
            batch._write_moved({"date_start": company._backbone_today()})
        for mentor, batch in records.grouped("mentor_id").items():
            batch.member_id._on_mentor_changed(mentor)

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        """Member and mentor accept; HR looks for somebody else."""
        result = {}
        for record in self:
            if record.state == "appointed":
                people = {"member": record.employee_id, "mentor": record.mentor_id}
                users = self.env["res.users"].union(
                    *(people[part].user_id for part in record._get_open_parts())
                )
                result[record] = ("hr_backbone_training.mail_activity_type_mentorship", users, None)
            elif record.state == "declined":
                result[record] = (
                    "hr_backbone_training.mail_activity_type_mentor_declined",
                    record._get_hr_user(),
                    None,
                )
        return result

    def _get_mail_partners(self, name):
        """The two, but not whoever acts. Of an appointment those with the backend have an
        activity; HR has one when somebody declines."""
        self.ensure_one()
        employees = self.employee_id | self.mentor_id
        if name == "appoint":
            employees = employees.filtered(lambda person: person.user_id.share)
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in employees)
        )
        return partners - self.env.user.partner_id
