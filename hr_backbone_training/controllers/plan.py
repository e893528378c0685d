# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request, route

from ..models.core.public import FieldError
from ..models.plan.hr_backbone_plan import CONTENT
from .forms import BackbonePortalForm, Date, Files, Number, Text, read, read_row
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
            case=plan._get_shown("name"),
            mine=mine,
            can_write=mine and plan.state == "draft",
            can_report=mine and plan.state == "active",
            methods=[
                (value, label, lines.filtered(lambda line, value=value: line.method == value))
                for value, label in lines._fields["method"]._description_selection(request.env)
            ],
            decisions=plan._get_decisions(),
            revision=plan._get_open_revision(),
            recommended=self._say_plan_recommendation(plan),
            # who may not read the application sees none
            returned=plan.application_id._filtered_access("read")._get_return(),
            starts=self._get_backbone_starts(plan),
            **{"version": plan._get_version(), **values},
        )

    def _say_plan_recommendation(self, plan):
        """Why one writes a plan: who recommends one for what; nothing without an application."""
        case = plan._get_shown(
            "application_id.recommender_id.name", "application_id.echelon_id.name"
        ).application_id
        if not case:
            return ""
        return request.env._(
            "%(recommender)s recommends you for the %(echelon)s. Write down how you want to "
            "develop; then submit the plan, so that the recommendation can go on.",
            recommender=case.recommender_id.name or request.env._("HR"),
            echelon=case.echelon_id.name,
        )

    def _get_backbone_starts(self, plan):
        """{way of training: (what one does about an action, the page on which one does)}.
        The page is told with `line` which action it is."""
        env = request.env
        starts = {
            "rotation": (env._("Ask for a rotation"), "/my/backbone/rotations"),
            "internal": (env._("View the trainings"), "/my/backbone/trainings"),
            "external": (env._("View the trainings"), "/my/backbone/trainings"),
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
        elif error := self._backbone_save(plan, self._read_plan, post, step):
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

    def _read_plan(self, plan, typed, stored):
        """What `_save_from_portal` of the plan is called with; see `_backbone_store`."""
        if plan.state == "active":
            return self._read_progress(plan, typed, stored)
        removed = plan.line_ids.filtered(lambda line: str(line.id) == typed.get("remove"))
        rows = {
            line: self._read_plan_line(line.id, typed, stored) for line in plan.line_ids - removed
        }
        fresh = {}
        for method in plan.line_ids._fields["method"].get_values(request.env):
            vals = self._read_plan_line(f"new-{method}", typed, stored)
            if vals:
                fresh[f"new-{method}"] = {**vals, "method": method}
        vals = read(dict.fromkeys(CONTENT, Text()), typed, stored)
        return {"vals": vals, "rows": rows, "fresh": fresh, "removed": removed}

    def _get_plan_line_inputs(self):
        many = request.env._("Say how many as a whole number between 1 and 1,000.")
        texts = ("gap", "action", "support", "evidence", "quarterly_check")
        return {
            "date_due": Date(),
            "quantity": Number(1, 1000, many, empty=1),
            **dict.fromkeys(texts, Text()),
        }

    def _read_plan_line(self, prefix, typed, stored):
        vals = read_row(prefix, self._get_plan_line_inputs(), typed, stored)
        action = vals.get("action", stored.get(f"{prefix}-action"))
        if vals and not action:
            raise FieldError(
                request.env._("Say what you will do, or remove the action."), f"{prefix}-action"
            )
        return vals

    def _read_progress(self, plan, typed, stored):
        percent = request.env._("Progress is a whole number between 0 and 100 percent.")
        inputs = {
            "evidence": Text(),
            "progress": Number(0, 100, percent, unit="%", required=percent),
        }
        return {
            "vals": {},
            "rows": {line: read_row(line.id, inputs, typed, stored) for line in plan.line_ids},
            "files": {
                line: Files().take(f"{line.id}-files", typed.get(f"{line.id}-files"))
                for line in plan.line_ids
            },
            "removed_file": typed.get("remove_file"),
        }

    @post("/my/backbone/plans/<int:record_id>/autosave")
    def portal_backbone_plan_autosave(self, record_id, **post):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._backbone_autosave(plan, self._read_plan, post)

    @get("/my/backbone/plans/<int:record_id>/files/<int:file_id>")
    def portal_backbone_plan_file(self, record_id, file_id, **kw):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._backbone_file(plan.line_ids, "evidence_ids", file_id)

    @route("/my/backbone/plans/<int:record_id>/sign", type="jsonrpc", auth="user", website=True)
    def portal_backbone_plan_sign(self, record_id, name=None, signature=None, **kw):
        return self._backbone_sign(
            self._backbone_find("hr.backbone.plan", record_id), name, signature
        )

    @get("/my/backbone/plans/<int:record_id>/pdf")
    def portal_backbone_plan_pdf(self, record_id, **kw):
        plan = self._backbone_find("hr.backbone.plan", record_id)
        return self._backbone_pdf(plan, "hr_backbone_training.action_report_hr_backbone_plan")
