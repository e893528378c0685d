# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...tools import fairness
from ..core import front_door, texts
from ..core.public import public

_lt = LazyTranslate(__name__)

# each attribute by which people are compared, and what its table is called
ATTRIBUTES = {
    "sex": _lt("Sex"),
    "age": _lt("Age"),
    "department": _lt("Department"),
    "tenure": _lt("Tenure"),
}
# the years with which a band begins, and what it is called
AGES = {
    "0": _lt("Under 30"),
    "30": _lt("30 to 39"),
    "40": _lt("40 to 49"),
    "50": _lt("50 and over"),
}
TENURES = {
    "0": _lt("Under 2 years"),
    "2": _lt("2 to 4 years"),
    "5": _lt("5 to 9 years"),
    "10": _lt("10 years and more"),
}
TOGETHER = {
    fairness.NOT_STATED: _lt("Not stated"),
    fairness.OTHERS: _lt("All others together"),
}


class HrBackboneFairness(models.Model):
    """Whether a document that chooses among many people (`hr.backbone.fair.mixin`) is fair: what
    may be shown of the rates of groups, and the note of the HR administrator who looked at it.

    It is for HR administrators alone, and for none who is counted. It has no messages, and nothing
    of it is written on the document. Groups of fewer than five people are not even stored.
    """

    _name = "hr.backbone.fairness"
    _description = "Fairness of a Selection"
    _inherit = ["hr.backbone.named.mixin", "hr.backbone.involved.mixin"]
    _order = "id desc"

    _readers = ("administrators",)

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    publicity_id = fields.Many2one(
        "hr.backbone.publicity", "Notice", readonly=True, ondelete="cascade"
    )
    figures = fields.Json(
        readonly=True, help="For each attribute the groups: key, people, and how many were chosen."
    )
    people = fields.Char(readonly=True, help="The fingerprint of who was counted, and chosen.")
    names = fields.Json(readonly=True, help="What the departments among them were called.")
    table = fields.Html(compute="_compute_table", sanitize=False)
    is_low = fields.Boolean(compute="_compute_is_low")
    has_groups = fields.Boolean(compute="_compute_is_low")
    note = texts.Text(help="Why the rates are so far apart, and what is done about it.")
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True)
    date_confirmed = fields.Datetime("Confirmed on", readonly=True)
    is_replaced = fields.Boolean(
        "Replaced", readonly=True, help="A later document has figures of the same people."
    )
    is_kept = fields.Boolean(
        "Settled", readonly=True, help="The document has gone on with these figures."
    )

    _publicity_uniq = models.UniqueIndex(
        "(publicity_id)", "The fairness of a notice is looked at only once."
    )

    @api.depends("publicity_id")
    def _compute_display_name(self):
        for check in self:
            check.display_name = check._get_document().display_name

    @api.depends("figures")
    def _compute_is_low(self):
        for check in self:
            check.is_low = check._is_low(check.figures)
            check.has_groups = bool(check.figures)

    @api.depends("figures", "names")
    @api.depends_context("lang")
    def _compute_table(self):
        render = self.env["ir.qweb"]._render
        for check in self:
            check.table = render("hr_backbone_training.fairness_table", check._get_table_values())

    def _get_document(self):
        """The document that it is about; for later rooms to extend."""
        return self.publicity_id

    def _get_concerned_employees(self):
        # sudo: who is counted decides
        return self.sudo()._get_document()._get_counted_employees()

    # -- figures -------------------------------------------------------------------------

    @api.model
    def _get_groups(self, figures):
        """{attribute: [`Group`]} of what is stored."""
        return {
            attribute: [fairness.Group(*group) for group in (figures or {}).get(attribute, ())]
            for attribute in ATTRIBUTES
        }

    def _is_of(self, counted):
        """Whether these people and figures are those that are stored; no figures at all are stored
        as nothing.

        :param dict counted: of the document, see `_count_groups`
        """
        self.ensure_one()
        same = (self.figures or {}) == counted["figures"]
        return same and self.people == counted["people"]

    @api.model
    def _is_low(self, figures):
        """Whether the rate of some group is below four fifths of another's."""
        return any(
            fairness.is_low(row)
            for groups in self._get_groups(figures).values()
            for row in fairness.compare(groups)
        )

    def _get_table_values(self):
        """What the page shows, in the reader's language."""
        self.ensure_one()
        fisher = self._load_fisher()
        document = self._get_document()
        counted, chosen = document._fair_words
        return {
            # pylint: disable=gettext-variable
            "counted": self.env._(counted),
            "chosen": self.env._(chosen),
            "sentence": document._say_counted(),
            "has_test": fisher is not None,
            "tables": [
                {
                    "title": self.env._(ATTRIBUTES[attribute]),
                    "rows": [
                        self._get_row_values(attribute, row)
                        for row in fairness.compare(groups, fisher)
                    ],
                }
                for attribute, groups in self._get_groups(self.figures).items()
                if groups
            ],
        }

    @api.model
    def _load_fisher(self):
        """Fisher's exact test, or None without SciPy."""
        try:
            return fairness.load_fisher()
        except ImportError:
            return None

    def _get_row_values(self, attribute, row):
        return {
            "label": self._get_group_label(attribute, row.group.key),
            "total": row.group.total,
            "chosen": row.group.chosen,
            "rate": f"{100 * float(row.group.rate):.0f} %",
            "ratio": "–" if row.ratio is None else f"{float(row.ratio):.3f}",
            "p": "–" if row.p is None else f"{row.p:.4f}",
            "is_low": fairness.is_low(row),
        }

    def _get_group_label(self, attribute, key):
        labels = {"age": AGES, "tenure": TENURES}.get(attribute, {})
        if label := TOGETHER.get(key) or labels.get(key):
            return self.env._(label)  # pylint: disable=gettext-variable
        if attribute == "sex":
            field = self.env["hr.version"]._fields["sex"]
            return dict(field._description_selection(self.env)).get(key, key)
        return (self.names or {}).get(key, key)

    # -- an administrator looks at it ----------------------------------------------------

    @public(one=True)
    def action_confirm(self):
        """The user, an HR administrator, has looked at the figures: the document may go on.

        :raise UserError: a note is missing, or the figures are not those of today any more
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: who was counted decides, and whether it is the same today
        check = self.sudo()
        if reason := check._get_confirm_refusal():
            raise UserError(reason)
        self._write_confirmed(self.env.user)
        check._get_document()._pass_todos_on()
        return {"type": "ir.actions.act_window_close"}

    def _get_confirm_refusal(self):
        """Why the user does not confirm it: a sentence, or False. Called as superuser."""
        document = self._get_document()
        if reason := document._get_fair_judge_refusal():
            return reason
        if self.is_kept:
            return self.env._("This is settled: “%s” has gone on.", document.display_name)
        if not self._is_of(document._count_groups()[document]):
            return self.env._(
                "The figures have changed meanwhile. Please close this window and open it again."
            )
        if not self.figures:
            return self.env._("There are too few people to compare: nothing is to be confirmed.")
        if self.is_low and not (self.note or "").strip():
            return self.env._(
                "Please write a note: why a group is below four fifths, and what is done about it."
            )
        return False

    def _write_confirmed(self, user):
        """By nobody: what was confirmed is open again."""
        front_door.write(
            self,
            {
                "confirmed_by_id": user.id,
                "date_confirmed": fields.Datetime.now() if user else False,
            },
        )

    def write(self, vals):
        """A client writes the note, as long as the document has not gone on.

        :raise UserError: for anything else
        """
        if front_door.get_permitted_write(self, vals):
            return super().write(vals)
        if closed := [name for name in vals if name in self._fields and name != "note"]:
            self._refuse_direct_write(closed)
        if any(check.is_kept for check in self):
            raise UserError(self.env._("The note is kept as it was when the document went on."))
        self._check_not_involved()
        # another note is confirmed anew
        self._write_confirmed(self.env["res.users"])
        return super().write(vals)
