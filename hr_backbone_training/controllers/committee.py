# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show_each
from .forms import BackbonePortalForm, Choice, Files, Text, get_texts, read
from .portal import MAX_ID, get, post

VOTES = ("for", "against", "abstain")
# of the people of a case, what the agenda shows
CASE = ("employee_name", "echelon_id.name", "job_id.name", "department_id.name")


class BackbonePortalMeeting(BackbonePortalForm):
    """The committee's meeting: agenda, cases, vote."""

    @get("/my/backbone/meetings", "/my/backbone/meetings/page/<int:page>")
    def portal_backbone_meetings(self, **kw):
        meetings = request.env["hr.backbone.meeting"]
        if not meetings.has_access("read"):
            raise request.not_found()
        values = self._backbone_list(
            meetings,
            "/my/backbone/meetings",
            kw,
            self._get_meeting_sortings(),
            self._get_meeting_filters(),
            {"all": request.env._("Search in meetings and places")},
        )
        return self._backbone_render("portal_backbone_meetings", "backbone_meetings", **values)

    def _get_meeting_sortings(self):
        return {
            "date": {"label": request.env._("Latest first"), "order": "date desc, id desc"},
            "old": {"label": request.env._("Oldest first"), "order": "date, id"},
            "name": {"label": request.env._("Name"), "order": "name, id"},
        }

    def _get_meeting_filters(self):
        mine = [("attendee_ids", "in", request.env.uid)]
        state = request.env["hr.backbone.meeting"]._fields["state"]
        return {
            "all": {"label": request.env._("All"), "domain": mine},
            **{
                name: {"label": label, "domain": [*mine, ("state", "=", name)]}
                for name, label in state._description_selection(request.env)
            },
        }

    @get("/my/backbone/meetings/<int:record_id>")
    def portal_backbone_meeting(self, record_id, **kw):
        return self._backbone_meeting_page(self._backbone_find("hr.backbone.meeting", record_id))

    def _backbone_meeting_page(self, meeting):
        items = meeting.item_ids.filtered(lambda item: not item.is_off)
        left = len([item for item in items if not item.my_vote and not item.vote_refusal])
        return self._backbone_render(
            "portal_backbone_meeting",
            "backbone_meeting",
            record=meeting,
            items=items,
            cases=show_each(items, *CASE),
            left=left,
            left_label=request.env._(
                "Your vote is missing on %(left)s of %(all)s names.", left=left, all=len(items)
            ),
        )

    @post("/my/backbone/meetings/<int:record_id>/vote")
    def portal_backbone_vote(self, record_id, item_id="", vote="", **kw):
        meeting = self._backbone_find("hr.backbone.meeting", record_id)
        item = meeting.item_ids.filtered(lambda row: str(row.id) == item_id)
        if not item or vote not in VOTES:
            raise request.not_found()
        if error := self._backbone_try(meeting, lambda: item._vote(vote)):
            return self._backbone_refused(meeting.access_url, **self._backbone_failed(error))
        return request.redirect(f"{meeting.access_url}#item-{item.id}", code=303)

    @post("/my/backbone/meetings/<int:record_id>/close")
    def portal_backbone_meeting_close(self, record_id, quota_reason="", **kw):
        meeting = self._backbone_find("hr.backbone.meeting", record_id)

        def close():
            if clean(quota_reason) and meeting.state == "open":
                meeting.quota_reason = clean(quota_reason)
            meeting.action_close()

        if error := self._backbone_try(meeting, close):
            typed = {"quota_reason": clean(quota_reason)}
            return self._backbone_refused(
                meeting.access_url, typed=typed, **self._backbone_failed(error)
            )
        return self._backbone_done(meeting.access_url, request.env._("The meeting is closed."))

    @get(
        "/my/backbone/meetings/<int:record_id>/vote", "/my/backbone/meetings/<int:record_id>/close"
    )
    def portal_backbone_meeting_step_page(self, record_id, **kw):
        """The address of a step, after a login or out of the history: the meeting itself."""
        meeting = self._backbone_find("hr.backbone.meeting", record_id)
        return request.redirect(meeting.access_url, code=303)


