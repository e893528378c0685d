from odoo.fields import Domain
from odoo.http import request

from .portal_promotion import BackbonePortalPromotion
from .routes import get, post

MODEL = "hr.backbone.achievement"
STEPS = ("verify", "return", "refuse", "withdraw")


class BackbonePortalAchievement(BackbonePortalPromotion):
    """Achievements: handed in by the member, verified by the mentor or HR."""

    @get("/my/backbone/achievements", "/my/backbone/achievements/page/<int:page>")
    def portal_backbone_achievements(self, **kw):
        filters = self._backbone_promotion_filters(MODEL)
        achievements = request.env[MODEL]
        mine = achievements._get_mine_domain()
        for name in ("kind", "state"):
            for value, label in achievements._fields[name]._description_selection(request.env):
                filters[value] = {"label": label, "domain": mine & Domain(name, "=", value)}
        return self._backbone_promotion_list(MODEL, "backbone_achievements", filters, **kw)

    @post("/my/backbone/achievements")
    def portal_backbone_achievement_start(self, **post):
        return self._backbone_promotion_start(MODEL, post)

    @get("/my/backbone/achievements/<int:record_id>")
    def portal_backbone_achievement(self, record_id, **kw):
        return self._backbone_achievement_page(self._backbone_find(MODEL, record_id))

    def _backbone_achievement_page(self, record, **values):
        return self._backbone_promotion_page(record, "backbone_achievement", **values)

    @post("/my/backbone/achievements/<int:record_id>")
    def portal_backbone_achievement_save(self, record_id, step="save", **post):
        record = self._backbone_find(MODEL, record_id)
        message = request.env._("Your achievement was submitted.")
        return self._backbone_promotion_save(
            record, self._backbone_achievement_page, post, step, message
        )

    @post("/my/backbone/achievements/<int:record_id>/autosave")
    def portal_backbone_achievement_autosave(self, record_id, **post):
        return self._backbone_autosave(self._backbone_find(MODEL, record_id), post)

    @get("/my/backbone/achievements/<int:record_id>/files/<int:file_id>")
    def portal_backbone_achievement_file(self, record_id, file_id, **kw):
        record = self._backbone_find(MODEL, record_id)
        return self._backbone_file(record.sudo().attachment_ids, file_id)

    @post("/my/backbone/achievements/<int:record_id>/<string:step>")
    def portal_backbone_achievement_step(self, record_id, step, **post):
        record = self._backbone_find(MODEL, record_id)
        if step not in STEPS:
            raise request.not_found()
        return self._backbone_promotion_step(record, step, post)

    @get("/my/backbone/achievements/<int:record_id>/<string:step>")
    def portal_backbone_achievement_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the document itself."""
        record = self._backbone_find(MODEL, record_id)
        if step not in (*STEPS, "autosave"):
            raise request.not_found()
        return request.redirect(record.access_url, code=303)
