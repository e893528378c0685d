from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HrBackboneQuarterlyMixin(models.AbstractModel):
    """What the member's report and the mentor's assessment of a quarter share. They are made
    by the quarter alone, for all members at once (see `_make_documents`)."""

    _name = "hr.backbone.quarterly.mixin"
    _description = "Backbone Document of a Quarter"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
    ]

    _fixed_fields = (
        "quarter_id",
        "member_id",
        "employee_id",
        "company_id",
        "echelon_id",
        "department_id",
        "job_id",
        "rank_id",
        "date_due",
    )
    _moved_fields = ("date_submitted", "is_late", "is_closed")

    quarter_id = fields.Many2one(
        "hr.backbone.quarter", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # graphs show quarters in the order of time: the records come the newest first
    quarter_name = fields.Char("Quarter by Name", related="quarter_id.name")
    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        related="member_id.employee_id", store=True, precompute=True, tracking=False
    )
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True, ondelete="restrict")
    date_due = fields.Date("Due", readonly=True, index=True)
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    is_late = fields.Boolean(
        "Late", readonly=True, copy=False, help="Submitted after the due date, or never."
    )
    is_closed = fields.Boolean(
        "Closed", readonly=True, copy=False, help="The quarter is settled for this member."
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("employee_id", "quarter_id")
    def _compute_display_name(self):
        for record in self:
            # sudo: the name of the person the document is about
            names = (record.employee_id.sudo().name, record.quarter_id.sudo().name)
            record.display_name = " – ".join(filter(None, names))

    @api.depends("date_due", "state")
    def _compute_is_overdue(self):
        for record in self:
            record.is_overdue = bool(
                record.state == "draft"
                and record.date_due
                and record.date_due < record.company_id._backbone_today()
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        domains = [
            [
                ("company_id", "=", company.id),
                ("state", "=", "draft"),
                ("date_due", "<", company._backbone_today()),
            ]
            for company in self.env.companies
        ]
        return Domain.OR(domains)

    @api.model
    def _get_owed_domain(self):
        """What somebody still has to write: whoever is not active in the pool owes nothing,
        and nobody owes anything about them."""
        # any!: whether the member is active decides, and is not shown
        return Domain(
            [("state", "=", "draft"), ("is_closed", "=", False), ("quarter_id.state", "=", "open")]
        ) & Domain("member_id", "any!", [("state", "=", "active")])

    # -- moves -------------------------------------------------------------------------

    def _refusals_return(self):
        """By HR, until the quarter is settled for the member."""
        refusals = self._refuse_unless_officer()
        for record in self - self.browse([record.id for record in refusals]):
            if record.is_closed:
                refusals[record] = [self.env._("The quarter is closed for this member.")]
        return refusals

    def _refusals_miss(self):
        return {}

    def action_return(self, comment=None):
        """submitted → draft, by HR, with a comment that says what is missing."""
        self._move("return", comment)
        return True

    def _get_submission_vals(self):
        """What the day of submission leaves on a document: late stays visible for good."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        return {"date_submitted": today, "is_late": bool(self.date_due and today > self.date_due)}

    def _after_submit(self, decisions):
        # sudo: the move was just allowed
        for record in self.sudo():
            record._write_moved(record._get_submission_vals())

    def _after_miss(self, decisions):
        self.sudo()._write_moved({"is_late": True})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The reports and assessments of a quarter are history."))
