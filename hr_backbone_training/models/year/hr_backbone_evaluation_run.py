# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...const import OFFICER
from ..core import texts
from .hr_backbone_evaluation_method import BANDS, FOLLOWED, LEAST, POINTS, SETTINGS, WEIGHTS

# taken from the program and the settings when a run is made; a simulation may say otherwise
SETTING = {
    "compute": "_compute_settings",
    "store": True,
    "precompute": True,
    "readonly": False,
    "copy": True,
}


class HrBackboneEvaluationRun(models.Model):
    """One evaluation of a whole year: for all members of a program at once, with the weights
    and rules under which it was computed. As many as one likes are simulated and compared;
    one is frozen, and from then on nothing changes it. A correction is a new version.

    How a year is evaluated stands in sentences on the page, and on every print.
    """

    _name = "hr.backbone.evaluation.run"
    _description = "Evaluation of the Year"
    _inherit = [
        "hr.backbone.fair.mixin",
        "hr.backbone.evaluation.counted",
        "hr.backbone.evaluation.input",
        "hr.backbone.evaluation.method",
        "hr.backbone.evaluation.freeze",
        "hr.backbone.evaluation.leniency",
    ]
    _order = "program_id desc, id desc"
    _kept_fields = ("program_id",)

    _moved_fields = (
        "version",
        "date_frozen",
        "date_announced",
        "is_told",
        "date_withdrawn",
        "open_frozen",
        "open_reason",
        "date_computed",
        "settings",
        "input_hash",
        "method_frozen",
        "previous_id",
        "content_hash",
        "hash_version",
        "leniency_spread",
    )
    _fixed_fields = ("company_id",)

    name = fields.Char(compute="_compute_name", store=True)
    label = texts.Char("Simulation", help="What is tried out, e.g. “more weight on training”.")
    program_id = fields.Many2one(
        "hr.backbone.program",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True, index=True
    )
    version = fields.Integer(readonly=True, copy=False, help="Counts those that were frozen.")
    previous_id = fields.Many2one(
        "hr.backbone.evaluation.run", "Corrects", readonly=True, copy=False, ondelete="restrict"
    )
    reason = texts.Text("Reason of the Correction", copy=False)
    state = fields.Selection(
        [
            ("draft", "Simulation"),
            ("frozen", "Frozen"),
            ("announced", "Announced"),
            ("superseded", "Superseded"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
    )
    date_computed = fields.Datetime("Computed on", readonly=True, copy=False)
    settings = fields.Json(
        readonly=True, copy=False, help="The weights, points and rules it was computed with."
    )
    date_frozen = fields.Date("Frozen on", readonly=True, copy=False)
    date_announced = fields.Date("Announced on", readonly=True, copy=False)
    is_told = fields.Boolean(
        "Announced and Valid",
        readonly=True,
        copy=False,
        help="What people were told last, and is not withdrawn: a correction takes its place when "
        "it is announced itself.",
    )
    date_withdrawn = fields.Date("Withdrawn on", readonly=True, copy=False)
    open_frozen = fields.Char(
        "Frozen while open", readonly=True, copy=False, help="The quarters that were still open."
    )
    open_reason = fields.Text(
        "Why with open quarters",
        readonly=True,
        copy=False,
        help="What the administrator wrote; it is printed on each evaluation.",
    )
    decided_names = fields.Char(
        "Decisions that stand",
        compute="_compute_decided_names",
        groups=OFFICER,
        help="What was decided by an evaluation that was withdrawn has become a movement.",
    )
    left_names = fields.Char(
        "Outstanding who have left",
        compute="_compute_left_names",
        groups=OFFICER,
        help="They stay named for their year, unless HR declines a name.",
    )
    content_hash = fields.Char(
        readonly=True, copy=False, help="The fingerprint of all scores when they were frozen."
    )
    weight_report = fields.Integer(
        "Reports (%)",
        **SETTING,
    )
    weight_assessment = fields.Integer(
        "Assessments (%)",
        **SETTING,
    )
    weight_training = fields.Integer(
        "Training (%)",
        **SETTING,
    )
    weight_achievement = fields.Integer(
        "Achievements and Suggestions (%)",
        **SETTING,
    )
    weight_rotation = fields.Integer("Rotation (%)", **SETTING)
    weight_plan = fields.Integer("Progress of the Plan (%)", **SETTING)
    missing_quarter = fields.Selection(
        selection=lambda self: (
            self.env["res.company"]
            ._fields["backbone_missing_quarter"]
            ._description_selection(self.env)
        ),
        string="A missing report",
        required=True,
        **SETTING,
    )
    is_lenient = fields.Boolean(
        "Adjust for Mentor Leniency",
        **SETTING,
    )
    leniency_report_weight = fields.Integer(
        "Weight of HR's Scores (%)",
        help="How much HR's scores of the reports count when it is estimated how mild the mentors "
        "are; 0: not at all.",
        **SETTING,
    )
    evaluation_ids = fields.One2many("hr.backbone.evaluation", "run_id", "Evaluations")
    evaluation_count = fields.Integer("Members", compute="_compute_counts")
    outstanding_count = fields.Integer("Outstanding", compute="_compute_counts")
    evaluated_count = fields.Integer("Evaluated", compute="_compute_counts")
    left_out_count = fields.Integer("Not Evaluated", compute="_compute_counts")
    compare_id = fields.Many2one(
        "hr.backbone.evaluation.run",
        "Compare with",
        ondelete="set null",
        copy=False,
        domain="[('program_id', '=', program_id), ('id', '!=', id)]",
        help="The evaluations then show the total and the rank of that one beside theirs.",
        check_company=True,
    )
    is_stale = fields.Boolean(
        compute="_compute_is_stale",
        help="Weights, grades, places or rules have changed since it was computed, or what it "
        "counted.",
    )
    stale_reason = fields.Char("Why it is computed again", compute="_compute_is_stale")
    open_quarters = fields.Char(
        compute="_compute_open_quarters", help="What is not settled in them does not count yet."
    )
    freeze_note = fields.Text(
        "Before it is frozen",
        compute="_compute_freeze_note",
        help="When the evaluation can be frozen, and what does not count yet.",
    )

    _frozen_uniq = models.UniqueIndex(
        "(program_id) WHERE state IN ('frozen', 'announced')",
        "One evaluation of a year is in force; a correction takes its place.",
    )
    _weights_total = models.Constraint(
        f"CHECK ({' AND '.join(f'{name} >= 0' for name in WEIGHTS)}"
        # numbers of which the sum is no integer any more
        f" AND {' + '.join(f'{name}::bigint' for name in WEIGHTS)} = 100)",
        "The parts of the evaluation must add up to 100 percent.",
    )
    _leniency_report_weight_range = models.Constraint(
        "CHECK (leniency_report_weight BETWEEN 0 AND 100)",
        "The weight of HR's scores must be between 0 and 100 percent.",
    )

    @api.model
    def _default_program_id(self):
        """The program whose year is over and has no evaluation in force, the last one first;
        where there is none, that of the year that runs."""
        programs = self.env["hr.backbone.program"].search(
            [("company_id", "=", self.env.company.id), ("state", "!=", "draft")],
            order="year desc",
        )
        today = self.env.company._backbone_today()
        begun = programs.filtered(lambda program: program._get_year_dates()[0] <= today)
        over = begun.filtered(lambda program: program._get_year_dates()[1] <= today)
        waiting = over.filtered(lambda program: not program._get_run_in_force())
        return waiting[:1] or begun[:1] or programs[-1:]

    @api.depends("program_id", "version", "label")
    def _compute_name(self):
        for run in self:
            parts = [run.program_id.name]
            if run.version:
                parts.append(self.env._("version %s", run.version))
            parts.append(run.label)
            run.name = " – ".join(filter(None, parts))

    @api.depends("program_id")
    def _compute_settings(self):
        """What the program and the settings say now; a simulation may say otherwise."""
        for run in self:
            program, company = run.program_id, run.program_id.company_id
            for name in WEIGHTS:
                run[name] = program[name]
            run.missing_quarter = company.backbone_missing_quarter or "zero"
            run.is_lenient = company.backbone_leniency
            run.leniency_report_weight = company.backbone_leniency_report_weight

    def _compute_counts(self):
        groups = self.env["hr.backbone.evaluation"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "is_outstanding", "is_evaluated"], ["__count"]
        )
        for run in self:
            own = [group for group in groups if group[0] == run]
            run.evaluation_count = sum(count for *_group, count in own)
            run.outstanding_count = sum(count for _run, named, _rated, count in own if named)
            run.left_out_count = sum(count for *_group, rated, count in own if not rated)
            run.evaluated_count = run.evaluation_count - run.left_out_count

    @api.depends_context("lang")
    @api.depends(*SETTINGS, "settings", *FOLLOWED)
    def _compute_is_stale(self):
        for run in self:
            run.stale_reason = run._get_stale_reason()
            run.is_stale = bool(run.stale_reason)

    def _get_stale_reason(self):
        """Why what was computed is not what one would compute now: a sentence, or False."""
        self.ensure_one()
        if self.state != "draft" or not self.date_computed:
            return False
        if self.settings != self._get_settings():
            return self.env._("Weights or rules have changed: compute the evaluation again.")
        if self.input_hash != self._get_input_hash():
            return self.env._(
                "Reports, assessments, trainings, achievements, suggestions, rotations, plans or "
                "members have changed since then: compute the evaluation again."
            )
        if self._has_other_promotions():
            return self.env._(
                "Places, scopes, ranks or tenure have changed, and with them who is recommended "
                "for a promotion: compute the evaluation again."
            )
        return False

    @api.depends("program_id")
    def _compute_open_quarters(self):
        quarters = self.env["hr.backbone.quarter"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("year", "in", self.program_id.mapped("year")),
                ("state", "=", "open"),
            ],
            order="date_start",
        )
        for run in self:
            names = [
                quarter.name
                for quarter in quarters
                if (quarter.company_id, quarter.year) == (run.company_id, run.program_id.year)
            ]
            run.open_quarters = format_list(self.env, names) if names else ""

    @api.depends_context("lang", "uid")
    @api.depends("program_id", "state")
    def _compute_freeze_note(self):
        for run in self:
            run.freeze_note = "\n".join(run._get_freeze_notes()) or False

    def _get_freeze_notes(self):
        """What stands before the freezing of a simulation besides computing it: [sentence, …]."""
        self.ensure_one()
        if self.state != "draft" or not self.program_id:
            return []
        notes = self._get_early_refusals()
        if self.open_quarters:
            notes += self._get_open_refusals() if not notes else []
            notes.append(
                self.env._(
                    "Still open: %s. What is not settled there does not count yet.",
                    self.open_quarters,
                )
            )
        return notes

    def _compute_decided_names(self):
        rows = self.env["hr.backbone.evaluation"].search_fetch(
            [
                ("run_id", "in", self.filtered(lambda run: run.state == "withdrawn").ids),
                ("decision", "not in", [False, "keep"]),
            ],
            ["run_id", "employee_name"],
        )
        for run in self:
            names = rows.filtered(lambda row, run=run: row.run_id == run).mapped("employee_name")
            run.decided_names = format_list(self.env, names) if names else False

    def _compute_left_names(self):
        """Before it is announced, HR knows of whom it is to be announced that they are
        outstanding though they are in the pool no more."""
        rows = self.env["hr.backbone.evaluation"].search_fetch(
            [
                ("run_id", "in", self.filtered(lambda run: run.state in ("draft", "frozen")).ids),
                ("is_outstanding", "=", True),
                ("member_id.state", "=", "exited"),
            ],
            ["run_id", "employee_name"],
        )
        for run in self:
            names = rows.filtered(lambda row, run=run: row.run_id == run).mapped("employee_name")
            run.left_names = format_list(self.env, names) if names else False

    def _is_early(self):
        """Whether its results were not announced; what a correction has taken the place of before
        it was, is as early as the correction."""
        self.ensure_one()
        if self.date_announced:
            # known, whatever has become of it
            return False
        if self.state == "superseded":
            return "announced" not in self.program_id.evaluation_run_ids.mapped("state")
        return self.state != "announced"

    def _get_settings(self):
        """The weights, points, bands, places and rules as they are now."""
        self.ensure_one()
        program, company = self.program_id, self.company_id
        return {
            **{name: self[name] for name in SETTINGS},
            "is_adjusted": self._is_adjusted(),
            **{name: program[name] for name in POINTS},
            **{name: company[name] for name in (*BANDS, *LEAST)},
            "adjustment_limit": program.adjustment_limit,
            "outstanding_grade": program.outstanding_grade,
            "places": {
                str(line.echelon_id.id): line.outstanding_quota
                for line in program.line_ids.sorted("id")
            },
        }

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: the user takes part in one of them, whose weights and rules are for
        somebody else to say"""
        runs = super().create(vals_list)
        runs._check_not_involved()
        return runs

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        frozen = {"program_id", "label", "reason", *SETTINGS} & set(vals)
        if frozen and any(run.state != "draft" for run in self):
            raise UserError(
                self.env._("A frozen evaluation never changes: start a correction from it.")
            )
        if frozen:
            self._check_not_involved()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(run.state != "draft" for run in self):
            raise UserError(self.env._("A frozen evaluation is history: it is never deleted."))
        self._check_not_involved()
