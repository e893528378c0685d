# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.http import request

# our pages, and what loads the conversation below one of our documents
PAGES = "/my/backbone"
CONVERSATIONS = ("/portal/chatter_init", "/mail/chatter_fetch")
OURS = "hr.backbone."


class IrHttp(models.AbstractModel):
    """What the scripts of the portal's pages say comes in the reader's language; and our pages
    show what waits in each company where the reader works, whichever company a website is of."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "hr_backbone_training"]

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        # Odoo's website narrows its pages down to its own company
        narrowed = request.env.context.get("allowed_company_ids")
        if narrowed and cls._is_backbone_page(rule.rule):
            own = request.env.user._get_backbone_open_companies()
            if set(own) != set(narrowed):
                request.update_context(allowed_company_ids=own)
        return result

    @classmethod
    def _is_backbone_page(cls, path):
        if path == PAGES or path.startswith(f"{PAGES}/"):
            return True
        if path not in CONVERSATIONS:
            return False
        params = request.get_json_data().get("params")
        model = params.get("thread_model") if isinstance(params, dict) else None
        return isinstance(model, str) and model.startswith(OURS)
