# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.fields import Domain
from odoo.http import request, route

from ..models.core.shown import show_each
from ..models.quarter.hr_backbone_report import CONTENT
from .forms import BackbonePortalForm, Choice, Files, Number, Text, read, read_row
from .portal import get, post

ASSESSMENT_FORMS = {
    "pdf": "hr_backbone_training.action_report_hr_backbone_assessment",
    "year": "hr_backbone_training.action_report_hr_backbone_assessment_year",
}


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
                ("member_id", "in", records.member_id.ids),
                ("quarter_id", "in", records.quarter_id.ids),
                ("state", "=", "submitted"),
            ]
        )
        return self._backbone_render(
            "portal_backbone_reports",
            "backbone_reports",
            records=records,
            cases=show_each(records, "quarter_id.name"),
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
            case=report._get_shown(
                "employee_id.name",
                "quarter_id.name",
            ),
            can_write=not report._get_edit_refusal(),
            entries=entries,
            links=entries._get_links(),
            decisions=report._get_decisions(),
            **{"version": report._get_version(), **values},
        )

    @post("/my/backbone/reports/<int:record_id>")
    def portal_backbone_report_save(self, record_id, step="save", **post):
        report = self._backbone_find("hr.backbone.report", record_id)
        if error := self._backbone_save(report, self._read_report, post, step):
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

    def _read_report(self, report, typed, stored):
        """What `_save_from_portal` of the report is called with."""
        rows = {}
        for entry in report.entry_ids:
            rows[entry] = read_row(entry.id, {"note": Text()}, typed, stored)
            # of a box only the tick is sent: another input says that it was on the page
            shown, included = f"{entry.id}-shown" in typed, f"{entry.id}-in" in typed
            if shown and included != entry.is_included:
                rows[entry]["is_included"] = included
        return {
            "vals": read(dict.fromkeys(CONTENT, Text()), typed, stored),
            "rows": rows,
            "files": Files().take("files", typed.get("files")),
            "removed_file": typed.get("remove_file"),
        }

    @post("/my/backbone/reports/<int:record_id>/autosave")
    def portal_backbone_report_autosave(self, record_id, **post):
        report = self._backbone_find("hr.backbone.report", record_id)
        return self._backbone_autosave(report, self._read_report, post)

    @get("/my/backbone/reports/<int:record_id>/files/<int:file_id>")
    def portal_backbone_report_file(self, record_id, file_id, **kw):
        report = self._backbone_find("hr.backbone.report", record_id)
        return self._backbone_file(report, "attachment_ids", file_id)

    @get("/my/backbone/reports/<int:record_id>/pdf")
    def portal_backbone_report_pdf(self, record_id, **kw):
        report = self._backbone_find("hr.backbone.report", record_id)
        return self._backbone_pdf(report, "hr_backbone_training.action_report_hr_backbone_report")


