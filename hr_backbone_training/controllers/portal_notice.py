from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from .portal import BackbonePortal


class BackbonePortalNotice(BackbonePortal):
    """What is publicized now, and objections to it."""

    @route(
        ["/my/backbone/notices", "/my/backbone/notices/page/<int:page>"],
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_notices(self, page=1, **kw):
        notices = request.env["hr.backbone.publicity"]
        domain = [("state", "=", "published")]
        pager = self._backbone_pager("/my/backbone/notices", notices.search_count(domain), page)
        return self._backbone_render(
            "portal_backbone_notices",
            "backbone_notices",
            records=notices.search(domain, limit=self._items_per_page, offset=pager["offset"]),
            objections=request.env["hr.backbone.objection"]._get_mine(),
            pager=pager,
        )

    @route(
        "/my/backbone/notices/<int:record_id>",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_notice(self, record_id, **kw):
        return self._backbone_notice_page(
            self._backbone_find("hr.backbone.publicity", record_id)
        )

    def _backbone_notice_page(self, notice, typed=None, error=None):
        return self._backbone_render(
            "portal_backbone_notice",
            "backbone_notice",
            record=notice,
            # sudo: a setting of the company
            anonymous=notice.sudo().company_id.backbone_anonymous_objection,
            objections=request.env["hr.backbone.objection"]._get_mine(notice),
            typed=typed or {},
            error=error,
        )

    @route(
        "/my/backbone/notices/<int:record_id>",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_object(self, record_id, **post):
        notice = self._backbone_find("hr.backbone.publicity", record_id)
        try:
            with request.env.cr.savepoint():
                request.env["hr.backbone.objection"]._raise_from_portal(
                    notice, post, request.httprequest.files.getlist("files")
                )
        except AccessError as error:
            raise request.not_found() from error
        except UserError as error:
            return self._backbone_notice_page(notice, post, str(error))
        return self._backbone_done(
            notice.access_url,
            request.env._("Your objection was received. Its finding will be shown below."),
        )
