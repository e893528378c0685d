# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError

from ..core.public import Records, Text, public


class HrBackboneMeeting(models.Model):
    """In session: who attends, which names are on the agenda and which are postponed change by
    one step, which says who changed what and why. It is a decision, which nobody edits, and
    is in the minutes. Votes stay with the name and count for those who attend."""

    _inherit = "hr.backbone.meeting"

    def _refusals_change(self):
        """HR, or whoever attends; which names and people they may change is asked of each."""
        refusals = {}
        for meeting in self:
            if not (self._is_officer() or meeting._is_attendee()):
                refusals[meeting] = [self.env._("Only HR or an attendee changes the meeting.")]
            elif reason := meeting._get_involved_refusal():
                refusals[meeting] = [reason]
        return refusals

    @public(
        one=True,
        comment=Text(),
        attendees=Records("res.users"),
        applications=Records("hr.backbone.application"),
        postponed=Records("hr.backbone.application"),
    )
    def action_change(self, comment=None, attendees=None, applications=None, postponed=None):
        """open → open: what is given is so from now on; what is None stays as it is.

        :param str comment: the reason; required, it is printed in the minutes
        :param attendees: `res.users` (records or ids), by HR
        :param applications: those on the agenda (records or ids), by HR
        :param postponed: those of them that stay for the next meeting, by HR or who attends
        :raise UserError: not the user's to change, nothing changes, or no reason
        """
        self.ensure_one()
        self._check_move("change")
        comment = (comment or "").strip()
        if not comment:
            raise UserError(self._get_comment_request("change"))
        if not (attendees is None and applications is None) and not self._is_officer():
            raise UserError(self.env._("Only HR can change the meeting."))
        changes = self._get_attendee_changes(attendees)
        off, back, added = self._get_agenda_changes(applications)
        delayed, resumed = self._get_postponed_changes(postponed)
        self._check_changes(changes, off | back, added, delayed | resumed)
        sentences = [
            *(sentence for sentence, _command in changes),
            *self._get_name_sentences(off, back, added, delayed, resumed),
        ]
        if not sentences:
            raise UserError(self.env._("Nothing was changed."))
        self._move("change", "\n".join([*sentences, comment]))
        # sudo: the step was allowed; what it changes follows
        meeting = self.sudo()
        if changes:
            meeting._write_moved({"attendee_ids": [command for _sentence, command in changes]})
            meeting._sync_event()
        off._write_session({"is_off": True})
        back._write_session({"is_off": False})
        delayed._write_session({"postponed": True})
        resumed._write_session({"postponed": False})
        self.item_ids._create_session(meeting, added)
        meeting._pass_todos_on()
        return True

    def _get_agenda_changes(self, wanted):
        """The names that go off the agenda, those that come back, the applications added."""
        items = self.item_ids
        if wanted is None:
            return items.browse(), items.browse(), self.env["hr.backbone.application"]
        kept = items.filtered(lambda item: item.application_id in wanted)
        off = (items - kept).filtered(lambda item: not item.is_off)
        return off, kept.filtered("is_off"), wanted - items.application_id

    def _get_postponed_changes(self, wanted):
        """The names that are postponed from now on, and those that no longer are."""
        items = self.item_ids
        if wanted is None:
            return items.browse(), items.browse()
        if wanted - items.application_id:
            raise UserError(self.env._("Only a name on the agenda is postponed."))
        on = items.filtered(lambda item: item.application_id in wanted)
        delayed = on.filtered(lambda item: not item.postponed)
        return delayed, (items - on).filtered("postponed")

    def _get_attendee_changes(self, wanted):
        """[(sentence, command)] for each person who comes or goes."""
        if wanted is None:
            return []
        # sudo: names of the committee, for the minutes
        attendees, wanted = self.sudo().attendee_ids, wanted.sudo()
        gone = [
            (self.env._("No longer attends: %s", user.name), (3, user.id))
            for user in attendees - wanted
        ]
        come = [
            (self.env._("Attends from now on: %s", user.name), (4, user.id))
            for user in wanted - attendees
        ]
        if gone or come:
            self._check_remaining(wanted)
        if not self.env.su and self.env.user in (attendees - wanted) | (wanted - attendees):
            # who comes and goes would see how the others have voted, and vote then
            raise UserError(
                self.env._("You cannot add or remove yourself: please ask somebody else in HR.")
            )
        return gone + come

    def _check_remaining(self, attendees):
        if not attendees:
            raise UserError(self.env._("Somebody has to attend: cancel the meeting instead."))

    def _get_name_sentences(self, off, back, added, delayed, resumed):
        """One sentence for each name that changes, for the minutes."""

        def get_names(rows):
            # sudo: names of people who are on the agenda, or come onto it
            return [row.employee_id.name for row in rows.sudo()]

        return [
            *(self.env._("Taken off: %s", name) for name in get_names(off)),
            *(self.env._("Put back: %s", name) for name in get_names(back)),
            *(self.env._("Added: %s", name) for name in get_names(added)),
            *(self.env._("Postponed: %s", name) for name in get_names(delayed)),
            *(self.env._("No longer postponed: %s", name) for name in get_names(resumed)),
        ]

    def _check_changes(self, changes, moved, added, delayed):
        """:raise UserError: one of these changes is not the user's"""
        # who is heard and counted concerns each name
        touched = self.item_ids if changes else moved | delayed
        for application in touched.application_id | added:
            if reason := application._get_recused_refusal():
                raise UserError(reason)
