import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean


class HrBackbonePromotionMixin(models.AbstractModel):
    """What members hand in, on its page in the portal."""

    _inherit = "hr.backbone.promotion.mixin"

    # the fields that the page writes
    _inputs = ()

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
        """What waits for the user: to be mended, or to be decided on."""
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
    def _get_todo(self, limit, mend, decide, button):
        """What waits for the user, as rows of `_get_backbone_todo`.

        :param str mend: the title of what came back, decide: of what waits for a decision;
            both with `%s` for its name
        """
        return [
            {
                "title": (mend if record.state == "draft" else decide) % record.name,
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

    # -- handing in --------------------------------------------------------------------

    @api.model
    def _start_from_portal(self, typed):
        """A draft of the user's own, from what a page sent.

        :param dict typed: `name` and, if any, others of `_inputs`
        :raise UserError: no active member, no title, or what does not fit
        """
        blank = self.new({"member_id": self._default_member_id().id})
        if not blank.member_id:
            raise UserError(self.env._("Only active members of the talent pool hand this in."))
        names = [name for name in self._inputs if name == "name" or name in typed]
        vals = {name: blank._parse_input(name, typed.get(name)) for name in names}
        return self.create({"member_id": blank.member_id._origin.id, **vals})

    def _get_versioned(self):
        self.ensure_one()
        # sudo: the number of an action whose text the form shows
        stored = self.sudo()
        return {name: _as_typed(stored[name]) for name in self._inputs}

    def _save_from_portal(self, typed, uploads=()):
        """Store what was typed on the page, and the files that were sent with it.

        :param dict typed: input → text, the `version` that the page was opened with, and
            the number of a file in `remove_file`
        :raise UserError: not one's own draft, changed elsewhere, or what does not fit
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        names = [name for name in self._inputs if name in typed]
        vals = self._settle({name: self._parse_input(name, typed[name]) for name in names})
        stored = self._get_versioned()
        changed = {name: value for name, value in vals.items() if _as_typed(value) != stored[name]}
        if changed:
            self.write(changed)
        files = self.env["ir.attachment"]._backbone_receive(uploads, self.company_id)
        # sudo: the number of a file, compared with what was sent
        gone = self.sudo().attachment_ids.filtered(
            lambda file: typed.get("remove_file") == str(file.id)
        )
        if files or gone:
            # sudo: the draft may be edited, see above; a portal login has no right on files
            self.sudo().write(
                {
                    "attachment_ids": [
                        *(Command.link(file.id) for file in files),
                        *(Command.unlink(file.id) for file in gone),
                    ]
                }
            )

    def _settle(self, vals):
        """What follows from the values that were typed."""
        return vals

    # -- reading what was typed --------------------------------------------------------

    def _parse_input(self, name, text):
        """:raise FieldError: beside the input, in the words of whoever types"""
        field, text = self._fields[name], clean(text)
        if field.required and not text:
            label = field._description_string(self.env)
            raise FieldError(self.env._("Fill in “%s”.", label), name)
        return getattr(self, f"_parse_{field.type}")(name, text)

    def _parse_text(self, name, text):
        return text

    def _parse_char(self, name, text):
        return " ".join(text.split())[:250]

    def _parse_selection(self, name, text):
        if text not in self._fields[name].get_values(self.env):
            raise FieldError(self.env._("Choose one of the list."), name)
        return text

    def _parse_date(self, name, text):
        try:
            date = fields.Date.to_date(text) if text else False
        except ValueError:
            date = None
        if date is None or (date and not 1900 <= date.year <= 2200):
            raise FieldError(
                self.env._("“%s” is not a date: write it as 2026-12-31.", text[:20]), name
            )
        return date

    def _parse_monetary(self, name, text):
        try:
            number = float(text.replace(",", ".") or 0)
        except ValueError:
            number = math.nan
        if not 0 <= number < 1e12:
            raise FieldError(self.env._("“%s” is not an amount.", text[:20]), name)
        return round(number, 2)

    def _parse_many2one(self, name, text):
        return self._parse_plan_line(text)


def _as_typed(value):
    """A stored value as its input holds it."""
    if isinstance(value, models.BaseModel):
        value = value.id
    if isinstance(value, float):
        return f"{value:.2f}" if value else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return fields.Date.to_string(value) if hasattr(value, "year") else clean(value)
