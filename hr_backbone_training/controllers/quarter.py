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


BANDS = tuple(f"company_id.backbone_grade_{grade}" for grade in "sabc")


class BackbonePortalScored(BackbonePortalForm):
    """A form with scores, as the page of an assessment and of a second opinion has it."""

    def _prepare_scored_page(self, document):
        """What the shared templates show of the form, and of the next one that is owed."""
        following = document._get_next_open() if document._is_assessor() else document.browse()
        return {
            "record": document,
            "can_write": not document._get_edit_refusal(),
            "following": following,
            "following_name": following.employee_id._get_backbone_name(),
            "preview": document._get_preview(),
            "weights": document._get_weights(),
            "decisions": document._get_decisions(),
            "version": document._get_version(),
        }

    def _finish_scored(self, document, step, submitted):
        """Where the visitor goes after it was saved.

        :param str submitted: what is said when it was submitted
        """
        url, message = document.access_url, request.env._("Saved.")
        if step == "submit":
            message = submitted
        elif step == "next" and (following := document._get_next_open()):
            url = following.access_url
            name = document.employee_id._get_backbone_name()
            message = request.env._("Saved: %s.", name)
        return self._backbone_done(url, message)

    def _read_scored(self, document, typed, stored):
        """What `_save_from_portal` of the document is called with."""
        return {
            "vals": read({"comment": Text()}, typed, stored),
            "rows": {line: self._read_score(line, typed, stored) for line in document.line_ids},
        }

    def _read_score(self, line, typed, stored):
        score = request.env._("A score is a whole number between 0 and 100.")
        inputs = {"example": Text(), "score": Number(0, 100, score)}
        return read_row(line.id, inputs, typed, stored)


class BackbonePortalAssessment(BackbonePortalScored):
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
        return self._backbone_render(
            "portal_backbone_assessment",
            "backbone_assessment",
            case=assessment._get_shown(
                "employee_id.name",
                "mentor_id.name",
                "department_id.name",
                "echelon_id.name",
                "quarter_id.name",
                "report_id.state",
                *BANDS,
            ),
            proposals=assessment._fields["proposal"]._description_selection(request.env),
            opinion_url=assessment.readable_opinion_id.access_url,
            report=readable.filtered(lambda record: record.state != "draft"),
            report_state=report.state,
            entries=entries,
            links=entries._get_links(),
            notes=assessment.note_ids,
            **{**self._prepare_scored_page(assessment), **values},
        )

    @post("/my/backbone/assessments/<int:record_id>")
    def portal_backbone_assessment_save(self, record_id, step="save", **post):
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        if error := self._backbone_save(assessment, self._read_assessment, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(assessment.access_url, **error)
            return self._backbone_assessment_page(assessment, **error)
        return self._finish_scored(assessment, step, request.env._("The assessment was submitted."))

    @post("/my/backbone/assessments/<int:record_id>/autosave")
    def portal_backbone_assessment_autosave(self, record_id, **post):
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        return self._backbone_autosave(assessment, self._read_assessment, post)

    def _read_assessment(self, assessment, typed, stored):
        """What `_save_from_portal` of the assessment is called with."""
        env = request.env
        proposals = assessment._fields["proposal"]
        choice = Choice(lambda: proposals.get_values(env), env._("Choose one of the proposals."))
        values = self._read_scored(assessment, typed, stored)
        values["vals"] |= read({"proposal": choice}, typed, stored)
        return values

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


class BackbonePortalOpinion(BackbonePortalScored):
    """Second opinions: those that are asked of me, and the page of one."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        env = request.env
        opinions = env["hr.backbone.second.opinion"]
        if opinions._is_in_use() and opinions.search_count([("rater_id", "in", own)], limit=1):
            rooms.insert(
                0,
                (
                    env._("Second opinions"),
                    env._("On members whose work I know"),
                    "/my/backbone/opinions",
                    opinions.search_count(opinions._get_open_domain()),
                ),
            )
        return rooms

    @get("/my/backbone/opinions", "/my/backbone/opinions/page/<int:page>")
    def portal_backbone_opinions(self, page=1, **kw):
        self._backbone_check_concerned()
        opinions = request.env["hr.backbone.second.opinion"]
        domain = [("rater_id", "in", request.env.user._get_backbone_working())]
        pager = self._backbone_pager("/my/backbone/opinions", opinions.search_count(domain), page)
        records = opinions.search(
            domain,
            # the newest quarter first; in it what is still to be done
            order="quarter_id, state, date_due, id",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        return self._backbone_render(
            "portal_backbone_opinions",
            "backbone_opinions",
            records=records,
            cases=show_each(records, "employee_id.name", "quarter_id.name"),
            pager=pager,
        )

    @get("/my/backbone/opinions/<int:record_id>")
    def portal_backbone_opinion(self, record_id, **kw):
        return self._backbone_opinion_page(
            self._backbone_find("hr.backbone.second.opinion", record_id)
        )

    def _backbone_opinion_page(self, opinion, **values):
        readable = opinion.assessment_id._filtered_access("read") if opinion.is_both_in else None
        return self._backbone_render(
            "portal_backbone_opinion",
            "backbone_opinion",
            case=opinion._get_shown("employee_id.name", "rater_id.name", "quarter_id.name", *BANDS),
            is_rater=opinion._is_assessor(),
            both=opinion._get_shown_lines(),
            assessment_url=readable and readable.access_url,
            **{**self._prepare_scored_page(opinion), **values},
        )

    @post("/my/backbone/opinions/<int:record_id>")
    def portal_backbone_opinion_save(self, record_id, step="save", **post):
        opinion = self._backbone_find("hr.backbone.second.opinion", record_id)
        if step == "take_back":
            if error := self._backbone_try(opinion, opinion.action_take_back):
                return self._backbone_refused(opinion.access_url, **self._backbone_failed(error))
            return self._backbone_done(
                opinion.access_url, request.env._("The second opinion is yours to change.")
            )
        if error := self._backbone_save(opinion, self._read_scored, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(opinion.access_url, **error)
            return self._backbone_opinion_page(opinion, **error)
        return self._finish_scored(
            opinion, step, request.env._("Thank you. Your second opinion was submitted.")
        )

    @post("/my/backbone/opinions/<int:record_id>/autosave")
    def portal_backbone_opinion_autosave(self, record_id, **post):
        opinion = self._backbone_find("hr.backbone.second.opinion", record_id)
        return self._backbone_autosave(opinion, self._read_scored, post)
