# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request

from .portal import BackbonePortal, get

ICONS = {
    "movement": "fa-star",
    "mentorship": "fa-handshake-o",
    "mentorship.session": "fa-comments-o",
    "rotation": "fa-exchange",
    "training.participant": "fa-graduation-cap",
    "achievement": "fa-trophy",
    "suggestion": "fa-lightbulb-o",
}


class BackbonePortalMember(BackbonePortal):
    """The member's card."""

    @get(
        "/my/backbone/members/<int:record_id>",
        "/my/backbone/members/<int:record_id>/page/<int:page>",
    )
    def portal_backbone_member(self, record_id, page=1, kind="all", **kw):
        member = self._backbone_find("hr.backbone.member", record_id)
        timeline = request.env["hr.backbone.timeline"]
        kinds = {
            "all": request.env._("All"),
            **dict(timeline._fields["kind"]._description_selection(request.env)),
        }
        kind = self._backbone_choice(kind, kinds)
        domain = member._get_timeline_domain(kind)
        pager = self._backbone_pager(
            member.access_url, timeline.search_count(domain), page, kind=kind
        )
        rows = timeline.search(domain, limit=self._items_per_page, offset=pager["offset"])
        now = member._get_now()
        # sudo: the id of the plan; who may not read it sees none
        plan = member.sudo().plan_id.sudo(False)._filtered_access("read")
        return self._backbone_render(
            "portal_backbone_member",
            "backbone_member",
            record=member,
            case=member._get_shown(
                "name",
                "echelon_id.name",
                "employee_id.department_id.name",
                "employee_id.job_id.name",
                "mentor_id.name",
            ),
            plan=plan,
            now=now,
            rows=rows,
            links=(now | rows)._get_links(),
            kinds=list(kinds.items()),
            kind=kind,
            icons=ICONS,
            pager=pager,
        )
