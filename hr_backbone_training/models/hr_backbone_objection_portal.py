from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

FILE_KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}
FILE_SIZE = 10 * 1024 * 1024
FILES = 5


class HrBackboneObjection(models.Model):
    """Objections in the portal."""

    _inherit = "hr.backbone.objection"

    @api.model
    def _get_mine(self, notice=None):
        """The objections that the user raised, on one notice or on all."""
        # sudo: who raised it is hidden from the user's own search as well
        domain = [("objector_id.user_id", "=", self.env.uid)]
        if notice:
            domain.append(("publicity_id", "=", notice.id))
        return self.browse(self.sudo().search(domain, limit=100).ids)

    @api.model
    def _raise_from_portal(self, notice, typed, uploads):
        """Raise an objection to a name of the notice, from what a page sent.

        :param dict typed: `line_id`, `text`, `hidden`
        :param uploads: files, of the kinds and size that are taken
        """
        line = notice.line_ids.filtered(lambda name: str(name.id) == typed.get("line_id"))
        attachments = self.env["ir.attachment"]
        # sudo: a portal user has no right to create files; kind and size are checked here
        for upload in [upload for upload in uploads if upload.filename][:FILES]:
            data = upload.read(FILE_SIZE + 1)
            if len(data) > FILE_SIZE:
                raise UserError(self.env._("“%s” is larger than 10 MB.", upload.filename))
            kind = guess_mimetype(data)
            if kind not in FILE_KINDS:
                raise UserError(
                    self.env._(
                        "“%(file)s” is not of a kind that is taken (%(kinds)s).",
                        file=upload.filename,
                        kinds=", ".join(FILE_KINDS.values()),
                    )
                )
            attachments |= attachments.sudo().create(
                {"name": upload.filename, "raw": data, "mimetype": kind}
            )
        return self.create(
            {
                "line_id": line.id,
                "text": typed.get("text"),
                "hidden": bool(typed.get("hidden")),
                "evidence_ids": [(6, 0, attachments.ids)],
            }
        )
