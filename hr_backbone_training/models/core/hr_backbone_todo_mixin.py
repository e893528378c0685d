# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from .jobs import run_in_batches


class HrBackboneTodoMixin(models.AbstractModel):
    """What somebody has to do on a document: whoever gets a to-do can do it.

    A document says who has to act next (`_get_next_activity`), and who can do what else waits on
    it (`_get_keepers`). When somebody cannot act any more, who has left, has lost the group, the
    company or the login, what waits for them goes at once to who can; the daily job looks at all
    of it, whatever has changed.
    """

    _name = "hr.backbone.todo.mixin"
    _description = "Backbone Document with To-Dos"
    _inherit = ["hr.backbone.activity.mixin", "hr.backbone.involved.mixin"]

    # in these states somebody always has to act: a to-do that is missing is made
    _todo_states = ()

    # -- who has to act ------------------------------------------------------------------

    def _get_next_activity(self):
        """What the next person has to do, for many records at once.

        :return: {record: (external id of the activity type, users, date or None)}
        """
        return {}

    def _get_keepers(self, activity):
        """Who can do a to-do of ours that stands beside the awaited step.

        :param activity: `mail.activity` on this document
        :return: `res.users`; the first one gets it when whoever has it is not among them, and
            it goes where there is none. None: it is of a step, and goes when that is not awaited
        """
        self.ensure_one()
        return None

    def _get_unasked_users(self):
        """Those who are in HR, and take no step of HR's on this document; as superuser."""
        self.ensure_one()
        return self._get_concerned_employees()._get_backbone_ever()

    # -- to-dos come and go --------------------------------------------------------------

    def _find_activities(self):
        """The reminders of the awaited steps."""
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("automated", "=", True),
                ("activity_type_id", "in", self.env["mail.activity.type"]._get_backbone().ids),
            ]
        )

    def _finish_activities(self):
        """The awaited step was taken: its reminders go."""
        self._find_activities().unlink()

    def _schedule_next_activities(self):
        """One activity for each person of the backend who must act next."""
        today = fields.Date.context_today(self)
        rows = defaultdict(list)
        for record, (xmlid, users, deadline) in self._get_next_activity().items():
            rows[xmlid] += [(record, user, {"date_deadline": deadline or today}) for user in users]
        for xmlid, own in rows.items():
            self.env.ref(xmlid)._make_activities(own)

    # -- with whom they wait -------------------------------------------------------------

    def _pass_todos_on(self):
        """Make sure that what waits is with those who can act on it now. Called as superuser."""
        found = self._find_todos().grouped("res_id")
        awaited = self._get_next_activity()
        strays, stale, beside = self.browse(), self.env["mail.activity"], []
        for record in self:
            rows = found.get(record.id, stale.browse())
            xmlid, users, _deadline = awaited.get(record, (None, self.env["res.users"], None))
            users = users.filtered(lambda user: not user.share)
            step = self.env.ref(xmlid) if xmlid else self.env["mail.activity.type"]
            mine = rows.filtered(lambda row, step=step: row.activity_type_id == step)
            for row in rows - mine:
                keepers = record._get_keepers(row)
                if keepers is None:
                    stale += row
                else:
                    beside.append((record, row, keepers))
            if mine.user_id != users and not record._is_with_hr(mine.user_id, users):
                strays += record
                stale += mine
        stale.unlink()
        strays._schedule_next_activities()
        for record, activity, keepers in beside:
            if activity.user_id not in keepers:
                record._pass_beside(activity, keepers)

    def _find_todos(self):
        """All to-dos of ours on these documents; for what is kept otherwise to extend."""
        return self._find_activities()

    def _is_with_hr(self, asked, users):
        """Whether HR is asked for, and HR has it: an officer may have given it to another.

        :param asked: who has the to-do
        :param users: who would get it now
        """
        self.ensure_one()
        if not (asked and users):
            return False
        officers = self.company_id._backbone_hr_users(users[:1], self._get_unasked_users())
        return asked | users <= officers

    def _pass_beside(self, activity, keepers):
        self.ensure_one()
        if keepers:
            # no mail goes with it, and nobody follows a document for a to-do on it
            quiet = activity.with_context(
                mail_activity_quick_update=True, backbone_no_subscription=True
            )
            quiet.user_id = keepers[:1]
        else:
            activity.unlink()

    def _get_hr_keepers(self, activity, owner, besides=None):
        """For `_get_keepers`, where HR has to act: `owner` first; where the company has no officer
        who could, there is nobody to take it over.

        :param besides: who does not act, if not `_get_unasked_users`
        """
        self.ensure_one()
        if besides is None:
            besides = self._get_unasked_users()
        return self.company_id._backbone_hr_users(owner, besides) or activity.user_id

    # -- the daily job -------------------------------------------------------------------

    @api.model
    def _cron_pass_todos_on(self, batch_size=200):
        """Make sure that nothing waits for somebody who cannot do it, on whatever document."""
        for name in sorted(self.pool.descendants([self._name], "_inherit")):
            documents = self.env[name]
            if not documents._abstract:
                run_in_batches(
                    documents.with_context(active_test=False),
                    documents._get_todo_domain(),
                    lambda waiting: waiting._pass_todos_on(),
                    batch_size,
                )

    @api.model
    def _get_todo_domain(self):
        """The documents on which something waits, or should."""
        ours = self.env["mail.activity.type"]._get_backbone()
        domain = Domain("activity_ids.activity_type_id", "in", ours.ids)
        if self._todo_states:
            domain |= Domain("state", "in", self._todo_states)
        return domain
