from odoo import models
from odoo.exceptions import UserError

from .hr_backbone_plan import CONTENT

LINE_TEXTS = ("gap", "action", "support", "date_due", "evidence", "quarterly_check")


class HrBackbonePlan(models.Model):
    """The development plan in the portal: what its page asks of it."""

    _name = "hr.backbone.plan"
    _inherit = ["hr.backbone.plan", "hr.backbone.portal.mixin"]

    _portal_path = "plans"

    def _get_version(self):
        self.ensure_one()
        dates = [self.write_date, *self.line_ids.mapped("write_date")]
        return f"{max(dates).isoformat()}/{len(self.line_ids)}"

    def _save_from_portal(self, typed):
        """Store what was typed on the page.

        A line's inputs are called `<line id>-<field>`; `new-<method>-<field>` is the row in
        which a new action is written.

        :param dict typed: input → text, and the `version` that the page was opened with
        :raise UserError: not one's own plan, changed elsewhere, or a bad date or number
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if self.state == "active":
            self._save_progress(typed)
            return
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        self.write({name: typed[name].strip() for name in CONTENT if name in typed})
        removed = self.line_ids.filtered(lambda line: typed.get("remove") == str(line.id))
        removed.unlink()
        for line in self.line_ids - removed:
            if vals := self._parse_line(typed, str(line.id)):
                line.write(vals)
        methods = self.line_ids._fields["method"].get_values(self.env)
        fresh = []
        for method in methods:
            vals = self._parse_line(typed, f"new-{method}")
            if any(vals.values()):
                fresh.append({**vals, "plan_id": self.id, "method": method})
        self.line_ids.create(fresh)

    def _parse_line(self, typed, prefix):
        vals = {}
        for name in LINE_TEXTS:
            text = typed.get(f"{prefix}-{name}")
            if text is not None:
                vals[name] = text.strip()
        if vals.get("date_due") or "date_due" in vals:
            vals["date_due"] = self._parse_date(vals["date_due"])
        if any(vals.values()) and not vals.get("action", "-"):
            raise UserError(self.env._("Say for each row of the plan what you will do."))
        return vals

    def _parse_date(self, text):
        field = self.line_ids._fields["date_due"]
        try:
            return field.to_date(text) if text else False
        except ValueError as error:
            raise UserError(
                self.env._("“%s” is not a date: write it as 2026-12-31.", text[:20])
            ) from error

    def _save_progress(self, typed):
        """What the member keeps up to date while the plan is in force."""
        for line in self.line_ids:
            vals = {}
            if (text := typed.get(f"{line.id}-evidence")) is not None:
                vals["evidence"] = text.strip()
            if (text := typed.get(f"{line.id}-progress")) is not None:
                if not text.strip().isdecimal() or int(text) > 100:
                    raise UserError(
                        self.env._("Progress is a whole number between 0 and 100 percent.")
                    )
                vals["progress"] = int(text)
            if vals:
                line.write(vals)
