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
        self.assertEqual(set(assessment.line_ids.mapped("is_scored")), {False})
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

    def test_submitted_is_not_passed_on(self):
        self._submit_assessment(self.quarter, self.worker)
        with self.assertRefused("not possible"):
            self._reassign(self.tutor)
