from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HrBackboneCriterion(models.Model):
    """A dimension in which mentors score, with its weight, for one echelon of a program;
    without a program, what a new program starts from."""

    _name = "hr.backbone.criterion"
    _description = "Assessment Criterion"
    _order = "program_id, echelon_id, sequence, id"

    program_id = fields.Many2one(
        "hr.backbone.program",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the usual criteria, from which a new program starts.",
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Criterion", required=True, translate=True)
    anchor = fields.Text(
        "What the points mean",
        translate=True,
        help="Says what earns many points and what few, so that mentors score alike.",
    )
    weight = fields.Integer("Weight (points)", required=True, default=20)

    _weight_range = models.Constraint(
        "CHECK (weight BETWEEN 1 AND 100)", "A weight lies between 1 and 100 points."
    )

    @api.constrains("weight", "program_id", "echelon_id")
    def _check_total(self):
        """100 points in all, for each echelon of a program."""
        for program, echelon, total in self._read_group(
            [
                ("program_id", "in", [*self.program_id.ids, False]),
                ("echelon_id", "in", self.echelon_id.ids),
            ],
            ["program_id", "echelon_id"],
            ["weight:sum"],
        ):
            if total > 100:
                sentence = self.env._(
                    "The criteria of %(program)s, %(echelon)s, have %(total)s points: 100 in all.",
                    program=program.name or self.env._("the usual criteria"),
                    echelon=echelon.name,
                    total=total,
                )
                raise ValidationError(sentence + self._get_total_hint(program, echelon))

    @api.model
    def _get_total_hint(self, program, echelon):
        """What else to say to whoever has too many points for an echelon."""
        return ""


class HrBackboneProgram(models.Model):
    _inherit = "hr.backbone.program"

    criterion_totals = fields.Char(
        "Points by Echelon",
        compute="_compute_criterion_totals",
        help="Each echelon has 100 points in all.",
    )

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
