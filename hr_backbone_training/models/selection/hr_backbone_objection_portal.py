from odoo import api, models

from ..core.hr_backbone_portal_mixin import FieldError, clean

SHOWN = 50


class HrBackboneObjection(models.Model):
    """Objections in the portal."""

    _inherit = "hr.backbone.objection"

    @api.model
    def _get_mine(self, notice=None):
        """The objections that the user raised, on one notice or on all."""
        domain = [("objector_id.user_id", "=", self.env.uid)]
        if notice:
            domain.append(("publicity_id", "=", notice.id))
        # sudo: who raised an objection is hidden from the user's own search as well
        return self.browse(self.sudo().search(domain, limit=SHOWN).ids)

    @api.model
    def _raise_from_portal(self, notice, typed, uploads):
        """Raise an objection to a name of the notice, from what a page sent.

        :param dict typed: `line_id`, `text`, `hidden`
        :param uploads: files, of the kinds and size that the company takes
        """
        line = notice.line_ids.filtered(lambda name: str(name.id) == typed.get("line_id"))
        if not line:
            raise FieldError(self.env._("Choose the name that you object to."), "line_id")
        text = clean(typed.get("text"))
        if not text:
            raise FieldError(self.env._("Please write down what speaks against the name."), "text")
        attachments = self.env["ir.attachment"]._backbone_receive(uploads, notice.company_id)
        return self.create(
            {
                "line_id": line.id,
                "text": text,
                "hidden": bool(typed.get("hidden")),
                "evidence_ids": [(6, 0, attachments.ids)],
            }
        )
