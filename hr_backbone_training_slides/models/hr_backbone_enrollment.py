# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .hr_backbone_course import METHODS


class HrBackboneEnrollment(models.Model):
    """A member in a course of eLearning that counts. It follows what happens there: enrolled,
    completed, left; it moves the action of the plan, and stands in the quarterly report."""

    _name = "hr.backbone.enrollment"
    _description = "Backbone Course Enrollment"
    _inherit = ["hr.backbone.development.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _portal_path = "courses"

    _plan_methods = ("internal", "promotion")
    _line_progress = {"enrolled": 0, "completed": 100}
    _moved_fields = ("date_enrolled", "date_completed", "hours")
    _kept_fields = ("course_id",)

    member_id = fields.Many2one(default=lambda self: self._default_member_id())
    course_id = fields.Many2one(
        "hr.backbone.course",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    name = fields.Char(related="course_id.name", string="Course Name")
    use = fields.Selection(related="course_id.use", store=True, precompute=True)
    hours = fields.Float(readonly=True, copy=False, aggregator="sum")
    date_enrolled = fields.Date("Enrolled on", readonly=True, copy=False)
    date_completed = fields.Date("Completed on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("enrolled", "Enrolled"),
            ("completed", "Completed"),
            ("left", "Left"),
            ("cancelled", "Does Not Count"),
        ],
        default="enrolled",
    )

    _member_uniq = models.UniqueIndex(
        "(course_id, member_id)", "A member can be enrolled in a course only once."
    )

    @api.model
    def _default_member_id(self, course=None):
        """The user's own active membership: the one in the company of the course; of several,
        rather that in the company which the user is in at the moment."""
        members = self._get_own_members()
        # sudo: in which company the course counts decides
        company = course.sudo().company_id if course else self.env.company
        here = members.filtered(lambda member: member.company_id == company)
        return (here or members)[:1]

    @api.model
    def _get_own_members(self):
        """The user's own active memberships: whoever works in two companies may have two."""
        own = Domain("employee_id", "in", self.env.user._get_backbone_own())
        return self.env["hr.backbone.member"].search(own & Domain("state", "=", "active"))

    @api.onchange("course_id")
    def _onchange_course_id(self):
        """One enrolls as a member of the company in which the course counts."""
        if self.course_id and self.member_id in self._get_own_members():
            self.member_id = self._default_member_id(self.course_id)

    @api.depends("course_id.name", "employee_id")
    def _compute_display_name(self):
        for row in self:
            # sudo: the names of course and member of a row that the user has
            person = row.sudo()
            names = (person.course_id.name, person.employee_id.name)
            row.display_name = " – ".join(filter(None, names))

    def _compute_access_url(self):
        """The course itself, where it is taken."""
        result = super()._compute_access_url()
        for row in self:
            # sudo: the address of a course that the user is enrolled in
            row.access_url = row.sudo().course_id.channel_id.website_url or "/my/backbone/courses"
        return result

    # -- content -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Members enroll, or HR enrolls them: in the course itself, too.

        :raise UserError: for somebody else, or not now
        """
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        if any(not vals.get("member_id") for vals in vals_list):
            # said here, so that what is there already is refused in words
            default = self.env.context.get("default_member_id")
            courses = self.env["hr.backbone.course"]
            vals_list = [
                {"member_id": default or self._default_member_id(course).id, **vals}
                for vals in vals_list
                for course in (courses.browse(vals.get("course_id") or []),)
            ]
        rows = super().create(vals_list)
        for row in rows:
            if not (self.env.su or row._is_about_me() or row._is_hr()):
                raise UserError(self.env._("You enroll for yourself only."))
            # before the attendee of the course is made
            if reason := row.course_id._get_enroll_refusal(row.member_id):
                raise UserError(reason)
        # sudo: the checks are above; the day, and the seat in the course, follow
        system = rows.sudo()
        for company, own in system.grouped("company_id").items():
            own._write_moved({"date_enrolled": company._backbone_today()})
        for row in system:
            row._add_to_course()
        return rows

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "plan_line_id" in vals and not self.env.su:
            for row in self:
                if reason := row._get_edit_refusal():
                    raise UserError(reason)
        return super().write(vals)

    def _get_edit_refusal(self):
        self.ensure_one()
        if self._is_about_me() or self._is_hr():
            return False
        return self.env._("Only the member and HR say for which action it is.")

    def _get_plan_methods(self):
        self.ensure_one()
        # sudo: as what the course counts
        return (METHODS[self.sudo().course_id.use],)

    @api.constrains("plan_line_id")
    def _check_completed_since(self):
        """What was completed before the plan began is no progress of it. A revision goes on
        with the plan that it revises."""
        # sudo: when each of them was decides
        for row in self.sudo().filtered(lambda row: row.plan_line_id and row.date_completed):
            first = row.plan_line_id
            while first.previous_id:
                first = first.previous_id
            began = first.plan_id.date_activated
            if row.state == "completed" and began and row.date_completed < began:
                raise ValidationError(
                    self.env._(
                        "“%(course)s” was completed on %(day)s, before the plan came into force: "
                        "choose another course for the action.",
                        course=row.name,
                        day=format_date(self.env, row.date_completed),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An enrollment is history: HR says that it does not count."))

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT enrollment.id, enrollment.member_id,
                   CASE WHEN enrollment.state = 'completed' THEN enrollment.date_completed
                        ELSE enrollment.date_enrolled END,
                   NULL::date, course.name, enrollment.state, enrollment.state = 'completed',
                   enrollment.hours, enrollment.plan_line_id
              FROM hr_backbone_enrollment enrollment
              JOIN hr_backbone_course course ON course.id = enrollment.course_id
             WHERE enrollment.state != 'cancelled'
            """
        )
