from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _backbone_adopt(self, record):
        """Files that the user uploaded before `record` was saved become the record's, so
        that whoever reads the record reads them. Nobody else's file is taken."""
        # sudo: a portal user has no write access to files, not even to the own ones
        loose = self.sudo().filtered(
            lambda file: not file.res_id and file.create_uid.id == self.env.uid
        )
        if loose:
            loose.write({"res_model": record._name, "res_id": record.id})
