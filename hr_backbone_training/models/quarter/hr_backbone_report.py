# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core import bulk, texts
from ..core.hr_backbone_portal_mixin import clean
from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Number, Text, public
from ..core.scores import Score
from .hr_backbone_quarterly_mixin import HrBackboneQuarterlyMixin

_lt = LazyTranslate(__name__)

CONTENT = ("work_done", "study", "plan_progress", "problems", "next_quarter")


class HrBackboneReport(models.Model):
    """The quarterly work-and-study report: "key employees need to submit work and study
    reports to the Human Resources Department". Whoever owes the assessment of a quarter reads
    the report of it, also when another is the mentor by now.

    On its page in the portal the inputs of something that happened are called `<entry id>-note`
    and `<entry id>-in`; `<entry id>-shown` says that the page had it, since an empty box sends
    nothing.
    """

    _name = "hr.backbone.report"
    _description = "Quarterly Work and Study Report"
    _inherit = ["hr.backbone.quarterly.mixin"]
    # the newest quarter first, which is how quarters sort
    _order = "quarter_id, id"
    _mail_post_access = "read"
    _portal_path = "reports"

    _readers = ("employee", "managers", "mentor", "hr")
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Report submitted"), button=True),
        Move("accept", "submitted", "accepted", _lt("Report accepted"), button=True),
        Move("return", "submitted", "draft", _lt("Report returned"), reason="action_return"),
        Move("miss", "draft", "missed", _lt("Report never submitted"), by=PROCEDURE),
        Move("lapse", "draft", "draft", _lt("Report not handed in by HR"), by=PROCEDURE),
        Move(
            "reopen",
            "missed",
            "draft",
            _lt("Report asked for again"),
            asks="action_reopen",
            button=False,
        ),
    )
    _moved_fields = (
        "date_submitted",
        "is_late",
        "is_closed",
        "is_owed_by_hr",
        "score",
        "date_accepted",
    )
    _opened_vals = {"is_closed": False, "is_owed_by_hr": False}
    _fixed_fields = (
        *HrBackboneQuarterlyMixin._fixed_fields,
        "study_prefill",
        "plan_progress_prefill",
    )

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("accepted", "Accepted"),
            ("missed", "Never submitted"),
        ],
        default="draft",
    )
    work_done = texts.Text(help="What you worked on in this quarter, and with what result.")
    study = texts.Text(help="What you learned, by training, reading and practice.")
    plan_progress = texts.Text(
        "Progress of the Plan", help="How far your development plan has come."
    )
    # what was suggested for a text: as long as it is still the same, nobody has written there
    study_prefill = fields.Text("Study as suggested", readonly=True, copy=False)
    plan_progress_prefill = fields.Text("Plan as suggested", readonly=True, copy=False)
    problems = texts.Text(help="What stood in the way, and what support you need.")
    next_quarter = texts.Text("Plan for the next Quarter")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    entry_ids = fields.One2many("hr.backbone.report.entry", "report_id", "What happened")
    score = Score("HR's Score", readonly=True, copy=False, help="0 to 100 points.")
    date_accepted = fields.Date("Accepted on", readonly=True, copy=False)
    is_owed_by_hr = fields.Boolean(
        "Owed by HR",
        readonly=True,
        copy=False,
        help="The member had no login while it was due, and HR did not hand it in: it is not held "
        "against the member.",
    )
    is_to_assess = fields.Boolean(
        "To assess by me",
        compute="_compute_is_to_assess",
        search="_search_is_to_assess",
        help="You still owe the assessment of this quarter.",
    )

    _quarter_member_uniq = models.UniqueIndex(
        "(quarter_id, member_id)", "A member writes one report a quarter."
    )
    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score lies between 0 and 100 points."
    )

    @api.model
    def _prepare_document_columns(self, quarter):
        columns = super()._prepare_document_columns(quarter)
        due = SQL("%s", quarter.date_due_report)
        return {**columns, "date_due": due, "is_owed_by_hr": SQL("FALSE")}

    @api.model
    def _select_acceptance_due(self, alias, company):
        """Until when HR accepts what was submitted, or returns it.

        :param str alias: of the report, in SQL
        :param str company: the alias of its company
        :return: the day, as SQL
        """
        return SQL(
            "COALESCE(%s, %s) + %s",
            SQL.identifier(alias, "date_submitted"),
            SQL.identifier(alias, "date_due"),
            SQL.identifier(company, "backbone_acceptance_days"),
        )

    @api.model
    def _select_can_write(self, alias):
        """Whether the member could write it while it was due: has a login, or had one that was
        taken away later than that. HR owes the others, see `_is_stand_in`.

        :param str alias: of the report, in SQL
        :return: a condition, as SQL
        """
        employee = SQL.identifier(alias, "employee_id")
        return SQL(
            """(%(now)s OR EXISTS (
                   SELECT FROM hr_backbone_login former
                    WHERE former.employee_id = %(employee)s AND former.state = 'open'
                      AND former.date_to >= %(due)s))""",
            now=self.env["hr.employee"]._select_can_act(
                employee, SQL.identifier(alias, "company_id")
            ),
            employee=employee,
            due=SQL.identifier(alias, "date_due"),
        )

    @api.model
    def _get_asked_domain(self):
        """And what HR should have handed in, also when the quarter was closed without it."""
        return super()._get_asked_domain() | Domain("is_owed_by_hr", "=", True)

    # -- beside the assessment ---------------------------------------------------------

    @api.depends_context("uid")
    def _compute_is_to_assess(self):
        owed = self._get_owed()
        for report in self:
            report.is_to_assess = report.member_id.id in owed.get(report.quarter_id.id, ())

    @api.model
    def _search_is_to_assess(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            [("quarter_id", "=", quarter), ("member_id", "in", members)]
            for quarter, members in self._get_owed().items()
        )

    @api.model
    def _get_owed(self):
        """{quarter id: ids of the members whom the user has still to assess}"""
        own = self.env.user._get_backbone_working()
        # sudo: the user's own unfinished assessments, and only whom they are about
        assessments = self.env["hr.backbone.assessment"].sudo()
        return {
            quarter.id: members.ids
            for quarter, members in assessments._read_group(
                Domain("mentor_id", "in", own) & assessments._get_owed_domain(),
                ["quarter_id"],
                ["member_id:recordset"],
            )
        }

    # -- content -----------------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if set(vals) & {*CONTENT, "attachment_ids", "entry_ids"}:
            self._check_may_edit()
        result = super().write(vals)
        if "attachment_ids" in vals:
            for report in self:
                report.attachment_ids._backbone_adopt(report)
        return result

    def _get_edit_refusal(self):
        self.ensure_one()
        if not (self._is_about_me() or self._is_stand_in()):
            name = self.employee_id._get_backbone_name()
            return self.env._("Only %s writes this report.", name)
        if self.state != "draft":
            return self.env._("The report has been submitted: it cannot be changed any more.")
        # sudo: whether the quarter is open decides
        if self.is_closed or self.quarter_id.sudo().state != "open":
            return self.env._("The quarter is closed.")
        return False

    def _is_stand_in(self):
        """Whether the user hands in, as HR, what a member without a login has on paper."""
        self.ensure_one()
        return self._is_hr() and self._has_no_login()

    def _get_keepers(self, activity):
        """The member alone writes it."""
        return self.employee_id._get_acting_users(self.company_id)

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "submitted": "accept"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        if self.state == "draft":
            return self._is_about_me() or self._is_stand_in()
        return self._is_hr()

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft" and self._is_about_me():
            return self.env._("You write and submit the report.")
        name = self.employee_id._get_backbone_name()
        if self.state == "draft" and self._has_no_login():
            return self.env._(
                "%s has no login: human resources writes down and submits what is handed in on "
                "paper.",
                name,
            )
        return {
            "draft": self.env._("%s writes and submits the report.", name),
            "submitted": self.env._("Human resources accepts or returns the report."),
        }.get(self.state, False)

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "accept":
                return self._refusals_accept()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        refusals = {}
        for report in self:
            if reason := report._get_edit_refusal():
                refusals[report] = [reason]
                continue
            if missing := report._get_missing():
                refusals[report] = list(missing.values())
        return refusals

    def _refusals_accept(self):
        refusals = self._refusals_return()
        if self.env.user.has_group(OFFICER):
            own = self.filtered(lambda report: report._get_involved_refusal())
            refusals |= dict.fromkeys(own, [self.env._("You cannot accept your own report.")])
        return refusals

    @api.model
    def _lapse(self, ids):
        """Close these drafts, which HR owed and did not hand in.

        :param ids: of reports
        """
        comment = self.env._(
            "The member had no login, and HR had not handed it in when the quarter was closed."
        )
        lapsed = self._settle(ids, "lapse", comment=comment)
        bulk.update(self, lapsed.ids, {"is_owed_by_hr": True}, SQL("TRUE"))

    @public()
    def action_submit(self):
        """draft → submitted, by the member; by HR for who has no login."""
        self._move("submit")
        return True

    @public(score=Number(), comment=Text())
    def action_accept(self, score=None, comment=None):
        """submitted → accepted, by HR, with a score.

        :param float score: 0 to 100 points; required
        :param str comment: what the member reads with it
        """
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 100:
            raise UserError(self.env._("Give a score between 0 and 100 points."))
        vals_by_company = self.grouped("company_id")
        for company, reports in vals_by_company.items():
            reports._move(
                "accept", comment, {"score": score, "date_accepted": company._backbone_today()}
            )
        return True

    # -- in the portal -----------------------------------------------------------------

    def _get_versioned(self):
        self.ensure_one()
        stored = {name: clean(self[name]) for name in CONTENT}
        for entry in self.entry_ids:
            # what is new and untouched disturbs no window that is open
            if entry.note:
                stored[f"{entry.id}-note"] = clean(entry.note)
            if not entry.is_included:
                stored[f"{entry.id}-in"] = ""
        return stored

    def _get_missing(self):
        return self._get_unwritten(CONTENT)

    def _get_returned_comment(self):
        """What HR wrote when it returned the report that is a draft again; else False."""
        self.ensure_one()
        last = self.state == "draft" and self._get_decisions()[:1]
        return last and last.move == "return" and last.comment
