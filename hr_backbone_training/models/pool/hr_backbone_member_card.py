from odoo import api, fields, models
from odoo.fields import Domain


class HrBackboneMember(models.Model):
    """The member's card: one page with the echelon, the mentor, the progress of the plan,
    where the member is now, and all that happened on one time line."""

    _name = "hr.backbone.member"
    _inherit = ["hr.backbone.member", "hr.backbone.portal.mixin"]

    _portal_path = "members"

    timeline_ids = fields.One2many("hr.backbone.timeline", "member_id", "Time Line", readonly=True)
    now_ids = fields.Many2many(
        "hr.backbone.timeline",
        string="Now and Next",
        compute="_compute_now_ids",
        help="The rotation that is going on, and the trainings and talks to come.",
    )
    plan_progress = fields.Float(
        "Progress of the Plan", compute="_compute_plan_progress", compute_sudo=True
    )
    plan_late_count = fields.Integer(
        "Late Actions", compute="_compute_plan_progress", compute_sudo=True
    )

    @api.depends("plan_id")
    def _compute_plan_progress(self):
        for member in self:
            member.plan_progress = member.plan_id.progress
            member.plan_late_count = len(member.plan_id.line_ids.filtered("is_late"))

    @api.depends_context("uid")
    @api.depends("timeline_ids")
    def _compute_now_ids(self):
        for member in self:
            member.now_ids = member._get_now()

    def _get_timeline_domain(self, kind=None):
        """The rows of the card, those of one kind if so asked.

        :param str kind: one of the kinds of the time line; anything else means all
        """
        self.ensure_one()
        domain = Domain("member_id", "=", self.id)
        if kind in self.env["hr.backbone.timeline"]._fields["kind"].get_values(self.env):
            domain &= Domain("kind", "=", kind)
        return domain

    def _get_now(self):
        """Where the member is now and what comes next: what is open and not over yet, as far
        as the user may read it, the earliest first."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        return self.env["hr.backbone.timeline"].search(
            self._get_timeline_domain()
            & Domain("is_done", "=", False)
            & Domain("kind", "in", ["rotation", "training.participant", "mentorship.session"])
            & Domain("state", "in", self._get_open_states())
            & (
                Domain("date_end", ">=", today)
                | (Domain("date_end", "=", False) & Domain("date", ">=", today))
            ),
            order="date, id",
            limit=10,
        )

    @api.model
    def _get_open_states(self):
        """The states in which a document of the time line is still to come, or going on."""
        return ["agreed", "running", "invited", "confirmed", "waiting", "planned"]
