# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models

DOCUMENTS = ("hr.backbone.report", "hr.backbone.assessment")
OPINION = "hr.backbone.second.opinion"


class HrBackboneMember(models.Model):
    """What the quarter asks of the pool follows the pool at once, not only the next day."""

    _inherit = "hr.backbone.member"

    @api.model
    def _on_application_admitted(self, applications):
        result = super()._on_application_admitted(applications)
        self._search_of(applications)._join_quarters()
        return result

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        members = self.sudo()
        if name == "resume":
            members._join_quarters()
        elif name == "suspend":
            members._leave_quarters()
        return result

    def _log_movements(self, name, before, date=None, reason=None):
        result = super()._log_movements(name, before, date, reason)
        if name == "resume":
            # sudo: the move was just allowed
            self.sudo()._excuse_suspended(date)
        return result

    def _on_exited(self):
        """Nobody writes the drafts any more: they are closed, and whoever is admitted again
        while the quarter runs finds them open."""
        result = super()._on_exited()
        # sudo: what follows from a movement, whose move was checked
        members = self.sudo()
        members._leave_quarters()
        for name in DOCUMENTS:
            self.env[name].sudo()._settle(members._get_drafts(name, running=False).ids)
        self.env[OPINION]._settle_for(
            [("member_id", "in", self.ids), ("state", "=", "draft")],
            self.env._("The member has left the talent pool."),
        )
        return result

    def _on_exit_undone(self, exits):
        """Their drafts are open again, in every quarter that HR has not closed."""
        result = super()._on_exit_undone(exits)
        members = self.filtered(lambda member: member.state == "active")
        for name in DOCUMENTS:
            drafts = members._get_drafts(name, running=False, closed=True)
            self.env[name]._settle(drafts.ids, closed=False)
            drafts._give_time()
        members._join_quarters()
        return result

    def _on_mentor_changed(self, mentor):
        result = super()._on_mentor_changed(mentor)
        # sudo: what follows from a movement, whose move was checked
        self.sudo()._pass_assessments(mentor)
        return result

    def _on_mentors_changed(self):
        """Whoever is the mentor now gives no second opinion. As superuser."""
        result = super()._on_mentors_changed()
        self.env[OPINION]._tend(self._get_running_quarters())
        return result

    # -- the quarters that are running -------------------------------------------------

    def _get_running_quarters(self):
        """The open quarters of the members' companies whose last day has not passed."""
        today = {company: company._backbone_today() for company in self.company_id}
        return self.company_id.backbone_quarter_ids.filtered(
            lambda quarter: (
                quarter.state == "open" and quarter.date_end >= today[quarter.company_id]
            )
        )

    def _get_drafts(self, model, running=True, closed=False):
        """What these members have not submitted.

        :param bool running: only in quarters whose last day has not passed; else in any that
            HR has not closed
        :param bool closed: those that were closed when a member left, instead of the open ones
        """
        quarters = (
            self._get_running_quarters()
            if running
            else self.company_id.backbone_quarter_ids.filtered(lambda row: row.state == "open")
        )
        if not quarters:
            return self.env[model]
        return self.env[model].search(
            [
                ("member_id", "in", self.ids),
                ("quarter_id", "in", quarters.ids),
                ("state", "=", "draft"),
                ("is_closed", "=", closed),
            ]
        )

    def _join_quarters(self):
        """They get what every member has; who had it before is asked again."""
        quarters = self._get_running_quarters()
        if not quarters:
            return
        for name in DOCUMENTS:
            drafts = self._get_drafts(name, closed=True)
            self.env[name]._settle(drafts.ids, closed=False)
            drafts._follow_members()
        for mentor, members in self.grouped("mentor_id").items():
            members._pass_assessments(mentor)
        before = [self._get_drafts(name) for name in DOCUMENTS]
        quarters._make_documents(self)
        for documents in before:
            documents._give_time()
            quarters._ask_for(documents)
        # whoever joins the quarter is not drawn: only who was before
        opinions = self._get_drafts(OPINION)
        opinions._give_time()
        opinions._ask_raters()

    def _excuse_suspended(self, date):
        """Of the quarters that are over and not closed: what fell due while the members were
        suspended is not owed any more; what did not is asked for again.

        :param date: the day on which they resumed; today by default
        """
        suspended = dict(
            self.env["hr.backbone.movement"]._read_group(
                [("member_id", "in", self.ids), ("kind", "=", "suspended")],
                ["member_id"],
                ["date:max"],
            )
        )
        running = self._get_running_quarters()
        for name in DOCUMENTS:
            drafts = self._get_drafts(name, running=False).filtered(
                lambda draft: draft.quarter_id not in running
            )
            before = drafts.filtered(
                lambda draft: draft.date_due < suspended.get(draft.member_id, draft.date_due)
            )
            excused = (drafts - before).filtered(
                lambda draft: draft.date_due < (date or draft.company_id._backbone_today())
            )
            self.env[name]._settle(excused.ids)
            (drafts - before - excused)._give_time()
            drafts.quarter_id._ask_for(drafts - excused)

    def _leave_quarters(self):
        """Who is not active owes nothing: the reminders go, the drafts stay."""
        self._get_drafts("hr.backbone.report", running=False)._finish_activities()
        assessments = self._get_drafts("hr.backbone.assessment", running=False)
        assessments.quarter_id._finish_mentor_activities(assessments.mentor_id)
        self._get_drafts(OPINION, running=False)._finish_activities()

    def _pass_assessments(self, mentor):
        """ "Whoever was mentor on the last day": until then an open assessment goes with the
        member; afterwards it stays where it is."""
        assessments = self._get_drafts("hr.backbone.assessment").filtered(
            lambda assessment: assessment.mentor_id != mentor
        )
        if assessments:
            assessments._pass_on(mentor, self.env._("The member has another mentor."))
