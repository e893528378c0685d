# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import get_lang

from ...const import OFFICER
from ..core import texts
from ..core.public import LONGEST
from ..core.scores import Score, WholeScore
from ..quarter.res_company import GRADES

DECISIONS = [
    ("promote", "Promote"),
    ("keep", "Keep"),
    ("move", "Move to Another Echelon"),
    ("exit", "Exit"),
    ("honour", "Leave with Honour"),
]


# what becomes of the place of a name that HR declines
PLACES = [("empty", "stays empty"), ("next", "goes to the next in rank")]


class HrBackboneEvaluation(models.Model):
    """A member in the comprehensive evaluation of a year: the parts, their total, the rank in
    the echelon, outstanding or not, and what is recommended.

    Whatever is printed stands here in plain words and numbers, so that it prints the same in
    years to come.
    """

    _name = "hr.backbone.evaluation"
    _description = "Evaluation of a Member"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.rival.mixin",
        "hr.backbone.evaluation.quarters",
    ]
    _order = "run_id desc, echelon_level, rank, id"

    _portal_path = "evaluations"
    _readers = ("managers", "employee_shared", "hr")
    _fixed_fields = ("run_id", "member_id", "employee_id", "company_id")

    run_id = fields.Many2one(
        "hr.backbone.evaluation.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    program_id = fields.Many2one(
        related="run_id.program_id", store=True, precompute=True, index=True
    )
    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(readonly=True, tracking=False)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", readonly=True, index=True, ondelete="restrict"
    )
    echelon_level = fields.Integer(readonly=True, aggregator=None)
    employee_name = fields.Char("Member then", readonly=True)
    department_name = fields.Char("Department then", readonly=True)
    job_name = fields.Char("Post then", readonly=True)
    echelon_name = fields.Char("Echelon then", readonly=True)
    company_name = fields.Char("Company then", readonly=True)
    program_name = fields.Char("Program then", readonly=True)
    date_admitted = fields.Date(readonly=True)
    state = fields.Selection(
        [("draft", "Simulation"), ("frozen", "Frozen"), ("decided", "Decided")],
        default="draft",
        group_expand=False,
    )
    settings = fields.Json(readonly=True, help="The weights and rules of the computation.")
    base = Score(
        "Computed",
        digits=(5, 2),
        readonly=True,
        help="The weighted parts, before HR's adjustment.",
    )
    adjustment = fields.Float("HR's Adjustment", digits=(5, 2), help="Points, with a reason.")
    adjustment_reason = texts.Char("Reason of the Adjustment", limit=LONGEST)
    total = Score(digits=(5, 2), readonly=True)
    grade = fields.Selection([(grade, grade) for grade in GRADES], readonly=True)
    is_withdrawn = fields.Boolean("Withdrawn", compute="_compute_is_withdrawn", compute_sudo=True)
    # blank, as the total is, where the member is not evaluated
    rank = WholeScore(
        "Rank in the Echelon",
        readonly=True,
        aggregator=None,
        help="In the echelon; equals share a rank.",
    )
    rank_count = WholeScore("Ranked", readonly=True, aggregator="max")
    is_outstanding = fields.Boolean("Outstanding", readonly=True, index=True)
    recommendation = fields.Selection(
        DECISIONS, readonly=True, help="What the scores suggest; HR decides."
    )
    ready_echelon_id = fields.Many2one(
        "hr.backbone.echelon",
        "Ready for",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The echelon above, where the result suggests a promotion.",
    )
    held_back = fields.Selection(
        [
            ("rank", "the rank is outside its scope"),
            ("tenure", "the tenure is too short"),
            ("quota", "no place is left there"),
        ],
        "Why not promoted",
        readonly=True,
        copy=False,
    )
    recommendation_text = fields.Char(
        "Recommended",
        compute="_compute_recommendation_text",
        compute_sudo=True,
        help="In words, with why not.",
    )
    is_declined = fields.Boolean(
        "Declined by HR",
        readonly=True,
        copy=False,
        help="HR does not name this member outstanding, with a reason that HR alone reads. Whoever "
        "reads the evaluation once it is announced knows of it, and can ask.",
    )
    decline_place = fields.Selection(
        PLACES, "The place then", readonly=True, copy=False, groups=OFFICER
    )
    decision = fields.Selection(DECISIONS, readonly=True, copy=False)
    echelon_after_id = fields.Many2one(
        "hr.backbone.echelon",
        "New Echelon",
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    fingerprint = fields.Char(readonly=True, help="Of all that is printed, when it was frozen.")
    badge_user_id = fields.Many2one(
        "gamification.badge.user",
        "Badge",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line",
        "Line of the Résumé",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
    incentive = fields.Char(readonly=True, copy=False, help="What the program grants, in words.")
    incentive_amount = fields.Monetary(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", readonly=True, copy=False)
    is_withheld = fields.Boolean(
        "Not for you",
        compute="_compute_is_withheld",
        search="_search_is_withheld",
        help="Your own, or of the echelon in which you are compared, and not announced yet.",
    )
    compare_total = Score("Total there", digits=(5, 2), compute="_compute_compare")
    compare_rank = WholeScore("Rank there", compute="_compute_compare", aggregator=None)
    compare_change = fields.Integer("Places gained", compute="_compute_compare", aggregator=None)

    _run_member_uniq = models.UniqueIndex(
        "(run_id, member_id)", "A member is evaluated once in each evaluation."
    )

    @api.depends("employee_name", "run_id.name")
    def _compute_display_name(self):
        for evaluation in self:
            # sudo: the name of the program and the version
            parts = (evaluation.employee_name, evaluation.run_id.sudo().name)
            evaluation.display_name = " – ".join(filter(None, parts))

    @api.depends("run_id.state")
    def _compute_is_withdrawn(self):
        for evaluation in self:
            evaluation.is_withdrawn = evaluation.run_id.state == "withdrawn"

    @api.depends("run_id.compare_id", "total", "rank")
    def _compute_compare(self):
        others = self.search(
            [
                ("run_id", "in", self.run_id.compare_id.ids),
                ("member_id", "in", self.member_id.ids),
            ]
        )
        by_key = {(other.run_id, other.member_id): other for other in others}
        for evaluation in self:
            other = by_key.get((evaluation.run_id.compare_id, evaluation.member_id), self.browse())
            evaluation.compare_total = other.total
            evaluation.compare_rank = other.rank
            ranked = other.is_evaluated and evaluation.is_evaluated
            evaluation.compare_change = other.rank - evaluation.rank if ranked else 0

    @api.depends("recommendation", "ready_echelon_id", "held_back")
    @api.depends_context("lang")
    def _compute_recommendation_text(self):
        labels = dict(self._fields["recommendation"]._description_selection(self.env))
        reasons = dict(self._fields["held_back"]._description_selection(self.env))
        for evaluation in self:
            echelon = evaluation.ready_echelon_id.name
            text = labels.get(evaluation.recommendation, False)
            if echelon and evaluation.recommendation == "promote":
                text = self.env._("Promote to the %s", echelon)
            elif echelon and evaluation.held_back:
                text = self.env._(
                    "Keep, ready for the %(echelon)s: %(reason)s",
                    echelon=echelon,
                    reason=reasons[evaluation.held_back],
                )
            evaluation.recommendation_text = text

    # -- own results early -------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_is_withheld(self):
        # sudo: the user may not read what the domain asks for
        withheld = self.sudo().filtered_domain(self._get_withheld_domain())
        for evaluation in self:
            evaluation.is_withheld = evaluation in withheld

    @api.model
    def _search_is_withheld(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._get_withheld_domain()

    @api.model
    def _get_withheld_domain(self):
        """What the user, as HR, neither reads nor adjusts: the user's own evaluation, and before
        they are announced those with whom the user is compared, whose ranks would tell the user's.
        """
        people = self.env.user._get_backbone_ever()
        if not people:
            return Domain.FALSE
        # sudo: where the user takes part, which the user does not read
        own = self.sudo().search_fetch([("employee_id", "in", people)], ["run_id", "echelon_id"])
        early = own.filtered(lambda evaluation: evaluation.run_id._is_early())
        return Domain.OR(
            [
                Domain("employee_id", "in", people),
                *(
                    Domain("run_id", "=", row.run_id.id)
                    & Domain("echelon_id", "=", row.echelon_id.id)
                    for row in early
                ),
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        if not self.env.su:
            raise UserError(self.env._("Evaluations are computed, for all members at once."))
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su or any(evaluation.state != "draft" for evaluation in self):
            raise UserError(self.env._("An evaluation is never deleted."))

    # -- HR's adjustment ---------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if not self.env.su:
            if set(vals) - {"adjustment", "adjustment_reason"}:
                raise UserError(
                    self.env._("Scores are computed: adjust them with a reason instead.")
                )
            self._check_adjustable()
        result = super().write(vals)
        if {"adjustment", "adjustment_reason"} & set(vals) and not self.env.su:
            self._check_adjustment()
            # sudo: HR has adjusted, as was just checked; totals and ranks follow
            for run in self.sudo().run_id:
                run._compute_totals()
        return result

    def _check_adjustable(self):
        for evaluation in self:
            if not evaluation.is_evaluated:
                raise UserError(
                    self.env._(
                        "%s is not evaluated, so there is no total to adjust.",
                        evaluation.employee_name,
                    )
                )
            if evaluation.state != "draft":
                raise UserError(
                    self.env._("A frozen evaluation never changes: start a correction from it.")
                )
            if evaluation._concerns_me():
                raise UserError(self.env._("You cannot decide on your own case."))

    def _check_adjustment(self):
        for evaluation in self:
            limit = evaluation.program_id.adjustment_limit
            if abs(evaluation.adjustment) > limit:
                raise UserError(
                    self.env._("HR adjusts by %(limit)s points at the most.", limit=limit)
                )
            if evaluation.adjustment and not (evaluation.adjustment_reason or "").strip():
                raise UserError(
                    self.env._("Give the reason of the adjustment of %s.", evaluation.employee_name)
                )

    def _take_adjustments(self, others):
        """A correction starts from the adjustments of the version that it corrects."""
        adjusted = {other.member_id: other for other in others if other.adjustment}
        # sudo: carried over from the version that is corrected, where HR adjusted
        rows = self.sudo()
        for evaluation in rows:
            if other := adjusted.get(evaluation.member_id):
                evaluation.write(
                    {
                        "adjustment": other.adjustment,
                        "adjustment_reason": other.adjustment_reason,
                    }
                )
        rows._take_declined(others.with_env(rows.env))
        # the totals follow from what was carried over; of nobody, where nobody took part
        for run in rows.run_id:
            run._compute_totals()

    # -- the certificate ---------------------------------------------------------------

    @api.model
    def _get_own_awards(self, ids):
        """The user's own announced awards, also where the company shares no evaluation: as
        superuser, for the certificate, which says no more than the company is told.

        :param list ids: of evaluations
        :return: those of them
        """
        # sudo: whose award it is stands in the domain
        return self.sudo().search(
            [
                ("id", "in", ids),
                ("employee_id", "in", self.env.user._get_backbone_own()),
                ("company_id", "in", self.env.companies.ids),
                ("run_id.is_told", "=", True),
                ("is_outstanding", "=", True),
            ]
        )

    def _has_certificate(self):
        self.ensure_one()
        return self.is_outstanding and self.run_id.is_told

    def _check_certificate(self):
        """A certificate is for the outstanding of an evaluation that was announced.

        :raise AccessError: who may not read the evaluation learns nothing of it
        """
        self.check_access("read")
        # sudo: the check is above
        for evaluation in self.sudo():
            if not evaluation._has_certificate():
                raise UserError(
                    self.env._(
                        "%s has no certificate: it is for the outstanding, once announced.",
                        evaluation.employee_name,
                    )
                )

    # -- what is kept ------------------------------------------------------------------

    def _is_intact(self):
        """Whether what is printed is what was frozen."""
        self.ensure_one()
        return not self.fingerprint or self.fingerprint == self.run_id._get_fingerprint(self)

    def _get_kept_file_name(self, kind):
        """The name under which a print is kept, so that it is printed once and shown from
        then on: "printed again next year it is the same, byte for byte".

        :param str kind: "evaluation" or "certificate"
        :return: a name for each version and language; False where nothing is kept: a
            simulation still changes, a changed score is to be seen, and a certificate that a
            correction took away is refused
        """
        self.check_access("read")
        # sudo: the check is above
        evaluation = self.sudo()
        if evaluation.state == "draft" or not evaluation._is_intact():
            return False
        if kind == "certificate" and not evaluation._has_certificate():
            return False
        if evaluation.run_id.state == "withdrawn":
            # a print of before has no mark
            kind = f"{kind}-withdrawn"
        return f"{kind}-{evaluation.fingerprint[:16]}-{get_lang(self.env).code}.pdf"

    def _get_prints(self, name):
        """The row of the print of this name, whether or not its file still holds.

        :param name: see `_get_kept_file_name`; False for no row
        """
        self.ensure_one()
        # sudo: whoever has the name may read the evaluation
        prints = self.env["hr.backbone.evaluation.print"].sudo()
        return prints.search([("evaluation_id", "=", self.id), ("name", "=", name)], limit=1)

    def _keep_print(self, name, pdf):
        """Keep this file, bytes, as the print of this name."""
        # sudo: the name is that of a print which the user may read; nobody writes it but this
        row = self._get_prints(name) or self.env["hr.backbone.evaluation.print"].sudo().create(
            {"evaluation_id": self.id, "name": name}
        )
        row._keep(pdf)
