# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from ..common_quarter import QuarterCommon


class TestQuarterMentor(QuarterCommon):
    """ "Whoever was mentor on the last day owes it": with the predecessor's notes in sight."""

    def setUp(self):
        super().setUp()
        self.quarter = self._open()
        self.assessment = self._get_document(self.quarter, "assessment", self.worker)
        self._take_mails()

    def test_open_assessment_goes_with_the_member(self):
        self._write_assessment(self.quarter, self.worker, proposal="adjust")
        self.member.sudo()._on_mentor_changed(self.tutor)
        assessment = self.assessment
        self.assertEqual(assessment.mentor_id, self.tutor)
        self.assertFalse(assessment.comment)
        self.assertFalse(assessment.proposal)
        self.assertTrue(all(line.score is False for line in assessment.line_ids))
        note = assessment.note_ids
        self.assertEqual(note.mentor_id, self.mentor)
        for words in ("80 points", "Well done", "Adjust the training plan"):
            self.assertIn(words, note.text)
        self.assertEqual(assessment.decision_ids[0].move, "reassign")
        # asked now, with the first assessment of the quarter
        self.assertEqual(self._take_mails(), [self.user_tutor.partner_id])
        self.assertTrue(self._get_activities(self.user_mentor))
        self.member_inside.sudo()._on_mentor_changed(self.tutor)
        self.assertFalse(self._take_mails())
        self.assertFalse(self._get_activities(self.user_mentor))

    def test_nothing_typed_leaves_no_note(self):
        self.member.sudo()._on_mentor_changed(self.tutor)
        self.assertFalse(self.assessment.note_ids)

    def test_between_two_mentors(self):
        self._write_assessment(self.quarter, self.worker)
        self.member.sudo()._on_mentor_changed(self.env["hr.employee"])
        self.assertFalse(self.assessment.mentor_id)
        self.member.sudo()._on_mentor_changed(self.tutor)
        self.assertEqual(self.assessment.mentor_id, self.tutor)
        self.assertEqual(self.assessment.note_ids.mentor_id, self.mentor)

    def test_submitted_stays_with_whoever_wrote_it(self):
        self._submit_assessment(self.quarter, self.worker)
        self.member.sudo()._on_mentor_changed(self.tutor)
        self.assertEqual(self.assessment.mentor_id, self.mentor)

    def test_after_the_last_day_it_stays(self):
        with freeze_time("2026-04-01 09:00:00"):
            self.member.sudo()._on_mentor_changed(self.tutor)
        self.assertEqual(self.assessment.mentor_id, self.mentor)

    # -- returned --------------------------------------------------------------------------

    def _replace(self, day, mentor=None):
        """Another mentor from this day on, by a mentorship of the member's."""
        with freeze_time(f"{day} 09:00:00"):
            return self._mentored(self.member, mentor or self.tutor)

    def _return(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self.assessment.with_user(self.user_officer).action_return("An example is missing")

    def test_returned_while_the_quarter_runs_goes_to_the_mentor_of_now(self):
        self._submit_assessment(self.quarter, self.worker)
        self._replace("2026-03-20")
        self._take_mails()
        self._return("2026-03-25")
        self.assertEqual(self.assessment.mentor_id, self.tutor)
        self.assertIn("80 points", self.assessment.note_ids.text)
        self.assertEqual(self.assessment._get_returned_comment(), "An example is missing")
        self.assertEqual(self._take_mails(), [self.user_tutor.partner_id])

    def test_returned_after_the_last_day_goes_to_the_mentor_of_that_day(self):
        self._submit_assessment(self.quarter, self.worker)
        self._replace("2026-03-20")
        self._replace("2026-04-03", self.director)
        self._return("2026-04-06")
        self.assertEqual(self.assessment.mentor_id, self.tutor)
        with self.assertRefused("owes it"):
            self._reassign(self.director, day="2026-04-07")

    def test_returned_stays_with_who_was_mentor_on_the_last_day(self):
        self._replace("2026-03-12", self.director)
        self._submit_assessment(self.quarter, self.worker)
        self._replace("2026-04-03")
        self._return("2026-04-06")
        self.assertEqual(self.assessment.mentor_id, self.director)
        self.assertFalse(self.assessment.note_ids)

    def test_one_that_is_with_the_former_mentor_can_be_passed_on(self):
        """Returned before a mentor was there who could take it over."""
        self._replace("2026-03-20")
        self.assessment.sudo()._write_moved({"mentor_id": self.mentor.id})
        self.assertTrue(self._reassign(self.tutor))

    # -- passed on by HR -------------------------------------------------------------------

    def _reassign(self, mentor, user=None, day="2026-04-02"):
        with freeze_time(f"{day} 09:00:00"):
            return self.assessment.with_user(user or self.user_officer).action_reassign(mentor)

    def test_mentor_who_left(self):
        self._write_assessment(self.quarter, self.worker)
        self.mentor.user_id = False
        self.assertTrue(self._reassign(self.tutor.id))
        self.assertEqual(self.assessment.mentor_id, self.tutor)
        self.assertEqual(self.assessment.note_ids.mentor_id, self.mentor)
        self.assertEqual(self._take_mails(), [self.user_tutor.partner_id])

    def test_mentor_who_is_still_there_owes_it(self):
        with self.assertRefused("owes it"):
            self._reassign(self.tutor)

    def test_until_the_last_day_another_is_appointed(self):
        self.mentor.user_id = False
        with self.assertRefused("appoint another mentor"):
            self._reassign(self.tutor, day="2026-03-31")

    def test_only_hr(self):
        with self.assertRefused("Only HR"):
            self._reassign(self.tutor, user=self.user_mentor)

    def test_new_mentor_can_assess(self):
        self.mentor.user_id = False
        for mentor in (0, 2**31 - 1, True, self._new_people(1, "Nobody"), self.worker):
            with self.subTest(mentor=mentor), self.assertRefused():
                self._reassign(mentor)

    def test_mentor_who_has_left_by_a_departure_date(self):
        self.mentor.departure_date = "2026-03-31"
        self.assertTrue(self._reassign(self.tutor))
        self.assertEqual(self.assessment.mentor_id, self.tutor)

    def test_who_takes_over_follows_the_rules_of_a_mentor(self):
        """Neither one's own report, nor somebody of the same rank, nor one who has left."""
        self.mentor.user_id = False
        tutor, other = (
            self.tutor,
            self._new_employee(self._new_user("bt_equal"), self.line, self.job_worker),
        )
        with self.assertRefused("does not allow it", "is not above that of"):
            self._reassign(other)
        tutor.parent_id = self.worker
        with self.assertRefused("reports to Worker"):
            self._reassign(tutor)
        tutor.parent_id = False
        tutor.departure_date = "2026-04-01"
        with self.assertRefused("cannot assess"):
            self._reassign(tutor)
        self.assertEqual(self.assessment.mentor_id, self.mentor)

    def test_submitted_is_not_passed_on(self):
        self._submit_assessment(self.quarter, self.worker)
        with self.assertRefused("not possible"):
            self._reassign(self.tutor)
