from odoo import fields, models
from odoo.exceptions import UserError

from ..core.hr_backbone_portal_mixin import clean
from .hr_backbone_report import CONTENT


class HrBackboneReport(models.Model):
    """The report in the portal: what its page asks of it.

    The inputs of something that happened are called `<entry id>-note` and `<entry id>-in`;
    `<entry id>-shown` says that the page had it, since an empty box sends nothing.
    """

    _inherit = "hr.backbone.report"

    def _get_versioned(self):
        self.ensure_one()
        stored = {name: clean(self[name]) for name in CONTENT}
        for entry in self.entry_ids:
            # what is new and untouched disturbs no window that is open
            if entry.note:
                stored[f"{entry.id}-note"] = clean(entry.note)
            if not entry.is_included:
                stored[f"{entry.id}-in"] = ""
        return stored

    def _save_from_portal(self, typed, uploads=()):
        """Store what was typed on the page.

        :param dict typed: input → text, and the `version` that the page was opened with
        :param uploads: files that were sent with it
        :raise UserError: not one's own report, submitted, or changed elsewhere
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        vals = {name: clean(typed[name]) for name in CONTENT if name in typed}
        if changed := {name: text for name, text in vals.items() if text != clean(self[name])}:
            self.write(changed)
        for entry in self.entry_ids:
            entry._save_from_portal(typed)
        files = self.env["ir.attachment"]._backbone_receive(uploads, self.company_id)
        gone = self.sudo().attachment_ids.filtered(
            lambda file: typed.get("remove_file") == str(file.id)
        )
        if files or gone:
            self._change_files(files, gone)
        return {}

    def _change_files(self, files, gone):
        """Add and remove files as the user, who may have no right on files as such."""
        self.ensure_one()
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        # sudo: the check stands above
        self.sudo().write(
            {
                "attachment_ids": [
                    *(fields.Command.link(file.id) for file in files),
                    *(fields.Command.unlink(file.id) for file in gone),
                ]
            }
        )

    def _get_missing(self):
        return self._get_unwritten(CONTENT)

    def _get_returned_comment(self):
        """What HR wrote when it returned the report that is a draft again; else False."""
        self.ensure_one()
        last = self.decision_ids[:1]
        return self.state == "draft" and last.move == "return" and last.comment


class HrBackboneReportEntry(models.Model):
    _inherit = "hr.backbone.report.entry"

    def _save_from_portal(self, typed):
        """Write what differs only."""
        self.ensure_one()
        vals = {}
        note = typed.get(f"{self.id}-note")
        if note is not None and clean(note) != clean(self.note):
            vals["note"] = clean(note)
        if f"{self.id}-shown" in typed:
            included = f"{self.id}-in" in typed
            if included != self.is_included:
                vals["is_included"] = included
        if vals:
            self.write(vals)
