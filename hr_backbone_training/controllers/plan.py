from odoo.http import request, route

from .forms import BackbonePortalForm
from .portal import get, post


class BackbonePortalPlan(BackbonePortalForm):
    """My development plan."""

    @get("/my/backbone/plans/<int:record_id>")
    def portal_backbone_plan(self, record_id, **kw):
        return self._backbone_plan_page(self._backbone_find("hr.backbone.plan", record_id))

    def _backbone_plan_page(self, plan, **values):
        lines, mine = plan.line_ids, plan._is_about_me()
        return self._backbone_render(
            "portal_backbone_plan",
            "backbone_plan",
            record=plan,
            # sudo: names of the people of a plan that the user may read
            case=plan.sudo(),
            mine=mine,
            can_write=mine and plan.state == "draft",
            can_report=mine and plan.state == "active",
            methods=[
                (value, label, lines.filtered(lambda line, value=value: line.method == value))
                for value, label in lines._fields["method"]._description_selection(request.env)
            ],
            decisions=plan.decision_ids,
            revision=plan._get_open_revision(),
            starts=self._get_backbone_starts(plan),
            **{"version": plan._get_version(), **values},
        )

    def _get_backbone_starts(self, plan):
        """{way of training: (what one does about an action, the page on which one does)}.
        The page is told with `line` which action it is."""
        env = request.env
        starts = {
            "rotation": (env._("Ask for a rotation"), "/my/backbone/rotations"),
            "internal": (env._("Look at the trainings"), "/my/backbone/trainings"),
            "external": (env._("Look at the trainings"), "/my/backbone/trainings"),
        }
        mentorship = env["hr.backbone.mentorship"].search(
            [("employee_id", "=", plan.employee_id.id), ("state", "=", "active")], limit=1
        )
        if mentorship:
            starts["mentoring"] = (env._("Plan a talk"), mentorship.access_url)
        return starts

    @post("/my/backbone/plans/<int:record_id>")
    def portal_backbone_plan_save(self, record_id, step="save", **post):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        if step == "revise":
            return self._backbone_revise(plan)
        if step == "return":
            if error := self._backbone_try(plan, plan.action_return):
                return self._backbone_refused(plan.access_url, **self._backbone_failed(error))
        elif error := self._backbone_save(plan, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(plan.access_url, **error)
            return self._backbone_plan_page(plan, **error)
        messages = {
            "submit": request.env._("Your plan was submitted."),
            "return": request.env._("Your plan is open again."),
        }
        return self._backbone_done(plan.access_url, messages.get(step, request.env._("Saved.")))

    def _backbone_revise(self, plan):
        if error := self._backbone_try(plan, plan.action_revise):
            return self._backbone_refused(plan.access_url, **self._backbone_failed(error))
        return self._backbone_done(
            plan._get_open_revision().access_url,
            request.env._("The revision is begun: change what has to be changed, and submit it."),
        )

    def _backbone_store(self, record, typed):
        if record._name != "hr.backbone.plan":
            return super()._backbone_store(record, typed)
        files = request.httprequest.files
        uploads = {str(line.id): files.getlist(f"{line.id}-files") for line in record.line_ids}
        return record._save_from_portal(typed, uploads)

    @post("/my/backbone/plans/<int:record_id>/autosave")
    def portal_backbone_plan_autosave(self, record_id, **post):
        return self._backbone_autosave(self._backbone_find("hr.backbone.plan", record_id), post)

    @get("/my/backbone/plans/<int:record_id>/files/<int:file_id>")
    def portal_backbone_plan_file(self, record_id, file_id, **kw):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._backbone_file(plan.sudo().line_ids.evidence_ids, file_id)

    @route("/my/backbone/plans/<int:record_id>/sign", type="jsonrpc", auth="user", website=True)
    def portal_backbone_plan_sign(self, record_id, name=None, signature=None, **kw):
        return self._backbone_sign(
            self._backbone_find("hr.backbone.plan", record_id), name, signature
        )

    @get("/my/backbone/plans/<int:record_id>/pdf")
    def portal_backbone_plan_pdf(self, record_id, **kw):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._backbone_pdf(plan, "hr_backbone_training.action_report_hr_backbone_plan")
