# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re

from freezegun import freeze_time

from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon
from ..common_training import TrainingCases

URL = "/my/backbone/trainings"
DAY = "2026-03-05 10:00:00"


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalTraining(TrainingCases, BackbonePortalCommon):
    """Trainings in /my: by whom each page is seen, and what each takes and refuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        cls.training = cls._new_training(
            cls.worker_member | cls.colleague_member,
            # within the week for which a session on the portal lives
            date_start="2026-03-05 09:00:00",
            date_end="2026-03-05 16:00:00",
            link="https://example.com/course",
            description="<p>Bring a pen</p>",
            cost=4711,
        )
        cls.row = cls._row(cls.training, cls.worker_member)
        cls.url = cls.training.access_url
        cls.env.flush_all()

    # -- who sees what ---------------------------------------------------------------------

    def test_pages_by_role(self):
        """The participant, the trainer and HR; managers of participants see the training."""
        trainer = {"trainer": self.user_trainer}
        readers = {"employee", "internal", "recommender", "manager", "director", "hr", "trainer"}
        takers, own = {"trainer", "hr"}, {"employee", "internal"}
        pages = {
            self.url: readers,
            f"{self.url}/calendar": readers,
            f"{self.url}/attendance": takers,
            f"{self.url}/attendance/page/2": takers,
            f"{self.url}/code": takers,
        }
        forms = {
            f"{self.url}/confirm": own,
            f"{self.url}/decline": own,
            f"{self.url}/action": own,
            f"{self.url}/feedback": own,
            f"{self.url}/files": own,
            f"{self.url}/checkin": own,
            f"{self.url}/attendance": takers,
        }
        for role, user in {**self._get_roles(), **trainer}.items():
            self._login(user)
            for url, allowed in pages.items():
                with self.subTest(role=role, url=url):
                    expected = 303 if role == "public" else 200 if role in allowed else 404
                    self.assertEqual(self._get(url).status_code, expected)
            for url, allowed in forms.items():
                if role in allowed:
                    continue
                with self.subTest(role=role, url=url):
                    expected = (303, 400) if role == "public" else (404,)
                    self.assertIn(self._post(url, {"rating": "5"}).status_code, expected)
            with self.subTest(role=role, url="checkin"):
                answer = self._get(f"{self.url}/checkin?code=x")
                expected = 303 if role == "public" else 403 if role in own else 404
                self.assertEqual(answer.status_code, expected)
            with self.subTest(role=role, url=URL):
                answer = self._get(URL)
                if role not in ("public", "customer"):
                    self.assertEqual(answer.status_code, 200)
                mine = role in own | {"trainer"}
                self.assertEqual("Leading a Team" in answer.text, mine)
                self.assertNotIn("4711", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self._states(self.training), ["invited", "invited"])

    def test_draft_and_forms_without_token(self):
        draft = self._new_training(self.worker_member, plan=False, name="Secret plan")
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertEqual(self._get(draft.access_url).status_code, 404)
        self.assertNotIn("Secret plan", self._get(f"{URL}?filterby=all").text)
        for tail in ("confirm", "decline", "action", "feedback", "files", "checkin"):
            answer = self._post(f"{self.url}/{tail}", {"rating": "5"}, csrf=False)
            self.assertEqual(answer.status_code, 400)

    def test_rubbish(self):
        self._login(self.user_officer)
        for number in ("0", "-1", "abc", "2147483648", "9" * 30):
            for tail in ("", "/attendance", "/code", "/checkin", "/calendar", "/files/1", "/x"):
                self.assertIn(self._get(f"{URL}/{number}{tail}").status_code, (404, 405))
        for name in ("page", "sortby", "filterby"):
            for value in ("", "x", "-1", "9" * 30, "%00", "id desc;drop table x"):
                self.assertEqual(self._get(f"{URL}?{name}={value}").status_code, 200)
        for page in ("0", "7", "9" * 12):
            self.assertEqual(self._get(f"{URL}/page/{page}").status_code, 200)
            self.assertEqual(self._get(f"{self.url}/attendance/page/{page}").status_code, 200)
        self._login(self.user_worker)
        self.assertEqual(self._post(f"{self.url}/jump").status_code, 404)
        for code in ("", "x" * 5000, "%00", "-", "1-2-3", "%D9%A1-%C3%BC"):
            self.assertEqual(self._get(f"{self.url}/checkin?code={code}").status_code, 403)
        self._login(self.user_trainer)
        with freeze_time(DAY):
            body = {"shown": ["x", "9" * 30, "-1", ""], "present": ["%", "1e3"], "page": "x"}
            self.assertEqual(self._post(f"{self.url}/attendance", body).status_code, 303)

    # -- the member ------------------------------------------------------------------------

    def test_answer(self):
        self.training.seats = 1
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertPage(
            self._get("/my/backbone"), "Answer the invitation: Leading a Team", "Trainings"
        )
        page = self._get(self.url)
        self.assertPage(page, "You are invited", "I will come", "Room 3", "Bring a pen")
        self.assertNotIn("4711", page.text)
        answer = self._post(f"{self.url}/confirm")
        self.assertEqual(answer.headers["Location"].split("?")[0].endswith(self.url), True)
        self.assertPage(self._get(self.url), "You have a seat: see you there.")
        self._login(self.user_colleague)
        self._post(f"{self.url}/confirm")
        self.assertPage(self._get(self.url), "you are on the waiting list")
        self._login(self.user_worker)
        self._post(f"{self.url}/decline", {"comment": "A customer <b>comes</b>"})
        # why, HR alone reads
        self.assertPage(self._get(self.url), "You have declined")
        self.assertNotIn("A customer", self._get(self.url).text)
        self.env.invalidate_all()
        self.assertEqual(self._states(self.training), ["declined", "confirmed"])
        self.assertNotIn("Answer the invitation", self._get("/my/backbone").text)
        with freeze_time("2026-03-05 16:30:00"):
            self._login(self.user_worker)
            self._post(f"{self.url}/confirm")
            self.assertPage(self._get(self.url), "is over")
            # the address of the step, out of the history
            self.assertTrue(self._get(f"{self.url}/confirm").headers["Location"].endswith(self.url))

    def test_too_long_a_reason_is_kept(self):
        self._login(self.user_worker)
        self._post(f"{self.url}/decline", {"comment": "x" * 10_001})
        page = self._get(self.url)
        self.assertPage(page, "This text has 10,001 characters", 'id="error-comment"')
        self.assertIn(f">{'x' * 10_001}</textarea>", page.text)
        self.assertEqual(self.row.state, "invited")

    def test_time_is_the_readers_and_says_so(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.user_worker.tz = "Asia/Shanghai"
        self._login(self.user_worker)
        page = self._get(self.url)
        self.assertPage(page, "5:00\u202fPM")
        self.assertNotIn("Shanghai", page.text)
        self.user_worker.tz = "UTC"
        self.env.flush_all()
        self.assertPage(self._get(self.url), "9:00\u202fAM", "(UTC)")

    def test_feedback(self):
        with freeze_time(DAY):
            self.row.with_user(self.user_trainer).action_attend()
        self.env.flush_all()
        self._login(self.user_worker)
        with freeze_time("2026-03-06 10:00:00"):
            self.assertPage(self._get("/my/backbone"), "What did you think of: Leading a Team")
            answer = self._post(
                f"{self.url}/feedback", {"rating": "6", "feedback": "More practice"}
            )
            self.assertPage(answer, "Choose a rating between 1 and 5.", "More practice")
            self.assertIn('id="error-rating"', answer.text)
            self._post(f"{self.url}/feedback", {"rating": "4", "feedback": "More practice"})
            self.assertPage(self._get(self.url), "Thank you.", "More practice")
            self.assertNotIn("What did you think of", self._get("/my/backbone").text)
        self.env.invalidate_all()
        self.assertEqual((self.row.rating, self.row.feedback), (4, "More practice"))
        self._login(self.user_colleague)
        answer = self._post(f"{self.url}/feedback", {"rating": "4"})
        self.assertPage(answer, "a training that one attended")

    def test_action_of_the_plan(self):
        plans = self.env["hr.backbone.plan"]
        lines = plans.line_ids
        for employee, method in (
            (self.worker, "internal"),
            (self.worker, "external"),
            (self.colleague, "internal"),
        ):
            plan = plans._create_moved([{"employee_id": employee.id, "state": "active"}])
            vals = {"plan_id": plan.id, "method": method, "action": f"{method} {employee.name}"}
            lines += lines.create(vals)
        own, other_kind, other_person = lines
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertPage(
            self._get(f"{URL}?line={own.id}"), "Human resources sees in your development plan"
        )
        page = self._get(self.url)
        self.assertPage(page, "In my development plan", own.action)
        self.assertNotIn(other_kind.action, page.text)
        self.assertNotIn(other_person.action, page.text)
        for text in (other_kind.id, other_person.id, "x", "9" * 30, "-1"):
            self._post(f"{self.url}/action", {"plan_line_id": text})
            page = self._get(self.url)
            self.assertPage(page, "Choose an action of the plan.")
            self.assertIn('id="error-plan_line_id"', page.text)
        self._post(f"{self.url}/action", {"plan_line_id": own.id})
        self.assertPage(self._get(self.url), "Saved.")
        self.env.invalidate_all()
        self.assertEqual(self.row.sudo().plan_line_id, own)
        self.assertPage(self._get(own.plan_id.access_url), "Leading a Team", "Invited")
        self._post(f"{self.url}/action", {"plan_line_id": ""})
        self.env.invalidate_all()
        self.assertFalse(self.row.sudo().plan_line_id)

    def test_certificates(self):
        self._login(self.user_worker)
        files = f"{self.url}/files"
        self._upload(files, {}, "certificates", PDF)
        self.assertPage(self._get(self.url), "a training that you attended")
        with freeze_time(DAY):
            self.row.with_user(self.user_trainer).action_attend()
        self.env.flush_all()
        self._upload(files, {}, "certificates", b"MZ\x90\x00", "virus.pdf")
        answer = self._get(self.url)
        self.assertPage(answer, "is not of a kind that is taken")
        self.assertIn('id="error-certificates"', answer.text)
        self.assertEqual(self._upload(files, {}, "certificates", PDF).status_code, 303)
        self.env.invalidate_all()
        file = self.row.sudo().certificate_ids
        self.assertEqual(file.name, "proof.pdf")
        self.assertEqual((file.res_model, file.res_id), (self.row._name, self.row.id))
        answer = self._get(f"{files}/{file.id}")
        self.assertEqual(answer.content, PDF)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self._login(self.user_colleague)
        self.assertEqual(self._get(f"{files}/{file.id}").status_code, 404)
        self._login(self.user_worker)
        self._post(files, {"remove": str(file.id)})
        self.env.invalidate_all()
        self.assertFalse(self.row.sudo().certificate_ids)

    def test_calendar_file(self):
        self._login(self.user_worker)
        answer = self._get(f"{self.url}/calendar")
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        self.assertIn("DTSTART:20260305T090000Z", answer.text)
        self.assertNotIn("Octavia", answer.text)

    def test_link_of_another_kind_is_no_link(self):
        self.training.link = "javascript:alert(1)"
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertNotIn("javascript:alert", self._get(self.url).text)

    def test_list(self):
        past = self._new_training(
            self.worker_member,
            name="Past session",
            date_start="2026-02-12 09:00:00",
            date_end="2026-02-12 12:00:00",
        )
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertNotIn("Past session", self._get(URL).text)
        self.assertPage(self._get(f"{URL}?filterby=past"), "Past session")
        page = self._get(f"{URL}?filterby=all&sortby=date").text
        self.assertLess(page.index("Past session"), page.index("Leading a Team"))
        self.assertTrue(past)

    # -- the trainer -----------------------------------------------------------------------

    def test_attendance(self):
        self._login(self.user_trainer)
        attendance = f"{self.url}/attendance"
        page = self._get(attendance)
        self.assertPage(page, "taken on the day, 2026-03-05", "Quintus Case", "Octavia Agenda")
        self.assertIn('disabled="disabled"', page.text)
        colleague = self._row(self.training, self.colleague_member)
        body = {"shown": [self.row.id, colleague.id], "present": [self.row.id]}
        self._post(attendance, body)
        self.assertIn('role="alert"', self._get(attendance).text)
        with freeze_time(DAY):
            self.assertIn("form-switch", self._get(attendance).text)
            self.assertEqual(self._post(attendance, body).status_code, 303)
            self.assertPage(self._get(attendance), "The attendance was saved.", "1 of")
        self.env.invalidate_all()
        self.assertEqual(self._states(self.training), ["attended", "invited"])
        self._login(self.user_worker)
        self.assertEqual(self._post(attendance, body).status_code, 404)

    def test_attendance_that_nobody_marked_is_a_todo(self):
        self._login(self.user_trainer)
        self.assertNotIn("Mark who attended", self._get("/my/backbone").text)
        with freeze_time("2026-03-05 16:00:00"):
            self.assertPage(self._get("/my/backbone"), "Mark who attended: Leading a Team")
            user = self.user_trainer.with_user(self.user_trainer)
            self.assertEqual(len(user._get_backbone_todo()), user._count_backbone_todo())

    def test_code_in_the_room(self):
        self._login(self.user_trainer)
        page = self._get(f"{self.url}/code")
        self.assertPage(page, "taken on the day")
        self.assertNotIn("data:image/png", page.text)
        with freeze_time(DAY):
            page = self._get(f"{self.url}/code")
            self.assertPage(page, "data:image/png;base64,", "I am here")
            self.assertEqual(page.headers["Refresh"], "120")
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            checkin = self.training.with_user(self.user_trainer)._get_checkin_url()
        checkin = re.sub(r"^https?://[^/]+", "", checkin)
        code = checkin.partition("code=")[2]
        self._login(self.user_worker)
        with freeze_time(DAY):
            self.assertPage(self._get(checkin), "I am here")
            wrong = self._post(f"{self.url}/checkin", {"code": "1-2"})
            self.assertEqual(wrong.status_code, 403)
            self.assertIn("not valid any more", wrong.text)
            self.assertEqual(self._post(f"{self.url}/checkin", {"code": code}).status_code, 303)
            self.assertPage(self._get(self.url), "You are marked as present")
            self.assertPage(self._get(checkin), "You are marked as present.")
        with freeze_time("2026-03-05 11:00:00"):
            self._login(self.user_colleague)
            self.assertEqual(self._get(checkin).status_code, 403)
        self.env.invalidate_all()
        self.assertEqual(self._states(self.training), ["attended", "invited"])
        self._login(self.user_plain)
        with freeze_time(DAY):
            self.assertEqual(self._get(checkin).status_code, 404)

    # -- how much it asks of the database ----------------------------------------------------

    def test_queries_do_not_grow(self):
        self._login(self.user_trainer)
        small = self._new_training(self._new_pool(3), name="Small")
        large = self._new_training(self._new_pool(40), name="Large")
        self.env.flush_all()
        for tail in ("", "/attendance"):
            few = self._count_queries(f"{small.access_url}{tail}")
            many = self._count_queries(f"{large.access_url}{tail}")
            with self.subTest(tail=tail):
                self.assertLessEqual(many, few + 3)
