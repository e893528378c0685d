# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.hr_backbone_training.models.core.jobs import run_in_batches
from odoo.addons.hr_backbone_training.models.core.public import public

# which way of training of the plan it serves
METHODS = {"internal": "internal", "reading": "promotion"}


class HrBackboneCourse(models.Model):
    """A course of eLearning that counts in a company, since its HR says so: as internal
    training, or as reading."""

    _name = "hr.backbone.course"
    _description = "Course That Counts"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "id"
    _check_company_auto = True
    _kept_fields = ("company_id", "channel_id")

    channel_id = fields.Many2one("slide.channel", "Course", index=True, ondelete="set null")
    # it stays when the course is deleted
    name = fields.Char(compute="_compute_name", store=True, precompute=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    use = fields.Selection(
        [("internal", "Internal Training"), ("reading", "Reading")],
        "Counts as",
        required=True,
        default="internal",
        help="Internal training stands in the ledger of obligations; reading serves the actions "
        "of personal promotion.",
    )
    subject = fields.Selection(
        [
            ("management", "Management"),
            ("skill", "Skills"),
            ("both", "Management and Skills"),
        ],
        required=True,
        default="skill",
        help="Which training of the quarter it delivers, where management and skills training "
        "are both owed.",
    )
    hours = fields.Float(
        compute="_compute_hours",
        store=True,
        precompute=True,
        readonly=False,
        help="That count for whoever completes it; the duration of the course, until others are "
        "typed.",
    )
    active = fields.Boolean(
        "In Use", default=True, help="Whoever is enrolled goes on; nobody enrolls any more."
    )
    enrollment_ids = fields.One2many("hr.backbone.enrollment", "course_id", "Enrollments")
    enrollment_count = fields.Integer("Enrolled", compute="_compute_enrollment_count")
    is_open = fields.Boolean(
        "Open",
        compute="_compute_is_open",
        search="_search_is_open",
        compute_sudo=True,
        help="One can enroll now.",
    )

    _channel_uniq = models.UniqueIndex(
        "(channel_id, company_id) WHERE active", "The course counts already: change how it does."
    )
    _hours_positive = models.Constraint("CHECK (hours >= 0)", "Hours cannot be negative.")

    @api.depends("channel_id.name")
    def _compute_name(self):
        for course in self:
            # the last name of one that is gone
            course.name = course.channel_id.name or course.name

    @api.depends("channel_id")
    def _compute_hours(self):
        for course in self:
            course.hours = course.hours or course.channel_id.total_time

    def _compute_enrollment_count(self):
        counts = dict(
            # sudo: how many there are, for whoever reads the course
            self.env["hr.backbone.enrollment"]
            .sudo()
            ._read_group(
                [("course_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["course_id"],
                ["__count"],
            )
        )
        for course in self:
            course.enrollment_count = counts.get(course._origin, 0)

    @api.depends("active", "channel_id.active", "channel_id.is_published")
    def _compute_is_open(self):
        for course in self:
            channel = course.channel_id
            course.is_open = bool(
                course.active and channel and channel.active and channel.is_published
            )

    @api.model
    def _search_is_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # any!: whether it is open, also where the course is shown to its attendees alone
        channel = [("active", "=", True), ("is_published", "=", True)]
        return Domain("active", "=", True) & Domain("channel_id", "any!", channel)

    @api.constrains("channel_id", "active")
    def _check_channel(self):
        if any(course.active and not course.channel_id for course in self):
            raise ValidationError(self.env._("Choose a course of eLearning."))

    @api.model_create_multi
    def create(self, vals_list):
        courses = super().create(vals_list)
        # sudo: who is in these courses now; HR has made the entry
        courses.sudo()._sync()
        return courses

    def write(self, vals):
        if "use" in vals:
            for course in self:
                if vals["use"] != course.use and course.enrollment_count:
                    raise UserError(
                        self.env._(
                            "Members are enrolled in “%s” already: archive this entry, and make "
                            "another one for those who enroll from now on.",
                            course.name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_enrolled(self):
        # sudo: only whether there are any
        if self.sudo().enrollment_ids:
            raise UserError(self.env._("Members are enrolled: archive the entry instead."))

    # -- enrolling ---------------------------------------------------------------------

    def _get_enroll_refusal(self, member):
        """Why this member does not enroll now: a sentence, or False."""
        self.ensure_one()
        # sudo: where course and member stand decides
        course, person = self.sudo(), member.sudo()
        if not course.is_open:
            return self.env._("“%s” is not open now: choose another course.", course.name)
        if person.state != "active":
            return self.env._("%s is not in the talent pool now.", person.employee_id.name)
        partner = self.env["hr.backbone.enrollment"].sudo()._get_partner(person.employee_id)
        if not partner:
            return self.env._(
                "%s has no login and no contact, and so cannot enroll: ask HR for one.",
                person.employee_id.name,
            )
        if course.env["slide.channel.partner"].search_count(
            [
                ("channel_id", "=", course.channel_id.id),
                ("partner_id", "in", partner.ids),
                ("member_status", "=", "completed"),
                ("active", "in", (True, False)),
            ],
            limit=1,
        ):
            return self.env._(
                "%(person)s has completed “%(course)s” already, before it counted here.",
                person=person.employee_id.name,
                course=course.name,
            )
        return False

    @api.model
    def _get_offered(self, line, members=None):
        """The courses that serve this action of a plan, or all where there is none.

        :param members: only what they can enroll in, each in the own company
        """
        offered = self.search([("is_open", "=", True)])
        if members is not None:
            offered = offered.filtered(lambda course: course.company_id in members.company_id)
        if line:
            offered = offered.filtered(
                lambda course: (
                    METHODS[course.use] == line.method and course.company_id == line.company_id
                )
            )
        return offered

    def _enroll(self, member, line):
        """The user enrolls for the action `line`, or lets an enrollment that there is serve it.

        :return: the `hr.backbone.enrollment`
        """
        self.ensure_one()
        enrollments = self.env["hr.backbone.enrollment"]
        known = enrollments.search([("course_id", "=", self.id), ("member_id", "=", member.id)])
        if not known:
            return enrollments.create(
                {"course_id": self.id, "member_id": member.id, "plan_line_id": line.id}
            )
        if line and known.plan_line_id != line:
            known.plan_line_id = line
        if known.state == "left":
            known._join()
        return known

    # -- what happens there ------------------------------------------------------------

    def _sync(self):
        """Make sure that who of the members is in these courses has an enrollment, and what
        became of it. What was completed before anybody looked has no day, and does not count.
        Called as superuser."""
        attendees = self.channel_id.with_context(active_test=False).channel_partner_all_ids
        self.env["hr.backbone.enrollment"]._sync(attendees)

    @api.model
    def _cron_sync(self, batch_size=20):
        """Members come into the pool, logins change: make sure that it is so, daily."""
        # who is enrolled goes on also where nobody enrolls any more
        every = self.with_context(active_test=False)
        domain = Domain("channel_id", "!=", False)
        run_in_batches(every, domain, lambda courses: courses._sync(), batch_size)

    @public(one=True)
    def action_open_enrollments(self):
        """Who is enrolled."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training_slides.hr_backbone_enrollment_action"
        )
        action["domain"] = [("course_id", "=", self.id)]
        action["context"] = {"default_course_id": self.id}
        return action

    def _takes(self, member, standing, happened):
        """Whether a member who went to the course by themselves gets an enrollment. As
        superuser.

        :param str standing: how the member stands there
        :param bool happened: it has happened at this moment
        """
        self.ensure_one()
        wanted = ("enrolled", "completed") if happened else ("enrolled",)
        return self.active and member.state == "active" and standing in wanted
