# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import OFFICER
from ..core.hr_backbone_portal_mixin import as_typed
from ..core.public import Text, public

OPEN_STATES = ("draft", "submitted")


class HrBackbonePromotionMixin(models.AbstractModel):
    """What members hand in of their own accord: the seed's fourth way, "personal promotion".

    A draft is the member's (HR enters one for a member, too); whoever it concerns reads it
    from its first submission on.
    """

    _name = "hr.backbone.promotion.mixin"
    _description = "Backbone Document of Personal Promotion"
    _inherit = ["hr.backbone.development.mixin"]
    _mail_post_access = "read"

    _plan_methods = ("promotion",)
    _todo_states = ("submitted",)
    # what others than the writer settle, by the document's own rules
    _settled_fields = ()
    # the fields that the page writes
    _inputs = ()

    member_id = fields.Many2one(default=lambda self: self._default_member_id())
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)

    @api.model
    def _default_member_id(self):
        """The user's own active membership; of several, rather that in the company which the user
        is in at the moment."""
        members = self._get_own_members()
        here = members.filtered(lambda member: member.company_id == self.env.company)
        return (here or members)[:1]

    @api.model
    def _get_own_members(self):
        """The user's own active memberships: whoever works in two companies may have two."""
        return self.env["hr.backbone.member"].search(self._get_own_member_domain())

    @api.model
    def _get_own_member_domain(self):
        own = Domain("employee_id", "in", self.env.user._get_backbone_own())
        return own & Domain("state", "=", "active")

    # -- content -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        default = self.env.context.get("default_member_id") or self._default_member_id().id
        if not all(vals.get("member_id", default) for vals in vals_list):
            raise UserError(self.env._("Only active members of the talent pool hand this in."))
        records = super().create(vals_list)
        records._check_may_create()
        records._adopt_files()
        return records

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        self._check_editable(vals)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_files()
        return result

    def _adopt_files(self):
        # sudo: whose files they are is asked below
        for record in self.sudo().filtered("attachment_ids"):
            record.attachment_ids.sudo(self.env.su)._backbone_adopt(record)

    def _check_may_create(self):
        """ "Key employees" hand in; HR enters what a member gives to HR on paper."""
        officer = self.env.su or self.env.user.has_group(OFFICER)
        for record in self:
            if not officer and not record._is_about_me():
                raise UserError(self.env._("You hand in for yourself only."))
            if reason := record._get_member_refusal():
                raise UserError(reason)

    def _get_member_refusal(self):
        """Why the member cannot hand anything in now; False when nothing speaks against it."""
        self.ensure_one()
        # sudo: state and name of the member that the document is about
        member = self.member_id.sudo()
        if member.state != "active":
            return self.env._("%s is not an active member of the talent pool.", member.display_name)
        return False

    def _check_editable(self, vals):
        if self.env.su:
            return  # the document's own code: files of a portal login
        thread = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        # what only moves write is refused with a sentence of its own
        moved = {"state", *self._moved_fields, *self._fixed_fields}
        if set(vals) - thread - moved - {*self._settled_fields}:
            self._check_may_edit()

    def _get_edit_refusal(self):
        self.ensure_one()
        # sudo: name of the member and of the document
        document = self.sudo()
        if self.state != "draft":
            return self.env._(
                "“%s” has been submitted: its content cannot be changed any more.",
                document.display_name,
            )
        if self._is_about_me() or self.env.user.has_group(OFFICER):
            return False
        return self.env._("Only %s or HR may change this.", document.employee_id.name)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        for record in self:
            if record.state != "draft" or record.date_submitted:
                raise UserError(
                    self.env._(
                        "“%s” has been submitted before: withdraw it instead of deleting it.",
                        record.display_name,
                    )
                )
            if reason := not self.env.su and record._get_edit_refusal():
                raise UserError(reason)

    # -- moves -------------------------------------------------------------------------

    def _get_missing(self):
        """{field: why the document cannot be submitted with it}."""
        self.ensure_one()
        return {}

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "withdraw":
                return self._refusals_withdraw()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        officer = self.env.user.has_group(OFFICER)
        refusals = {}
        for record in self:
            if not (officer or record._is_about_me()):
                name = record.employee_id._get_backbone_name()
                refusals[record] = [self.env._("Only %s or HR can submit this.", name)]
            elif reason := record._get_member_refusal():
                refusals[record] = [reason]
            else:
                refusals[record] = list(record._get_missing().values())
        return refusals

    def _refusals_withdraw(self):
        """By the member; HR too, for a draft that HR has entered by mistake."""
        officer = self.env.user.has_group(OFFICER)
        return {
            record: [
                self.env._("Only %s can withdraw this.", record.employee_id._get_backbone_name())
            ]
            for record in self
            if not (record._is_about_me() or (officer and record.state == "draft"))
        }

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "submit":
            # a correction belongs to the day, and the year, in which it was handed in first
            first = self.filtered(lambda record: not record.date_submitted)
            first._write_today("date_submitted")
        return result

    def _write_today(self, name):
        """Set the date `name` to today, as each company counts its days."""
        # sudo: the move was allowed; the date follows from it
        for company, batch in self.sudo().grouped("company_id").items():
            batch._write_moved({name: company._backbone_today()})

    @public()
    def action_submit(self):
        """draft → submitted, by the member (or HR); see `_get_missing`."""
        self._move("submit")
        return True

    @public(comment=Text())
    def action_return(self, comment=None):
        """submitted → draft, by whoever decides on it.

        :param str comment: what needs to be corrected; required
        """
        self._move("return", comment)
        return True

    @public(comment=Text())
    def action_withdraw(self, comment=None):
        """draft or submitted → withdrawn, by the member."""
        self._move("withdraw", comment)
        return True

    def _on_member_exited(self):
        """Whoever leaves the pool hands nothing in any more."""
        if self:
            self._do_move(self._get_move("withdraw"), self.env._("Left the talent pool."))

    def _is_returned(self):
        """Whether the draft waits for correction."""
        self.ensure_one()
        return self.state == "draft" and bool(self.date_submitted)

    # -- what waits --------------------------------------------------------------------

    @api.model
    def _get_mine_domain(self):
        return Domain("employee_id", "in", self.env.user._get_backbone_own())

    @api.model
    def _get_decider_domain(self):
        """What is the user's to decide on, by a relation to the member."""
        return Domain.FALSE

    @api.model
    def _get_waiting_domain(self):
        """What waits for the user's decision."""
        return self._get_decider_domain() & Domain("state", "=", "submitted")

    @api.model
    def _get_awaiting_domain(self):
        """What waits for the user: to be corrected, or to be decided on."""
        returned = Domain("state", "=", "draft") & Domain("date_submitted", "!=", False)
        return (self._get_mine_domain() & returned) | self._get_waiting_domain()

    @api.model
    def _search_awaiting(self, limit):
        """What waits for the user, as far as the user is in its company; as superuser."""
        # sudo: the relations of the domain are the check, and cost fewer queries than rules
        return self.sudo().search(self._get_awaiting_here_domain(), limit=limit)

    @api.model
    def _count_awaiting(self):
        # sudo: see `_search_awaiting`
        return self.sudo().search_count(self._get_awaiting_here_domain())

    @api.model
    def _get_todo(self, limit, correct, decide, button):
        """What waits for the user, as rows of `_get_backbone_todo`.

        :param str correct: the title of what came back, decide: of what waits for a decision;
            both with `%s` for its name
        """
        return [
            {
                "title": (correct if record.state == "draft" else decide) % record.name,
                "text": self.env._("It was returned to you with a comment.")
                if record.state == "draft"
                else record.employee_id.name,
                "button": button,
                "url": record.access_url,
            }
            for record in self._search_awaiting(limit)
        ]

    @api.model
    def _get_awaiting_here_domain(self):
        return self._get_awaiting_domain() & Domain("company_id", "in", self.env.companies.ids)

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _get_blank(self, member_id="", line=""):
        """A document of the user's own that is not stored yet, to ask it what it could be.

        :param str member_id: for which of the user's memberships, as a page sends it
        :param str line: the action of a plan that it is to serve, which says so, too
        :raise UserError: the user is no active member
        """
        members = self._get_own_members()
        chosen = members.filtered(lambda member: str(member.id) == str(member_id))
        for member in members if line and len(members) > 1 else ():
            choices = self.new({"member_id": member.id})._get_plan_line_choices()
            if str(line) in map(str, choices.ids):
                chosen = member
        member = chosen or self._default_member_id()
        if not member:
            raise UserError(self.env._("Only active members of the talent pool hand this in."))
        return self.new({"member_id": member.id})

    def _start_from_portal(self, vals):
        """
        :param dict vals: {field: value} of the draft
        :return: the draft for the member of this document
        """
        self.ensure_one()
        return self.create({"member_id": self.member_id._origin.id, **vals})

    def _get_versioned(self):
        self.ensure_one()
        # sudo: the number of an action whose text the form shows
        stored = self.sudo()
        return {name: as_typed(stored[name], ".2f") for name in self._inputs}

    def _save_from_portal(self, vals, rows=None, files=(), removed_file=None):
        return super()._save_from_portal(self._settle(vals), rows, files, removed_file)

    def _settle(self, vals):
        """What follows from the values that were typed."""
        return vals
