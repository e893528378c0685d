from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ...const import OFFICER
from ..core.hr_backbone_workflow_mixin import Move


class HrBackboneQuarter(models.Model):
    """One quarter of one company: "every quarter, key employees need to submit work and study
    reports", "every quarter, the mentor … will assess"."""

    _name = "hr.backbone.quarter"
    _description = "Backbone Quarter"
    _inherit = ["hr.backbone.workflow.mixin"]
    _order = "date_start desc, company_id"

    _moves = (
        Move("close", ("open",), "closed"),
        Move("reopen", ("closed",), "open", comment=True, asks=True),
    )
    _fixed_fields = ("company_id", "year", "number", "date_start", "date_end")

    name = fields.Char(compute="_compute_name", store=True, precompute=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    program_id = fields.Many2one(
        "hr.backbone.program",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Its criteria are those of this quarter's assessments.",
    )
    year = fields.Integer("Fiscal Year", required=True, readonly=True, aggregator=False)
    number = fields.Integer(required=True, readonly=True, aggregator=False)
    date_start = fields.Date("From", required=True, readonly=True)
    date_end = fields.Date("Until", required=True, readonly=True)
    date_due_report = fields.Date("Reports due", required=True, tracking=True)
    date_due_assessment = fields.Date("Assessments due", required=True, tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        group_expand=True,
    )
    report_ids = fields.One2many("hr.backbone.report", "quarter_id", "Reports")
    assessment_ids = fields.One2many("hr.backbone.assessment", "quarter_id", "Assessments")
    can_close = fields.Boolean(compute="_compute_moves")
    can_reopen = fields.Boolean(compute="_compute_moves")

    _company_start_uniq = models.UniqueIndex(
        "(company_id, date_start)", "A company has one quarter at a time."
    )
    _dates_order = models.Constraint(
        "CHECK (date_start < date_end AND date_due_report > date_start"
        " AND date_due_assessment > date_start)",
        "What is due in a quarter is due after it has begun.",
    )

    @api.depends("year", "number")
    def _compute_name(self):
        for quarter in self:
            quarter.name = f"{quarter.year}-Q{quarter.number}"

    # -- moves -------------------------------------------------------------------------

    @api.model
    def _get_move_labels(self):
        return {
            "close": self.env._("Quarter closed"),
            "reopen": self.env._("Quarter opened again"),
        }

    def _refusals_close(self):
        return self._refuse_unless_officer()

    def _refusals_reopen(self):
        return self._refuse_unless_officer()

    def action_reopen(self, comment=None):
        """closed → open, by HR, with a reason: what is missing is asked for again.

        :param str comment: the reason; required
        """
        self._move("reopen", comment)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_empty(self):
        # sudo: whether there is any document decides
        if self.sudo().report_ids or self.sudo().assessment_ids:
            raise UserError(self.env._("A quarter with reports is history: close it instead."))

    # -- the quarter opens by itself ---------------------------------------------------

    @api.model
    def _get_or_create(self, company, day=None):
        """The quarter of `company` in which `day` (today by default) lies; made if need be.

        :raise LockError: somebody else is making it at this moment
        """
        year, number, start, end = company._backbone_quarter_dates(day or company._backbone_today())
        domain = [("company_id", "=", company.id), ("date_start", "=", start)]
        if quarter := self.search(domain):
            return quarter
        # one at a time for each company
        company.lock_for_update(allow_referencing=True)
        if quarter := self.search(domain):
            return quarter
        return self.create(
            {
                "company_id": company.id,
                "year": year,
                "number": number,
                "date_start": start,
                "date_end": end,
                "date_due_report": fields.Date.add(end, days=company.backbone_report_days),
                "date_due_assessment": fields.Date.add(end, days=company.backbone_assessment_days),
                "program_id": self._get_program(company, year).id,
            }
        )

    @api.model
    def _get_program(self, company, year):
        """The program of the year, else the last one before it that was started."""
        return self.env["hr.backbone.program"].search(
            [("company_id", "=", company.id), ("year", "<=", year), ("state", "!=", "draft")],
            order="year desc",
            limit=1,
        )

    def action_open_current(self):
        """HR: make sure that the quarter of today is open, and look at it; people are told
        by and by."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR can do this."))
        # sudo: the quarters are made by the procedure alone
        try:
            quarter = self.sudo()._get_or_create(self.env.company)
        except LockError as error:
            raise UserError(
                self.env._("The quarter is being opened at this moment. Please look again.")
            ) from error
        quarter._make_documents()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": quarter.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_open(self):
        """Make sure that each company with members has its quarter, and each active member
        the report and the assessment of it."""
        companies = self.env["hr.backbone.member"]._read_group(
            [("state", "=", "active")], ["company_id"]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for (company,) in companies:
            # another worker who is at it does the same: nothing is left to do
            if company.try_lock_for_update(allow_referencing=True):
                quarter = self._get_or_create(company)
                quarter._make_documents()
            if not cron._commit_progress(1):
                break