class BackbonePortalAssessment(BackbonePortalForm):
    """The mentor's quarterly assessment: those of my mentees, and the page of one."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        env = request.env
        # sudo: a number of the user's own; the domain is the check
        assessments = env["hr.backbone.assessment"].sudo()
        if assessments.search_count([("mentor_id", "in", own)], limit=1):
            rooms.insert(
                0,
                (
                    env._("Assessments"),
                    env._("The quarterly assessments of my mentees"),
                    "/my/backbone/assessments",
                    assessments.search_count(assessments._get_open_domain()),
                ),
            )
        return rooms

    @get("/my/backbone/assessments", "/my/backbone/assessments/page/<int:page>")
    def portal_backbone_assessments(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env["hr.backbone.assessment"],
            "/my/backbone/assessments",
            kw,
            filters=self._get_backbone_assessment_filters(),
            # the newest quarter first; in it what is still to be done
            order="quarter_id, state, date_due, id",
        )
        records = values["records"]
        return self._backbone_render(
            "portal_backbone_assessments",
            "backbone_assessments",
            by_quarter=records.grouped("quarter_id"),
            cases=show_each(
                records,
                "employee_id.name",
                "echelon_id.name",
                "department_id.name",
                "report_id.state",
            ),
            **values,
        )

    def _get_backbone_assessment_filters(self):
        own = request.env.user._get_backbone_working()
        mentees = Domain("mentor_id", "in", own)
        assessments = request.env["hr.backbone.assessment"]
        filters = {
            "all": {"label": request.env._("Of my mentees"), "domain": mentees},
            "open": {
                "label": request.env._("Still to write"),
                "domain": mentees & assessments._get_owed_domain(),
            },
            "own": {
                "label": request.env._("About me"),
                "domain": Domain("employee_id", "in", own) & Domain("state", "=", "submitted"),
            },
        }
        if not assessments.search_count(mentees, limit=1):
            # who has no mentees looks for their own
            return {"own": filters.pop("own"), **filters}
        return filters

    @get("/my/backbone/assessments/<int:record_id>")
    def portal_backbone_assessment(self, record_id, **kw):
        return self._backbone_assessment_page(
            self._backbone_find("hr.backbone.assessment", record_id)
        )

    def _backbone_assessment_page(self, assessment, **values):
        # sudo: only whether there is one; who may not read it sees no more
        report = assessment.sudo().report_id
        readable = report.sudo(False)._filtered_access("read")
        entries = readable.entry_ids.filtered("is_included")
        following = (
            assessment._get_next_open() if assessment._is_assessor() else assessment.browse()
        )
        return self._backbone_render(
            "portal_backbone_assessment",
            "backbone_assessment",
            record=assessment,
            case=assessment._get_shown(
                "employee_id.name",
                "mentor_id.name",
                "department_id.name",
                "echelon_id.name",
                "quarter_id.name",
                "report_id.state",
                "company_id.backbone_grade_s",
                "company_id.backbone_grade_a",
                "company_id.backbone_grade_b",
                "company_id.backbone_grade_c",
            ),
            can_write=not assessment._get_edit_refusal(),
            report=readable.filtered(lambda record: record.state != "draft"),
            report_state=report.state,
            entries=entries,
            links=entries._get_links(),
            notes=assessment.note_ids,
            following=following,
            following_name=following.employee_id._get_backbone_name(),
            preview=assessment._get_preview(),
            weights=assessment._get_weights(),
            decisions=assessment._get_decisions(),
            **{"version": assessment._get_version(), **values},
        )

    @post("/my/backbone/assessments/<int:record_id>")
    def portal_backbone_assessment_save(self, record_id, step="save", **post):
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        if error := self._backbone_save(assessment, self._read_assessment, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(assessment.access_url, **error)
            return self._backbone_assessment_page(assessment, **error)
        url, message = assessment.access_url, request.env._("Saved.")
        if step == "submit":
            message = request.env._("The assessment was submitted.")
        elif step == "next" and (following := assessment._get_next_open()):
            url = following.access_url
            name = assessment.employee_id._get_backbone_name()
            message = request.env._("Saved: %s.", name)
        return self._backbone_done(url, message)

    @post("/my/backbone/assessments/<int:record_id>/autosave")
    def portal_backbone_assessment_autosave(self, record_id, **post):
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        return self._backbone_autosave(assessment, self._read_assessment, post)

    def _read_assessment(self, assessment, typed, stored):
        """What `_save_from_portal` of the assessment is called with."""
        env = request.env
        proposals = assessment._fields["proposal"]
        inputs = {
            "comment": Text(),
            "proposal": Choice(
                lambda: proposals.get_values(env), env._("Choose one of the proposals.")
            ),
        }
        return {
            "vals": read(inputs, typed, stored),
            "rows": {line: self._read_score(line, typed, stored) for line in assessment.line_ids},
        }

    def _read_score(self, line, typed, stored):
        score = request.env._("A score is a whole number between 0 and 100.")
        inputs = {"example": Text(), "score": Number(0, 100, score)}
        return read_row(line.id, inputs, typed, stored)

    @route(
        "/my/backbone/assessments/<int:record_id>/sign", type="jsonrpc", auth="user", website=True
    )
    def portal_backbone_assessment_sign(self, record_id, name=None, signature=None, **kw):
        return self._backbone_sign(
            self._backbone_find("hr.backbone.assessment", record_id), name, signature
        )

    @get("/my/backbone/assessments/<int:record_id>/<string:form>")
    def portal_backbone_assessment_pdf(self, record_id, form, **kw):
        """The form of the quarter (`pdf`), and of the four quarters of its year (`year`)."""
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        if form not in ASSESSMENT_FORMS:
            raise request.not_found()
        return self._backbone_pdf(assessment, ASSESSMENT_FORMS[form])
