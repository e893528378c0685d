# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...const import OFFICER
from ..core.scores import is_whole


class HrBackboneProgram(models.Model):
    """By what the mentors of a program assess each quarter."""

    _inherit = "hr.backbone.program"

    criterion_ids = fields.One2many(
        "hr.backbone.criterion",
        "program_id",
        "Assessment Criteria",
        copy=True,
        default=lambda self: self._default_criterion_ids(),
        help="By what mentors assess each quarter: 100 points for each echelon.",
    )
    second_opinion_percent = fields.Integer(
        "Second Opinions (%)",
        tracking=True,
        groups=OFFICER,
        help="So many of the members get a second, blind assessment each quarter, by their "
        "manager or the host of a rotation, so that mild mentors can be told from good members. "
        "20 is usual, 0 is none. A change counts from the next draw on: a quarter draws once.",
    )
    criterion_totals = fields.Char(
        "Points by Echelon",
        compute="_compute_criterion_totals",
        help="Each echelon has 100 points in all.",
    )

    _second_opinion_percent_range = models.Constraint(
        "CHECK (second_opinion_percent BETWEEN 0 AND 100)",
        "Second opinions are asked for of 0 to 100 percent of the members.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_share(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_share([vals])
        return super().write(vals)

    def _check_share(self, vals_list):
        """:raise UserError: a share of second opinions would silently become another number"""
        if not all(is_whole(vals.get("second_opinion_percent")) for vals in vals_list):
            raise UserError(self.env._("Second Opinions (%) is a whole number from 0 to 100."))

    @api.depends_context("lang")
    @api.depends("criterion_ids.weight", "criterion_ids.echelon_id")
    def _compute_criterion_totals(self):
        for program in self:
            groups = program.criterion_ids.grouped("echelon_id")
            program.criterion_totals = " · ".join(
                self.env._(
                    "%(echelon)s: %(total)s of 100",
                    echelon=echelon.name,
                    total=sum(groups[echelon].mapped("weight")),
                )
                for echelon in sorted(groups, key=lambda echelon: echelon.level)
                if echelon
            )

    @api.model
    def _default_criterion_ids(self):
        """A copy of the usual criteria of each echelon."""
        usual = self.env["hr.backbone.criterion"].search([("program_id", "=", False)])
        return [
            Command.create(
                {
                    "echelon_id": criterion.echelon_id.id,
                    "sequence": criterion.sequence,
                    "name": criterion.name,
                    "anchor": criterion.anchor,
                    "weight": criterion.weight,
                }
            )
            for criterion in usual
        ]

    def _get_move_refusals(self, name):
        refusals = super()._get_move_refusals(name)
        usual = self.env["hr.backbone.criterion"]
        if name == "start":
            usual = usual.search([("program_id", "=", False)])
        for program in self if name == "start" else ():
            known = (program.criterion_ids + usual).echelon_id
            for echelon in program.line_ids.echelon_id - known:
                refusals.setdefault(program, []).append(
                    self.env._(
                        "%s has no criteria yet: add some, by which mentors assess.", echelon.name
                    )
                )
            for echelon, criteria in program.criterion_ids.grouped("echelon_id").items():
                if (total := sum(criteria.mapped("weight"))) != 100:
                    refusals.setdefault(program, []).append(
                        self.env._(
                            "The criteria of %(echelon)s add up to %(total)s points instead of "
                            "100.",
                            echelon=echelon.name,
                            total=total,
                        )
                    )
        return refusals
