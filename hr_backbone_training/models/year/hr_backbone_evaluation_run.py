# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list
from odoo.tools.translate import LazyTranslate

from ..core import texts
from ..core.claims import claim
from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import public
from .hr_backbone_program import PARTS

_lt = LazyTranslate(__name__)

WEIGHTS = tuple(f"weight_{part}" for part in PARTS)
SETTINGS = (*WEIGHTS, "missing_quarter", "is_lenient", "shrinkage")
POINTS = (
    "points_qualification",
    "points_research",
    "points_book",
    "points_suggestion",
    "points_adopted",
)
BANDS = tuple(f"backbone_grade_{grade}" for grade in "sabc")
# what a result follows from, besides the weights and rules of the run
FOLLOWED = (
    *(f"program_id.{name}" for name in (*POINTS, "adjustment_limit")),
    "program_id.line_ids.outstanding_quota",
    *(f"company_id.{name}" for name in BANDS),
)
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
    _inherit = ["hr.backbone.workflow.mixin", "hr.backbone.evaluation.input"]
    _order = "program_id desc, id desc"
    _kept_fields = ("program_id",)

    _moves = Moves(
        Move("freeze", "draft", "frozen", _lt("Evaluation frozen"), button=True),
        Move("announce", "frozen", "announced", _lt("Outstanding announced"), by=HR, button=True),
        Move(
            "supersede",
            ("frozen", "announced"),
            "superseded",
            _lt("Superseded by a correction"),
            by=PROCEDURE,
        ),
    )
    _moved_fields = (
        "version",
        "date_frozen",
        "date_computed",
        "settings",
        "input_hash",
        "method_frozen",
        "previous_id",
        "content_hash",
        "hash_version",
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
        ],
        default="draft",
    )
    date_computed = fields.Datetime("Computed on", readonly=True, copy=False)
    settings = fields.Json(
        readonly=True, copy=False, help="The weights, points and rules it was computed with."
    )
    date_frozen = fields.Date("Frozen on", readonly=True, copy=False)
    content_hash = fields.Char(
        readonly=True, copy=False, help="The fingerprint of all scores when they were frozen."
    )
    method = fields.Text(
        "How it is computed", compute="_compute_method", help="The rules, as they are printed."
    )
    method_frozen = fields.Text(
        readonly=True,
        copy=False,
        translate=True,
        help="The same sentences as they stood on the day of freezing, in each language.",
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
    missing_quarter = fields.Selection(
        selection=lambda self: (
            self.env["res.company"]
            ._fields["backbone_missing_quarter"]
            ._description_selection(self.env)
        ),
        string="A missing quarter",
        **SETTING,
    )
    is_lenient = fields.Boolean(
        "Adjust for Mentor Leniency",
        **SETTING,
    )
    shrinkage = fields.Integer(
        default=4,
        help="The larger, the less a mentor with few members is adjusted: with 4, a mentor of "
        "five members is adjusted by half.",
    )
    evaluation_ids = fields.One2many("hr.backbone.evaluation", "run_id", "Evaluations")
    evaluation_count = fields.Integer("Members", compute="_compute_counts")
    outstanding_count = fields.Integer("Outstanding", compute="_compute_counts")
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

    _frozen_uniq = models.UniqueIndex(
        "(program_id) WHERE state IN ('frozen', 'announced')",
        "One evaluation of a year is in force; a correction takes its place.",
    )
    _weights_total = models.Constraint(
        f"CHECK ({' AND '.join(f'{name} >= 0' for name in WEIGHTS)}"
        f" AND {' + '.join(WEIGHTS)} = 100)",
        "The parts of the evaluation must add up to 100 percent.",
    )
    _shrinkage_positive = models.Constraint(
        "CHECK (shrinkage BETWEEN 1 AND 1000)", "The shrinkage lies between 1 and 1,000."
    )

    @api.model
    def _default_program_id(self):
        return self.env["hr.backbone.program"].search(
            [("company_id", "=", self.env.company.id), ("state", "!=", "draft")], limit=1
        )

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
            run.missing_quarter = company.backbone_missing_quarter
            run.is_lenient = company.backbone_leniency

    def _compute_counts(self):
        groups = self.env["hr.backbone.evaluation"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "is_outstanding"], ["__count"]
        )
        for run in self:
            counts = {named: count for owner, named, count in groups if owner == run}
            run.evaluation_count = sum(counts.values())
            run.outstanding_count = counts.get(True, 0)

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
                "Reports, assessments, trainings, achievements, suggestions or members have "
                "changed since then: compute the evaluation again."
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
            program = run.program_id
            names = [
                quarter.name
                for quarter in quarters
                if (quarter.company_id, quarter.year) == (program.company_id, program.year)
            ]
            run.open_quarters = format_list(self.env, names) if names else ""

    def _is_early(self):
        """Whether its results are not announced; what a correction has taken the place of is
        as early as the correction."""
        self.ensure_one()
        if self.state == "superseded":
            return "announced" not in self.program_id.evaluation_run_ids.mapped("state")
        return self.state != "announced"

    def _get_settings(self):
        """The weights, points, bands, places and rules as they are now."""
        self.ensure_one()
        program, company = self.program_id, self.company_id
        return {
            **{name: self[name] for name in SETTINGS},
            **{name: program[name] for name in POINTS},
            **{name: company[name] for name in BANDS},
            "adjustment_limit": program.adjustment_limit,
            "places": {
                str(line.echelon_id.id): line.outstanding_quota
                for line in program.line_ids.sorted("id")
            },
        }

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

    # -- moves -------------------------------------------------------------------------

    def _get_move_refusals(self, name):
        if name == "freeze":
            return self._refusals_freeze()
        return super()._get_move_refusals(name)

    def _get_concerned_employees(self):
        # sudo: whom it concerns decides, and is not shown
        return self.sudo().evaluation_ids.employee_id

    def _concerns_me(self):
        """Whether the user takes part: asked without reading thousands of evaluations. A run
        that is not computed yet concerns whoever is in the pool of its company."""
        people = self.env.user._get_backbone_ever()
        if not people:
            return False
        # sudo: as above
        runs = self.sudo()
        if runs.env["hr.backbone.evaluation"].search_count(
            [("run_id", "in", runs.ids), ("employee_id", "in", people)], limit=1
        ):
            return True
        companies = runs.filtered(lambda run: not run.date_computed).company_id
        return bool(companies) and bool(
            runs.env["hr.backbone.member"].search_count(
                [
                    ("employee_id", "in", people),
                    ("company_id", "in", companies.ids),
                    ("state", "!=", "exited"),
                ],
                limit=1,
            )
        )

    def _refusals_freeze(self):
        refusals = self._refuse_unless_officer()
        in_force = self.search(
            [
                ("program_id", "in", self.program_id.ids),
                ("state", "in", ["frozen", "announced"]),
            ]
        )
        for run in self:
            sentences = refusals.setdefault(run, [])
            if not run.date_computed:
                sentences.append(self.env._("Compute the evaluation first."))
            elif reason := run._get_stale_reason():
                sentences.append(reason)
            sentences += run._get_beyond_limit()
            others = in_force.filtered(lambda other, run=run: other.program_id == run.program_id)
            if others and run.previous_id != others:
                sentences.append(
                    self.env._(
                        "“%s” is in force: start a correction from it.", others[0].display_name
                    )
                )
            if run.previous_id and not (run.reason or "").strip():
                sentences.append(self.env._("Say why the evaluation is corrected."))
        return refusals

    def _get_beyond_limit(self):
        """A sentence, where somebody was adjusted by more than the program allows now."""
        self.ensure_one()
        limit = self.program_id.adjustment_limit
        beyond = self.env["hr.backbone.evaluation"].search(
            [
                ("run_id", "=", self.id),
                "|",
                ("adjustment", ">", limit),
                ("adjustment", "<", -limit),
            ],
            limit=10,
        )
        if not beyond:
            return []
        return [
            self.env._(
                "HR adjusts by %(limit)s points at the most: change the adjustment of %(names)s.",
                limit=limit,
                names=format_list(self.env, beyond.mapped("employee_name")),
            )
        ]

    @public()
    def action_freeze(self):
        """draft → frozen, by HR: "from then on nothing changes it". A correction takes the
        place of the version before."""
        self.check_access("write")
        # one after the other: one of a year is in force
        for run in self:
            run._freeze()
        return True

    def _freeze(self):
        # sudo: a lock changes nothing; one at a time for each program
        self.program_id.sudo()._lock_for_move()
        previous = self.previous_id.filtered(lambda run: run.state in ("frozen", "announced"))
        self._check_move("freeze")
        if previous:
            previous._do_move(self._get_move("supersede"), self.reason)
        today = self.company_id._backbone_today()
        version = max(self.program_id.evaluation_run_ids.mapped("version"), default=0) + 1
        self._move("freeze", self.reason, {"date_frozen": today, "version": version})

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        for run in self.sudo():
            if name == "freeze":
                run._freeze_method()
                run._write_moved(run._freeze_evaluations())
            elif name == "announce":
                run._on_announced()
        return result

    @public(one=True)
    def action_correct(self):
        """A new version of a frozen evaluation, with its reason: the one in force stays until
        the correction is frozen."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_involved()
        if self.state not in ("frozen", "announced"):
            raise UserError(self.env._("Only an evaluation that is in force is corrected."))
        draft = self.search([("previous_id", "=", self.id), ("state", "=", "draft")], limit=1)
        if not draft:
            # the button, pressed twice at once
            claim(self)
            # sudo: the check is above
            draft = self.sudo().copy({"label": self.env._("correction")}).sudo(False)
            draft.sudo()._write_moved({"previous_id": self.id})
            draft.action_compute()
            draft.evaluation_ids._take_adjustments(self.evaluation_ids)
        return draft._get_records_action()

    @public(one=True)
    def action_open_evaluations(self):
        """The members of this evaluation, by echelon and rank."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_evaluation_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        action["context"] = {
            "search_default_group_echelon": 1,
            "search_default_outstanding": bool(self.env.context.get("backbone_outstanding")),
            "show_compare": bool(self.compare_id),
        }
        return action

    # -- the outstanding are announced -------------------------------------------------

    @public()
    def action_announce(self):
        """frozen → announced, by HR: the outstanding are shown to the company and awarded."""
        self._move("announce")
        return True

    def _on_announced(self):
        # as superuser: badges and résumés are other apps' records
        for run in self:
            named = run.evaluation_ids.filtered("is_outstanding")
            run._take_over_awards(named)
            # whoever was named before knows it
            fresh = named.filtered(lambda row: not (row.badge_user_id or row.resume_line_id))
            named._award()
            self.env["hr.backbone.notification"]._queue(
                fresh, "hr_backbone_training.mail_template_evaluation_award", "award"
            )

    def _take_over_awards(self, named):
        """What an earlier version awarded stays with those whom this one names, too; the
        others lose it."""
        by_member = named.grouped("member_id")
        awarded = self.env["hr.backbone.evaluation"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("run_id", "!=", self.id),
                "|",
                ("badge_user_id", "!=", False),
                ("resume_line_id", "!=", False),
            ]
        )
        for old in awarded:
            if new := by_member.get(old.member_id):
                new.badge_user_id, new.resume_line_id = old.badge_user_id, old.resume_line_id
                new.badge_user_id.comment = new._get_award_reason()
                new.resume_line_id.description = new._get_award_reason()
                old.badge_user_id = old.resume_line_id = False
            else:
                old._revoke()

    # -- how it is computed, in sentences ----------------------------------------------

    @api.depends(*SETTINGS, "settings", "method_frozen", *(f"program_id.{name}" for name in POINTS))
    @api.depends_context("lang")
    def _compute_method(self):
        for run in self:
            settings = run._get_settings() if run.state == "draft" else run.settings
            run.method = run.method_frozen or "\n".join(run._get_method(settings or {}))

    def _freeze_method(self):
        """Keep the sentences in every language: a later version of this addon, or of its
        translations, says them otherwise."""
        self.ensure_one()
        for code, _name in self.env["res.lang"].get_installed():
            run = self.with_context(lang=code)
            run._write_moved({"method_frozen": "\n".join(run._get_method(run.settings))})

    def _get_method(self, settings):
        """The rules in sentences, as they are printed with every score.

        :param dict settings: see `_get_settings`
        """
        self.ensure_one()
        rules = dict(self._fields["missing_quarter"]._description_selection(self.env))
        return [
            self.env._(
                "The total has 100 points: reports %(report)s %%, assessments %(assessment)s %%, "
                "training %(training)s %%, achievements and suggestions %(achievement)s %%, and "
                "HR's adjustment on top.",
                **{part: settings.get(f"weight_{part}") for part in PARTS},
            ),
            self.env._(
                "A report or an assessment that is missing %(rule)s.",
                rule=rules.get(settings.get("missing_quarter"), "").lower(),
            ),
            self._get_leniency_sentence(settings),
            self.env._(
                "Training is the share of the sessions attended; where results were given, the "
                "mean of the share and the results. Who was offered none is evaluated by the "
                "other parts alone."
            ),
            self.env._(
                "Achievements and suggestions, 100 points at the most: a qualification "
                "%(points_qualification)s, research or innovation %(points_research)s, a book "
                "%(points_book)s, a suggestion %(points_suggestion)s and %(points_adopted)s more "
                "if it was adopted.",
                **{name: settings.get(name) for name in POINTS},
            ),
            self.env._(
                "Equal totals are ranked by the assessments, then by the reports, then by the "
                "earlier admission; who is equal in all of these shares the rank."
            ),
        ]

    def _get_leniency_sentence(self, settings):
        if not settings.get("is_lenient"):
            return self.env._("The mentors' scores count as they were given.")
        return self.env._(
            "Each mentor's scores are shifted towards the mean of all mentors by "
            "(n − 1) ÷ (n − 1 + %(shrinkage)s) of the difference, where n is the number of "
            "members that the mentor assessed: a mentor of one member is not adjusted at all.",
            shrinkage=settings.get("shrinkage"),
        )
