# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import format_list

from ...const import COMMITTEE, OFFICER
from .hr_backbone_program_line import PLACE_TAKEN

# as for the places of the program
DECIDERS = f"{OFFICER},{COMMITTEE}"


class HrBackboneMeeting(models.Model):
    """The minutes: who attended, and how many places there were, before the meeting and after
    it. Those of a closed meeting stay as they were when it was closed, whatever becomes of the
    people, the cases and the quotas."""

    _name = "hr.backbone.meeting"
    _inherit = ["hr.backbone.meeting", "hr.backbone.facts.mixin"]

    attendee_names = fields.Char(
        "Attendees (then)", compute="_compute_attendee_names", compute_sudo=True
    )
    place_rows = fields.Json(compute="_compute_places", compute_sudo=True, groups=DECIDERS)
    places = fields.Html(compute="_compute_places", compute_sudo=True, groups=DECIDERS)

    @api.depends("attendee_ids", "facts")
    @api.depends_context("lang")
    def _compute_attendee_names(self):
        for meeting in self:
            names = list(meeting._get_attendee_names())
            meeting.attendee_names = format_list(self.env, names) if names else False

    @api.depends("facts", "program_id", "item_ids.result")
    @api.depends_context("lang")
    def _compute_places(self):
        render = self.env["ir.qweb"]._render
        for meeting in self:
            rows = meeting._get_places()
            meeting.place_rows = rows
            meeting.places = render("hr_backbone_training.meeting_places", {"rows": rows})

    def _get_attendee_names(self):
        """Those of a closed meeting stay, whether they still have a login or not; as superuser."""
        names = self.attendee_ids.sorted("name").mapped("name")
        return self._get_fact("attendees", names)

    def _get_needed_votes(self):
        """How many votes on a name the quorum asks for, where nobody is recused; as superuser."""
        needed = max(1, -(-len(self.attendee_ids) * self.quorum // 100))
        return self._get_fact("needed", needed)

    def _get_places(self):
        """For each echelon of the program: the quota, the places left before the meeting, how
        many it selected, and the places left after it. Called as superuser.

        :return: [{"echelon_id", "echelon", "quota", "before", "selected", "after"}]
        """
        rows = self._get_fact("places")
        if rows is None:
            taken = self.env["hr.backbone.application"].search(
                [("program_id", "=", self.program_id.id), ("state", "in", PLACE_TAKEN)]
            )
            rows = self._count_places(taken)
        echelons = self.env["hr.backbone.echelon"].browse(row["echelon_id"] for row in rows)
        names = {echelon.id: echelon.name for echelon in echelons.exists()}
        return [{**row, "echelon": names.get(row["echelon_id"], row["echelon"])} for row in rows]

    def _count_places(self, taken):
        """
        :param taken: the applications of the program that hold a place, as superuser
        """
        self.ensure_one()
        chosen = self.item_ids.filtered(lambda item: item.result == "selected")
        others = (taken - chosen.application_id).grouped("echelon_id")
        selected = chosen.grouped("echelon_id")
        rows = []
        for line in self.program_id.line_ids:
            before = line.quota - len(others.get(line.echelon_id, ()))
            count = len(selected.get(line.echelon_id, ()))
            rows.append(
                {
                    "echelon_id": line.echelon_id.id,
                    "echelon": line.echelon_id.name,
                    "quota": line.quota,
                    "before": before,
                    "selected": count,
                    "after": before - count,
                }
            )
        return rows

    def _get_facts(self):
        facts = super()._get_facts()
        for meeting, kept in facts.items():
            # who has lost the login in session sat there, and does not count
            everybody = meeting.with_context(active_test=False).attendee_ids
            kept.update(
                program=meeting.program_id.name,
                attendees=everybody.sorted("name").mapped("name"),
                needed=meeting._get_needed_votes(),
                places=meeting._get_places(),
            )
        return facts
