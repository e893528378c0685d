# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from ..core.public import public
from .hr_backbone_mentorship import OPEN


class HrBackboneMember(models.Model):
    """The member's mentors, now and before."""

    _inherit = "hr.backbone.member"

    mentorship_ids = fields.One2many("hr.backbone.mentorship", "member_id", "Mentorships")
    mentorship_id = fields.Many2one(
        "hr.backbone.mentorship",
        compute="_compute_mentorship_id",
        help="The one that is active, or else the appointment that waits to be accepted.",
    )
    mentorship_count = fields.Integer(compute="_compute_mentorship_id")

    @api.depends("mentorship_ids.state")
    def _compute_mentorship_id(self):
        """As far as the user may read them."""
        mentorships = self.env["hr.backbone.mentorship"]
        found, counts = {}, dict.fromkeys(self.ids, 0)
        if mentorships.has_access("read"):
            for mentorship in mentorships.search_fetch(
                [("member_id", "in", self.ids)], ["member_id", "state"], order="id"
            ):
                member = mentorship.member_id
                counts[member.id] += 1
                before = found.get(member)
                if mentorship.state in OPEN and not (before and before.state == "active"):
                    found[member] = mentorship
        for member in self:
            member.mentorship_id = found.get(member)
            member.mentorship_count = counts.get(member.id, 0)

    def _on_exited(self):
        """Whoever has left the pool has no mentor any more, and no talks to come."""
        result = super()._on_exited()
        # sudo: the exit was allowed
        mentorships = (
            self.env["hr.backbone.mentorship"]
            .sudo()
            .search([("member_id", "in", self.ids), ("state", "in", OPEN)])
        )
        if mentorships:
            mentorships._end("exited", self.env._("The member has left the talent pool."))
        # also those of mentors before: nobody is asked any more what was talked about
        # sudo: as above
        talks = (
            self.env["hr.backbone.mentorship.session"]
            .sudo()
            .search([("member_id", "in", self.ids), ("state", "=", "planned")])
        )
        if talks:
            reason = self.env._("Not written up before the member left the talent pool.")
            talks._do_move(talks._get_move("cancel"), reason)
        return result

    def _find_former_mentorships(self, exits):
        """The mentorships that ended with the exit: {mentorship: [why it does not go on, …]}. As
        superuser."""
        found = self.env["hr.backbone.mentorship"].search(
            [("member_id", "in", self.ids), ("state", "=", "ended"), ("end_reason", "=", "exited")]
        )
        ended = self._filter_ended(found, ("end",), exits)
        mentors = ended._get_mentor_refusals(ended.mentor_id)
        pairs = ended._get_pair_refusals([(row.member_id, row.mentor_id) for row in ended])
        full = ended._get_place_refusals()
        return {
            row: [
                *mentors.get(row.mentor_id, ()),
                *pairs.get((row.member_id, row.mentor_id), ()),
                *full.get(row, ()),
            ]
            for row in ended
        }

    def _on_exit_undone(self, exits):
        result = super()._on_exit_undone(exits)
        found = self._find_former_mentorships(exits)
        back = self.env["hr.backbone.mentorship"].browse(
            [row.id for row, reasons in found.items() if not reasons]
        )
        # who is suspended has a mentor as well
        back._do_move(back._get_move("restore"), self.env._("The exit was taken back."))
        return result

    def _say_exit_undone(self, exits):
        sentences = super()._say_exit_undone(exits)
        for row, reasons in self._find_former_mentorships(exits).items():
            member = row.employee_id.name
            if reasons:
                sentences.append(
                    self.env._(
                        "%(member)s needs another mentor: %(reason)s",
                        member=member,
                        reason=" ".join(reasons),
                    )
                )
            else:
                sentences.append(
                    self.env._(
                        "%(mentor)s is the mentor of %(member)s again; talks are planned anew.",
                        mentor=row.mentor_name,
                        member=member,
                    )
                )
        return sentences

    @public(one=True)
    def action_appoint_mentor(self):
        """HR or the committee: the form in which a mentor is appointed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appoint a Mentor"),
            "res_model": "hr.backbone.mentorship",
            "view_mode": "form",
            "views": [
                (self.env.ref("hr_backbone_training.hr_backbone_mentorship_view_form").id, "form")
            ],
            "context": {"default_member_id": self.id},
            "target": "current",
        }

    @public(none=True)
    def action_propose_mentors(self):
        """Mentors for all members of the current company who have none, whatever is selected
        in the list; by HR.

        :return: the action that opens the proposal
        """
        return self.env["hr.backbone.mentor.proposal"].action_propose()
