# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request

from odoo.addons.hr_backbone_training.controllers.forms import BackbonePortalForm
from odoo.addons.hr_backbone_training.controllers.portal import get, post
from odoo.addons.hr_backbone_training.models.core.shown import show_each

URL = "/my/backbone/courses"


class BackbonePortalCourse(BackbonePortalForm):
    """The courses of eLearning that count, and enrolling for an action of the plan."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        enrollments = request.env["hr.backbone.enrollment"]
        members = enrollments._get_own_members()
        if request.env["hr.backbone.course"]._get_offered(None, members):
            mine = [("employee_id", "in", own), ("state", "=", "enrolled")]
            rooms.append(
                (
                    request.env._("Courses"),
                    request.env._("Courses of eLearning that count for my development"),
                    URL,
                    enrollments.search_count(mine),
                )
            )
        return rooms

    def _backbone_find_line(self, text):
        """The action of the user's own plan in force that the address names; else none."""
        lines = request.env["hr.backbone.plan.line"]
        number = int(text) if str(text or "").isdecimal() and len(str(text)) < 10 else 0
        own = request.env.user._get_backbone_own()
        domain = [("id", "=", number), ("employee_id", "in", own), ("plan_id.state", "=", "active")]
        return lines.search(domain)

    @get(URL)
    def portal_backbone_courses(self, line="", **kw):
        self._backbone_check_concerned()
        return self._backbone_courses_page(self._backbone_find_line(line))

    def _backbone_courses_page(self, line, **values):
        courses = request.env["hr.backbone.course"]
        enrollments = request.env["hr.backbone.enrollment"]
        own = request.env.user._get_backbone_own()
        mine = enrollments.search([("employee_id", "in", own), ("state", "!=", "cancelled")])
        offered = courses._get_offered(line, enrollments._get_own_members())
        if line:
            mine = mine.filtered(lambda row: line.method in row._get_plan_methods())
        taken = mine.filtered(lambda row: row.state != "left").course_id
        return self._backbone_render(
            "hr_backbone_training_slides.portal_backbone_courses",
            "backbone_courses",
            line=line,
            mine=show_each(mine, "plan_line_id.id", "plan_line_id.action"),
            offered=offered - taken,
            **values,
        )

    @post(f"{URL}/<int:record_id>/enroll")
    def portal_backbone_course_enroll(self, record_id, line="", **kw):
        course = self._backbone_find("hr.backbone.course", record_id)
        action = self._backbone_find_line(line)
        member = request.env["hr.backbone.enrollment"]._default_member_id(course)
        if member.company_id != course.company_id:
            raise request.not_found()
        page = f"{URL}?line={action.id}" if action else URL
        found = {}

        def enroll():
            found["row"] = course._enroll(member, action)

        if error := self._backbone_try(course, enroll):
            return self._backbone_courses_page(action, **self._backbone_failed(error))
        if found["row"].state == "completed":
            return self._backbone_done(page, request.env._("Saved."))
        return request.redirect(found["row"].access_url, code=303)

    @get(f"{URL}/<int:record_id>/enroll")
    def portal_backbone_course_enroll_page(self, record_id, **kw):
        """The address of the step, after a login or out of the history: the courses."""
        self._backbone_find("hr.backbone.course", record_id)
        return request.redirect(URL, code=303)
