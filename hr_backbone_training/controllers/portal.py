from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager as portal_pager

COUNTER = "backbone_count"


class BackbonePortal(CustomerPortal):
    """What the pages of the scheme share, and the first one: `/my/backbone`."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        values["backbone_concerned"] = request.env.user._is_backbone_concerned()
        if COUNTER in counters:
            values[COUNTER] = request.env.user._count_backbone_todo()
        return values

    # -- shared ------------------------------------------------------------------------

    def _backbone_find(self, model, record_id):
        """The record as the user, who may read it; else a 404 that tells nothing."""
        record = request.env[model].browse(record_id)
        if not record.exists() or not record.has_access("read"):
            raise request.not_found()
        return record

    def _backbone_render(self, template, page, **values):
        return request.render(
            f"hr_backbone_training.{template}",
            {
                **self._prepare_portal_layout_values(),
                "page_name": page,
                "message": request.session.pop("backbone_message", None),
                **values,
            },
        )

    def _backbone_done(self, url, message):
        """After a change: say what happened, on the page that one goes back to."""
        request.session["backbone_message"] = message
        return request.redirect(url, code=303)

    def _backbone_pager(self, url, total, page, **url_args):
        return portal_pager(
            url=url, total=total, page=page, step=self._items_per_page, url_args=url_args
        )

    def _backbone_choice(self, value, choices):
        """`value` when it is one of the choices, else the first: rubbish gives the default."""
        return value if value in choices else next(iter(choices))

    # -- my page -----------------------------------------------------------------------

    @route("/my/backbone", type="http", auth="user", website=True, readonly=True)
    def portal_backbone(self, **kw):
        user = request.env.user
        mine = [("employee_id.user_id", "=", user.id)]
        applications = request.env["hr.backbone.application"].search(mine, limit=5)
        member = request.env["hr.backbone.member"].search(
            [*mine, ("state", "!=", "exited")], limit=1
        )
        return self._backbone_render(
            "portal_my_backbone",
            "backbone",
            todo=user._get_backbone_todo(),
            applications=applications,
            member=member,
            plans=request.env["hr.backbone.plan"].search(mine, limit=5),
            recommended=request.env["hr.backbone.application"].search_count(
                [("recommender_id.user_id", "=", user.id)]
            ),
            manages=bool(user._get_backbone_people()[:1]),
            notices=request.env["hr.backbone.publicity"].search_count(
                [("state", "=", "published")]
            ),
            programs=request.env["hr.backbone.program"].search([], limit=3),
        )
