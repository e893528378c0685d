# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.core import texts


class HrBackboneMemberWizard(models.TransientModel):
    """Dynamic management of the talent pool: promote, suspend, resume or exit members,
    with a reason and a date, for one or many at once."""

    _name = "hr.backbone.member.wizard"
    _description = "Change in the Talent Pool"
    _inherit = ["hr.backbone.window.mixin"]

    member_ids = fields.Many2many("hr.backbone.member", string="Members", required=True)
    kind = fields.Selection(
        [
            ("promote", "Promote or move to another echelon"),
            ("suspend", "Suspend"),
            ("resume", "Resume"),
            ("exit", "Exit"),
        ],
        "Change",
        required=True,
        default="promote",
    )
    echelon_id = fields.Many2one("hr.backbone.echelon", "New Echelon")
    date = fields.Date(
        required=True,
        default=lambda self: self._default_date(),
        help="Between the admission and today.",
    )
    reason = texts.Text()
    refusal = fields.Text("Not possible", compute="_compute_warnings")
    warnings = fields.Text("Please note", compute="_compute_warnings")
    readers = fields.Char("Read by", compute="_compute_readers")

    @api.model
    def _default_date(self):
        """Today where the members are; where that is not the same day, the earlier one."""
        members = self.env["hr.backbone.member"].search([("id", "in", self._get_active_ids())])
        companies = members.company_id or self.env.company
        return min(company._backbone_today() for company in companies)

    @api.model
    def _get_active_ids(self):
        """The ids of the members from whose list or page the window was opened."""
        if self.env.context.get("active_model") != "hr.backbone.member":
            return []
        return self.env.context.get("active_ids") or []

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if members := self._get_active_ids():
            defaults.setdefault("member_ids", [Command.set(members)])
        self._check_named([defaults])
        ids = [id_ for command in defaults.get("member_ids") or () for id_ in command[2] or ()]
        if companies := self.env["hr.backbone.member"].browse(ids).company_id:
            # a day that has begun wherever the members are
            defaults["date"] = min(company._backbone_today() for company in companies)
        return defaults

    @api.depends("member_ids", "kind", "echelon_id")
    @api.depends_context("lang", "uid")
    def _compute_warnings(self):
        """Why the user does not make the change, and what a promotion would break: the scope of
        the echelon, or its places."""
        for wizard in self:
            members, echelon = wizard.member_ids._origin, wizard.echelon_id
            refused, found = members._get_refusals(wizard.kind) if wizard.kind else {}, []
            if wizard.kind == "promote" and echelon:
                for member, breaks in members._get_breaks_above(echelon).items():
                    found += breaks["scope"] + breaks["quota"]
                    if sentences := member._get_scope_refusal(breaks):
                        refused.setdefault(member, sentences)
            wizard.refusal = "\n".join(members._name_refusals(refused)) or False
            said = wizard.refusal or ""
            found = [text for text in dict.fromkeys(found) if text not in said]
            wizard.warnings = "\n".join(found) or False

    @api.depends("kind")
    def _compute_readers(self):
        for wizard in self:
            wizard.readers = wizard.kind and wizard.member_ids._say_readers(wizard.kind)

    def _confirm(self):
        """Make the change on all members; each leaves a movement behind."""
        members = self.member_ids
        if self.kind == "promote":
            if not self.echelon_id:
                raise UserError(self.env._("Choose the new echelon."))
            members.action_promote(self.echelon_id, self.reason, self.date)
        elif self.kind == "suspend":
            members.action_suspend(self.reason, self.date)
        elif self.kind == "resume":
            members.action_resume(self.reason, self.date)
        elif self.kind == "exit":
            members.action_exit(self.reason, self.date)
