# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import SQL

# what an offer is read from
OFFERED_BY = {
    "hr.backbone.course": ["subject"],
    "hr.backbone.enrollment": [
        "member_id",
        "company_id",
        "course_id",
        "use",
        "state",
        "date_completed",
    ],
}


class HrBackboneMember(models.Model):
    """Whoever comes into the pool brings the courses that are under way, and whoever leaves it
    takes them along."""

    _inherit = "hr.backbone.member"

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name in ("resume", "readmit"):
            # sudo: the move was allowed; what the member does in the courses follows
            self.sudo()._sync_courses()
        if name == "exit":
            # sudo: as above
            enrollments = self.env["hr.backbone.enrollment"].sudo()
            enrollments.search([("member_id", "in", self.ids)])._on_member_exited()
        return result

    @api.model
    def _select_offers(self):
        """A course that counts as internal training is delivered when it is completed; nobody of
        management holds it."""
        return SQL(
            """
            %(offers)s
             UNION ALL
            SELECT e.member_id, e.company_id, e.date_completed, 'internal', c.subject,
                   TRUE, FALSE
              FROM hr_backbone_enrollment e
              JOIN hr_backbone_course c ON c.id = e.course_id
             WHERE e.use = 'internal' AND e.state = 'completed'""",
            offers=super()._select_offers(),
            to_flush=[
                self.env[model]._fields[name]
                for model, names in OFFERED_BY.items()
                for name in names
            ],
        )

    def _sync_courses(self):
        courses = self.env["hr.backbone.course"].search(
            [("company_id", "in", self.company_id.ids), ("channel_id", "!=", False)]
        )
        enrollments = self.env["hr.backbone.enrollment"]
        partners = self.env["res.partner"].union(
            *(enrollments._get_partner(member.employee_id) for member in self)
        )
        attendees = self.env["slide.channel.partner"].search(
            [
                ("channel_id", "in", courses.channel_id.ids),
                ("partner_id", "in", partners.ids),
            ]
        )
        enrollments._sync(attendees)
