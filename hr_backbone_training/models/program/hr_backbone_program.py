# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ..core import texts
from ..core.companies import by_company
from ..core.moves import HR, Move, Moves
from ..core.public import public

_lt = LazyTranslate(__name__)


class HrBackboneProgram(models.Model):
    """One year of backbone training in one company: "unified planning", "unified
    preparation of guiding documents, clarification of responsibilities at all levels".
    In the portal everyone reads it once it runs."""

    _name = "hr.backbone.program"
    _description = "Backbone Program"
    _inherit = ["hr.backbone.workflow.mixin", "hr.backbone.portal.mixin"]
    _order = "year desc, company_id"
    _portal_path = "programs"
    _kept_fields = ("company_id",)

    _readers = ("everyone",)
    _hr_messages = True
    _moves = Moves(
        Move("start", ("draft", "closed"), "running", _lt("Started"), by=HR, button=True),
        Move("close", "running", "closed", _lt("Closed"), by=HR, button=True),
    )

    name = texts.Char(
        compute="_compute_name", store=True, readonly=False, required=True, precompute=True
    )
    year = fields.Integer(
        required=True,
        default=lambda self: self.env.company._backbone_today().year,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "HR Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        help="Reviews, convenes the meeting and publishes; gets the activities of HR.",
        check_company=True,
    )
    recommendation_start = fields.Date(
        "Recommendations from",
        required=True,
        tracking=True,
        help="The first day on which departments may recommend.",
    )
    recommendation_end = fields.Date(
        "Recommendations until",
        required=True,
        tracking=True,
        help="The last day on which departments may recommend.",
    )
    description = texts.Html("Purpose and Principles")
    criteria = texts.Html("Selection Criteria", help="By what people are compared and selected.")
    line_ids = fields.One2many(
        "hr.backbone.program.line",
        "program_id",
        "Echelons and Quotas",
        copy=True,
        default=lambda self: self._default_line_ids(),
    )
    responsibility_ids = fields.One2many(
        "hr.backbone.program.responsibility",
        "program_id",
        "Responsibilities",
        copy=True,
        default=lambda self: self._default_responsibility_ids(),
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        "hr_backbone_program_document_rel",
        "program_id",
        "attachment_id",
        "Guiding Documents",
        copy=False,
        help="Everyone in the company reads them once the program runs.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        default="draft",
        tracking=True,
    )
    is_open = fields.Boolean(
        "Recommendations open",
        compute="_compute_is_open",
        search="_search_is_open",
        help="The program runs and today lies within its window.",
    )

    _company_year_uniq = models.UniqueIndex(
        "(company_id, year)", "A company has one backbone program a year."
    )
    _year_range = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "The year of a program lies between 2000 and 2100."
    )
    _window_order = models.Constraint(
        "CHECK (recommendation_start <= recommendation_end)",
        "The window for recommendations ends before it starts.",
    )

    @api.model
    def _get_running(self, companies=None):
        """The running program of each company, rather one that is open for recommendations;
        empty when none runs.

        :param companies: `res.company`; that in which the user works at the moment by default
        """
        companies = self.env.company if companies is None else companies
        found = self.search([("company_id", "in", companies.ids), ("state", "=", "running")])
        return found.browse().union(
            *(
                programs.filtered("is_open")[:1] or programs[:1]
                for programs in found.grouped("company_id").values()
            )
        )

    @api.model
    def _get_latest(self, companies):
        """The program of each company that runs, or else the last one that ran.

        :param companies: `res.company`
        """
        running = self._get_running(companies)
        rest = companies - running.company_id
        if not rest:
            return running
        closed = self.search([("company_id", "in", rest.ids), ("state", "=", "closed")])
        return running.union(*(rows[:1] for rows in closed.grouped("company_id").values()))

    @api.model
    def _add_missing_default_values(self, values):
        """A program has the year and the echelons of its own company, in whichever of theirs
        the user works."""
        company = values.get("company_id")
        if company in self.env.companies.ids:
            self = self.with_company(company)
        return super()._add_missing_default_values(values)

    @api.model
    def _default_line_ids(self):
        echelons = self.env["hr.backbone.echelon"].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
        return [Command.create({"echelon_id": echelon.id}) for echelon in echelons]

    @api.model
    def _default_responsibility_ids(self):
        """Who is responsible for what, as the seed has it."""
        rows = [
            (self.env._("Department"), self.env._("Evaluates and recommends its people")),
            (self.env._("Recommended employee"), self.env._("Writes the development plan")),
            (self.env._("Director of the center"), self.env._("Approves the recommendation")),
            (self.env._("Human resources"), self.env._("Reviews, publicizes, keeps the pool")),
            (self.env._("Top management"), self.env._("Reviews and selects in a meeting")),
        ]
        return [
            Command.create({"sequence": 10 * index, "role": role, "task": task})
            for index, (role, task) in enumerate(rows, 1)
        ]

    @api.depends("year")
    def _compute_name(self):
        for program in self:
            program.name = program.name or self.env._(
                "Backbone Training %(year)s", year=program.year
            )

    @api.depends("state", "recommendation_start", "recommendation_end")
    def _compute_is_open(self):
        for program in self:
            program.is_open = not program._get_closed_reason()

    @api.model
    def _search_is_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        domains = []
        for company in self.env.companies:
            today = company._backbone_today()
            domains.append(
                Domain("company_id", "=", company.id)
                & Domain("recommendation_start", "<=", today)
                & Domain("recommendation_end", ">=", today)
            )
        return Domain("state", "=", "running") & Domain.OR(domains)

    def _get_closed_reason(self):
        """Why nothing can be recommended in this program today; False when it can:
        nothing is recommended outside a running program and its window."""
        self.ensure_one()
        if self.state != "running":
            return self.env._("The program “%s” is not running.", self.name)
        today = self.company_id._backbone_today()
        if not self.recommendation_start <= today <= self.recommendation_end:
            return self.env._(
                "“%(program)s” takes recommendations from %(start)s to %(end)s only.",
                program=self.name,
                start=format_date(self.env, self.recommendation_start),
                end=format_date(self.env, self.recommendation_end),
            )
        return False

    # -- moves -------------------------------------------------------------------------

    def _get_move_refusals(self, name):
        refusals = super()._get_move_refusals(name)
        for program in self if name == "start" else ():
            if not program.line_ids:
                refusals.setdefault(program, []).append(
                    self.env._("“%s” has no echelon yet: add at least one.", program.name)
                )
        return refusals

    @public()
    def action_start(self):
        """Open the program: everyone reads it, departments recommend in its window."""
        self._move("start")
        return True

    @public()
    def action_close(self):
        """End the program; what is under way in it goes on."""
        self._move("close")
        return True

    # -- guiding documents -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        programs = self.browse().union(
            *(
                super(HrBackboneProgram, there).create(rows)
                for there, rows in by_company(self, vals_list)
            )
        )
        for program in programs:
            program.document_ids._backbone_adopt(program)
        return programs

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "year" in vals:
            for program in self:
                if program.state != "draft" and program.year != vals["year"]:
                    raise UserError(
                        self.env._(
                            "The year of “%s” stays: the program has been started. Make another "
                            "program for another year.",
                            program.name,
                        )
                    )
        result = super().write(vals)
        if "document_ids" in vals:
            for program in self:
                program.document_ids._backbone_adopt(program)
        return result
