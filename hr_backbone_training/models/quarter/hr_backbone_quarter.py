from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL, formatLang

from ...const import OFFICER
from ..core.jobs import run_in_batches


class HrBackboneQuarter(models.Model):
    """One quarter of one company: "every quarter, key employees need to submit work and study
    reports", "every quarter, the mentor … will assess".

    It opens by itself, and its documents are made for all members at once: two statements,
    whatever the number of members. What is there already stays as it is.
    """

    _name = "hr.backbone.quarter"
    _description = "Backbone Quarter"
    _inherit = ["hr.backbone.workflow.mixin"]
    _order = "date_start desc, company_id"

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
    notice_ids = fields.One2many(
        "hr.backbone.quarter.notice", "quarter_id", "Notices", groups=OFFICER
    )
    notice_count = fields.Integer("People to tell", compute="_compute_told", groups=OFFICER)
    told_count = fields.Integer("People told", compute="_compute_told", groups=OFFICER)
    told = fields.Char(compute="_compute_told", groups=OFFICER)
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
                "%(told)s of %(all)s told",
                told=formatLang(self.env, total - waiting, digits=0),
                all=formatLang(self.env, total, digits=0),
            )

    def write(self, vals):
        """The drafts are due when the quarter says so."""
        if self._is_own_write(vals):
            return super().write(vals)
        result = super().write(vals)
        for name, field in (
            ("hr.backbone.report", "date_due_report"),
            ("hr.backbone.assessment", "date_due_assessment"),
        ):
            if field in vals:
                # sudo: who may write the quarter may move what is due in it
                drafts = self.env[name].sudo()
                drafts.search(
                    [("quarter_id", "in", self.ids), ("state", "=", "draft")]
                ).with_context(tracking_disable=True).write(
                    {"date_due": fields.Date.to_date(vals[field])}
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_empty(self):
        # sudo: whether there is any document decides
        if self.sudo().report_ids or self.sudo().assessment_ids:
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
            lambda company: self._get_or_create(company)._make_documents(),
            batch_size=1,
        )

    # -- the documents of all members --------------------------------------------------

    def _make_documents(self, members=None):
        """Make sure that each active member has a report and an assessment in draft.

        :param members: only for these; for all by default
        :return: (reports, assessments) that were made
        """
        self.env.flush_all()
        reports, assessments = [], []
        for quarter in self:
            if quarter.state != "open":
                continue
            reports += quarter._insert_reports(members)
            fresh = quarter._insert_assessments(members)
            quarter._insert_assessment_lines(fresh)
            assessments += fresh
        self.invalidate_recordset(["report_ids", "assessment_ids"])
        made = (
            self.env["hr.backbone.report"].browse(reports),
            self.env["hr.backbone.assessment"].browse(assessments),
        )
        self._on_documents_made(*made)
        return made

    def _on_documents_made(self, reports, assessments):
        """They take over what happened in the quarter, and people are asked for them; for the
        models later in the flow to extend."""
        reports._refresh_entries()
        self._ask_for(reports)
        self._ask_for(assessments)

    def _insert_reports(self, members):
        return self._insert("hr_backbone_report", self.date_due_report, members)

    def _insert_assessments(self, members):
        return self._insert(
            "hr_backbone_assessment",
            self.date_due_assessment,
            members,
            {"mentor_id": SQL("m.mentor_id")},
        )

    def _insert(self, table, due, members, extra=None):
        """One draft for each active member that has none, with the person's department, post
        and rank as they stand."""
        columns = {
            "quarter_id": SQL("%s", self.id),
            "member_id": SQL("m.id"),
            "employee_id": SQL("m.employee_id"),
            "company_id": SQL("m.company_id"),
            "echelon_id": SQL("m.echelon_id"),
            "department_id": SQL("v.department_id"),
            "job_id": SQL("v.job_id"),
            "rank_id": SQL("j.backbone_rank_id"),
            "state": SQL("'draft'"),
            "date_due": SQL("%s", due),
            "is_late": SQL("FALSE"),
            "is_closed": SQL("FALSE"),
            "create_uid": SQL("%s", self.env.uid),
            "create_date": SQL("now() AT TIME ZONE 'UTC'"),
            "write_uid": SQL("%s", self.env.uid),
            "write_date": SQL("now() AT TIME ZONE 'UTC'"),
            **(extra or {}),
        }
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (%(columns)s)
                   SELECT %(values)s
                     FROM hr_backbone_member m
                     JOIN hr_employee e ON e.id = m.employee_id
                     LEFT JOIN hr_version v ON v.id = e.current_version_id
                     LEFT JOIN hr_job j ON j.id = v.job_id
                    WHERE m.company_id = %(company)s
                      AND m.state = 'active'
                      AND m.date_admitted <= %(end)s
                      AND %(members)s
                    ORDER BY m.id
                   ON CONFLICT (quarter_id, member_id) DO NOTHING
                   RETURNING id""",
                table=SQL.identifier(table),
                columns=SQL(", ").join(SQL.identifier(name) for name in columns),
                values=SQL(", ").join(columns.values()),
                company=self.company_id.id,
                end=self.date_end,
                members=SQL("TRUE") if members is None else SQL("m.id = ANY(%s)", members.ids),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _insert_assessment_lines(self, assessment_ids):
        """The criteria of each one's echelon, as they stand in the program: a snapshot."""
        if not assessment_ids:
            return
        lang = self.company_id.partner_id.lang or "en_US"
        self.env.cr.execute(
            SQL(
                """INSERT INTO hr_backbone_assessment_line
                          (assessment_id, criterion_id, sequence, name, anchor, weight,
                           company_id, create_uid, create_date, write_uid, write_date)
                   SELECT a.id, c.id, c.sequence,
                          COALESCE(c.name->>%(lang)s, c.name->>'en_US'),
                          COALESCE(c.anchor->>%(lang)s, c.anchor->>'en_US'), c.weight,
                          a.company_id, a.create_uid, a.create_date, a.write_uid, a.write_date
                     FROM hr_backbone_assessment a
                     JOIN hr_backbone_criterion c ON c.echelon_id = a.echelon_id
                    WHERE a.id = ANY(%(ids)s) AND %(criteria)s
                    ORDER BY a.id, c.sequence, c.id""",
                lang=lang,
                ids=assessment_ids,
                criteria=self._get_criteria_condition(),
            )
        )

    def _get_criteria_condition(self):
        """The criteria of the program; of an echelon that has none there, the usual ones."""
        return SQL(
            """(c.program_id = %(program)s OR (c.program_id IS NULL AND NOT EXISTS (
                   SELECT 1 FROM hr_backbone_criterion p
                    WHERE p.program_id = %(program)s AND p.echelon_id = c.echelon_id)))""",
            program=self.program_id.id or 0,
        )
