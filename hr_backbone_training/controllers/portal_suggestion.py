from odoo.fields import Domain
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.promotion.hr_backbone_suggestion_review import PARTS
from .portal_promotion import BackbonePortalPromotion
from .routes import get, post

MODEL = "hr.backbone.suggestion"
ADOPTED = "hr.backbone.suggestion.adopted"
STEPS = ("adopt", "decline", "return", "withdraw")
TYPED = ("answer", *[f"score_{part}" for part in PARTS])


class BackbonePortalSuggestion(BackbonePortalPromotion):
    """Work suggestion reports: written by the member, reviewed by management."""

    @get("/my/backbone/suggestions", "/my/backbone/suggestions/page/<int:page>")
    def portal_backbone_suggestions(self, **kw):
        filters = self._backbone_promotion_filters(MODEL)
        suggestions = request.env[MODEL]
        mine = suggestions._get_mine_domain()
        for value, label in suggestions._fields["state"]._description_selection(request.env):
            filters[value] = {"label": label, "domain": mine & Domain("state", "=", value)}
        return self._backbone_promotion_list(MODEL, "backbone_suggestions", filters, **kw)

    @post("/my/backbone/suggestions")
    def portal_backbone_suggestion_start(self, **post):
        return self._backbone_promotion_start(MODEL, post)

    @get("/my/backbone/suggestions/<int:record_id>")
    def portal_backbone_suggestion(self, record_id, **kw):
        return self._backbone_suggestion_page(self._backbone_find(MODEL, record_id))

    def _backbone_suggestion_page(self, record, **values):
        return self._backbone_promotion_page(
            record,
            "backbone_suggestion",
            review=record._get_reviews()[record.id],
            parts=PARTS,
            **values,
        )

    @post("/my/backbone/suggestions/<int:record_id>")
    def portal_backbone_suggestion_save(self, record_id, step="save", **post):
        record = self._backbone_find(MODEL, record_id)
        message = request.env._("Your report was submitted to the management.")
        return self._backbone_promotion_save(
            record, self._backbone_suggestion_page, post, step, message
        )

    @post("/my/backbone/suggestions/<int:record_id>/autosave")
    def portal_backbone_suggestion_autosave(self, record_id, **post):
        return self._backbone_autosave(self._backbone_find(MODEL, record_id), post)

    @get("/my/backbone/suggestions/<int:record_id>/files/<int:file_id>")
    def portal_backbone_suggestion_file(self, record_id, file_id, **kw):
        record = self._backbone_find(MODEL, record_id)
        return self._backbone_file(record.sudo().attachment_ids, file_id)

    @post("/my/backbone/suggestions/<int:record_id>/<string:step>")
    def portal_backbone_suggestion_step(self, record_id, step, **post):
        record = self._backbone_find(MODEL, record_id)
        if step not in STEPS:
            raise request.not_found()
        if step == "withdraw":
            return self._backbone_promotion_step(record, step, post)
        if error := self._backbone_try(record, lambda: record._review_from_portal(step, post)):
            typed = {name: clean(post.get(name)) for name in TYPED if name in post}
            return self._backbone_refused(
                record.access_url, **self._backbone_failed(error), typed=typed
            )
        return self._backbone_promotion_done(record, step)

    @get("/my/backbone/suggestions/<int:record_id>/<string:step>")
    def portal_backbone_suggestion_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the document itself."""
        record = self._backbone_find(MODEL, record_id)
        if step not in (*STEPS, "autosave"):
            raise request.not_found()
        return request.redirect(record.access_url, code=303)

    # -- what the company adopted ------------------------------------------------------

    @get("/my/backbone/suggestions/adopted", "/my/backbone/suggestions/adopted/page/<int:page>")
    def portal_backbone_adopted_list(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env[ADOPTED],
            "/my/backbone/suggestions/adopted",
            kw,
            inputs={"all": request.env._("Search in all")},
        )
        return self._backbone_render(
            "portal_backbone_adopted_list", "backbone_adopted_list", **values
        )

    @get("/my/backbone/suggestions/adopted/<int:record_id>")
    def portal_backbone_adopted(self, record_id, **kw):
        self._backbone_check_concerned()
        record = self._backbone_find(ADOPTED, record_id)
        return self._backbone_render("portal_backbone_adopted", "backbone_adopted", record=record)
