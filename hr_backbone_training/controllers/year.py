# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request

from .portal import MAX_ID, BackbonePortal, get


class BackbonePortalEvaluation(BackbonePortal):
    """The evaluation of a year, and the outstanding whom the company is told."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        outstanding = request.env["hr.backbone.outstanding"]
        if outstanding.has_access("read") and (count := outstanding.search_count([])):
            env = request.env
            rooms.append(
                (
                    env._("Outstanding of the year"),
                    env._("Who was named outstanding, and for what"),
                    "/my/backbone/outstanding",
                    count,
                )
            )
        mine = request.env["hr.backbone.evaluation"].search([("employee_id", "in", own)], limit=1)
        if mine:
            rooms.append(
                (
                    request.env._("My evaluation"),
                    request.env._("Parts, total and rank, as human resources evaluated the year"),
                    mine.access_url,
                    0,
                )
            )
        return rooms

    @get("/my/backbone/outstanding", "/my/backbone/outstanding/page/<int:page>")
    def portal_backbone_outstanding(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env["hr.backbone.outstanding"],
            "/my/backbone/outstanding",
            kw,
            inputs={
                "all": request.env._("Search in all"),
                "person": request.env._("Search in names"),
                "department": request.env._("Search in departments"),
                "post": request.env._("Search in posts"),
            },
        )
        return self._backbone_render(
            "portal_backbone_outstanding",
            "backbone_outstanding",
            years=list(values["records"].grouped("year").items()),
            awards=request.env["hr.backbone.evaluation"]._get_own_awards(values["records"].ids).ids,
            **values,
        )

    @get("/my/backbone/evaluations/<int:record_id>")
    def portal_backbone_evaluation(self, record_id, **kw):
        record = self._backbone_find("hr.backbone.evaluation", record_id)
        reports = request.env["report.hr_backbone_training.report_evaluation"]
        return self._backbone_render(
            "portal_backbone_evaluation",
            "backbone_evaluation",
            record=record,
            form=reports._get_forms(record)[record.id],
        )

    @get(
        "/my/backbone/evaluations/<int:record_id>/pdf",
        "/my/backbone/evaluations/<int:record_id>/certificate",
    )
    def portal_backbone_evaluation_pdf(self, record_id, **kw):
        name, record = "evaluation", None
        if request.httprequest.path.endswith("/certificate"):
            name = "certificate"
            # an id that is too large for the database is refused below
            if record_id < MAX_ID:
                record = request.env["hr.backbone.evaluation"]._get_own_awards([record_id])
        record = record or self._backbone_find("hr.backbone.evaluation", record_id)
        if name == "certificate" and not record.is_outstanding:
            raise request.not_found()
        report = f"hr_backbone_training.action_report_hr_backbone_{name}"
        return self._backbone_pdf(record, report)
