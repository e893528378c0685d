# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools.mail import html_to_inner_content

from ..common_evaluation import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationGuards(EvaluationCommon):
    """What keeps a year from being frozen too early, for the wrong program or for nobody."""

    def _get_quarters(self):
        return self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])

    def _new_program(self, year):
        program = self.program.copy({"year": year, "name": f"Backbone Training {year}"})
        program.action_start()
        return program

    def _new_run(self, program):
        run = self.run_.create({"program_id": program.id})
        run.action_compute()
        return run

    def test_before_the_last_day(self):
        with freeze_time("2026-12-30 09:00:00"):
            self.assertFalse(self.run_.can_freeze)
            with self.assertRefused("runs until", "12/31/2026"):
                self.run_.action_freeze()
            self._get_quarters()[0]._write_moved({"state": "open"})
            self.env.invalidate_all()
            # said on the page before anybody looks for the button
            self.assertEqual(
                self.run_.freeze_note,
                "The year of “Backbone Training 2026” runs until 12/31/2026: freeze its evaluation "
                "then.\nStill open: 2026-Q2. What is not settled there does not count yet.",
            )
            self._get_quarters()[0]._write_moved({"state": "closed"})
            self.env.invalidate_all()
        with freeze_time("2026-12-31 09:00:00"):
            self.assertFalse(self.run_.freeze_note)
            self.run_.action_freeze()
        self.assertEqual(self.run_.state, "frozen")

    def test_an_administrator_waits_for_the_year_as_well(self):
        with freeze_time("2026-11-27 09:00:00"), self.assertRefused("runs until"):
            self.run_.with_user(self.user_admin).action_freeze("It is late enough")

    def test_open_quarters(self):
        self._get_quarters()[0]._write_moved({"state": "open"})
        self.run_.action_compute()
        with self.assertRefused("still open: 2026-Q2", "administrator"):
            self.run_.action_freeze("Two reports never come")
        run = self.run_.with_user(self.user_admin)
        with self.assertRefused("Write why"):
            run.action_freeze()
        window = self.env["hr.backbone.comment.wizard"].with_user(self.user_admin)
        context = {"active_model": run._name, "active_ids": run.ids}
        window = window.with_context(**context).create({"move": "freeze"})
        self.assertTrue(window.comment_required)
        self.assertIn("still open: 2026-Q2. What is not settled", window.consequences)
        self.assertIn("nothing changes this evaluation", window.consequences)
        self.assertIn("printed on the evaluation of each member", window.consequences)
        self.env.invalidate_all()
        run.action_freeze("Two reports never come")
        self.assertEqual(run.open_frozen, "2026-Q2")
        self.assertEqual(run.open_reason, "Two reports never come")
        self.assertEqual(run.decision_ids[:1].comment, "Two reports never come")
        self.assertIn("manager", run._say_readers("freeze"))
        report = self.env["report.hr_backbone_training.report_evaluation"]
        form = report._get_forms(self._get("Anna"))[self._get("Anna").id]
        self.assertIn("still open: 2026-Q2. Reason: Two reports never come", form["open"])

    def test_nobody_types_why(self):
        for name in ("open_reason", "open_frozen", "date_announced", "date_withdrawn", "is_told"):
            with self.subTest(name=name), self.assertRefused("directly"):
                self.run_.with_user(self.user_admin)[name] = "2026-01-01"

    def test_a_program_of_another_year(self):
        run = self._new_run(self._new_program(2027))
        with freeze_time("2028-01-11 09:00:00"):
            with self.assertRefused("no quarter of 2027", "Did you mean", self.program.name):
                run.action_freeze()
        with self.assertRefused("no quarter of 2025", "nobody is evaluated"):
            self._new_run(self._new_program(2025)).action_freeze()

    def test_a_program_that_was_never_started(self):
        self.program._write_moved({"state": "draft"})
        with self.assertRefused("was never started"):
            self.run_.action_freeze()

    def test_nobody_is_evaluated(self):
        self.company.backbone_least_quarters = 4
        self.run_.action_compute()
        with self.assertRefused("Nobody is evaluated"):
            self.run_.action_freeze()
        self.company.backbone_least_quarters = 2
        self.run_.action_compute()
        self.run_.action_freeze()

    # -- the program of a new evaluation -----------------------------------------------------

    def test_default_program(self):
        later = self._new_program(2027)
        runs = self.run_.browse()
        self.assertEqual(runs._default_program_id(), self.program)
        with freeze_time("2028-01-11 09:00:00"):
            self.assertEqual(runs._default_program_id(), later)
        self.run_.action_freeze()
        # the year that runs, for a simulation
        self.assertEqual(runs._default_program_id(), later)
        with freeze_time("2026-06-11 09:00:00"):
            self.assertEqual(runs._default_program_id(), self.program)


