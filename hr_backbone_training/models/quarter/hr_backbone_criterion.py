# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import texts


class HrBackboneCriterion(models.Model):
    """A dimension in which mentors score, with its weight, for one echelon of a program;
    without a program, what a new program starts from.

    Criteria come in through Odoo's own import, too: for a program, or without one for the
    usual criteria. As on the form, an echelon with more than 100 points is refused at once, by
    the row that passes them; fewer are stored, and the program says so and does not start. A
    new program has the usual criteria already: they go before others come in, or the list
    gives their External ID and changes them.
    """

    _name = "hr.backbone.criterion"
    _description = "Assessment Criterion"
    _inherit = [
        "hr.backbone.shared.mixin",
        "hr.backbone.import.mixin",
        "hr.backbone.named.mixin",
    ]
    _order = "program_id, echelon_id, sequence, id"
    _readers = ("everyone",)

    _import_named = ("program_id", "echelon_id")
    # the weight, too: a forgotten one is not 20 points
    _import_required = ("echelon_id", "name", "weight")
    _import_key = ("echelon_id", "program_id", "name")
    _check_company_auto = True
    _kept_fields = ("program_id",)

    program_id = fields.Many2one(
        "hr.backbone.program",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the usual criteria, from which a new program starts.",
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    sequence = fields.Integer(default=10)
    name = texts.Char("Criterion", required=True, translate=True)
    anchor = texts.Text(
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
                    "The criteria of %(program)s, %(echelon)s, add up to %(total)s points instead "
                    "of 100.",
                    program=program.name or self.env._("the usual criteria"),
                    echelon=echelon.name,
                    total=total,
                )
                raise ValidationError(sentence + self._get_total_hint(program, echelon))

    @api.model
    def _get_total_hint(self, program, echelon):
        """What else to say to whoever has too many points for an echelon: in a list, that some
        may be there already."""
        stored = [
            ("program_id", "=", program.id),
            ("echelon_id", "=", echelon.id),
            ("create_date", "<", self.env.cr.now()),
        ]
        if self.env.context.get("import_file") and self.search_count(stored, limit=1):
            return " " + self.env._(
                "Some are stored already, as in every new program: delete them first, or give "
                "their External ID to change them."
            )
        return ""
