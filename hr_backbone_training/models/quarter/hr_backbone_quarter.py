# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL, formatLang

from ...const import OFFICER
from ..core import bulk
from ..core.jobs import run_in_batches
from ..core.public import public

# the due dates of a quarter, and what is due then
DUES = {
    "date_due_report": ("hr.backbone.report",),
    "date_due_assessment": ("hr.backbone.assessment", "hr.backbone.second.opinion"),
}


class HrBackboneQuarter(models.Model):
    """One quarter of one company: "every quarter, key employees need to submit work and study
    reports", "every quarter, the mentor … will assess".

    It opens by itself, and its documents are made for all members at once (`bulk`). What is
    there already stays as it is.
    """

    _name = "hr.backbone.quarter"
    _description = "Backbone Quarter"
    _inherit = ["hr.backbone.workflow.mixin", "hr.backbone.facts.mixin"]
    _order = "date_start desc, company_id"

    # every employee reads when it is; what HR writes about it is HR's
    _hr_messages = True
    _fixed_fields = ("company_id", "program_id", "year", "number", "date_start", "date_end")

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
    date_due_assessment = fields.Date(
        "Assessments due",
        required=True,
        tracking=True,
        help="The second opinions are due on the same day.",
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
    )
    draw = fields.Json(
        readonly=True,
        copy=False,
        groups=NO_ACCESS,
        help="What the draw of the second opinions was made of; empty until they are drawn.",
    )
    opinion_count = fields.Integer("Second Opinions", compute="_compute_opinions", groups=OFFICER)
    opinion_note = fields.Text(
        "Draw of the Second Opinions",
        compute="_compute_opinions",
        groups=OFFICER,
        help="Who was drawn, and who gives the second opinion.",
    )
    opinion_recipe = fields.Text(
        "How to Repeat the Draw", compute="_compute_opinions", groups=OFFICER
    )
    report_ids = fields.One2many("hr.backbone.report", "quarter_id", "Reports")
    assessment_ids = fields.One2many("hr.backbone.assessment", "quarter_id", "Assessments")
    notice_ids = fields.One2many(
        "hr.backbone.quarter.notice", "quarter_id", "Notices", groups=OFFICER
    )
    notice_count = fields.Integer("People to Notify", compute="_compute_told", groups=OFFICER)
    told_count = fields.Integer("People Notified", compute="_compute_told", groups=OFFICER)
    told = fields.Char("Notified", compute="_compute_told", groups=OFFICER)
    is_telling = fields.Boolean(compute="_compute_told", groups=OFFICER)

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

    @api.depends_context("lang", "uid")
    def _compute_told(self):
        groups = self.env["hr.backbone.quarter.notice"]._read_group(
            [("quarter_id", "in", self.ids)], ["quarter_id", "state"], ["__count"]
        )
        counts = {(quarter, state): count for quarter, state, count in groups}
        for quarter in self:
            total = sum(count for (owner, _state), count in counts.items() if owner == quarter)
            waiting = counts.get((quarter, "waiting"), 0)
            quarter.notice_count = total
            quarter.told_count = counts.get((quarter, "told"), 0)
            quarter.is_telling = bool(waiting)
            quarter.told = self.env._(
                "%(told)s of %(all)s notified",
                told=formatLang(self.env, total - waiting, digits=0),
                all=formatLang(self.env, total, digits=0),
            )

    @api.depends("draw")
    @api.depends_context("lang", "uid")
    def _compute_opinions(self):
        # as HR reads them: a number that has more would tell mentor and member of theirs
        groups = self.env["hr.backbone.second.opinion"]._read_group(
            [("quarter_id", "in", self.ids)], ["quarter_id"], ["__count"]
        )
        counts = {quarter.id: count for quarter, count in groups}
        involved = self.browse() if self.env.su else self._filter_own_as_mentor_or_member()
        for quarter in self:
            count = counts.get(quarter._origin.id, 0)
            # sudo: how it was drawn, for HR who is nobody in it
            said = quarter not in involved and quarter.sudo().draw
            quarter.opinion_count = count
            quarter.opinion_note = said and quarter._explain_draw(said, count)
            quarter.opinion_recipe = said and quarter._explain_lots(said)

    def _filter_own_as_mentor_or_member(self):
        """The quarters in which the user assesses somebody, or is assessed."""
        own = self.env.user._get_backbone_ever()
        if not own:
            return self.browse()
        # any!: whether there is any decides, and is not shown
        found = self.search(
            Domain("id", "in", self.ids)
            & Domain(
                "assessment_ids",
                "any!",
                Domain("mentor_id", "in", own) | Domain("employee_id", "in", own),
            )
        )
        return self.filtered(lambda quarter: quarter._origin in found)

    def _explain_draw(self, said, count):
        """Who was drawn, by whom the second opinion is given, and who was not in the draw: in
        sentences.

        :param dict said: what the quarter keeps of its draw
        :param int count: how many second opinions there are
        """
        self.ensure_one()
        unasked = said["members"] - len(said["mentors"])
        outside = said.get("pool", said["members"]) - said["members"]
        sentences = [
            self.env._(
                "%(count)s of %(members)s members were drawn for a second opinion "
                "(%(percent)s %%, and one at least).",
                count=count,
                members=said["members"],
                percent=said["percent"],
            ),
            *self._list_drawn(said),
            outside > 0
            and self.env._(
                "%s more members were not in the draw: they have no mentor, no criteria, or were "
                "assessed already.",
                outside,
            ),
            unasked
            and self.env._(
                "%s members could not be drawn: nobody who knows their work has a login, is not "
                "the mentor and does not work in HR.",
                unasked,
            ),
            self.env._("Whoever joins the quarter later is not drawn."),
        ]
        return "\n".join(filter(None, sentences))

    def _list_drawn(self, said):
        """One line for each second opinion that the user reads: whose turn it was, and who is
        asked."""
        turns, hosts = dict(map(tuple, said["covered"])), said.get("hosts", ())
        opinions = self.env["hr.backbone.second.opinion"].search(
            [("quarter_id", "in", self.ids)], order="member_id"
        )
        lines = []
        for opinion in opinions:
            names = {
                "member": opinion.employee_id.name,
                "mentor": opinion.mentor_id.name,
                "turn": turns.get(opinion.mentor_id.id, 0),
                "rater": opinion.rater_id.name,
            }
            host = opinion.member_id.id in hosts
            lines.append(
                self.env._(
                    "• %(member)s: mentor %(mentor)s, with %(turn)s second opinions earlier in "
                    "the year; %(rater)s is asked, the host of the rotation.",
                    **names,
                )
                if host
                else self.env._(
                    "• %(member)s: mentor %(mentor)s, with %(turn)s second opinions earlier in "
                    "the year; %(rater)s is asked, a manager of the member or whom HR chose.",
                    **names,
                )
            )
        return lines

    def _explain_lots(self, said):
        """How anybody gets to the same draw."""
        return self.env._(
            "The lot of a member is the SHA-256 of “%(lot)s”, where N is the number of the member "
            "in the database. Mentors who had fewer second opinions this year come first, and "
            "each once before one of them comes twice; among equals the lowest lot is drawn. The "
            "long number was drawn by chance when the quarter opened: nobody knew it before.",
            lot=f"{said['seed']}:N",
        )

    def write(self, vals):
        """The drafts are due when the quarter says so, and so are the to-dos; one that is due
        later, because it was returned, keeps its time, and so does one about the user."""
        if self._is_own_write(vals):
            return super().write(vals)
        before = {field: {quarter: quarter[field] for quarter in self} for field in DUES}
        result = super().write(vals)
        for field, names in DUES.items():
            for name in names if vals.get(field) else ():
                self._move_due(name, fields.Date.to_date(vals[field]), before[field])
        return result

    def _move_due(self, name, day, before):
        """The drafts of a model are due on that day.

        :param dict before: {quarter: the day on which they were due}
        """
        # sudo: who may write the quarter may move what is due in it
        drafts = self.env[name].sudo()
        drafts = drafts.search(
            Domain([("state", "=", "draft"), ("is_closed", "=", False)])
            & drafts._get_others_domain()
            & Domain.OR(
                Domain("quarter_id", "=", quarter.id)
                & (Domain("date_due", "<", day) | Domain("date_due", "=", old))
                for quarter, old in before.items()
            )
        )
        drafts.with_context(tracking_disable=True).write({"date_due": day})
        # sudo: the reminders go along with them
        self.sudo()._move_reminders(name, drafts)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_empty(self):
        # sudo: whether there is any document decides
        quarters = self.sudo()
        if quarters.report_ids or quarters.assessment_ids:
            raise UserError(self.env._("A quarter with reports is history: close it instead."))

    def _get_year_quarters(self):
        """The quarters of the same fiscal year and company, first to fourth; as superuser."""
        self.ensure_one()
        # sudo: names and dates of quarters, which every employee reads
        return self.sudo().search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.year)], order="number"
        )

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

    @public(none=True)
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
        run_in_batches(
            self.env["res.company"],
            [("id", "in", [company.id for (company,) in companies])],
            lambda company: self.with_env(company.env)._get_or_create(company)._make_documents(),
            batch_size=1,
        )

    # -- the documents of all members --------------------------------------------------

    def _make_documents(self, members=None):
        """Make sure that each active member has a report and an assessment in draft.

        :param members: only for these; for all by default
        :return: (reports, assessments) that were made
        """
        reports = self.env["hr.backbone.report"]
        assessments = self.env["hr.backbone.assessment"]
        for quarter in self:
            if quarter.state != "open":
                continue
            reports += quarter._make_drafts(reports.browse(), members)
            fresh = quarter._make_drafts(assessments.browse(), members)
            quarter._make_assessment_lines()
            assessments += fresh
        self.invalidate_recordset(["report_ids", "assessment_ids"])
        self._on_documents_made(reports, assessments)
        if members is None:
            self._draw_second_opinions()
        return reports, assessments

    def _draw_second_opinions(self):
        """Once for each quarter; whoever joins it later is not drawn."""
        opinions = self.env["hr.backbone.second.opinion"]
        for quarter in self:
            if quarter.state == "open":
                opinions += opinions._draw(quarter)
        opinions._ask_raters()

    def _on_documents_made(self, reports, assessments):
        """They take over what happened in the quarter, and people are asked for them; for the
        models later in the flow to extend."""
        reports._refresh_entries()
        self._ask_for(reports)
        self._ask_for(assessments)

    def _make_drafts(self, documents, members):
        """One draft for each active member that has none.

        :param documents: the model, of reports or of assessments
        """
        source = SQL(
            """hr_backbone_member m
               JOIN hr_employee e ON e.id = m.employee_id
               LEFT JOIN hr_version v ON v.id = e.current_version_id
               LEFT JOIN hr_job j ON j.id = v.job_id
              WHERE m.company_id = %(company)s
                AND m.state = 'active'
                AND m.date_admitted <= %(end)s
                AND %(members)s
              ORDER BY m.id""",
            company=self.company_id.id,
            end=self.date_end,
            members=SQL("TRUE") if members is None else SQL("m.id = ANY(%s)", members.ids),
        )
        columns = documents._prepare_document_columns(self)
        return bulk.insert(documents, columns, source, unique=("quarter_id", "member_id"))

    def _make_assessment_lines(self):
        """The criteria of each one's echelon, as they stand in the program: a snapshot, of the
        drafts that have none yet."""
        lines = self.env["hr.backbone.assessment.line"]
        source = SQL(
            """hr_backbone_assessment a
               JOIN hr_backbone_criterion c ON c.echelon_id = a.echelon_id
              WHERE a.quarter_id = %s AND a.state = 'draft'
                AND NOT EXISTS (SELECT FROM hr_backbone_assessment_line l
                                 WHERE l.assessment_id = a.id)
                AND %s
              ORDER BY a.id, c.sequence, c.id""",
            self.id,
            self._get_criteria_condition(),
        )
        bulk.insert(lines, lines._prepare_line_columns(self), source)
        self.env["hr.backbone.assessment"].invalidate_model(["line_ids"])

    def _get_criteria_condition(self):
        """The criteria of the program; of an echelon that has none there, the usual ones."""
        return SQL(
            """(c.program_id = %(program)s OR (c.program_id IS NULL AND NOT EXISTS (
                   SELECT 1 FROM hr_backbone_criterion p
                    WHERE p.program_id = %(program)s AND p.echelon_id = c.echelon_id)))""",
            program=self.program_id.id or 0,
        )
