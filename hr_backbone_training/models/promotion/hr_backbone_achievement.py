# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from ..core import texts
from ..core.public import FieldError
from .hr_backbone_promotion_mixin import OPEN_STATES


class HrBackboneAchievement(models.Model):
    """Personal promotion: "Obtain corresponding qualification certification … By reading
    all kinds of excellent books … carry out research and innovation". Verified by the
    mentor or HR; a qualification then is a certification of the employee in hr_skills.

    What HR has in a list, qualifications of members, comes in through Odoo's own import, too,
    as drafts. Their files are added, and each is submitted and verified as any other.
    """

    _name = "hr.backbone.achievement"
    _description = "Backbone Achievement"
    # the second one by its name, too: the plan asks it for its documents
    _inherit = [
        "hr.backbone.promotion.mixin",
        "hr.backbone.development.mixin",
        "hr.backbone.import.mixin",
    ]
    _order = "id desc"

    _portal_path = "achievements"
    _line_progress = {"submitted": 50, "verified": 100}
    _moved_fields = ("date_submitted", "date_verified", "date_warned")
    _fixed_fields = (
        "employee_id",
        "company_id",
        "department_id",
        "job_id",
        "rank_id",
        "employee_skill_id",
    )
    _settled_fields = ("skill_id",)
    _import_named = ("member_id",)
    _import_required = ("member_id", "name")
    _import_key = ("member_id", "kind", "name", "date_obtained")
    _inputs = (
        "kind",
        "name",
        "authority",
        "date_obtained",
        "date_expiry",
        "notes",
        "plan_line_id",
    )

    name = texts.Char("Title", required=True, index="trigram")
    kind = fields.Selection(
        [
            ("qualification", "Qualification"),
            ("book", "Book"),
            ("research", "Research or Innovation"),
        ],
        required=True,
        default="qualification",
        index=True,
    )
    authority = texts.Char(
        "Issuer or Author", help="Who issued the qualification; who wrote the book."
    )
    date_obtained = fields.Date(
        "Obtained on", help="The day of the certificate; for a book, when you finished it."
    )
    date_expiry = fields.Date(
        "Expires on", help="Empty when the qualification holds without an end."
    )
    notes = texts.Text("What I learned")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("verified", "Verified"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
    )
    date_verified = fields.Date("Verified on", readonly=True, copy=False)
    date_warned = fields.Date(
        "Expiry announced on",
        readonly=True,
        copy=False,
        help="When the member and HR were notified that the qualification expires.",
    )
    is_expired = fields.Boolean(
        "Expired", compute="_compute_is_expired", search="_search_is_expired"
    )
    skill_id = fields.Many2one(
        "hr.skill",
        "Certification",
        ondelete="set null",
        copy=False,
        domain="[('skill_type_id.is_certification', '=', True)]",
        groups=OFFICER,
        help="What the qualification is called in the skills of the employee. Left empty, one "
        "of the same title is taken, or made among the professional qualifications.",
    )
    employee_skill_id = fields.Many2one(
        "hr.employee.skill",
        "Certification of the Employee",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=OFFICER,
    )

    _dates = models.Constraint(
        "CHECK (date_expiry IS NULL OR date_obtained IS NULL OR date_expiry >= date_obtained)",
        "A qualification does not expire before it is obtained.",
    )
    # what the daily job looks for
    _expiring_idx = models.Index("(date_expiry) WHERE state = 'verified' AND date_warned IS NULL")

    @api.depends("date_expiry", "company_id")
    def _compute_is_expired(self):
        for record in self:
            expiry = record.date_expiry
            company = record.company_id or self.env.company
            record.is_expired = bool(expiry and expiry < company._backbone_today())

    @api.model
    def _search_is_expired(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_expiry", "<", company._backbone_today())
            # sudo: what day it is in each company; the record rules stand beside it
            for company in self.env["res.company"].sudo().search([])
        )

    @api.constrains("name")
    def _check_name(self):
        if any(not (record.name or "").strip() for record in self):
            raise ValidationError(self.env._("An achievement has a title."))

    @api.constrains("kind", "date_expiry")
    def _check_expiry(self):
        if any(record.date_expiry and record.kind != "qualification" for record in self):
            raise ValidationError(self.env._("Only a qualification expires."))

    @api.constrains("skill_id")
    def _check_skill(self):
        # sudo: the field is HR's; the constraint holds for whoever writes
        for record in self.sudo().filtered("skill_id"):
            if not record.skill_id.skill_type_id.is_certification:
                raise ValidationError(
                    self.env._("“%s” is a skill, not a certification.", record.skill_id.name)
                )

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "skill_id" in vals and not self.env.su:
            # the field itself is HR's
            for record in self:
                if record.state not in OPEN_STATES:
                    raise UserError(
                        self.env._("The certification is chosen before the verification.")
                    )
        return super().write(vals)

    # -- import ------------------------------------------------------------------------

    @api.model
    def _check_row(self, values, new):
        result = super()._check_row(values, new)
        obtained = fields.Date.to_date(values.get("date_obtained"))
        expiry = fields.Date.to_date(values.get("date_expiry"))
        if obtained and expiry and expiry < obtained:
            raise UserError(self.env._("A qualification does not expire before it is obtained."))
        return result

    def _get_twice_sentence(self):
        return self.env._(
            "%(member)s has handed in “%(title)s” of the same date already.",
            member=self.member_id.display_name,
            title=self.name,
        )

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _get_decider_domain(self):
        """Of the user's mentees; HR has its list in the backend."""
        own = self.env.user._get_backbone_working()
        mentees = Domain("member_id.mentor_id", "in", own) if own else Domain.FALSE
        return mentees & Domain("employee_id", "not in", own)

    def _settle(self, vals):
        kind = vals.get("kind", self.kind)
        if kind != "qualification" and (self.date_expiry or vals.get("date_expiry")):
            vals = {**vals, "date_expiry": False}
        obtained = vals.get("date_obtained", self.date_obtained)
        expiry = vals.get("date_expiry", self.date_expiry)
        if obtained and expiry and expiry < obtained:
            raise FieldError(
                self.env._("A qualification does not expire before it is obtained."), "date_expiry"
            )
        return super()._settle(vals)

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT id, member_id, date_submitted AS date,
                NULL::date AS date_end, name, state, state = 'verified' AS is_done,
                NULL::float AS hours, plan_line_id
            FROM hr_backbone_achievement
            WHERE date_submitted IS NOT NULL
            """
        )
