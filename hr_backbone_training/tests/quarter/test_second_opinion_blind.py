# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_access import AccessCommon, parse
from ..common_opinion import OpinionCommon

OFFICER = "hr_backbone_training.group_hr_backbone_officer"

# Worker's documents, whose mentor is Mentor, and of whom the leader gives a second opinion.
ASKED = """
                     worker leader manager director colleague mentor officer admin
assessment           -      -      -       -        -         rw     rw      rw
assessment.line      -      -      -       -        -         rw     rw      rw
second.opinion       -      rw     -       -        -         -      rw      rw
second.opinion.line  -      rw     -       -        -         -      rw      rw
"""
# The mentor has submitted, who gives the second opinion has not.
MENTOR_IN = """
                     worker leader manager director colleague mentor officer admin
assessment           r      -      r       r        -         r      rw      rw
assessment.line      r      -      r       r        -         r      rw      rw
second.opinion       -      rw     -       -        -         -      rw      rw
second.opinion.line  -      rw     -       -        -         -      rw      rw
"""
# The other way about.
RATER_IN = """
                     worker leader manager director colleague mentor officer admin
assessment           -      -      -       -        -         rw     rw      rw
assessment.line      -      -      -       -        -         rw     rw      rw
second.opinion       -      r      -       -        -         -      rw      rw
second.opinion.line  -      r      -       -        -         -      rw      rw
"""
BOTH_IN = """
                     worker leader manager director colleague mentor officer admin
assessment           r      r      r       r        -         r      rw      rw
assessment.line      r      r      r       r        -         r      rw      rw
second.opinion       r      r      -       -        -         r      rw      rw
second.opinion.line  r      r      -       -        -         r      rw      rw
"""
# HR did without it: the leader is a manager like others again.
CANCELLED = """
                     worker leader manager director colleague mentor officer admin
assessment           r      r      r       r        -         r      rw      rw
second.opinion       -      r      -       -        -         -      rw      rw
"""


