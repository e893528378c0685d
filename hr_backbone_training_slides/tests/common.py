# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command


class CourseCases:
    """A course of two lessons that counts as internal training, and one that is read; who is
    on it, for any class that has made members and plans."""

    @classmethod
    def _set_up_courses(cls):
        cls.channel = cls._new_channel("Leading a Team")
        cls.book = cls._new_channel("On Reading")
        cls.course, cls.reading = (
            cls.env["hr.backbone.course"]
            .with_user(cls.user_officer)
            .create(
                [
                    {"channel_id": cls.channel.id, "hours": 4},
                    {"channel_id": cls.book.id, "use": "reading", "hours": 2},
                ]
            )
        )

    @classmethod
    def _new_channel(cls, name, **kwargs):
        return cls.env["slide.channel"].create(
            {
                "name": name,
                "is_published": True,
                "enroll": "invite",
                "visibility": "connected",
                "user_id": cls.env.ref("base.user_admin").id,
                "slide_ids": [
                    Command.create(
                        {"name": f"Lesson {n}", "slide_category": "article", "is_published": True}
                    )
                    for n in (1, 2)
                ],
                **kwargs,
            }
        )

    @classmethod
    def _complete(cls, user, channel=None):
        """The person reads all lessons, as the pages of the course note it."""
        (channel or cls.channel).slide_ids.with_user(user).sudo()._action_mark_completed()
        cls.env.flush_all()

    @classmethod
    def _join(cls, user, channel=None):
        """The person goes to the course by themselves."""
        (channel or cls.channel).sudo()._action_add_members(user.partner_id)

    def _attendee(self, user, channel=None):
        attendees = self.env["slide.channel.partner"].with_context(active_test=False)
        return attendees.search(
            [
                ("channel_id", "=", (channel or self.channel).id),
                ("partner_id", "=", user.partner_id.id),
            ]
        )

    def _enrollment(self, member, course=None):
        return self.env["hr.backbone.enrollment"].search(
            [("member_id", "=", member.id), ("course_id", "=", (course or self.course).id)]
        )

    def _enroll(self, line, course=None, user=None):
        """The member enrolls for an action, in the form that the action opens."""
        user = user or line.sudo().employee_id.user_id
        action = line.with_user(user).action_begin_course()
        enrollments = self.env["hr.backbone.enrollment"].with_user(user)
        return enrollments.with_context(**action["context"]).create(
            {"course_id": (course or self.course).id}
        )
