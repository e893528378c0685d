from odoo.exceptions import UserError, ValidationError
from odoo.http import request, route

from .portal import BackbonePortal


class BackbonePortalPlan(BackbonePortal):
    """My development plan."""

    @route(
        "/my/backbone/plans/<int:record_id>",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_plan(self, record_id, **kw):
        return self._backbone_plan_page(self._backbone_find("hr.backbone.plan", record_id))

    def _backbone_plan_page(self, plan, typed=None, error=None):
        lines = plan.line_ids
        return self._backbone_render(
            "portal_backbone_plan",
            "backbone_plan",
            record=plan,
            # sudo: names of the people of a plan that the user may read
            case=plan.sudo(),
            mine=plan._is_about_me(),
            methods=[
                (value, label, lines.filtered(lambda line, value=value: line.method == value))
                for value, label in lines._fields["method"]._description_selection(request.env)
            ],
            typed=typed or {},
            error=error,
            token=plan._get_version(),
        )

    @route(
        "/my/backbone/plans/<int:record_id>",
        type="http", auth="user", website=True, methods=["POST"],
    )
    def portal_backbone_plan_save(self, record_id, step="save", **post):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        try:
            with request.env.cr.savepoint():
                if step == "return":
                    plan.action_return()
                else:
                    plan._save_from_portal(post)
                if step == "submit":
                    plan.action_submit()
        except (UserError, ValidationError) as error:
            plan.invalidate_recordset()
            plan.line_ids.invalidate_recordset()
            return self._backbone_plan_page(plan, post, str(error))
        messages = {
            "submit": request.env._("Your plan was submitted."),
            "return": request.env._("Your plan is open again."),
        }
        return self._backbone_done(plan.access_url, messages.get(step, request.env._("Saved.")))

    @route(
        "/my/backbone/plans/<int:record_id>/pdf",
        type="http", auth="user", website=True, readonly=True,
    )
    def portal_backbone_plan_pdf(self, record_id, **kw):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._show_report(
            plan.sudo(), "pdf", "hr_backbone_training.action_report_plan", download=True
        )
