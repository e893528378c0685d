from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from .portal_form import BackbonePortalForm
from .routes import get, post

TALK = "hr.backbone.mentorship.session"


class BackbonePortalTalk(BackbonePortalForm):
    """A talk between member and mentor: what was said, and what comes next."""

    @get("/my/backbone/talks/<int:record_id>")
    def portal_backbone_talk(self, record_id, **kw):
        return self._backbone_talk_page(self._backbone_find(TALK, record_id))

    def _backbone_talk_page(self, talk, **values):
        return self._backbone_render(
            "portal_backbone_talk",
            "backbone_talk",
            record=talk,
            # sudo: names of the two people of a talk that the user may read
            case=talk.sudo(),
            mentorship=talk.mentorship_id,
            decisions=talk.decision_ids,
            when=talk._get_typed_when(),
            **{"version": talk._get_version(), **values},
        )

    @post("/my/backbone/talks/<int:record_id>")
    def portal_backbone_talk_save(self, record_id, step="save", **post):
        talk = self._backbone_find(TALK, record_id)
        if error := self._backbone_save(talk, post, "save"):
            return self._backbone_talk_page(talk, **error)
        if step == "hold" and (error := self._backbone_try(talk, talk.action_hold)):
            shown = self._backbone_failed(error)
            if not clean(talk.topics):
                shown["errors"] = {"topics": str(error)}
            return self._backbone_refused(talk.access_url, **shown)
        message = (
            request.env._("The talk is recorded as held.")
            if step == "hold"
            else request.env._("Saved.")
        )
        return self._backbone_done(talk.access_url, message)

    @post("/my/backbone/talks/<int:record_id>/cancel")
    def portal_backbone_talk_cancel(self, record_id, comment="", **kw):
        talk = self._backbone_find(TALK, record_id)
        comment = clean(comment)
        if error := self._backbone_try(talk, lambda: talk.action_cancel(comment)):
            shown = self._backbone_failed(error)
            if not comment:
                shown["errors"] = {"comment": str(error)}
            return self._backbone_refused(talk.access_url, **shown, typed={"comment": comment})
        return self._backbone_done(
            talk.mentorship_id.access_url, request.env._("The talk is cancelled.")
        )

    @get("/my/backbone/talks/<int:record_id>/cancel")
    def portal_backbone_talk_step_page(self, record_id, **kw):
        """The address of a step, after a login or out of the history: the talk itself."""
        return request.redirect(self._backbone_find(TALK, record_id).access_url, code=303)

    @get("/my/backbone/talks/<int:record_id>/calendar")
    def portal_backbone_talk_calendar(self, record_id, **kw):
        """The talk for the calendar on one's own phone."""
        content = self._backbone_find(TALK, record_id)._get_ics()
        if not content:
            raise request.not_found()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="talk.ics"'),
            ],
        )
