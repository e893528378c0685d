# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from functools import cached_property

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core import front_door
from ..core.public import public


class Ballot:
    """The votes on one name, as superuser: who counts is asked once, however often they are
    looked at while a meeting is closed."""

    def __init__(self, item, votes):
        """
        :param item: the name
        :param votes: all votes on it
        """
        self.item = item
        self.votes = votes

    @cached_property
    def entitled(self):
        """Who has a vote on the name: those who attend and are not recused."""
        return self.item.meeting_id.attendee_ids - self.item._get_recused_users()

    @cached_property
    def counted(self):
        """The votes that count: of those who are entitled."""
        return self.votes.filtered(lambda vote: vote.user_id in self.entitled)

    @cached_property
    def why_recused(self):
        """See `_get_recused_refusal` of the name."""
        return self.item._get_recused_refusal()


class HrBackboneMeetingItem(models.Model):
    """One name on the agenda of a selection meeting, with the votes on it, and with the case
    behind it (`hr_backbone_meeting_item_case`): those who vote read it here, in one place, and go
    on to the next name."""

    _name = "hr.backbone.meeting.item"
    _description = "Backbone Meeting Agenda Item"
    _inherit = ["hr.backbone.named.mixin", "hr.backbone.involved.mixin"]
    _order = "meeting_id, level, sequence, id"
    _rec_name = "application_id"
    _check_company_auto = True
    _kept_fields = ("meeting_id", "application_id")
    _readers = ("committee", "hr")

    meeting_id = fields.Many2one(
        "hr.backbone.meeting", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    meeting_state = fields.Selection(related="meeting_id.state", string="Meeting Status")
    sequence = fields.Integer(default=10)
    application_id = fields.Many2one(
        "hr.backbone.application",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    employee_id = fields.Many2one(related="application_id.employee_id", related_sudo=True)
    vote_ids = fields.One2many("hr.backbone.meeting.vote", "item_id", "Votes", readonly=True)
    votes_shown = fields.Boolean(
        compute="_compute_votes",
        compute_sudo=True,
        help="The votes on a name are shown to members once they have cast their own, and never "
        "to the person.",
    )
    votes_for = fields.Integer("For", compute="_compute_votes", compute_sudo=True)
    votes_against = fields.Integer("Against", compute="_compute_votes", compute_sudo=True)
    votes_abstained = fields.Integer("Abstained", compute="_compute_votes", compute_sudo=True)
    my_vote = fields.Selection(
        [("for", "For"), ("against", "Against"), ("abstain", "Abstain")],
        compute="_compute_my_vote",
    )
    vote_refusal = fields.Char("Why you cannot vote", compute="_compute_my_vote")
    postponed = fields.Boolean(help="Stays for the next meeting.")
    is_off = fields.Boolean(
        "Taken off the Agenda",
        readonly=True,
        copy=False,
        help="In session a name is taken off without losing the votes on it.",
    )
    outcome = fields.Selection(
        [("selected", "Selected"), ("refused", "Not Selected"), ("postponed", "Postponed")],
        compute="_compute_outcome",
        compute_sudo=True,
        help="More votes for than against selects; a tie does not.",
    )
    result = fields.Selection(
        [("selected", "Selected"), ("refused", "Not Selected"), ("postponed", "Postponed")],
        readonly=True,
        copy=False,
        help="What the meeting decided.",
    )

    _application_uniq = models.UniqueIndex(
        "(meeting_id, application_id)", "A name can be listed only once per agenda."
    )

    @api.depends("vote_ids.vote", "meeting_id.attendee_ids", "result", "facts")
    @api.depends_context("uid")
    def _compute_votes(self):
        given = self._origin._get_votes()
        for item in self:
            # as it is saved: what a form says of it shows nothing
            saved = item._origin
            item.votes_shown = saved._shows_votes(given)
            counts = saved._count_votes(given) if item.votes_shown else {}
            item.votes_for = counts.get("for", 0)
            item.votes_against = counts.get("against", 0)
            item.votes_abstained = counts.get("abstain", 0)

    def _count_votes(self, given):
        """How many votes count, by what they say; of a closed meeting, as they were counted then.

        :param dict given: see `_get_votes`
        """
        self.ensure_one()
        # sudo: counted for the procedure; who is shown them is asked elsewhere
        item = self.sudo()
        if kept := item._get_fact("votes"):
            return kept
        votes = given[item].counted.mapped("vote")
        return {vote: votes.count(vote) for vote in ("for", "against", "abstain")}

    def _get_votes(self):
        """{item: its `Ballot`}. The votes are searched for: what `vote_ids` holds is what the
        one who read it first may see."""
        # sudo: counted for the procedure; who is shown them is asked elsewhere
        items = self.sudo()
        votes = items.env["hr.backbone.meeting.vote"]
        given = votes.search([("item_id", "in", self.ids)]).grouped("item_id")
        return {item: Ballot(item, given.get(item, votes)) for item in items}

    def _shows_votes(self, given):
        """Whether the user is shown the votes on this name: nobody those on their own name; until
        the meeting has decided on it nobody who is recused, and members once they have voted.
        The end of a meeting that decided nothing opens nothing: the case goes on. What a form
        says of the name, unsaved, does neither. The rules of `hr.backbone.meeting.vote` say the
        same.

        :param dict given: see `_get_votes`
        """
        # sudo: who attends and who has voted decides, and is not shown
        item, user = self._origin.sudo(), self.env.user
        if not item or item._concerns_me():
            return False
        if item.result in ("selected", "refused"):
            return True
        if given[item].why_recused:
            return False
        voters = given[item].votes.user_id
        return user not in item.meeting_id.attendee_ids or user in voters

    @api.depends("vote_ids.vote")
    @api.depends_context("uid")
    def _compute_my_vote(self):
        for item in self:
            mine = item.vote_ids.filtered(lambda vote: vote.user_id == self.env.user)
            item.my_vote = mine.vote
            item.vote_refusal = item._get_vote_refusal()

    @api.depends("votes_shown", "votes_for", "votes_against", "postponed", "result")
    @api.depends_context("uid")
    def _compute_outcome(self):
        given = self._origin._get_votes()
        for item in self:
            # as it is saved, see `_compute_votes`; only “postponed” says no vote
            saved = item._origin
            if item.postponed and not saved.result:
                item.outcome = "postponed"
            else:
                shown = saved.result or saved.postponed or saved._shows_votes(given)
                item.outcome = shown and saved._get_outcome(given)

    def _get_outcome(self, given):
        """What the votes say now, whoever asks.

        :param dict given: see `_get_votes`
        """
        self.ensure_one()
        if self.result or self.postponed:
            return self.result or "postponed"
        counts = self._count_votes(given)
        return "selected" if counts["for"] > counts["against"] else "refused"

    @api.model_create_multi
    def create(self, vals_list):
        permitted = front_door.get_permitted_create(self, vals_list)
        empty = {"result": False, "is_off": False}
        items = super().create([{**vals, **empty} for vals in vals_list])
        for item in items:
            if item.meeting_id.state == "open" and not permitted:
                raise UserError(self._get_session_sentence())
            if not self.env.su and not permitted and (reason := item._get_involved_refusal()):
                raise UserError(reason)
            if item.postponed and (reason := item._get_recused_refusal()):
                raise UserError(reason)
            # sudo: where the case stands decides
            application = item.application_id.sudo()
            if item.meeting_id.state not in ("draft", "open"):
                raise UserError(self.env._("A meeting that is over cannot be changed."))
            if application.state != "committee":
                raise UserError(
                    self.env._("“%s” does not await the meeting.", application.display_name)
                )
            if reason := application._get_gone_refusal():
                raise UserError(reason)
            if application.program_id != item.meeting_id.program_id:
                raise UserError(
                    self.env._("“%s” belongs to another program.", application.display_name)
                )
        return items

    def write(self, vals):
        permitted = front_door.get_permitted_write(self, vals)
        if set(vals) - {"sequence", "postponed"} - permitted:
            raise UserError(self.env._("The result follows from the votes."))
        over = any(item.meeting_state in ("closed", "cancelled") for item in self)
        if over and not permitted:
            raise UserError(self.env._("A meeting that is over cannot be changed."))
        if "postponed" in set(vals) - permitted:
            for item in self:
                if item.meeting_state == "open":
                    raise UserError(self._get_session_sentence())
                if reason := item._get_recused_refusal():
                    raise UserError(reason)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        for item in self:
            if item.meeting_state == "closed":
                raise UserError(self.env._("A meeting that is over cannot be changed."))
            if item.meeting_state == "open":
                raise UserError(self._get_session_sentence())
            item._check_not_involved()

    @api.model
    def _get_session_sentence(self):
        return self.env._(
            "The meeting is in session: use “Change in Session” and give the reason, which "
            "is in the minutes."
        )

    def _get_concerned_employees(self):
        # sudo: see `_get_recused_users`
        return self.sudo().application_id.employee_id

    # -- voting ------------------------------------------------------------------------

    def _get_vote_refusal(self):
        """Why the user has no vote on this name: a sentence, or False."""
        self.ensure_one()
        if self.meeting_state != "open":
            return self.env._("Votes are cast while the meeting is in session.")
        if not self.meeting_id._is_attendee():
            return self.env._("Only those who attend the meeting vote.")
        if self.is_off:
            return self.env._("This name was taken off the agenda.")
        return self._get_recused_refusal() or self._get_gone_refusal()

    def _get_gone_refusal(self):
        """Why nobody votes on this name any more; False when they do."""
        self.ensure_one()
        if not self.application_id._get_gone_refusal():
            return False
        return self.env._(
            "%s has left the company: the meeting decides nothing on this name.",
            self.employee_name,
        )

    def _get_recused_refusal(self):
        """Why the user takes no step on this name: a sentence, or False."""
        self.ensure_one()
        return self.application_id._get_recused_refusal()

    def _get_recused_users(self):
        """Those who are not asked about this name; see `hr.backbone.application`."""
        self.ensure_one()
        return self.application_id._get_recused_users()

    @public()
    def action_vote_for(self):
        """Vote for the name; a vote can be changed until the meeting is closed."""
        self._vote("for")
        return True

    @public()
    def action_vote_against(self):
        """Vote against the name."""
        self._vote("against")
        return True

    @public()
    def action_vote_abstain(self):
        """Abstain: counts for the quorum only."""
        self._vote("abstain")
        return True

    def _vote(self, vote, comment=None):
        """Record the user's own vote on these names.

        :raise UserError: who does not attend, or is involved, has no vote
        """
        self.check_access("read")
        self._lock_for_vote()
        for item in self:
            if reason := item._get_vote_refusal():
                raise UserError(reason)
        mine = self.vote_ids.filtered(lambda row: row.user_id == self.env.user)
        mine.write({"vote": vote})
        self.env["hr.backbone.meeting.vote"].create(
            [{"item_id": item.id, "vote": vote} for item in self - mine.item_id]
        )

    def _forget_votes(self):
        """The cases of these names were returned, to be written anew: what was voted on the text
        of before does not count for it. Called as superuser."""
        self.filtered(lambda item: not item.result).vote_ids.unlink()

    def _lock_for_vote(self):
        """Two attendees vote at the same time; nobody votes while the meeting is closed."""
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM hr_backbone_meeting WHERE id IN %s FOR SHARE",
                tuple(self.meeting_id.ids or [0]),
            )
        )
        self.meeting_id.invalidate_recordset(["state"])

    # -- changed in session ------------------------------------------------------------

    def _write_session(self, vals):
        """Write what only `hr.backbone.meeting.action_change` writes."""
        if self:
            # sudo: the step of the meeting was allowed; what it changes follows
            front_door.write(self.sudo(), vals)

    def _create_session(self, meeting, applications):
        """Put these on the agenda of the meeting in session, likewise."""
        vals_list = [{"meeting_id": meeting.id, "application_id": row.id} for row in applications]
        if vals_list:
            # sudo: as above
            front_door.create(self.sudo(), vals_list)

    # -- closing -----------------------------------------------------------------------

    def _filter_awaiting(self):
        """The items whose application still waits for this meeting: one may have been withdrawn
        or returned since it was put on the agenda, or been recommended in another program; or
        the person may have left, which HR ends without the meeting."""
        # sudo: where the case stands decides
        return self.filtered(lambda item: not item.is_off and item.sudo()._is_awaiting())

    def _is_awaiting(self):
        self.ensure_one()
        case = self.application_id
        return (
            case.state == "committee"
            and case.program_id == self.meeting_id.program_id
            and not case._get_gone_refusal()
        )

    def _get_quorum_refusal(self, given):
        """Why too few have voted on this name; False when enough have, or it is postponed.

        :param dict given: see `_get_votes`
        """
        self.ensure_one()
        if self.postponed:
            return False
        entitled = given[self].entitled
        voted = len(given[self].counted.user_id)
        needed = max(1, -(-len(entitled) * self.meeting_id.quorum // 100))
        if voted >= needed:
            return False
        return self.env._(
            "%(name)s: votes cast %(voted)s of %(entitled)s, quorum %(needed)s.",
            name=self.employee_id._get_backbone_name(),
            voted=voted,
            entitled=len(entitled),
            needed=needed,
        )

    def _conclude(self):
        """Move the applications as the votes say. Called by the closing of the meeting."""
        given = self._get_votes()
        for outcome, items in self.grouped(lambda item: item._get_outcome(given)).items():
            front_door.write(items, {"result": outcome})
            applications = items.application_id
            if outcome == "selected":
                applications._move("select")
            elif outcome == "refused":
                applications._move("reject")