@tagged("post_install", "-at_install")
class TestEvaluationWithdrawn(EvaluationCommon):
    """A frozen evaluation that should not be: it stays readable, marked, and what followed from
    it is taken back."""

    def _withdraw(self, run=None):
        run = (run or self.run_).with_user(self.user_admin)
        run.action_withdraw("It was the wrong year")
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_told(self, words):
        mails = self.env["mail.mail"].search([("model", "=", "hr.backbone.evaluation")])
        return mails.filtered(lambda mail: words in mail.subject)

    def _announce(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        self.env.flush_all()

    def test_everybody_evaluated_is_told(self):
        self._announce()
        told = self._get_told("Your evaluation of the year 2026")
        self.assertEqual(set(told.mapped("res_id")), set(self.run_.evaluation_ids.ids))
        anna = told.filtered(lambda mail: mail.res_id == self._get("Anna").id)
        self.assertEqual(anna.recipient_ids, self.people["Anna"].work_contact_id)
        self.assertIn("81.50", anna.body_html)
        self.assertIn(
            f"resources: {self.program.user_id.name}.", html_to_inner_content(anna.body_html)
        )
        # what HR calls its simulations is nobody's business
        self.assertIn("Your evaluation of the year</span>", anna.body_html)
        self.assertIn(self.program.name, anna.body_html)
        self.assertNotIn("version 1", anna.body_html)
        self.assertIn(f"/my/backbone/evaluations/{self._get('Anna').id}", anna.body_html)
        award = self._get_told("You are an outstanding")
        self.assertEqual(award.mapped("res_id"), self._get("Anna").ids)

    def test_no_figure_where_they_are_not_shared(self):
        self.company.backbone_share_assessment = False
        self._announce()
        told = self._get_told("Your evaluation of the year 2026")
        self.assertEqual(len(told), 4)
        for mail in told:
            self.assertIn("does not show the figures", mail.body_html)
            total = str(self.env["hr.backbone.evaluation"].browse(mail.res_id).sudo().total)
            self.assertNotIn(total, mail.body_html)

    def test_who_is_not_evaluated_is_told_why(self):
        self._get("Bert").sudo().settled_quarters = 1
        self.env.flush_all()
        self.run_.sudo()._compute_totals()
        self._announce()
        told = self._get_told("Your evaluation of the year 2026")
        self.assertEqual(len(told), 4)
        bert = told.filtered(lambda mail: mail.res_id == self._get("Bert").id)
        self.assertIn("You are not evaluated in this year", bert.body_html)
        self.assertIn("Too few quarters of the year count for Bert: 1", bert.body_html)
        self.assertIn("please ask human resources", bert.body_html)
        self.assertNotIn("Your total", bert.body_html)
        self._withdraw()
        told = self._get_told("was withdrawn")
        self.assertIn(self._get("Bert").id, told.mapped("res_id"))

    def test_who_has_no_login_gets_no_button(self):
        self.people["Bert"].user_id = False
        self._announce()
        told = self._get_told("Your evaluation of the year 2026")
        bert = told.filtered(lambda mail: mail.res_id == self._get("Bert").id)
        self.assertIn("You have no login with which to open it", bert.body_html)
        self.assertNotIn("/my/backbone", bert.body_html)

    def test_a_correction_tells_without_figures_of_the_award_alone(self):
        self.company.backbone_share_assessment = False
        self._announce()
        self.env["mail.mail"].search([]).unlink()
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self._get("Dirk", correction).write({"adjustment": 1, "adjustment_reason": "Floods"})
        correction.reason = "An adjustment was forgotten"
        correction.action_freeze()
        correction.action_announce()
        self.env.flush_all()
        self.assertFalse(self._get_told("Your evaluation of the year"))

    def test_who_withdraws(self):
        with self.assertRefused("not possible"):
            self.run_.with_user(self.user_admin).action_withdraw("Too early")
        self.run_.action_freeze()
        with self.assertRefused("Only an HR administrator"):
            self.run_.action_withdraw("It was the wrong year")
        with self.assertRefused("needs the reason"):
            self.run_.with_user(self.user_admin).action_withdraw(" ")
        self.people["Anna"].user_id.group_ids |= self.env.ref(
            "hr_backbone_training.group_hr_backbone_manager"
        )
        with self.assertRefused("your own case"):
            self.run_.with_user(self.people["Anna"].user_id).action_withdraw("I lost")

    def test_what_was_announced_is_taken_back(self):
        self._announce()
        anna = self._get("Anna").sudo()
        badge, line = anna.badge_user_id, anna.resume_line_id
        self.assertTrue(badge and line)
        self._withdraw()
        self.assertEqual(self.run_.state, "withdrawn")
        self.assertFalse(badge.exists() or line.exists())
        public = self.env["hr.backbone.outstanding"].with_user(self.user_colleague)
        self.assertFalse(public.search([]))
        self.assertFalse(anna._get_own_awards(anna.ids))
        with self.assertRefused("has no certificate"):
            self._get("Anna")._check_certificate()
        told = self._get_told("was withdrawn")
        self.assertEqual(set(told.mapped("res_id")), set(self.run_.evaluation_ids.ids))
        lost = told.filtered(lambda mail: mail.res_id == anna.id)
        self.assertIn("badge", lost.body_html)
        self.assertNotIn("wrong year", lost.body_html)
        self.assertNotIn("badge", (told - lost)[0].body_html)

    def test_it_stays_readable_and_marked(self):
        self._announce()
        name = self._get("Anna")._get_kept_file_name("evaluation")
        self._withdraw()
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        self.assertEqual(anna.total, 81.5)
        self.assertTrue(anna.is_withdrawn)
        # a print of before has no mark
        self.assertNotEqual(self._get("Anna")._get_kept_file_name("evaluation"), name)
        report = self.env["report.hr_backbone_training.report_evaluation"]
        self.assertIn("Withdrawn on 01/11/2027", report._get_forms(anna)[anna.id]["withdrawn"])
        self.assertTrue(self.run_._is_intact())

    def test_one_that_was_never_announced_stays_hrs(self):
        self.run_.action_freeze()
        self._withdraw()
        self.assertFalse(self._get_told("was withdrawn"))
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        self.assertFalse(anna.search([("id", "=", anna.id)]))
        self.people["Anna"].user_id.group_ids |= self.env.ref(
            "hr_backbone_training.group_hr_backbone_officer"
        )
        # those with whom one is compared
        self.assertFalse(anna.search([("run_id", "=", self.run_.id)]))

    def test_a_correction_that_is_withdrawn_takes_back_what_it_corrected(self):
        self._announce()
        badge = self._get("Anna").sudo().badge_user_id
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        self._withdraw(correction)
        self.assertFalse(badge.exists())
        public = self.env["hr.backbone.outstanding"].with_user(self.user_colleague)
        self.assertFalse(public.search([]))
        told = self._get_told("was withdrawn")
        self.assertEqual(set(told.mapped("res_id")), set(self.run_.evaluation_ids.ids))
        # what they were told stays readable, marked
        self.assertEqual(self.run_.state, "withdrawn")
        self.assertTrue(self.run_.date_withdrawn)
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        self.assertEqual(anna.search([("employee_id", "=", anna.employee_id.id)]), anna)
        self.assertTrue(anna.is_withdrawn)

    def test_what_was_told_holds_until_a_correction_is_announced(self):
        """Not only the list of the outstanding: the result, the certificate and the form of the
        quarter as well; of the versions that were announced, the last."""
        self._announce()
        runs = self.run_
        user = self.people["Anna"].user_id
        assessment = self.env["hr.backbone.assessment"].search(
            [("member_id", "=", self.members["Anna"].id)], limit=1
        )
        for number in (1, 2):
            with self.subTest(version=number):
                valid = runs[-1:]
                correction = runs.browse(valid.action_correct()["res_id"])
                correction.reason = f"Scores were mixed up, {number}"
                correction.action_freeze()
                self.env.invalidate_all()
                mine = self._get("Anna", valid).with_user(user)
                found = mine.search([("employee_id", "=", mine.employee_id.id)])
                self.assertEqual(found, mine)
                self.assertFalse(found.is_withdrawn)
                self.assertEqual(mine._get_own_awards(mine.ids).ids, mine.ids)
                mine._check_certificate()
                form = assessment.with_user(user)
                self.assertEqual(form.readable_evaluation_id, mine)
                named = self.env["hr.backbone.outstanding"].with_user(user).search([])
                self.assertEqual(named.ids, mine.ids)
                leader = mine.with_user(self.user_leader).search([("id", "=", mine.id)])
                self.assertEqual(leader, mine)
                hr = assessment.with_user(self.user_officer)
                self.assertEqual(hr.readable_evaluation_id, self._get("Anna", correction))
                correction.action_announce()
                self.env.invalidate_all()
                found = mine.search([("employee_id", "=", self.people["Anna"].id)])
                self.assertEqual(found.ids, self._get("Anna", correction).ids)
                runs += correction

    def test_nothing_is_decided_by_it_any_more(self):
        self.run_.action_freeze()
        self._get("Cora").action_honour("Head of the line")
        self._get("Dirk").action_keep()
        self._withdraw()
        with self.assertRefused("is not in force"):
            self._get("Anna").action_keep()
        with self.assertRefused("in force is corrected"):
            self.run_.action_correct()
        # what has become a movement is listed
        self.assertEqual(self.run_.decided_names, "Cora")

    def test_what_was_decided_stands_and_is_said(self):
        self._announce()
        self._get("Cora").action_honour("Head of the line")
        self._get("Dirk").action_keep()
        self._withdraw()
        told = self._get_told("was withdrawn")
        for name, stands in (("Cora", True), ("Dirk", False), ("Anna", False)):
            mail = told.filtered(lambda mail, name=name: mail.res_id == self._get(name).id)
            with self.subTest(name=name):
                self.assertEqual("stands until somebody changes it" in mail.body_html, stands)

    def _open_window(self, move, user=None):
        window = self.env["hr.backbone.comment.wizard"].with_user(user or self.user_admin)
        context = {"active_model": self.run_._name, "active_ids": self.run_.ids}
        return window.with_context(**context).create({"move": move})

    def test_the_window_says_what_is_taken_back_and_what_stands(self):
        self.run_.action_freeze()
        self.assertFalse(self._open_window("withdraw").consequences)
        self.run_.action_announce()
        self._get("Cora").action_honour("Head of the line")
        self._get("Dirk").action_keep()
        self.env.flush_all()
        notes = self._open_window("withdraw").consequences
        self.assertIn("4 people were told", notes)
        self.assertIn("résumé are taken back from Anna", notes)
        self.assertIn("stands until somebody changes it", notes)
        self.assertIn("Cora (Leave with Honour)", notes)
        self.assertNotIn("Dirk", notes)
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        self.run_ = correction
        self.assertIn("4 people were told", self._open_window("withdraw").consequences)

    def test_a_withdrawn_page_shows_no_award(self):
        line = self.program.line_ids.filtered(lambda row: row.echelon_id == self.echelon_3)
        line.write({"incentive": "A study trip", "incentive_amount": 3000})
        self._announce()
        report = self.env["report.hr_backbone_training.report_evaluation"]
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        form = report._get_forms(anna)[anna.id]
        self.assertIn("A study trip", form["incentive"])
        self.assertIn("3,000", form["amount"])
        self._withdraw()
        form = report._get_forms(anna)[anna.id]
        self.assertFalse(form["incentive"] or form["amount"])

    def test_a_new_one_takes_its_place(self):
        self._announce()
        self._withdraw()
        self.env["mail.mail"].search([]).unlink()
        self.assertEqual(self.run_._default_program_id(), self.program)
        other = self.run_.create({"program_id": self.program.id})
        other.action_compute()
        other.action_freeze()
        self.assertEqual(other.version, 2)
        other.action_announce()
        self.env.flush_all()
        # everybody anew, since the one before does not count
        self.assertEqual(len(self._get_told("Your evaluation of the year 2026")), 4)
        self.assertTrue(self._get("Anna", other).sudo().badge_user_id)

    def test_what_was_announced_before_the_update(self):
        self._announce()
        rows = self.run_.evaluation_ids.sudo()
        self.run_.sudo()._write_moved({"date_announced": False, "is_told": False})
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_backbone_evaluation SET settled_quarters = NULL")
        for _twice in range(2):
            self._run_migration("19.0.1.2.0/post-evaluation_announced.py")
        self.env.invalidate_all()
        self.assertTrue(self.run_.date_announced)
        self.assertTrue(self.run_.is_told)
        self.assertEqual(set(rows.mapped("settled_quarters")), {2})

    def test_a_rule_that_was_empty_before_the_update(self):
        """It was computed as zero, and says so from then on."""
        self.env.flush_all()
        rules = {
            "hr_backbone_evaluation_run": "missing_quarter",
            "res_company": "backbone_missing_quarter",
        }
        for table, column in rules.items():
            self.env.cr.execute(f"ALTER TABLE {table} ALTER {column} DROP NOT NULL")
            self.env.cr.execute(f"UPDATE {table} SET {column} = NULL")
        for _twice in range(2):
            self._run_migration("19.0.1.2.0/pre-evaluation.py")
        self.env.invalidate_all()
        self.assertEqual(self.run_.missing_quarter, "zero")
        self.assertEqual(self.company.backbone_missing_quarter, "zero")
