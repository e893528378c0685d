# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.tests import HttpCase, tagged

from ..common_portal import BackbonePortalCommon
from ..common_rotation import BackboneRotationCommon

URL = "/my/backbone/rotations"


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalRotation(BackboneRotationCommon, HttpCase):
    """Asked for, agreed to and written up in the portal, by people without a backend."""

    _login = BackbonePortalCommon._login
    _get = BackbonePortalCommon._get
    _post = BackbonePortalCommon._post
    _get_version = BackbonePortalCommon._get_version
    _count_queries = BackbonePortalCommon._count_queries
    assertPage = BackbonePortalCommon.assertPage

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_keeper.group_ids = cls.env.ref("base.group_portal")
        cls.env.flush_all()

    def _run_cron(self, name):
        # a test of pages is in test mode already
        self.env.ref(f"hr_backbone_training.ir_cron_backbone_{name}").method_direct_trigger()

    def _fill(self, record, step="save", **typed):
        version = self._get_version(self._get(record.access_url).text)
        return self._post(record.access_url, {"version": version, "step": step, **typed})

    def _start(self):
        answer = self._post(URL, {"member_id": str(self.member.id)})
        self.assertEqual(answer.status_code, 303)
        return self.env["hr.backbone.rotation"].search([("member_id", "=", self.member.id)])

    def test_born_from_an_action_of_the_plan(self):
        plans = self.env["hr.backbone.plan"]._create_moved(
            [
                {"employee_id": employee.id, "state": "active"}
                for employee in (self.worker, self.colleague)
            ]
        )
        own, other = self.env["hr.backbone.plan.line"].create(
            [
                {"plan_id": plan.id, "method": "rotation", "action": "A month in the stores"}
                for plan in plans
            ]
        )
        self.env.flush_all()
        self._login(self.user_worker)
        address = f"{URL}?line={own.id}"
        self.assertPage(self._get(own.plan_id.access_url), f'href="{address}"')
        self.assertPage(self._get(address), f'name="line" value="{own.id}"')
        for line in (other.id, "x"):
            with self.subTest(line=line):
                answer = self._post(URL, {"member_id": str(self.member.id), "line": str(line)})
                self.assertPage(answer, "Choose an action of the plan.")
        rotations = self.env["hr.backbone.rotation"].search([("member_id", "=", self.member.id)])
        self.assertFalse(rotations, "nothing is begun for an action that is not the member's")
        self._post(URL, {"member_id": str(self.member.id), "line": str(own.id)})
        self.assertEqual(rotations.search([("member_id", "=", self.member.id)]).plan_line_id, own)

    def test_search(self):
        self._login(self.user_worker)
        rotation = self._start()
        rotation.host_department_id = self.stores
        name, link = self.worker.name, f'href="{rotation.access_url}"'
        for text, where, found in (
            (name, "all", True),
            (name, "person", True),
            (name, "department", False),
            (self.stores.name, "department", True),
            (self.stores.name, "post", False),
            (self.stores.name, "rubbish", True),
        ):
            with self.subTest(text=text, where=where):
                page = self._get(f"{URL}?search={text}&search_in={where}")
                self.assertPage(page, link if found else "Nothing found.")
                self.assertEqual(link in page.text, found)

    def test_the_whole_way(self):
        self._login(self.user_worker)
        self.assertPage(self._get(URL), "Ask for a rotation", "No rotation concerns you here")
        rotation = self._start()
        self.assertEqual(self._start(), rotation, "the draft that is there goes on")
        page = self._get(rotation.access_url)
        self.assertPage(page, "Board / Stores", "Storekeeper", 'name="objectives"')
        answer = self._fill(
            rotation,
            "submit",
            host_department_id=str(self.stores.id),
            host_job_id=str(self.job_keeper.id),
            date_start="2026-04-06",
            date_end="2026-04-08",
            objectives="Run the stores\r\nfor three days",
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(rotation.state, "requested")
        self.assertEqual(rotation.host_id, self.keeper)
        self.assertEqual(rotation.objectives, "Run the stores\nfor three days")
        self.assertPage(self._get(rotation.access_url), "The rotation was asked for")
        self._login(self.user_keeper)
        self.assertPage(self._get("/my/backbone"), "Agree to the rotation or refuse: Worker")
        self.assertPage(self._get(rotation.access_url), "Your decision", "As the host")
        self._post(f"{rotation.access_url}/agree", {"comment": "Welcome"})
        self.assertTrue(rotation.date_host_agreed)
        self._login(self.user_leader)
        self._post(f"{rotation.access_url}/agree")
        self.assertEqual(rotation.state, "running")
        self._on("2026-04-09")
        self.assertEqual(rotation.state, "evaluation")
        self._login(self.user_keeper)
        self.assertPage(self._get("/my/backbone"), "Score the rotation: Worker")
        self._fill(rotation, "save", score="0", host_comment="Quick")
        self.assertIsInstance(rotation.score, float)
        self.assertPage(self._get(rotation.access_url), 'value="0"')
        self._fill(rotation, "submit", score="", host_comment="Quick")
        self.assertIs(rotation.score, False)
        self.assertPage(self._get(rotation.access_url), "Give a score before you hand it in")
        answer = self._fill(rotation, "submit", score="80,5", host_comment="Quick")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((rotation.score, rotation.state), (80.5, "evaluation"))
        self._login(self.user_worker)
        self.assertPage(self._get("/my/backbone"), "Write the summary of your rotation")
        page = self._get(rotation.access_url)
        self.assertPage(page, "My summary", "80.5")
        self.assertNotIn('name="score"', page.text)
        self._fill(rotation, "submit", summary="I learnt much")
        self.assertEqual(rotation.state, "done")
        self.assertPage(self._get(rotation.access_url), "This stay has been added to the résumé")

    def test_autosave_keeps_what_is_not_complete(self):
        self._login(self.user_worker)
        rotation = self._start()
        version = self._get_version(self._get(rotation.access_url).text)
        url = f"{rotation.access_url}/autosave"
        answer = self._post(url, {"version": version, "date_start": "2026-05-04"}).json()
        self.assertTrue(answer["saved"], answer)
        self.assertEqual(rotation.date_start, date(2026, 5, 4))
        answer = self._post(url, {"version": version, "date_end": "2026-05-29"}).json()
        self.assertTrue(answer["stale"])
        answer = self._post(url, {"version": rotation._get_version(), "date_end": "never"}).json()
        self.assertEqual((answer["saved"], answer["name"]), (False, "date_end"))
        answer = self._post(
            url, {"version": rotation._get_version(), "date_end": "2026-05-01"}
        ).json()
        self.assertIn("on or after the day it begins", answer["message"])

    def test_missing_stands_beside_its_input(self):
        self._login(self.user_worker)
        rotation = self._start()
        answer = self._fill(rotation, "submit", objectives="Learn <b>much</b>")
        self.assertEqual(answer.status_code, 303, "whoever reloads does not submit again")
        self.assertPage(
            self._get(rotation.access_url),
            'id="error-host_department_id"',
            'id="error-date_start"',
            "Learn &lt;b&gt;much&lt;/b&gt;",
        )
        self.assertEqual(rotation.state, "draft")

    def test_choices_are_of_the_own_company(self):
        self._create_abroad()
        foreign = self.env["hr.department"].create(
            {"name": "Secret Lab", "company_id": self.company_abroad.id}
        )
        self._login(self.user_worker)
        rotation = self._start()
        self.assertNotIn("Secret Lab", self._get(rotation.access_url).text)
        for number in (str(foreign.id), "0", "x", "9" * 30):
            answer = self._fill(rotation, host_department_id=number)
            self.assertPage(answer, "Please choose one of the list")
        self.assertFalse(rotation.host_department_id)
        for member in ("", "x", "9" * 30, str(self.other_member.id)):
            answer = self._post(URL, {"member_id": member})
            self.assertPage(answer, "Choose one of your people")

    def test_host_follows_the_department_or_is_chosen(self):
        deputy = self._new_employee(self._new_user("bt_deputy"), self.stores, self.job_keeper)
        self._login(self.user_worker)
        rotation = self._start()
        self._fill(rotation, host_department_id=str(self.stores.id))
        self.assertEqual(rotation.host_id, self.keeper)
        answer = self._fill(rotation, host_id=str(deputy.id))
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(rotation.host_id, deputy)
        self._fill(rotation, host_department_id=str(self.board.id), host_id=str(deputy.id))
        self.assertEqual(rotation.host_id, self.director)

    def test_steps_need_a_reason_and_the_right_person(self):
        rotation = self._requested()
        url = rotation.access_url
        self._login(self.user_keeper)
        answer = self._post(f"{url}/refuse")
        self.assertEqual(answer.status_code, 303)
        self.assertPage(self._get(url), 'id="error-comment"')
        self._login(self.user_worker)
        self._post(f"{url}/agree")
        self._post(f"{url}/refuse", {"comment": "No"})
        self.assertEqual(rotation.state, "requested")
        self._post(f"{url}/cancel", {"comment": " "})
        self.assertPage(self._get(url), 'id="error-cancel"')
        self.assertEqual(self._post(f"{url}/start").status_code, 404)
        self.assertEqual(self._post(f"{url}/finish").status_code, 404)
        self.assertEqual(self._get(f"{url}/agree").status_code, 303)
        self._post(f"{url}/cancel", {"comment": "My exam"})
        self.assertEqual(rotation.state, "cancelled")
        self.assertPage(self._get(url), "Cancelled")

    def test_host_sees_no_draft(self):
        rotation = self._draft()
        self._login(self.user_keeper)
        self.assertEqual(self._get(rotation.access_url).status_code, 404)

    def test_list_is_paged_and_steady(self):
        self._login(self.user_leader)
        rotation = self._draft()
        few = self._count_queries(URL)
        drafts = self.env["hr.backbone.rotation"]
        for number in range(90):
            drafts += self._draft(objectives=f"Goal {number}")
        self.env.flush_all()
        many = self._count_queries(URL)
        self.assertLessEqual(many, few + 3)
        self.assertEqual(self._get(URL).text.count(f'href="{URL}/'), 80 + 2)
        self.assertIn(rotation.access_url, self._get(f"{URL}/page/2").text)
        for query in ("sortby=x", "filterby=x", "filterby=waiting", "sortby=department", "page=x"):
            self.assertEqual(self._get(f"{URL}?{query}").status_code, 200)
