from markupsafe import Markup

from odoo import api, models

from .hr_backbone_mentorship import OPEN


class HrBackboneMentorship(models.Model):
    """The end of a mentorship: what stays open goes to HR, and nobody has to notice it first."""

    _inherit = "hr.backbone.mentorship"

    def _end(self, reason, comment):
        """End at once, without asking who: the job, an exit, a new mentor. As superuser.

        :param str reason: of `end_reason`
        :param str comment: what the decision says
        """
        self._do_move(self._get_move("end"), comment, {"end_reason": reason})

    def _after_end(self, decisions):
        # sudo: the end was allowed, or follows from something else that was
        records = self.sudo()
        records._write_handover()
        for company, batch in records.grouped("company_id").items():
            batch._write_moved({"date_end": company._backbone_today()})
        was_active = records.filtered("date_start")
        was_active.member_id._on_mentor_changed(self.env["hr.employee"])
        records.session_ids._cancel_coming(self.env._("The mentorship has ended."))

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

        It stands on the mentorship that ended, which the member's managers do not read: its
        note says what the two agreed in confidence.
        """
        last = {}
        for record in self.sorted(lambda record: (bool(record.date_start), record.id)):
            last[record.member_id] = record
        records = self.browse(record.id for record in last.values())
        activity_type = self.env.ref("hr_backbone_training.mail_activity_type_handover")
        users = {record: record._get_hr_user() for record in records}
        self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, mail_notify_force_send=False
        ).create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": record.id,
                    "activity_type_id": activity_type.id,
                    "summary": self.env._(
                        "Find a new mentor for %s, and hand over.", record.employee_id.name
                    ),
                    "note": Markup("<br/>").join((record.handover or "").splitlines()),
                    "user_id": users[record].id,
                    "date_deadline": record.date_end,
                    "automated": True,
                }
                for record in records
                if users[record]
            ]
        )

    # -- the daily job -----------------------------------------------------------------

    @api.model
    def _cron_end(self, batch_size=200):
        """Make sure that no mentorship goes on whose mentor has left or lost the rank.

        Whether a rank still stands above another cannot be asked of the database in one
        domain: the open mentorships are looked through, a batch at a time.
        """
        domain = [("state", "in", OPEN)]
        last = 0
        while batch := self.search([*domain, ("id", ">", last)], limit=batch_size, order="id"):
            last = batch[-1].id
            due = self.browse(record.id for record in batch._get_end_reasons())
            due = due.try_lock_for_update(allow_referencing=True)
            due.invalidate_recordset(["state"])
            due.filtered(lambda record: record.state in OPEN)._end_and_hand_over()
            remaining = self.search_count([*domain, ("id", ">", last)])
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                break

    def _end_and_hand_over(self):
        reasons = self._get_end_reasons()
        comments = {
            "left": self.env._("The mentor has left the company."),
            "rank": self.env._(
                "The mentor's rank may not mentor any more, or no longer stands above the member's."
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
            if self._has_left(mentor) or mentor.company_id != record.company_id:
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
        job = "hr_backbone_training.ir_cron_backbone_mentorship"
        if cron := self.env.ref(job, raise_if_not_found=False):
            cron._trigger()
