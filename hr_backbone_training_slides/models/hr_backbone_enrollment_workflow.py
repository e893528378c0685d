# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.hr_backbone_training.models.core.moves import HR, PROCEDURE, Move, Moves
from odoo.addons.hr_backbone_training.models.core.public import Text, public

_lt = LazyTranslate(__name__)

# (how it stands, how it is in the course) → the step that follows; what was completed stays so
# when one leaves the course
FOLLOWS = {
    ("enrolled", "completed"): "complete",
    ("enrolled", "left"): "leave",
    ("completed", "enrolled"): "reopen",
    ("left", "enrolled"): "rejoin",
    ("left", "completed"): "complete",
}


class HrBackboneEnrollment(models.Model):
    """The steps of an enrollment: what happens in the course takes them. HR alone decides that
    one does not count."""

    _inherit = "hr.backbone.enrollment"

    _readers = ("employee", "managers", "mentor", "hr")
    _moves = Moves(
        Move("complete", ("enrolled", "left"), "completed", _lt("Completed"), by=PROCEDURE),
        Move("reopen", "completed", "enrolled", _lt("Completion taken back"), by=PROCEDURE),
        Move("leave", "enrolled", "left", _lt("Left the course"), by=PROCEDURE),
        Move("rejoin", "left", "enrolled", _lt("Enrolled again"), by=PROCEDURE),
        Move(
            "cancel",
            ("enrolled", "completed", "left"),
            "cancelled",
            _lt("Does not count"),
            by=HR,
            reason="action_cancel",
        ),
        Move("restore", "cancelled", "enrolled", _lt("Counts again"), by=HR, button=True),
    )

    def _get_next_step(self):
        self.ensure_one()
        if self.state != "enrolled":
            return False
        if self._is_about_me():
            return self.env._("You take the course.")
        return self.env._("%s takes the course.", self.employee_id._get_backbone_name())

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """→ cancelled, by HR: it does not count, whatever becomes of it.

        :param str comment: the reason; required
        """
        self._move("cancel", comment)
        return True

    @public()
    def action_restore(self):
        """cancelled → as it stands in the course, by HR: it was a mistake. What was completed
        keeps its day."""
        self._move("restore")
        return True

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "restore":
            # sudo: the move was allowed; where the course stands follows
            for row in self.sudo():
                target = "completed" if row.date_completed else row._get_standing()
                row._follow({row: target})
        return result

    # -- what happens in the course ----------------------------------------------------

    @api.model
    def _find_members(self, partners):
        """{partner: the members in the pool, in all companies, who answer to it}; superuser."""
        employees = self.env["hr.employee"].search(
            [
                "|",
                ("user_id.partner_id", "in", partners.ids),
                ("work_contact_id", "in", partners.ids),
            ]
        )
        members = self.env["hr.backbone.member"].search([("employee_id", "in", employees.ids)])
        found = {}
        for member in members:
            for partner in self._get_partner(member.employee_id):
                found[partner] = found.get(partner, members.browse()) | member
        return found

    @api.model
    def _sync(self, attendees, happened=False, gone=False):
        """Make sure that the enrollments are as the attendees of the courses are. Called as
        superuser.

        :param attendees: `slide.channel.partner`
        :param bool happened: it has happened at this moment: what is completed is of today
        :param bool gone: they are about to be deleted
        """
        courses = self.env["hr.backbone.course"].with_context(active_test=False)
        courses = courses.search([("channel_id", "in", attendees.channel_id.ids)])
        people = self._find_members(attendees.partner_id) if courses else {}
        if not people:
            return
        members = self.env["hr.backbone.member"].union(*people.values())
        known = {
            (row.course_id, row.member_id): row
            for row in self.search(
                [("course_id", "in", courses.ids), ("member_id", "in", members.ids)]
            )
        }
        targets, fresh = {}, []
        for attendee in attendees:
            standing = "left" if gone else attendee._get_backbone_standing()
            for course in courses.filtered(lambda c, a=attendee: c.channel_id == a.channel_id):
                for member in people.get(attendee.partner_id, ()):
                    # whoever has left the pool studies for themselves
                    if member.company_id != course.company_id or member.state == "exited":
                        continue
                    if row := known.get((course, member)):
                        targets[row] = standing
                    elif course._takes(member, standing, happened):
                        fresh.append((course, member, standing))
        self._make(fresh)
        self._follow(targets)

    def _make(self, fresh):
        """Enrollments of those who went to the course by themselves."""
        self._create_moved(
            [
                {
                    "course_id": course.id,
                    "member_id": member.id,
                    "state": standing,
                    "date_enrolled": today,
                    "date_completed": today if standing == "completed" else False,
                    "hours": course.hours if standing == "completed" else 0,
                }
                for course, member, standing in fresh
                for today in (course.company_id._backbone_today(),)
            ]
        )

    def _follow(self, targets):
        """Take the steps that lead there. Called as superuser.

        :param dict targets: {enrollment: how it stands in the course}
        """
        steps = {}
        for row, standing in targets.items():
            if name := FOLLOWS.get((row.state, standing)):
                # one that HR lets count again was completed on its own day
                key = (name, row.course_id, bool(row.date_completed))
                steps[key] = steps.get(key, self.browse()) | row
        for (name, course, dated), rows in steps.items():
            vals = {}
            if name == "complete":
                vals["hours"] = course.hours
                if not dated:
                    vals["date_completed"] = course.company_id._backbone_today()
            elif name == "reopen":
                vals.update(hours=0, date_completed=False)
            rows._do_move(self._get_move(name), "", vals)

    def _on_member_exited(self):
        """What is not completed does not count for the pool any more. Called as superuser."""
        if rows := self.filtered(lambda row: row.state == "enrolled"):
            rows._do_move(self._get_move("leave"), self.env._("Left the talent pool."))

    def _get_attendee(self):
        self.ensure_one()
        attendees = self.env["slide.channel.partner"].with_context(active_test=False)
        return attendees.search(
            [
                ("channel_id", "=", self.course_id.channel_id.id),
                ("partner_id", "in", self._get_partner(self.employee_id).ids),
            ],
            order="active desc",
            limit=1,
        )

    def _get_standing(self):
        """How the member stands in the course now; as superuser."""
        return self._get_attendee()._get_backbone_standing() or "left"

    def _add_to_course(self):
        """A seat in the course; as superuser."""
        self.ensure_one()
        partner = self._get_partner(self.employee_id)
        self.course_id.channel_id._action_add_members(partner)

    def _join(self):
        """The member enrolls again, who had left."""
        for row in self:
            # sudo: whether the member may is asked here; the seat follows
            row.check_access("write")
            row.sudo()._add_to_course()