@tagged("post_install", "-at_install")
class TestSecondOpinionBlind(OpinionCommon, AccessCommon):
    """Nobody of the two reads the other's form before both are submitted, nor the member the
    second one: by whatever way one looks."""

    def _check(self, table):
        case = {
            "assessment": self.assessment,
            "assessment.line": self.assessment.line_ids[0],
            "second.opinion": self.opinion,
            "second.opinion.line": self.opinion.line_ids[0],
        }
        self._check_table(table, {name: case[name] for name, _role in parse(table)})

    def test_asked(self):
        self._check(ASKED)

    def test_mentor_first(self):
        self._assess()
        self._check(MENTOR_IN)
        self._give()
        self._check(BOTH_IN)

    def test_rater_first(self):
        self._give()
        self._check(RATER_IN)
        self._assess()
        self._check(BOTH_IN)

    def test_cancelled(self):
        self._assess()
        self.opinion.with_user(self.user_officer).action_cancel("Away")
        self._check(CANCELLED)

    def test_not_shared(self):
        self.company.backbone_share_assessment = False
        self._assess()
        self._give()
        for record in (self.assessment, self.opinion, self.opinion.line_ids[0]):
            self.assertEqual(self._get_allowed(record, self.user_worker), "")

    def test_in_hr(self):
        """Neither the group of HR opens it: not to the mentor, nor to the member, nor to who gives
        the second opinion."""
        for user in (self.user_mentor, self.user_leader, self.user_worker):
            user.group_ids = self.env.ref(OFFICER)
        self._assess()
        for user, records in (
            (self.user_mentor, self.opinion + self.opinion_inside),
            (self.user_worker, self.opinion),
            (self.user_leader, self.assessment),
        ):
            for record in records:
                with self.subTest(user=user.login):
                    self.assertEqual(self._get_allowed(record, user), "")
        for line in (self.opinion.line_ids[0], self.assessment.line_ids[0]):
            user = self.user_mentor if line == self.opinion.line_ids[0] else self.user_leader
            self.assertEqual(self._get_allowed(line, user), "")

    def test_new_mentor_before_the_daily_job(self):
        """Whoever becomes the mentor reads the own second opinion no more, and writes none."""
        self._give(submit=False)
        self._set_mentor(self.member.sudo(), self.leader)
        self.assertEqual(self.assessment.mentor_id, self.leader)
        with self.assertRaises(AccessError):
            self.opinion.with_user(self.user_leader).read(["comment"])

    def test_search_and_group(self):
        """What one cannot read one does not find, count or group by."""
        self._assess()
        leader = self.assessment.with_user(self.user_leader)
        mine = [("member_id", "=", self.member.id)]
        self.assertFalse(leader.search_count(mine))
        self.assertFalse(leader.search([("total", ">", 0), *mine]))
        self.assertFalse(leader._read_group(mine, ["quarter_id"], ["total:avg"]))
        mentor = self.opinion.with_user(self.user_mentor)
        self.assertFalse(mentor.search_count([]))
        for name in ("second_opinion_ids", "second_opinion_ids.total"):
            with self.assertRaises(AccessError):
                self.assessment.with_user(self.user_mentor).search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.user_mentor).read(["second_opinion_ids"])
        self.assertFalse(self.assessment.with_user(self.user_mentor).readable_opinion_id)
        with self.assertRaises(AccessError):
            self.quarter.with_user(self.user_mentor).read(["opinion_count"])

    def test_onchange(self):
        """A form that was made up tells nothing of the other one."""
        self._assess()
        opinions = self.opinion.with_user(self.user_leader)
        made_up = {"assessment_id": self.assessment_inside.id, "state": "submitted"}
        fields = dict.fromkeys(("state", "is_both_in", "total_mentor"), {})
        try:
            found = opinions.onchange(made_up, [], fields)["value"]
        except AccessError:
            return
        self.assertFalse(found.get("total_mentor"))
        self.assertFalse(self.opinion.with_user(self.user_leader).total_mentor)

    def test_printed(self):
        """Nor by the form on paper, of the quarter or of the year."""
        self._assess()
        for user in (self.user_leader,):
            with self.assertRaises(AccessError):
                self._form(self.assessment.with_user(user))

    def test_who_is_told(self):
        """No mail, to-do or line of the history reaches the other one or the member."""
        people = (self.user_mentor | self.user_worker).partner_id
        self._give()
        self._run_cron("quarter_notice")
        self.assertFalse(self.opinion.message_partner_ids & people)
        self.assertFalse(self.opinion.activity_ids.user_id & (self.user_mentor | self.user_worker))
        mails = self.env["mail.mail"].search([("recipient_ids", "in", people.ids)])
        self.assertNotIn("second opinion", " ".join(mails.mapped("body_html")).lower())
        decisions = self.env["hr.backbone.decision"].with_user(self.user_mentor)
        self.assertFalse(decisions.search([("res_model", "=", self.opinion._name)]))

    def test_both_at_a_glance(self):
        self.assertEqual(self.opinion.with_user(self.user_leader)._get_shown_lines(), [])
        self._give(score=70)
        self._assess(score=80)
        for user in (self.user_leader, self.user_mentor, self.user_worker):
            seen = self._as(self.opinion, user)
            self.assertEqual({row[1:] for row in seen._get_shown_lines()}, {(70, 80)})
            self.assertEqual(seen.total_mentor, "80.00")
            self.assertEqual(self._as(self.assessment, user).readable_opinion_id, seen)

    def test_what_counts_stays(self):
        """No figure of the quarter knows of it, and the member gets what the mentor gave."""
        before = self.quarter.read(["assessment_count", "assessment_done", "owed_mentor"])
        self._give(score=10, submit=False)
        self.opinion.line_ids.example = "Weak"
        self.opinion.with_user(self.user_leader).action_submit()
        self.env.invalidate_all()
        after = self.quarter.read(["assessment_count", "assessment_done", "owed_mentor"])
        self.assertEqual(after, before)
        self._assess(score=80)
        self.assertEqual(self.assessment.total, 80)


