from odoo.http import request

from .portal_form import BackbonePortalForm
from .routes import get, post


class BackbonePortalReport(BackbonePortalForm):
    """The quarterly work-and-study report: my reports, and the page of one."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        env = request.env
        # sudo: a number of the user's own; the domain is the check
        count = env["hr.backbone.report"].sudo().search_count([("employee_id", "in", own)])
        if count:
            rooms.insert(
                0,
                (
                    env._("My reports"),
                    env._("My work and study reports, quarter by quarter"),
                    "/my/backbone/reports",
                    count,
                ),
            )
        return rooms

    @get("/my/backbone/reports", "/my/backbone/reports/page/<int:page>")
    def portal_backbone_reports(self, page=1, **kw):
        self._backbone_check_concerned()
        reports = request.env["hr.backbone.report"]
        domain = [("employee_id", "in", request.env.user._get_backbone_own())]
        pager = self._backbone_pager("/my/backbone/reports", reports.search_count(domain), page)
        records = reports.search(domain, limit=self._items_per_page, offset=pager["offset"])
        # those that the member may read by now
        assessments = request.env["hr.backbone.assessment"].search(
            [
                ("member_id", "in", records.sudo().member_id.ids),
                ("quarter_id", "in", records.quarter_id.ids),
                ("state", "=", "submitted"),
            ]
        )
        return self._backbone_render(
            "portal_backbone_reports",
            "backbone_reports",
            records=records,
            assessments=assessments.grouped("quarter_id"),
            pager=pager,
        )

    @get("/my/backbone/reports/<int:record_id>")
    def portal_backbone_report(self, record_id, **kw):
        return self._backbone_report_page(self._backbone_find("hr.backbone.report", record_id))

    def _backbone_report_page(self, report, **values):
        entries = report.entry_ids
        return self._backbone_render(
            "portal_backbone_report",
            "backbone_report",
            record=report,
            # sudo: names of the people of a report that the user may read
            case=report.sudo(),
            can_write=not report._get_edit_refusal(),
            entries=entries,
            links=entries._get_links(),
            decisions=report.decision_ids,
            **{"version": report._get_version(), **values},
        )

    @post("/my/backbone/reports/<int:record_id>")
    def portal_backbone_report_save(self, record_id, step="save", **post):
        report = self._backbone_find("hr.backbone.report", record_id)
        if error := self._backbone_save(report, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(report.access_url, **error)
            return self._backbone_report_page(report, **error)
        if step == "refresh":
            report.action_refresh()
        messages = {
            "submit": request.env._("Your report was submitted."),
            "refresh": request.env._("What happened in the quarter is up to date."),
        }
        return self._backbone_done(report.access_url, messages.get(step, request.env._("Saved.")))

    def _backbone_store(self, record, typed):
        if record._name != "hr.backbone.report":
            return super()._backbone_store(record, typed)
        return record._save_from_portal(typed, request.httprequest.files.getlist("files"))

    @post("/my/backbone/reports/<int:record_id>/autosave")
    def portal_backbone_report_autosave(self, record_id, **post):
        return self._backbone_autosave(self._backbone_find("hr.backbone.report", record_id), post)

    @get("/my/backbone/reports/<int:record_id>/files/<int:file_id>")
    def portal_backbone_report_file(self, record_id, file_id, **kw):
        report = self._backbone_find("hr.backbone.report", record_id)
        return self._backbone_file(report.sudo().attachment_ids, file_id)

    @get("/my/backbone/reports/<int:record_id>/pdf")
    def portal_backbone_report_pdf(self, record_id, **kw):
        report = self._backbone_find("hr.backbone.report", record_id)
        return self._show_report(
            report.sudo(),
            "pdf",
            "hr_backbone_training.action_report_hr_backbone_report",
            download=True,
        )
