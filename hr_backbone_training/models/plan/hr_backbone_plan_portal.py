from odoo import fields, models
from odoo.exceptions import UserError

from ..core.hr_backbone_portal_mixin import FieldError, clean
from .hr_backbone_plan import CONTENT

LINE_TEXTS = ("gap", "action", "support", "date_due", "evidence", "quarterly_check", "quantity")
LIVING_TEXTS = ("progress", "evidence")


class HrBackbonePlan(models.Model):
    """The development plan in the portal: what its page asks of it.

    A line's inputs are called `<line id>-<field>`; `new-<method>-<field>` is the row in
    which a new action is written.
    """

    _name = "hr.backbone.plan"
    _inherit = ["hr.backbone.plan", "hr.backbone.portal.mixin"]

    _portal_path = "plans"

    def _get_versioned(self):
        self.ensure_one()
        texts = LIVING_TEXTS if self.state == "active" else LINE_TEXTS
        stored = {
            f"{line.id}-{name}": _as_typed(line[name]) for line in self.line_ids for name in texts
        }
        if self.state != "active":
            stored.update((name, _as_typed(self[name])) for name in CONTENT)
        return stored

    def _save_from_portal(self, typed, uploads=None):
        """Store what was typed on the page.

        :param dict typed: input → text, and the `version` that the page was opened with
        :param dict uploads: line id → files, while the plan is in force
        :return: {"new-<method>": id} of the actions that were added
        :raise UserError: not one's own plan, changed elsewhere, or a bad date or number
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if self.state == "active":
            self._save_progress(typed, uploads or {})
            return {}
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        vals = {name: clean(typed[name]) for name in CONTENT if name in typed}
        if changed := {name: text for name, text in vals.items() if text != (self[name] or "")}:
            self.write(changed)
        removed = self.line_ids.filtered(lambda line: typed.get("remove") == str(line.id))
        removed.unlink()
        for line in self.line_ids:
            self._save_line(line, self._parse_line(typed, str(line.id)))
        return self._add_lines(typed)

    def _add_lines(self, typed):
        fresh = {}
        for method in self.line_ids._fields["method"].get_values(self.env):
            vals = self._parse_line(typed, f"new-{method}")
            if any(vals.values()):
                fresh[f"new-{method}"] = {**vals, "plan_id": self.id, "method": method}
        lines = self.line_ids.create(list(fresh.values()))
        return dict(zip(fresh, lines.ids))

    def _save_line(self, line, vals):
        """Write what differs only: who types elsewhere at the same time is not disturbed."""
        changed = {
            name: value for name, value in vals.items() if (line[name] or False) != (value or False)
        }
        if changed:
            line.write(changed)

    def _parse_line(self, typed, prefix):
        vals = {
            name: clean(text)
            for name in LINE_TEXTS
            if (text := typed.get(f"{prefix}-{name}")) is not None
        }
        if "date_due" in vals:
            vals["date_due"] = self._parse_date(vals["date_due"], f"{prefix}-date_due")
        if quantity := vals.pop("quantity", None):
            vals["quantity"] = self._parse_quantity(quantity, f"{prefix}-quantity")
        if (
            "action" in vals
            and not vals["action"]
            and (any(vals.values()) or not prefix.startswith("new-"))
        ):
            raise FieldError(
                self.env._("Say what you will do, or remove the action."), f"{prefix}-action"
            )
        return vals

    def _parse_quantity(self, text, name):
        if not text.isdecimal() or not 1 <= int(text) <= 1000:
            raise FieldError(
                self.env._("Say how many as a whole number between 1 and 1,000."), name
            )
        return int(text)

    def _parse_date(self, text, name):
        try:
            date = fields.Date.to_date(text) if text else False
        except ValueError:
            date = None
        if date is None or (date and not 2000 <= date.year <= 2100):
            raise FieldError(
                self.env._("“%s” is not a date: write it as 2026-12-31.", text[:20]), name
            )
        return date

    # -- while it is in force ----------------------------------------------------------

    def _save_progress(self, typed, uploads):
        for line in self.line_ids:
            vals = {}
            if (text := typed.get(f"{line.id}-evidence")) is not None:
                vals["evidence"] = clean(text)
            if (text := typed.get(f"{line.id}-progress")) is not None:
                vals["progress"] = self._parse_progress(text, f"{line.id}-progress")
            self._save_line(line, vals)
            files = self.env["ir.attachment"]._backbone_receive(
                uploads.get(str(line.id), ()), self.company_id, f"{line.id}-files"
            )
            gone = line.sudo().evidence_ids.filtered(
                lambda file: typed.get("remove_file") == str(file.id)
            )
            if files or gone:
                line._change_evidence(files, gone)

    def _parse_progress(self, text, name):
        text = text.strip().rstrip("%").strip()
        if not text.isdecimal() or int(text) > 100:
            raise FieldError(
                self.env._("Progress is a whole number between 0 and 100 percent."), name
            )
        return int(text)

    def _get_missing(self):
        """{input: why the plan cannot be submitted with it}, for the page."""
        self.ensure_one()
        return {
            name: self.env._(
                "Fill in “%s” before you submit the plan.",
                self._fields[name]._description_string(self.env),
            )
            for name in CONTENT
            if not (self[name] or "").strip()
        }


class HrBackbonePlanLine(models.Model):
    _inherit = "hr.backbone.plan.line"

    def _change_evidence(self, files, gone):
        """Add and remove files as the user, who may have no right on files as such."""
        self.ensure_one()
        self.check_access("write")
        self._check_editable({"evidence_ids"})
        # sudo: both checks stand above
        self.sudo().write(
            {
                "evidence_ids": [
                    *(fields.Command.link(file.id) for file in files),
                    *(fields.Command.unlink(file.id) for file in gone),
                ]
            }
        )


def _as_typed(value):
    """A stored value as its input holds it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return fields.Date.to_string(value) if hasattr(value, "year") else clean(value)