@tagged("post_install", "-at_install")
class TestSecondOpinionAsking(OpinionCommon):
    """Who gives it is asked, reminded and, where nothing comes, the manager is told."""

    def _tell(self):
        self._run_cron("quarter_notice")

    def test_asked_and_reminded(self):
        asked = self._take_mails()
        self.assertEqual(asked.count(self.user_leader.partner_id), 1)
        # who has the backend has a to-do
        [todo] = self.opinion_inside.activity_ids
        self.assertEqual(
            (todo.user_id, todo.date_deadline), (self.user_manager, self.opinion.date_due)
        )
        with freeze_time("2026-04-18 09:00:00"):
            self._run_cron("quarter_remind")
            self._tell()
            self.assertIn(self.user_leader.partner_id, self._take_mails())
        self._give(self.opinion_inside)
        self.assertFalse(self.opinion_inside.activity_ids)
        with freeze_time("2026-04-28 09:00:00"):
            self._run_cron("quarter_remind")
            self._tell()
            kinds = self._get_kinds()
        self.assertIn((self.leader, "opinion_after"), kinds)
        # HR alone: the leader's manager may be the mentor, or the member
        escalated = [row for row in self.quarter.notice_ids if row.kind == "opinion_escalate"]
        self.assertEqual([row.employee_id for row in escalated], [self.officer])
        self.assertEqual([row.note for row in escalated], [self.leader.name])
        self.assertNotIn((self.manager, "opinion_after"), kinds)

    def _get_kinds(self):
        return {(row.employee_id, row.kind) for row in self.quarter.notice_ids}

    def test_escalated_to_nobody_of_the_two(self):
        """HR who assesses in the quarter is not told: somebody else in HR is."""
        self.program.user_id = self.user_mentor
        self.user_mentor.group_ids += self.env.ref(OFFICER)
        with freeze_time("2026-04-28 09:00:00"):
            self._run_cron("quarter_remind")
        escalated = [row for row in self.quarter.notice_ids if row.kind == "opinion_escalate"]
        self.assertEqual([row.employee_id for row in escalated], [self.officer])
        self._tell()
        [mail] = self.env["mail.mail"].search([("subject", "like", "Overdue second opinions")])
        self.assertIn(self.leader.name, mail.body_html)
        self.assertNotIn("Report due", mail.body_html)

    def test_returned_in_words_of_its_own(self):
        self._tell()
        self._take_mails()
        self._give()
        self.opinion.with_user(self.user_officer).action_return("Please add examples")
        self._tell()
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.user_leader.partner_id.ids)]
        )
        self.assertIn("Please correct your second opinion", mail.subject)

    def _find_debts(self, user):
        debts = self.env["hr.backbone.quarter.debt"].with_user(user)
        return debts.search([("quarter_id", "=", self.quarter.id), ("debtor", "=", "rater")])

    def test_owed_in_the_list_of_hr(self):
        debts = self._find_debts(self.user_officer)
        self.assertEqual(debts.debtor_id, self.leader | self.manager)
        self.assertEqual(set(debts.mapped("closing")), {"cancelled"})
        self.assertEqual(debts[0].action_open()["res_model"], self.opinion._name)
        quarter = self.quarter.with_user(self.user_officer)
        self.assertEqual(quarter.owed_rater, 2)
        action = quarter.with_context(backbone_debtor="rater").action_open_debts()
        self.assertEqual(action["context"], {"search_default_rater": 1})
        self._give()
        self.env.invalidate_all()
        self.assertEqual(self._find_debts(self.user_officer).debtor_id, self.manager)

    def test_not_owed_for_hr_who_is_in_it(self):
        """Neither by the list, nor by a number, nor by whom the nudge reaches."""
        for user, owed in ((self.user_mentor, 0), (self.user_colleague, 1)):
            user.group_ids += self.env.ref(OFFICER)
            self.env.invalidate_all()
            debts = self._find_debts(user)
            self.assertEqual(len(debts), owed)
            self.assertNotIn(user.employee_id, debts.member_id.employee_id)
            self.assertEqual(self.quarter.with_user(user).owed_rater, owed)
        self.quarter.with_user(self.user_mentor).action_nudge()
        self.assertNotIn("opinion_nudge", {kind for _person, kind in self._get_kinds()})

    def test_nudged(self):
        """Once a day, whoever owes one, with the others."""
        hr = self.quarter.with_user(self.user_officer)
        # two members, their mentor and two second raters
        self.assertEqual(hr.action_nudge()["params"]["message"], "5 people are reminded.")
        self.assertIn("were reminded today already", hr.action_nudge()["params"]["message"])
        self.assertIn((self.leader, "opinion_nudge"), self._get_kinds())
        self._tell()
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.user_leader.partner_id.ids)]
        )
        self.assertIn(
            f"Please give your second opinion: {self.quarter.name}", mails.mapped("subject")
        )
        self.env.invalidate_all()
        nudged = self._find_debts(self.user_officer).mapped("nudged")
        self.assertEqual(set(nudged), {self.company._backbone_today()})

    def test_todo_of_the_portal(self):
        for user, wanted in ((self.user_leader, True), (self.user_worker, False)):
            titles = [row["title"] for row in user.with_user(user)._get_backbone_todo()]
            self.assertEqual(any("second opinion" in title for title in titles), wanted)

    def test_member_suspended(self):
        self._tell()
        self.member_inside.action_suspend("Parental leave")
        self.assertFalse(self.opinion_inside.activity_ids)
        self.assertEqual(self.opinion_inside.state, "draft")
        self.member_inside.action_resume()
        self._tell()
        self.assertEqual(self.opinion_inside.activity_ids.user_id, self.user_manager)

    def test_passed_on(self):
        self._tell()
        self.opinion_inside.with_user(self.user_officer).action_reassign(self.director, "Away")
        self._tell()
        self.assertEqual(len(self.opinion_inside.activity_ids), 1)
        self.assertEqual(self.opinion_inside.activity_ids.user_id, self.user_director)
