from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import BackbonePortal


class BackbonePortalMeeting(BackbonePortal):
    """The committee's meeting: agenda, cases, vote."""

    @route("/my/backbone/meetings", type="http", auth="user", website=True, readonly=True)
    def portal_backbone_meetings(self, **kw):
        meetings = request.env["hr.backbone.meeting"]
        if not meetings.has_access("read"):
            raise request.not_found()
        return self._backbone_render(
            "portal_backbone_meetings",
            "backbone_meetings",
            records=meetings.search([("attendee_ids", "in", request.env.uid)], limit=50),
        )

    @route(
        "/my/backbone/meetings/<int:record_id>",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_meeting(self, record_id, **kw):
        return self._backbone_meeting_page(self._backbone_meeting(record_id))

    def _backbone_meeting(self, record_id):
        if not request.env["hr.backbone.meeting"].has_access("read"):
            raise request.not_found()
        return self._backbone_find("hr.backbone.meeting", record_id)

    def _backbone_meeting_page(self, meeting, error=None):
        return self._backbone_render(
            "portal_backbone_meeting",
            "backbone_meeting",
            record=meeting,
            # sudo: the cases on the agenda of a meeting that the user attends
            items=meeting.item_ids,
            cases={item: item.application_id.sudo() for item in meeting.item_ids},
            error=error,
        )

    @route(
        "/my/backbone/meetings/<int:record_id>/vote",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_vote(self, record_id, item_id="", vote="", **kw):
        meeting = self._backbone_meeting(record_id)
        item = meeting.item_ids.filtered(lambda row: str(row.id) == item_id)
        if not item or vote not in ("for", "against", "abstain"):
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                item._vote(vote)
        except UserError as error:
            return self._backbone_meeting_page(meeting, str(error))
        return request.redirect(f"{meeting.access_url}#item-{item.id}", code=303)

    @route(
        "/my/backbone/meetings/<int:record_id>/close",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_meeting_close(self, record_id, quota_reason="", **kw):
        meeting = self._backbone_meeting(record_id)
        try:
            with request.env.cr.savepoint():
                if quota_reason.strip():
                    meeting.quota_reason = quota_reason.strip()
                meeting.action_close()
        except UserError as error:
            meeting.invalidate_recordset()
            return self._backbone_meeting_page(meeting, str(error))
        return self._backbone_done(meeting.access_url, request.env._("The meeting is closed."))
