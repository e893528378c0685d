# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from .moves import list_sentences
from .shown import show


def clean(text):
    """What a person typed, without what a browser or a stranger adds to it."""
    return (text or "").replace("\r\n", "\n").replace("\x00", "").strip()


def as_typed(value, figures="g", zero=""):
    """A stored value as its input holds it.

    :param str figures: how a number with a point is written
    :param str zero: and how zero is, where it is left empty
    """
    if isinstance(value, models.BaseModel):
        value = value.id
    if isinstance(value, float):
        return f"{value:{figures}}" if value else zero
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return fields.Date.to_string(value) if hasattr(value, "year") else clean(value)


class StaleError(UserError):
    """Somebody, perhaps oneself in another window, has saved since the page was opened."""


class HrBackboneSearchMixin(models.AbstractModel):
    """What the search box of a list in `/my` looks through."""

    _name = "hr.backbone.search.mixin"
    _description = "Backbone Search Box"

    @api.model
    def _get_search_domain(self, where, text):
        """What the search box of a list looks for.

        :param str where: one of the choices of `_get_search_domains`, or "all"
        """
        domains = self._get_search_domains(text)
        return domains[where] if where in domains else Domain.OR(domains.values())

    @api.model
    def _get_search_domains(self, text):
        """{where: domain}; of what the lists show, and nothing else."""
        return {"name": Domain("name", "ilike", text)}


class HrBackbonePortalMixin(models.AbstractModel):
    """A document with a page in `/my`: its address, and saving what was typed there so
    that two windows never overwrite each other silently."""

    _name = "hr.backbone.portal.mixin"
    _description = "Backbone Portal Page"
    _inherit = ["portal.mixin", "hr.backbone.search.mixin"]

    # the part of the address that stands for the kind of document
    _portal_path = ""

    # an address opens nothing by itself: who reads it must be allowed to
    access_token = fields.Char(groups="base.group_system")

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for record in self:
            record.access_url = f"/my/backbone/{self._portal_path}/{record.id}"
        return result

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        # never with a token: whoever opens the page logs in
        url = super()._get_share_url(redirect, signup_partner, pid, share_token=False)
        return url.rstrip("?")

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.display_name

    def _get_shown(self, *paths):
        """Plain values for the page, by the names of their fields, see `Shown`.

        :raise AccessError: the user does not read the document
        """
        return show(self, *paths)

    def _get_upload_limits(self):
        """{"kinds", "mb"}: which files may be added to the document, and how large each."""
        # sudo: settings of the company, for whoever reads its document
        company = self.sudo().company_id
        return {
            "kinds": list(company._get_backbone_upload_kinds()),
            "mb": company.backbone_upload_mb,
        }

    def _get_missing(self):
        """{input: why the document cannot be submitted with it}, for the page."""
        return {}

    def _get_return(self):
        """The decision that returned the document, until it is handed in again; else none. Of no
        document, there is none."""
        nothing = self.env["hr.backbone.decision"]
        last = self._get_decisions()[:1] if self.state == "draft" else nothing
        return last if last.move == "return" else nothing

    def _get_unwritten(self, names):
        """{input: sentence}, of the texts of a report that nobody has written yet."""
        self.ensure_one()
        return {
            name: self.env._(
                "Fill in “%s” before you submit the report.",
                self._fields[name]._description_string(self.env),
            )
            for name in names
            if not (self[name] or "").strip()
        }

    def _get_submit_refusals(self):
        """Why the document cannot be submitted now, a sentence each."""
        self.ensure_one()
        return list_sentences(self._get_refusals("submit"))

    # -- two windows -------------------------------------------------------------------

    def _get_versioned(self):
        """{input: what is stored}, of everything that the page writes."""
        return {}

    def _get_version(self):
        """A mark of what is stored; a form sends back the one it was opened with."""
        self.ensure_one()
        content = repr(sorted(self._get_versioned().items()))
        return hashlib.sha256(content.encode()).hexdigest()[:20]

    def _check_version(self, version):
        """
        :param str version: what `_get_version` said when the form was opened
        :raise StaleError: somebody has saved since
        """
        self.ensure_one()
        self._lock_for_move()
        if version != self._get_version():
            raise StaleError(
                self.env._(
                    "This document was changed in another window since you opened this one. "
                    "What you typed is still below, with what is stored now beneath it: "
                    "save again to replace that with yours."
                )
            )

    def _get_page_refusal(self):
        """Why the user may store nothing from the page now: a sentence, or False."""
        self.ensure_one()
        return self._get_edit_refusal()

    def _check_page_open(self, version):
        """Nobody saved since the page was opened, and it is the user's to write.

        :param str version: what `_get_version` said when the form was opened
        :raise UserError: changed elsewhere, or not the user's to write
        """
        self._check_version(version)
        if reason := self._get_page_refusal():
            raise UserError(reason)

    def _save_from_portal(self, vals, rows=None, files=(), removed_file=None):
        """Store what was typed on the page.

        :param dict vals: {field: value} that differ from what is stored
        :param dict rows: {record: {field: value}}, likewise, of rows of the document
        :param files: werkzeug's file storages, to be added
        :param str removed_file: the number of a file of the document
        :return: {input: id} of the rows that were added
        :raise UserError: not the user's to write, or what does not fit
        """
        self.ensure_one()
        if vals:
            self.write(vals)
        for row, changed in (rows or {}).items():
            if changed:
                row.write(changed)
        if files or removed_file:
            self._change_files(files, removed_file)
        return {}

    def _change_files(self, uploads, removed):
        """Add and remove files as the user, who may have no right on files as such."""
        if reason := self._get_page_refusal():
            raise UserError(reason)
        files = self.env["ir.attachment"]._backbone_receive(uploads, self.company_id)
        # sudo: the check is above
        document = self.sudo()
        gone = document.attachment_ids.filtered(lambda file: str(file.id) == removed)
        if files or gone:
            document.write(
                {
                    "attachment_ids": [
                        *(Command.link(file.id) for file in files),
                        *(Command.unlink(file.id) for file in gone),
                    ]
                }
            )

    def _get_conflicts(self, typed):
        """{input: what is stored}, of the inputs in which something else was typed."""
        self.ensure_one()
        return {
            name: stored
            for name, stored in self._get_versioned().items()
            if name in typed and clean(typed[name]) != stored
        }