class BackbonePortalNotice(BackbonePortalForm):
    """What is publicized now, and objections to it."""

    @get("/my/backbone/notices", "/my/backbone/notices/page/<int:page>")
    def portal_backbone_notices(self, **kw):
        self._backbone_check_concerned()
        return self._backbone_notices_page(kw)

    def _backbone_notices_page(self, kw, **values):
        listed = self._backbone_list(
            request.env["hr.backbone.publicity"],
            "/my/backbone/notices",
            kw,
            self._get_notice_sortings(),
            self._get_notice_filters(),
            {
                "all": request.env._("Search in all"),
                "notice": request.env._("Search in notices"),
                "name": request.env._("Search in the names on them"),
            },
        )
        return self._backbone_render(
            "portal_backbone_notices",
            "backbone_notices",
            objections=request.env["hr.backbone.objection"]._get_mine(),
            **listed,
            **values,
        )

    def _get_notice_sortings(self):
        return {
            "date": {"label": request.env._("Latest first"), "order": "date_start desc, id desc"},
            "end": {"label": request.env._("Last day"), "order": "date_end, id"},
            "name": {"label": request.env._("Name"), "order": "name, id"},
        }

    def _get_notice_filters(self):
        published = Domain("state", "=", "published")
        running = request.env["hr.backbone.publicity"]._get_running_domain()
        return {
            "all": {"label": request.env._("All"), "domain": published},
            "open": {
                "label": request.env._("Objections are taken"),
                "domain": published & running,
            },
            "ended": {"label": request.env._("Ended"), "domain": published & ~running},
        }

    @get("/my/backbone/notices/<int:record_id>")
    def portal_backbone_notice(self, record_id, **kw):
        self._backbone_check_concerned()
        if notice := self._backbone_find_notice(record_id):
            return self._backbone_notice_page(notice)
        if record_id < MAX_ID and request.env["hr.backbone.objection"]._get_mine(record_id):
            # closed: what became of the user's own objection stays to be read
            return request.redirect("/my/backbone/notices", code=303)
        raise request.not_found()

    def _backbone_find_notice(self, record_id):
        """A notice that is out now; nothing when there is none, or none any more."""
        try:
            notice = self._backbone_find("hr.backbone.publicity", record_id)
        except NotFound:
            return None
        return notice if notice.state == "published" else None

    def _backbone_notice_page(self, notice, **values):
        # sudo: settings of the company, as the page tells them
        company = notice.sudo().company_id
        return self._backbone_render(
            "portal_backbone_notice",
            "backbone_notice",
            record=notice,
            groups=notice._get_shown_lines().grouped("echelon_id").items(),
            anonymous=company.backbone_anonymous_objection,
            upload_mb=company.backbone_upload_mb,
            upload_kinds=list(company._get_backbone_upload_kinds()),
            is_employee=company.id in request.env.user._get_backbone_companies(),
            objections=request.env["hr.backbone.objection"]._get_mine(notice.id),
            **values,
        )

    @post("/my/backbone/notices/<int:record_id>")
    def portal_backbone_object(self, record_id, **post):
        self._backbone_check_concerned()
        notice = self._backbone_find_notice(record_id)
        if not notice:
            return self._backbone_refuse_objection(post)
        objections = request.env["hr.backbone.objection"]
        sent = {**self._backbone_files(), **get_texts(post)}
        error = self._backbone_try(
            objections,
            lambda: objections._raise_from_portal(
                notice.company_id, **self._read_objection(notice, sent)
            ),
        )
        if isinstance(error, AccessError):
            return self._backbone_refuse_objection(post)
        if error:
            return self._backbone_notice_page(
                notice, typed=get_texts(post), **self._backbone_failed(error)
            )
        return self._backbone_done(
            notice.access_url,
            request.env._("Your objection was received. Its finding will be shown below."),
        )

    def _backbone_refuse_objection(self, post):
        """The notice was closed while somebody wrote: what was written is given back. Of a notice
        that never was, no other answer is given."""
        if not clean(post.get("text")):
            raise request.not_found()
        response = self._backbone_notices_page(
            {},
            typed=get_texts(post),
            error=request.env._("This notice is closed: objections to it are no longer taken."),
        )
        response.status_code = 404
        return response

    def _read_objection(self, notice, typed):
        name = request.env._("Choose the name that you object to.")
        text = request.env._("Please write down your objection.")
        inputs = {
            "line_id": Choice(notice._get_shown_lines, name, required=name),
            "text": Text(required=text),
        }
        return {
            **read(inputs, typed),
            "hidden": bool(typed.get("hidden")),
            "uploads": Files().take("files", typed.get("files")),
        }

    @get("/my/backbone/objections/<int:record_id>/files/<int:file_id>")
    def portal_backbone_objection_file(self, record_id, file_id, **kw):
        objection = self._backbone_find("hr.backbone.objection", record_id)
        return self._backbone_file(objection, "evidence_ids", file_id)
