# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import format_list
from odoo.tools.mimetypes import guess_mimetype

from .hr_backbone_portal_mixin import clean
from .public import FieldError

FILES = 5


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _backbone_adopt(self, record):
        """Files that the user uploaded before `record` was saved become the record's, so
        that whoever reads the record reads them. Nobody else's file is taken."""
        # sudo: a portal user has no write access to files, not even to their own
        loose = self.sudo().filtered(
            lambda file: not file.res_id and file.create_uid.id == self.env.uid
        )
        if loose:
            loose.write({"res_model": record._name, "res_id": record.id})

    @api.model
    def _backbone_receive(self, uploads, company, name="files"):
        """Files that a page sent, of the kinds and the size that the company takes.

        The content decides, not the name nor what the browser says.

        :param uploads: werkzeug's file storages
        :param str name: the input, for the error
        :raise FieldError: too many, too large, or of another kind
        """
        # sudo: settings of the company; a portal user has no right to create files
        company, files = company.sudo(), self.sudo().browse()
        uploads = [upload for upload in uploads if upload.filename]
        if len(uploads) > FILES:
            raise FieldError(self.env._("At most %s files at a time.", FILES), name)
        for upload in uploads:
            data = upload.read(company.backbone_upload_mb * 1024 * 1024 + 1)
            if reason := self._get_backbone_refusal(upload.filename, data, company):
                raise FieldError(reason, name)
            files += files.create(
                {
                    "name": clean(upload.filename)[-120:],
                    "raw": data,
                    "mimetype": guess_mimetype(data),
                }
            )
        return files.sudo(False)

    @api.model
    def _get_backbone_refusal(self, filename, data, company):
        kinds = company._get_backbone_upload_kinds()
        if not data:
            return self.env._("“%s” is empty.", filename)
        if len(data) > company.backbone_upload_mb * 1024 * 1024:
            return self.env._(
                "“%(file)s” is larger than %(size)s MB.",
                file=filename,
                size=company.backbone_upload_mb,
            )
        if guess_mimetype(data) not in kinds.values():
            return self.env._(
                "“%(file)s” is not of a kind that is taken: %(kinds)s.",
                file=filename,
                kinds=format_list(self.env, [kind.upper() for kind in kinds]),
            )
        return False
