# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import Form, tagged

from odoo.addons.hr_backbone_training.tests.bulk import copy_rows
from odoo.addons.hr_backbone_training.tests.common_rotation import BackboneRotationCommon

from .common import HolidaysCommon


@tagged("post_install", "-at_install")
class TestRotationConflict(BackboneRotationCommon, HolidaysCommon):
    """What is asked for in Time Off counts before it is approved: dates only."""

    def test_asked_for(self):
        self._ask(self.worker, "05-11", "05-12")
        rotation = self._draft()
        self.assertEqual(rotation.leave_conflict, "Time off from 05/11/2026 to 05/12/2026.")
        self._approve(self.worker, "05-13")
        self.assertEqual(rotation.leave_conflict, "Time off from 05/11/2026 to 05/13/2026.")

    def test_refused_or_at_work(self):
        self._ask(self.worker, "05-11").action_refuse()
        kind = self._new_kind("hr", time_type="other")
        self._ask(self.worker, "05-12", kind=kind)
        self._approve(self.worker, "05-14", kind=kind)
        self._ask(self.colleague, "05-13")
        self.assertFalse(self._draft().leave_conflict)

    def test_no_query_for_each(self):
        rotations = self._draft()
        rotations |= copy_rows(rotations, 49)
        self._ask(self.worker, "05-11")
        rotations[:1].mapped("leave_conflict")
        few, many = (
            self._cost(lambda some=some: some.mapped("leave_conflict"))
            for some in (rotations[:2], rotations)
        )
        self.assertEqual(many, few)


@tagged("post_install", "-at_install")
class TestTalkConflict(HolidaysCommon):
    """A talk at a time when one of the two has time off is said where one plans it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mentorship = cls._mentored(cls._admitted(), cls.director)
        cls.talks = cls.env["hr.backbone.mentorship.session"].with_user(cls.user_director)

    def _plan(self, start):
        vals = {"mentorship_id": self.mentorship.id, "date_start": f"2026-{start}:00"}
        return self.talks.create(vals)

    def test_of_each_of_the_two(self):
        self._ask(self.worker, "04-08", "04-10")
        self._approve(self.director, "04-10", "04-13")
        said = "Worker has time off at that time."
        talk = self._plan("04-08 10:00")
        self.assertEqual(talk.leave_conflict, said)
        self.assertEqual(talk.with_user(self.user_worker).leave_conflict, said)
        self.assertEqual(len(self._plan("04-10 10:00").leave_conflict.splitlines()), 2)
        self.assertFalse(self._plan("04-14 10:00").leave_conflict)
        talk.action_cancel("Another day")
        self.assertFalse(talk.leave_conflict)

    def test_by_the_hour(self):
        self._ask(
            self.worker,
            "04-08",
            kind=self._new_kind("hr", request_unit="half_day"),
            request_date_from_period="am",
            request_date_to_period="am",
        )
        self.assertTrue(self._plan("04-08 08:00").leave_conflict)
        self.assertFalse(self._plan("04-08 14:00").leave_conflict)

    def test_the_form_says_so_before_it_is_saved(self):
        self._ask(self.worker, "04-08")
        with Form(self.talks) as form:
            form.mentorship_id = self.mentorship
            form.date_start = "2026-04-08 10:00:00"
            self.assertIn("Worker has time off", form.leave_conflict)
            form.date_stop = "2026-04-09 11:00:00"
            form.date_start = "2026-04-09 10:00:00"
            self.assertFalse(form.leave_conflict)

    def test_no_query_for_each(self):
        talks = self._plan("04-08 10:00")
        talks |= copy_rows(talks, 49)
        self._ask(self.worker, "04-08")
        talks[:1].mapped("leave_conflict")
        few, many = (
            self._cost(lambda some=some: some.mapped("leave_conflict"))
            for some in (talks[:2], talks)
        )
        self.assertEqual(many, few)
