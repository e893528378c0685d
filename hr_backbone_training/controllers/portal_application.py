from odoo.exceptions import UserError, ValidationError
from odoo.http import request, route

from .portal import BackbonePortal


class BackbonePortalApplication(BackbonePortal):
    """Recommend, and approve."""

    @route(
        ["/my/backbone/recommend", "/my/backbone/recommend/page/<int:page>"],
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_recommend(self, page=1, search="", **kw):
        people = request.env.user._get_backbone_people(search)
        pager = self._backbone_pager("/my/backbone/recommend", len(people), page, search=search)
        shown = people[pager["offset"] : pager["offset"] + self._items_per_page]
        applications = request.env["hr.backbone.application"]
        return self._backbone_render(
            "portal_backbone_recommend",
            "backbone_recommend",
            rows=applications._get_candidates(shown),
            program=applications._default_program_id(),
            drafts=applications.search(
                [("recommender_id.user_id", "=", request.env.uid)], limit=20
            ),
            pager=pager,
            search=search,
        )

    @route(
        "/my/backbone/recommend", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_backbone_recommend_start(self, employee_id=None, echelon_id=None, **kw):
        applications = request.env["hr.backbone.application"]
        try:
            record = applications._start_from_portal(employee_id, echelon_id)
        except UserError as error:
            return self._backbone_done("/my/backbone/recommend", str(error))
        return request.redirect(record.access_url, code=303)

    @route(
        "/my/backbone/applications/<int:record_id>",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_application(self, record_id, **kw):
        return self._backbone_application_page(
            self._backbone_find("hr.backbone.application", record_id)
        )

    def _backbone_application_page(self, record, typed=None, error=None):
        return self._backbone_render(
            "portal_backbone_application",
            "backbone_application",
            record=record,
            # sudo: names of the people of a case that the user may read
            case=record.sudo(),
            plan=record.sudo().plan_id,
            typed=typed or {},
            error=error,
            token=record._get_version(),
        )

    @route(
        "/my/backbone/applications/<int:record_id>",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_application_save(self, record_id, step="save", **post):
        record = self._backbone_find("hr.backbone.application", record_id)
        try:
            with request.env.cr.savepoint():
                record._save_from_portal(post)
                if step == "submit":
                    record.action_submit()
        except (UserError, ValidationError) as error:
            record.invalidate_recordset()
            return self._backbone_application_page(record, post, str(error))
        if step == "submit":
            message = request.env._("The application was submitted to the director.")
        else:
            message = request.env._("Saved.")
        return self._backbone_done(record.access_url, message)

    @route(
        "/my/backbone/applications/<int:record_id>/<string:step>",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_application_step(self, record_id, step, comment="", **kw):
        record = self._backbone_find("hr.backbone.application", record_id)
        if step not in ("approve", "return", "refuse", "withdraw"):
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                record._move(step, comment)
        except UserError as error:
            record.invalidate_recordset()
            return self._backbone_application_page(record, {"comment": comment}, str(error))
        label = record._get_move_labels()[step]
        if record.has_access("read"):
            return self._backbone_done(record.access_url, label)
        return self._backbone_done("/my/backbone", label)

    @route(
        "/my/backbone/approvals", type="http", auth="user", website=True, readonly=True
    )
    def portal_backbone_approvals(self, **kw):
        records = request.env["hr.backbone.application"].search(
            [("approver_id.user_id", "=", request.env.uid), ("state", "=", "director")]
        )
        return self._backbone_render(
            "portal_backbone_approvals",
            "backbone_approvals",
            records=records,
            cases=records.sudo(),
        )

    @route(
        "/my/backbone/approvals", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_backbone_approve_many(self, **kw):
        ids = [int(i) for i in request.httprequest.form.getlist("record") if i.isdecimal()]
        records = request.env["hr.backbone.application"].search([("id", "in", ids[:200])])
        refusals = records._move_allowed("approve")
        lines = [
            request.env._("%(done)s of %(all)s approved.",
                          done=len(records) - len(refusals), all=len(records))
        ]
        lines += dict.fromkeys(sum(refusals.values(), []))
        return self._backbone_done("/my/backbone/approvals", "\n".join(lines))

    @route(
        "/my/backbone/applications/<int:record_id>/pdf",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_application_pdf(self, record_id, **kw):
        record = self._backbone_find("hr.backbone.application", record_id)
        return self._show_report(
            record.sudo(), "pdf", "hr_backbone_training.action_report_application", download=True
        )
