# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from markupsafe import Markup

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ..core.jobs import run_in_batches
from ..core.moves import HR, Move, Moves
from ..core.public import Text, public
from .hr_backbone_mentorship import OPEN

_lt = LazyTranslate(__name__)

HANDOVER = "hr_backbone_training.mail_activity_type_handover"


class HrBackboneMentorship(models.Model):
    """The moves of a mentorship: who accepts, declines and ends, and who is told. At the end
    what stays open goes to HR, and nobody has to notice it first."""

    _inherit = "hr.backbone.mentorship"

    _todo_states = ("appointed",)
    _readers = ("employee", "mentor", "committee", "hr")
    _moves = Moves(
        Move("accept", "appointed", "appointed", _lt("Accepted"), button=True),
        Move("activate", "appointed", "active", _lt("Accepted by both"), mail="active"),
        Move(
            "decline",
            "appointed",
            "declined",
            _lt("Declined"),
            reason="action_decline",
            mail="declined",
            private=True,
        ),
        Move(
            "end",
            OPEN,
            "ended",
            _lt("Ended"),
            by=HR,
            reason="action_end",
            mail="ended",
            private=True,
        ),
        Move(
            "restore",
            "ended",
            label=_lt("End taken back"),
            by=HR,
            reason="action_restore",
            mail="restored",
            private=True,
            undoes="end",
        ),
        Move("appoint", label=_lt("Appointed"), mail="appointed"),
        mails="hr_backbone_training.mail_template_mentorship_",
    )

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return "accept" if self.state == "appointed" else None

    def _is_next_actor(self):
        self.ensure_one()
        return self.state == "appointed" and bool(self._get_my_parts())

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "appointed":
            member = self.employee_id._get_backbone_name()
            mentor = self.mentor_id._get_backbone_name()
            parts = self._get_open_parts()
            own = {
                part
                for part, person in (("member", self.employee_id), ("mentor", self.mentor_id))
                if part in parts and person._is_backbone_user()
            }
            if own and len(parts) == 2:
                return self.env._(
                    "You and %s accept the appointment.", mentor if "member" in own else member
                )
            if own:
                return self.env._("You accept the appointment.")
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

    def _get_move_refusals(self, name):
        match name:
            case "accept" | "activate":
                return self._refusals_accept()
            case "decline":
                return self._refusals_decline()
            case "restore":
                return self._refusals_restore()
        return super()._get_move_refusals(name)

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

    def _refusals_decline(self):
        return {
            record: [self.env._("Only the member or the mentor declines the appointment.")]
            for record in self
            if not (record._is_about_me() or record._is_own_mentor())
        }

    def _refusals_restore(self):
        """HR, as long as the two are a possible pair, and the member has nobody else by now."""
        refusals = self._refuse_unless_officer()
        ready = self - self.browse([record.id for record in refusals])
        broken, full = ready._get_rule_refusals(), ready._get_place_refusals()
        # sudo: whether there is another mentor
        others = ready.sudo().search(
            [("member_id", "in", ready.member_id.ids), ("state", "in", OPEN)]
        )
        for record in ready:
            refusals[record] = [*broken.get(record, ()), *full.get(record, ())]
            if record.member_id in others.member_id:
                refusals[record].append(
                    self.env._(
                        "%s has another mentor by now: end that mentorship first.",
                        record.employee_id._get_backbone_name(),
                    )
                )
        return refusals

    def _get_batch_refusals(self, name):
        """A member gets one mentor back, and a mentor no more members than there are places."""
        refusals = super()._get_batch_refusals(name)
        for same in self.grouped("member_id").values() if name == "restore" else ():
            sentence = self.env._(
                "%s gets only one mentor back: choose one mentorship.",
                same.employee_id._get_backbone_name(),
            )
            refusals.update((record, [sentence]) for record in same[1:])
        return refusals

    @public()
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

    @public(comment=Text())
    def action_decline(self, comment=None):
        """appointed → declined, by the member or the mentor.

        :param str comment: the reason; required
        """
        self._move("decline", comment)
        return True

    @public(comment=Text())
    def action_end(self, comment=None):
        """appointed or active → ended, by HR.

        :param str comment: the reason; required
        """
        self._move("end", comment, {"end_reason": "decided"})
        return True

    @public(comment=Text())
    def action_restore(self, comment=None):
        """ended → as it was before, by HR: it was ended by mistake. Talks that were cancelled
        with it are planned anew.

        :param str comment: the reason; required
        """
        self._move("restore", comment)
        return True

    @public(one=True)
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
        elif move.name == "restore":
            vals = {**(vals or {}), "end_reason": False, "date_end": False, "handover": False}
            # somebody else may have the place by now
            # sudo: the step was allowed
            self.sudo()._take_places()
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

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        match name:
            case "accept":
                self._on_accepted()
            case "activate":
                self._on_accepted()
                self._on_activated()
            case "end":
                self._on_ended()
            case "restore":
                self._on_restored()
        return result

    def _on_accepted(self):
        parts = {record.id: tuple(record._get_my_parts()) for record in self}
        # sudo: the acceptance was allowed
        for (company, names), batch in (
            self.sudo().grouped(lambda r: (r.company_id, parts[r.id])).items()
        ):
            today = company._backbone_today()
            batch._write_moved({f"date_{name}_accepted": today for name in names})

    def _on_activated(self):
        # sudo: the acceptance was allowed
        records = self.sudo()
        for company, batch in records.grouped("company_id").items():
            batch._write_moved({"date_start": company._backbone_today()})
        for mentor, batch in records.grouped("mentor_id").items():
            batch.member_id._on_mentor_changed(mentor)
        records.member_id._on_mentors_changed()

    # -- the end -----------------------------------------------------------------------

    def _end(self, reason, comment):
        """End at once, without asking who: the job, an exit, a new mentor. As superuser.

        :param str reason: of `end_reason`
        :param str comment: what the decision says
        """
        self._do_move(self._get_move("end"), comment, {"end_reason": reason})

    def _on_ended(self):
        # sudo: the end was allowed, or follows from something else that was
        records = self.sudo()
        records._write_handover()
        for company, batch in records.grouped("company_id").items():
            batch._write_moved({"date_end": company._backbone_today()})
        was_active = records.filtered("date_start")
        was_active.member_id._on_mentor_changed(self.env["hr.employee"])
        was_active.member_id._on_mentors_changed()
        records.session_ids._cancel_coming(self.env._("The mentorship has ended."))

    def _on_restored(self):
        # sudo: the step was allowed
        records = self.sudo()
        records._finish_activities()
        active = records.filtered(lambda record: record.state == "active")
        for mentor, batch in active.grouped("mentor_id").items():
            batch.member_id._on_mentor_changed(mentor)
        active.member_id._on_mentors_changed()

    def _say_consequences(self, name):
        sentences = super()._say_consequences(name)
        if name == "restore":
            sentences.append(
                self.env._("Talks that were cancelled with the end have to be planned anew.")
            )
        return sentences

    # -- what is handed over -----------------------------------------------------------

    def _write_handover(self):
        for record in self:
            record._write_moved({"handover": record._get_handover() or False})

    def _get_handover(self):
        """The open talks and the agreements of this mentorship, oldest first; "" for none."""
        self.ensure_one()
        sessions = self.session_ids.sorted("date_start")
        lines = []
        if planned := sessions.filtered(lambda session: session.state == "planned"):
            lines.append(self.env._("Open talks:"))
            lines += [session._format_open() for session in planned]
        agreed = sessions.filtered(
            lambda session: session.state == "held" and (session.agreements or session.next_steps)
        )
        if agreed:
            lines.append(self.env._("Agreements:"))
            for session in agreed:
                texts = " / ".join(filter(None, (session.agreements, session.next_steps)))
                lines.append(f"- {session._format_day()}: {texts}")
        return "\n".join(lines)

    def _hand_over(self):
        """One activity for HR for each member: find a new mentor, and pass on what is open.

        It is on the mentorship that ended, which the member's managers do not read: its
        note says what the two agreed in confidence.
        """
        last = {}
        for record in self.sorted(lambda record: (bool(record.date_start), record.id)):
            last[record.member_id] = record
        records = self.browse(record.id for record in last.values())
        activity_type = self.env.ref(HANDOVER)
        users = {record: record._get_hr_user() for record in records}
        activity_type._make_activities(
            (
                record,
                users[record],
                {
                    "summary": self.env._(
                        "Find a new mentor for %s, and hand over.", record.employee_id.name
                    ),
                    "note": Markup("<br/>").join((record.handover or "").splitlines()),
                    "date_deadline": record.date_end,
                },
            )
            for record in records
            if users[record]
        )

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        """Member and mentor accept; HR looks for somebody else."""
        result = {}
        for record in self:
            if record.state == "appointed":
                people = {"member": record.employee_id, "mentor": record.mentor_id}
                # HR accepts for whoever has no login
                users = self.env["res.users"].union(
                    *(
                        people[part]._get_acting_users(record.company_id) or record._get_hr_user()
                        for part in record._get_open_parts()
                    )
                )
                result[record] = ("hr_backbone_training.mail_activity_type_mentorship", users, None)
            elif record.state == "declined":
                result[record] = (
                    "hr_backbone_training.mail_activity_type_mentor_declined",
                    record._get_hr_user(),
                    None,
                )
        return result

    def _get_keepers(self, activity):
        """Whoever in HR hands over what a mentor has left."""
        if activity.activity_type_id != self.env.ref(HANDOVER):
            return super()._get_keepers(activity)
        return self._get_hr_keepers(activity, self.member_id.program_id.user_id)

    def _get_mail_partners(self, name):
        """The two, but not whoever acts. Of an appointment those with the backend have an
        activity; HR has one when somebody declines."""
        self.ensure_one()
        employees = self.employee_id | self.mentor_id
        if name == "appoint":
            employees = employees.filtered(lambda person: person._get_backbone_users().share)
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in employees)
        )
        return partners - self.env.user.partner_id

    # -- the daily job -----------------------------------------------------------------

    @api.model
    def _cron_end(self, batch_size=200):
        """Make sure that no mentorship goes on whose mentor has left or lost the rank.

        Whether a rank still stands above another cannot be asked of the database in one
        domain: the open mentorships are looked through, a batch at a time.
        """

        def end(records):
            gone = records._get_end_reasons()
            records.browse(record.id for record in gone)._end_and_hand_over()

        run_in_batches(self, [("state", "in", OPEN)], end, batch_size)

    def _end_and_hand_over(self):
        reasons = self._get_end_reasons()
        comments = {
            "left": self.env._("The mentor has left the company."),
            "rank": self.env._(
                "The mentor's rank may not mentor any more, or is no longer above the member's."
            ),
            "report": self.env._("The mentor reports to the member now."),
        }
        for reason, batch in self.grouped(reasons.get).items():
            if reason:
                batch._end(reason, comments[reason])
        self.browse(record.id for record in reasons)._hand_over()

    def _get_end_reasons(self):
        """{mentorship: "left", "rank" or "report"} of those that cannot go on. As superuser."""
        reasons = {}
        above = self._get_people_above(self.mentor_id)
        for record in self:
            mentor, person = record.mentor_id, record.employee_id
            if self._has_left(mentor, record.company_id):
                reasons[record] = "left"
            elif not (
                mentor.job_id.backbone_rank_id.can_mentor and self._stands_above(mentor, person)
            ):
                reasons[record] = "rank"
            elif person.id in above[mentor]:
                reasons[record] = "report"
        return reasons

    @api.model
    def _trigger_end(self):
        """Something has changed that may end mentorships: look at once, not only tomorrow."""
        if not self._get_concerned_ids():
            return
        job = "hr_backbone_training.ir_cron_backbone_mentorship"
        if cron := self.env.ref(job, raise_if_not_found=False):
            cron._trigger()
