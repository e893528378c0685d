# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import contextmanager
from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon

LONG = "长文本 and long text. " * 470  # 9,870 characters
SCRIPT = '<script>alert("1")</script><b onclick="alert(2)">bold</b> & "quoted"'
TEXTS = (
    "reason_performance",
    "reason_potential",
    "reason_motivation",
    "work_history",
    "main_results",
    "training_direction",
)


@tagged("post_install", "-at_install")
class TestBadInput(BackboneCommon):
    """Each gets a clear sentence or the right result, and nothing entered is lost."""

    # -- texts -----------------------------------------------------------------------------

    def test_long_texts_are_kept(self):
        application = self._recommend(**dict.fromkeys(TEXTS, LONG))
        plan = application.sudo().plan_id.with_user(self.user_worker)
        content = dict.fromkeys(("strengths", "gaps", "goal_short", "goal_long"), LONG)
        plan.write(
            {**content, "line_ids": [(0, 0, dict.fromkeys(("action", "gap", "evidence"), LONG))]}
        )
        plan.action_submit()
        application.action_submit()
        application.with_user(self.user_director).action_return(LONG)
        self.env.flush_all()
        self.env.invalidate_all()
        for name in TEXTS:
            self.assertEqual(application[name], LONG)
        for name in content:
            self.assertEqual(plan[name], LONG)
        self.assertEqual(plan.line_ids.action, LONG)
        self.assertEqual(application.sudo().decision_ids[:1].comment, LONG.strip())

    def test_markup_in_texts_is_kept_and_shown_as_text(self):
        application = self._recommend(**dict.fromkeys(TEXTS, SCRIPT))
        self.env.flush_all()
        self.env.invalidate_all()
        for name in TEXTS:
            self.assertEqual(application[name], SCRIPT)
        self._write_plan(application)
        application.action_submit()
        application.with_user(self.user_director).action_return(SCRIPT)
        self.env.flush_all()
        mail = self.env["mail.mail"].search(
            [("model", "=", application._name), ("res_id", "=", application.id)], limit=1
        )
        log = application.sudo().message_ids.filtered(lambda m: "alert" in (m.body or ""))
        self.assertTrue(mail)
        self.assertTrue(log)
        for html in (mail.body_html, log[0].body):
            self.assertIn("alert", html)
            self.assertNotIn("<script", html)
            self.assertNotIn("<b onclick", html)

    def test_html_fields_are_sanitized(self):
        program = self.program.with_user(self.user_officer)
        meeting = self._meet(self._reviewed()).with_user(self.user_chair)
        for record, name in (
            (program, "description"),
            (program, "criteria"),
            (meeting, "minutes"),
            (self.echelon_3, "conditions"),
        ):
            record[name] = f"<p>Kept</p>{SCRIPT}"
            with self.subTest(field=name):
                self.assertIn("Kept", record[name])
                self.assertNotIn("<script", record[name])
                self.assertNotIn("onclick", record[name])

    def test_empty_comment_is_no_comment(self):
        application = self._submitted().with_user(self.user_director)
        for comment in ("", " ", "\n\t "):
            with self.assertRefused("Please write a comment"):
                application.action_refuse(comment)

    # -- numbers ---------------------------------------------------------------------------

    @contextmanager
    def _refused_by_database(self, sentence):
        """A constraint of the database refuses, and the client gets this sentence."""
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError) as caught:
            yield
            self.env.flush_all()
        error = caught.exception
        model = next(
            model
            for model in self.env.registry.values()
            if model._auto and model._table == error.diag.table_name
        )
        self.assertIn(sentence, self.env[model._name]._sql_error_to_message(error))

    def test_numbers_of_which_there_is_no_date_or_sum(self):
        """The largest number that a column takes gets a sentence, and not an error later."""
        largest = 2**31 - 1
        run = self.env["hr.backbone.evaluation.run"].create({"program_id": self.program.id})
        company = self.company
        suggestion = "The four parts of a suggestion's score must add up"
        weights = "The parts of the evaluation must add up"
        parts = [name for name in run._fields if name.startswith("weight_")]
        settings = [name for name in company._fields if name.startswith("backbone_")]
        days = ("_days", "_before", "_after")
        fields = [
            *((record, name, weights) for record in (run, self.program) for name in parts),
            *((company, name, suggestion) for name in settings if "suggestion_weight" in name),
            *((company, name, "3,650 days") for name in settings if name.endswith(days)),
            (company, "backbone_minimum_tenure", "1,200 months"),
            (self.echelon_2, "minimum_tenure_months", "1,200 months"),
        ]
        fields.remove((company, "backbone_publicity_days", "3,650 days"))
        fields.append((company, "backbone_publicity_days", "365 working days"))
        self.assertGreater(len(fields), 20)
        for record, name, sentence in fields:
            with self.subTest(model=record._name, name=name), self.cr.savepoint():
                with self._refused_by_database(sentence):
                    record[name] = largest
            self.env.invalidate_all()

    def test_a_rule_is_not_emptied(self):
        run = self.env["hr.backbone.evaluation.run"].with_user(self.user_officer)
        vals = {"program_id": self.program.id}
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError) as caught,
            self.cr.savepoint(),
        ):
            run.create({**vals, "missing_quarter": False})
            self.env.flush_all()
        self.assertEqual(caught.exception.diag.column_name, "missing_quarter")
        self.env.invalidate_all()
        self.assertEqual(run.create(vals).missing_quarter, "zero")

    def test_a_company_that_was_made_without_our_settings(self):
        """As another addon makes one while it is updated, before this one is loaded."""
        ours = [
            field
            for model in self.env.registry.values()
            if not model._name.startswith("hr.backbone.") and model._auto and not model._transient
            for field in model._fields.values()
            if field._module == "hr_backbone_training" and field.store
        ]
        self.assertIn(self.company._fields["backbone_missing_quarter"], ours)
        self.assertEqual([str(field) for field in ours if field.required], [])
        self.company.backbone_missing_quarter = False
        run = self.env["hr.backbone.evaluation.run"].with_user(self.user_officer)
        self.assertEqual(run.create({"program_id": self.program.id}).missing_quarter, "zero")

    def test_score_outside_its_range(self):
        application = self._recommend()
        for score in (-1, -0.1, 100.1, 101, 1e9):
            with self.subTest(score=score):
                with self.assertRefused("“Performance” is", "a score lies between 0 and 100"):
                    application.score_performance = score
                with self._refused_by_database("A score lies between 0 and 100."):
                    self._recommend(score_performance=score)
        for score in (0.1, 50, 100):
            application.score_potential = score
            self.assertAlmostEqual(application.score_potential, score)

    def test_score_that_is_no_number(self):
        application = self._recommend()
        for score in ("abc", "12,5", float("nan"), float("inf"), -float("inf"), [90]):
            with self.subTest(score=score):
                with self.assertRefused("“Performance” is not a number"):
                    self._recommend(score_performance=score)
                with self.assertRefused("“Performance” is not a number"):
                    application.write({"score_performance": score})
        self.assertEqual(application.score_performance, 90)

    def test_progress_of_an_action(self):
        plan = self._recommend().sudo().plan_id.with_user(self.user_worker)
        for progress in (-1, 101):
            with self.subTest(progress=progress):
                with self._refused_by_database("Progress lies between 0 and 100 percent."):
                    plan.line_ids = [(0, 0, {"action": "Read", "progress": progress})]

    def test_settings_out_of_range(self):
        for name, value, sentence in (
            ("backbone_publicity_days", 0, "1 to 365 working days"),
            ("backbone_quorum", 0, "a percentage between 1 and 100"),
            ("backbone_quorum", 101, "a percentage between 1 and 100"),
            ("backbone_minimum_tenure", -1, "tenure lies between 0"),
        ):
            with self.subTest(field=name, value=value), self._refused_by_database(sentence):
                self.company[name] = value

    def test_year_and_quota_out_of_range(self):
        line = self.program.line_ids[0]
        draft = self.program.sudo().copy({"year": 2031})
        for record, vals, sentence in (
            (line, {"quota": -1}, "A quota cannot be negative"),
            (draft, {"year": 26}, "lies between 2000 and 2100"),
            (self.echelon_3, {"level": 4}, "The level of an echelon is 1, 2 or 3"),
            (self.echelon_3, {"minimum_tenure_months": -1}, "tenure lies between 0"),
            (self.echelon_3.condition_ids[0], {"minimum_score": 101}, "between 0 and 100"),
        ):
            with self.subTest(**vals), self._refused_by_database(sentence):
                record.sudo().write(vals)

    # -- dates -----------------------------------------------------------------------------

    def test_dates_in_the_far_past_and_future(self):
        self.worker.contract_date_start = "1900-01-01"
        application = self._recommend()
        self.assertEqual(application.tenure_months, (2026 - 1900) * 12 + 2)
        self.worker.contract_date_start = "2030-01-01"
        self.env.invalidate_all()
        self.assertEqual(application.tenure_months, 0)
        self.assertIn("here since 01/01/2030", application.blocking_reason)

    def test_reversed_window_is_refused(self):
        with self._refused_by_database("The window for recommendations ends before it starts."):
            self.program.write(
                {"recommendation_start": "2026-03-31", "recommendation_end": "2026-03-01"}
            )

    def test_twice_in_one_year_is_refused(self):
        with self.assertRefused("A company has one backbone program a year."):
            self.program.copy()

    # -- people ----------------------------------------------------------------------------

    def test_employee_without_anything(self):
        nobody = self._new_employee(None, None, None, start=None, name="Nobody")
        nobody.contract_date_start = False
        application = self._recommend(nobody, self.user_officer, recommender_id=self.leader.id)
        self.assertFalse(application.department_id)
        self.assertFalse(application.sudo().approver_id)
        for words in (
            "Nobody belongs to no department",
            "Nobody has no job position",
            "months",
            "Nobody has no login",
            "No director of a center can approve Nobody",
        ):
            self.assertIn(words, application.blocking_reason)
        with self.assertRefused("Nobody belongs to no department"):
            application.action_submit()

    def test_recommender_without_card(self):
        user = self._new_user("bt_new", "hr_backbone_training.group_hr_backbone_officer")
        application = self._recommend(user=user, recommender_id=False)
        self._write_plan(application)
        with self.assertRefused("Name the manager who recommends Worker"):
            application.action_submit()

    def test_form_without_program(self):
        self.program.action_close()
        model = self.env["hr.backbone.application"].with_user(self.user_officer)
        self.assertEqual(model.default_get(["program_id"]).get("program_id", False), False)

    def test_two_companies_are_not_mixed(self):
        self._create_abroad()
        both = self.company | self.company_abroad
        self.user_admin.company_ids = both
        model = self.env["hr.backbone.application"].with_user(self.user_admin)
        model = model.with_context(allowed_company_ids=both.ids)
        for employee, program in (
            (self.worker, self.program_abroad),
            (self.abroad, self.program),
        ):
            with self.subTest(employee=employee.name), self.assertRaises(UserError):
                model.create(
                    {
                        "employee_id": employee.id,
                        "program_id": program.id,
                        "echelon_id": self.echelon_3.id,
                        "recommender_id": self.leader.id,
                    }
                )
        vals = {
            "employee_id": self.abroad.id,
            "program_id": self.program_abroad.id,
            "echelon_id": self.echelon_3.id,
        }
        # neither is whoever recommends
        with self.assertRaises(UserError):
            model.create({**vals, "recommender_id": self.leader.id})
        sound = model.create(vals)
        self.assertEqual(sound.company_id, self.company_abroad)

    def test_program_without_hr_responsible(self):
        self.program.user_id = False
        application, publicity = self._publicized()
        self.env["hr.backbone.objection"].with_user(self.user_manager).create(
            {"line_id": publicity.line_ids.id, "text": "Often late"}
        ).with_user(self.user_officer).action_dismiss("No")
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
        self.assertEqual(application.state, "admitted")

    def test_unknown_step_is_a_sentence(self):
        with self.assertRefused("There is no step called “jump”"):
            self._recommend()._move("jump")

    def test_company_in_an_unknown_place(self):
        self.company.resource_calendar_id = False
        self.company.partner_id.tz = False
        self.assertEqual(self.company._backbone_today(), date(2026, 3, 2))

    def test_form_saves_a_draft_with_nothing_but_the_person(self):
        form = Form(self.env["hr.backbone.application"].with_user(self.user_officer))
        self.assertEqual(form.blocking_reason, "Choose the employee and the echelon.")
        form.employee_id = self.worker
        form.echelon_id = self.echelon_3
        application = form.save()
        self.assertEqual(application.program_id, self.program)
        self.assertEqual(application.state, "draft")
