from odoo.fields import Domain
from odoo.http import request, route

from .portal_form import BackbonePortalForm
from .routes import get, post

FORMS = {
    "pdf": "hr_backbone_training.action_report_hr_backbone_assessment",
    "year": "hr_backbone_training.action_report_hr_backbone_assessment_year",
}


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
            # sudo: names of the people of assessments that the user may read
            cases={record: record.sudo() for record in records},
            **values,
        )

    def _get_backbone_assessment_filters(self):
        own = request.env.user._get_backbone_own()
        mentees = Domain("mentor_id", "in", own)
        filters = {
            "all": {"label": request.env._("Of my mentees"), "domain": mentees},
            "open": {
                "label": request.env._("Still to write"),
                "domain": mentees & Domain("state", "=", "draft"),
            },
            "own": {
                "label": request.env._("About me"),
                "domain": Domain("employee_id", "in", own) & Domain("state", "=", "submitted"),
            },
        }
        if not request.env["hr.backbone.assessment"].search_count(mentees, limit=1):
            # who has no mentees looks for the own ones
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
            # sudo: names of the people of an assessment that the user may read
            case=assessment.sudo(),
            can_write=not assessment._get_edit_refusal(),
            report=readable.filtered(lambda record: record.state != "draft"),
            report_state=report.state,
            entries=entries,
            links=entries._get_links(),
            notes=assessment.note_ids,
            following=following,
            following_name=following.sudo().employee_id.name,
            preview=assessment._get_preview(),
            decisions=assessment.decision_ids,
            **{"version": assessment._get_version(), **values},
        )

    @post("/my/backbone/assessments/<int:record_id>")
    def portal_backbone_assessment_save(self, record_id, step="save", **post):
        assessment = self._backbone_find("hr.backbone.assessment", record_id)
        if error := self._backbone_save(assessment, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(assessment.access_url, **error)
            return self._backbone_assessment_page(assessment, **error)
        url, message = assessment.access_url, request.env._("Saved.")
        if step == "submit":
            message = request.env._("The assessment was submitted.")
        elif step == "next" and (following := assessment._get_next_open()):
            url = following.access_url
            # sudo: the name of the mentee who was assessed
            message = request.env._("Saved: %s.", assessment.sudo().employee_id.name)
        return self._backbone_done(url, message)

    @post("/my/backbone/assessments/<int:record_id>/autosave")
    def portal_backbone_assessment_autosave(self, record_id, **post):
        return self._backbone_autosave(
            self._backbone_find("hr.backbone.assessment", record_id), post
        )

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
        if form not in FORMS:
            raise request.not_found()
        return self._show_report(assessment, "pdf", FORMS[form], download=True)
