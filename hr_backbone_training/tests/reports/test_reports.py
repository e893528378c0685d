# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import io

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon

LONG = "The quick brown fox. " * 150


@tagged("post_install", "-at_install")
class TestReports(BackboneCommon):
    """The forms on paper, printed by whoever may read the document."""

    def _print(self, name, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.user_officer)
        content, kind = reports._render_qweb_html(f"hr_backbone_training.{name}", records.ids)
        self.assertEqual(kind, "html")
        return content.decode()

    def _get_opinions(self, application):
        return {row["key"]: row for row in self._form(application)["opinions"]}

    @classmethod
    def _new_photo(cls):
        stream = io.BytesIO()
        Image.new("RGB", (40, 50), "#336699").save(stream, "JPEG")
        return base64.b64encode(stream.getvalue())

    # -- the application ---------------------------------------------------------------

    def test_draft(self):
        application = self._recommend(work_history="Apprentice", proposed_mentor_id=self.manager.id)
        page = self._print("report_application", application, self.user_leader)
        for text in (
            "Backbone Works", application.name, "Backbone Training 2026", "Third Echelon",
            "Worker", "Line", "Fitter", "01/01/2020", "6 years, 2 months", "Apprentice",
            "Cut the scrap rate by half", "90.0", "Best output of the line", "Leading a shift",
            "Manager", "Opinion of the department", "Review by human resources", "Signature",
        ):  # fmt: skip
            self.assertIn(text, page)
        self.assertEqual(
            {row["decision"] for row in self._get_opinions(application).values()}, {""}
        )

    def test_empty_fields(self):
        nobody = self._new_employee(None, None, None, start=None, name="Nobody")
        application = self._recommend(
            nobody, self.user_officer, recommender_id=False, score_performance=0,
            reason_performance=False, main_results=False, training_direction=False,
        )  # fmt: skip
        self.assertIn("Nobody", self._print("report_application", application))
        self.assertIn("Nobody", self._print("report_plan", application.plan_id))

    def test_zero_is_printed_and_nothing_is_left_empty(self):
        application = self._recommend(score_performance=0, score_potential=False)
        cells = self._get_cells("report_application", application)
        self.assertEqual(cells["Performance"], "0.0")
        self.assertEqual(cells["Training Potential"], "")
        self.assertEqual(cells["Average"], "")
        application.score_potential = 75
        cells = self._get_cells("report_application", application)
        self.assertEqual(cells["Training Potential"], "75.0")
        self.assertEqual(cells["Average"], f"{application.score_total:.1f}")

    def _get_cells(self, name, records):
        """{head of a row: what stands beside it}"""
        rows = html.fromstring(self._print(name, records)).xpath("//tr[th[@scope='row'] and td]")
        return {row.xpath("string(th)").strip(): row.xpath("string(td[1])").strip() for row in rows}

    def test_opinions_follow_the_decisions(self):
        application, publicity = self._publicized()
        opinions = self._get_opinions(application)
        self.assertEqual(
            [(row["name"], row["decision"]) for row in opinions.values()],
            [
                ("Leader", "Recommended"),
                ("Director", "Approved"),
                ("Officer", "Passed the review"),
                ("Chair", "Selected"),
                ("Officer", "Publicized"),
            ],
        )
        self.assertEqual({row["date"] for row in opinions.values()}, {"03/02/2026"})
        self.assertIn(publicity.date_end.strftime("%m/%d/%Y"), opinions["publicity"]["detail"])

    def test_admitted_by_the_job(self):
        application, _publicity = self._publicized()
        with self.env.cr.savepoint():
            application.sudo()._move("admit")
        opinion = self._get_opinions(application)["publicity"]
        self.assertEqual(opinion["decision"], "Admitted to the talent pool")
        self.assertEqual(opinion["name"], "Officer")

    def test_refused_stands_in_its_box(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not yet")
        opinions = self._get_opinions(application)
        self.assertEqual(opinions["director"]["comment"], "Not yet")
        self.assertEqual(opinions["director"]["decision"], "Refused")
        self.assertEqual(opinions["hr"]["decision"], "")

    def test_returned_empties_the_boxes(self):
        application = self._approved()
        application.with_user(self.user_officer).action_return("Reasons are thin")
        self.assertEqual(
            {row["decision"] for row in self._get_opinions(application).values()}, {""}
        )

    def test_entered_by_hr(self):
        application = self._recommend(user=self.user_officer, recommender_id=self.leader.id)
        self._write_plan(application)
        application.action_submit()
        opinion = self._get_opinions(application)["department"]
        self.assertEqual((opinion["name"], opinion["detail"]), ("Leader", "Entered by Officer"))

    def test_texts_are_text(self):
        application = self._recommend(
            main_results="<script>alert(1)</script>",
            work_history=LONG,
            training_direction="x" * 999,
        )
        page = self._print("report_application", application, self.user_leader)
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertIn(LONG.strip(), page)
        # an engine needs places to break an endless word at
        self.assertNotIn("x" * 41, page)
        self.assertEqual(page.count("x" * 40), 999 // 40)

    def test_photo_and_education(self):
        application = self._recommend()
        self.assertFalse(self._form(application)["photo"], "a drawn avatar is no photo")
        self.worker.write(
            {
                "image_1920": self._new_photo(),
                "certificate": "bachelor",
                "study_field": "Mechanics",
                "study_school": "Technical College",
            }
        )
        page = self._print("report_application", application, self.user_worker)
        self.assertIn("Bachelor · Mechanics · Technical College", page)
        self.assertIn("data:image/jp", page)

    def test_everyone_who_reads_prints_the_same(self):
        application = self._approved()
        values = self._form(application.with_user(self.user_officer))
        self.assertEqual(values["tenure"], "6 years, 2 months")
        for user in (self.user_worker, self.user_leader, self.user_director):
            self.assertEqual(self._form(application.with_user(user)), values, user.name)

    def test_nobody_else_prints(self):
        application = self._approved()
        plan = application.sudo().plan_id
        for user in (self.user_colleague, self.user_chair):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._form(application.with_user(user))
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._form(plan.with_user(user))

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        application = self._recommend()
        self.user_leader.lang = "fr_FR"
        leader = application.with_user(self.user_leader).with_context(lang="fr_FR")
        values = self._form(leader)
        self.assertEqual(values["tenure"].replace("\xa0", " "), "6 ans, 2 mois")

    def test_language_without_a_long_form(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        form = self._recommend().with_context(lang="zh_CN")
        self.assertEqual(self._form(form)["tenure"], "6年2个月")

    # -- the plan and the minutes ------------------------------------------------------

    def test_plan_shows_every_method(self):
        application = self._recommend()
        empty = self._print("report_plan", application.sudo().plan_id)
        plan = self._write_plan(application)
        page = self._print("report_plan", plan, self.user_worker)
        for method in ("Mentoring", "Rotation", "Internal Training", "External Training",
                       "Personal Promotion"):  # fmt: skip
            self.assertIn(method, empty)
            self.assertIn(method, page)
        self.assertIn("A talk every two weeks", page)
        self.assertEqual(
            self._form(plan)["signatories"],
            [
                ("Employee", "Worker"),
                ("Mentor", False),
                ("Department", "Leader"),
                ("Director of the Center", "Director"),
                ("Human Resources", "Officer"),
            ],
        )

    def test_minutes(self):
        application = self._reviewed()
        self.program.line_ids.filtered(lambda line: line.level == 3).quota = 2
        meeting = self._meet(application)
        self.assertEqual(self._form(meeting)["items"][0]["outcome"], "")
        meeting.write({"location": "Board room", "minutes": "<p>No remarks.</p>"})
        meeting.with_user(self.user_chair).action_close()
        page = self._print("report_meeting", meeting, self.user_member)
        for text in ("Board room", "03/02/2026", "No remarks.", "Chair", "Worker", "Selected"):
            self.assertIn(text, page)
        values = self._form(meeting)
        item = values["items"][0]
        self.assertEqual([item["for"], item["against"], item["abstained"]], [2, 0, 0])
        self.assertEqual(
            values["quotas"][2],
            {
                "echelon_id": self.echelon_3.id,
                "echelon": "Third Echelon",
                "quota": 2,
                "before": 2,
                "selected": 1,
                "after": 1,
            },
        )

    def test_minutes_do_not_change_later(self):
        application = self._selected()
        meeting = application.meeting_item_ids.meeting_id
        before = self._form(meeting)["quotas"]
        application.with_user(self.user_officer).action_refuse("Left the company")
        meeting.invalidate_recordset()
        self.assertEqual(self._form(meeting)["quotas"], before)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._form(meeting.with_user(self.user_leader))

    # -- many at once ------------------------------------------------------------------

    def test_many_start_on_new_pages(self):
        applications = self._recommend() | self._recommend(self.colleague, self.user_manager)
        page = self._print("report_application", applications)
        self.assertEqual(page.count("bt_sheet bt_next"), 1)
        self.assertEqual(
            page.count('class="article"'), 1, "an unpatched wkhtmltopdf takes one body"
        )

    def test_print_actions(self):
        for name in ("application", "plan", "meeting"):
            action = self.env.ref(f"hr_backbone_training.action_report_hr_backbone_{name}")
            self.assertEqual(action.binding_model_id.model, f"hr.backbone.{name}")
            self.assertEqual(action.binding_view_types, "list,form")
            self.assertEqual(action.paperformat_id.format, "A4")

    def _count_print_queries(self, applications):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._print("report_application", applications)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        employees = self.env["hr.employee"].concat(
            *(
                self._new_employee(None, self.line, self.job_worker, name=f"Fitter {index}")
                for index in range(20)
            )
        )
        applications = self.env["hr.backbone.application"].concat(
            *(
                self._recommend(employee, self.user_officer, recommender_id=self.leader.id)
                for employee in employees
            )
        )
        # each form has decisions to show
        for name in ("submit", "approve", "pass_review", "select", "publish"):
            applications.sudo()._do_move(applications._get_move(name), "")
        self._print("report_application", applications[:1])
        few = self._count_print_queries(applications[:2])
        many = self._count_print_queries(applications)
        self.assertLessEqual(many - few, 2, f"{few} queries for 2 forms, {many} for 20")
