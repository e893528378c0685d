# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import EVERYONE, HERE, MALFORMED, RUBBISH, BackbonePortalCommon

CHAIN = {"recommender", "manager", "director", "hr"}


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalRoutes(BackbonePortalCommon):
    """Each route, for each role, with records of one's own, of others, and with none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        traveller = cls._new_employee(None, cls.works, cls.job_worker, name="Traveller")
        member = cls.env["hr.backbone.member"].create({"employee_id": traveller.id})
        cls.rotation = cls.env["hr.backbone.rotation"].create(
            {
                "member_id": member.id,
                "host_department_id": cls.board.id,
                "host_job_id": cls.job_manager.id,
                "host_id": cls.mentor.id,
                "date_start": "2026-05-04",
                "date_end": "2026-05-29",
                "objectives": "Learn",
            }
        )
        cls.rotation.with_user(cls.user_officer).action_request()
        cls.env.flush_all()

    def _get_routes(self):
        """{address: the roles that get the page}; the others get a 404."""
        case, draft = self.case.access_url, self.draft.access_url
        plan, meeting = self.case.sudo().plan_id.access_url, self.meeting.access_url
        return {
            "/my/backbone": EVERYONE,
            "/my/backbone/recommend": EVERYONE,
            "/my/backbone/recommend/page/2": EVERYONE,
            "/my/backbone/recommendations": EVERYONE,
            "/my/backbone/recommendations/page/2": EVERYONE,
            "/my/backbone/approvals": EVERYONE,
            "/my/backbone/notices": EVERYONE,
            "/my/backbone/trainings": EVERYONE,
            "/my/backbone/reports": EVERYONE,
            "/my/backbone/reports/page/2": EVERYONE,
            "/my/backbone/assessments": EVERYONE,
            "/my/backbone/assessments/page/2": EVERYONE,
            self.program.access_url: HERE,
            self.notice.access_url: HERE,
            case: CHAIN | {"employee"},
            plan: CHAIN | {"employee"},
            draft: CHAIN | {"apprentice"},
            self.draft.sudo().plan_id.access_url: CHAIN | {"apprentice"},
            self.agenda.access_url: {
                "internal",
                "manager",
                "director",
                "committee",
                "committee_portal",
                "hr",
            },
            "/my/backbone/rotations": EVERYONE,
            "/my/backbone/rotations/page/2": EVERYONE,
            self.rotation.access_url: {"mentor", "manager", "director", "hr"},
            "/my/backbone/meetings": {"committee", "committee_portal", "hr"},
            meeting: {"committee", "committee_portal", "hr"},
        }

    def _get_forms(self):
        case, plan = self.case.access_url, self.case.sudo().plan_id.access_url
        return {
            "/my/backbone/recommend": EVERYONE,
            "/my/backbone/approvals": EVERYONE,
            case: CHAIN | {"employee"},
            f"{case}/autosave": CHAIN | {"employee"},
            f"{case}/approve": CHAIN | {"employee"},
            f"{case}/return": CHAIN | {"employee"},
            f"{case}/refuse": CHAIN | {"employee"},
            "/my/backbone/rotations": EVERYONE,
            f"{self.rotation.access_url}/autosave": {"mentor", "manager", "hr"},
            plan: CHAIN | {"employee"},
            f"{plan}/autosave": CHAIN | {"employee"},
            self.notice.access_url: HERE,
            f"{self.meeting.access_url}/vote": set(),
            f"{self.meeting.access_url}/close": {"committee", "committee_portal", "hr"},
        }

    def test_get_by_role(self):
        routes = self._get_routes()
        for role, user in self._get_roles().items():
            self._login(user)
            for url, allowed in routes.items():
                with self.subTest(role=role, url=url):
                    answer = self._get(url)
                    if role == "public":
                        self.assertEqual(answer.status_code, 303)
                        self.assertIn("/web/login", answer.headers["Location"])
                    else:
                        self.assertEqual(answer.status_code, 200 if role in allowed else 404)
                    if role in ("public", "customer", "portal_abroad", "internal_abroad"):
                        for name in self.secret_names:
                            self.assertNotIn(name, answer.text)

    def test_post_by_role(self):
        """Nobody does what is not theirs to do, whatever the page answers."""
        forms = self._get_forms()
        for role, user in self._get_roles().items():
            if role == "director":
                continue  # the one who may: see test_portal_pages
            self._login(user)
            for url, allowed in forms.items():
                with self.subTest(role=role, url=url):
                    answer = self._post(url, {"comment": "No", "step": "submit"})
                    if role == "public":
                        self.assertIn(answer.status_code, (303, 400))
                    elif role in allowed:
                        self.assertIn(answer.status_code, (200, 303))
                    else:
                        self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.case.state, "director")
        self.assertEqual(self.case.sudo().plan_id.state, "submitted")
        self.assertEqual(self.meeting.state, "open")
        self.assertFalse(self.meeting.sudo().item_ids.vote_ids)
        self.assertFalse(self.env["hr.backbone.objection"].sudo().search([]))

    def test_post_needs_token(self):
        self._login(self.user_director)
        for url in self._get_forms():
            with self.subTest(url=url):
                answer = self._post(url, {"comment": "No"}, csrf=False)
                self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.case.state, "director")

    def test_malformed_ids(self):
        self._login(self.user_officer)
        kinds = ("applications", "plans", "notices", "meetings", "programs", "rotations")
        for kind in kinds:
            for number in MALFORMED:
                for tail in ("", "/pdf", "/files/1", "/autosave", "/approve"):
                    url = f"/my/backbone/{kind}/{number}{tail}"
                    with self.subTest(url=url):
                        self.assertIn(self._get(url).status_code, (404, 405))

    def test_malformed_parameters(self):
        """Rubbish in search, sort, filter and page gives the default page."""
        every = ("sortby", "filterby", "groupby", "page", "search", "search_in")
        pages = {
            self.user_director: {
                "/my/backbone": ("page",),
                "/my/backbone/recommend": ("search", "page", "sortby"),
                "/my/backbone/recommendations": every,
                "/my/backbone/approvals": every,
                "/my/backbone/notices": every,
                "/my/backbone/rotations": every,
                "/my/backbone/outstanding": every,
            },
            self.user_member: {"/my/backbone/meetings": every},
        }
        for user, urls in pages.items():
            self._login(user)
            for url, names in urls.items():
                for name in names:
                    for value in RUBBISH:
                        with self.subTest(url=url, name=name, value=value):
                            page = f"{url}?{name}={value}&search_in=x"
                            self.assertEqual(self._get(page).status_code, 200)
                if "filterby" in names:
                    for page in ("0", "7", "9" * 12):
                        answer = self._get(f"{url}/page/{page}")
                        self.assertEqual(answer.status_code, 200)

    def test_malformed_bodies(self):
        self._login(self.user_worker)
        plan = self.case.sudo().plan_id
        for url in (plan.access_url, self.case.access_url, self.notice.access_url):
            for body in (
                {"version": "x"},
                {"step": "\u0000"},
                {"line_id": "9" * 30, "text": "x"},
                {f"{plan.line_ids[0].id}-progress": "١٢", "version": plan._get_version()},
            ):
                with self.subTest(url=url, body=body):
                    self.assertEqual(self._post(url, body).status_code, 200)
        self._login(self.user_leader)
        for employee in ("", "x", "0", "9" * 30, str(self.abroad.id), str(self.leader.id)):
            answer = self._post(
                "/my/backbone/recommend",
                {"employee_id": employee, "echelon_id": str(self.echelon_3.id)},
            )
            self.assertPage(answer, "Choose one of your people")
        answer = self._post("/my/backbone/approvals", {"record": ["x", "9" * 30, "-1"]})
        self.assertEqual(answer.status_code, 303)

    def test_files_of_others(self):
        """A file is reached through its own record only, and only by who reads that."""
        line = self.case.sudo().plan_id.line_ids[0]
        file = self.env["ir.attachment"].create(
            {"name": "proof.pdf", "raw": b"%PDF-1.4", "res_model": line._name, "res_id": line.id}
        )
        line.evidence_ids = file
        url = f"{self.case.sudo().plan_id.access_url}/files"
        self._login(self.user_worker)
        answer = self._get(f"{url}/{file.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        foreign = self.env["ir.attachment"].create({"name": "other", "raw": b"secret"})
        self.assertEqual(self._get(f"{url}/{foreign.id}").status_code, 404)
        self._login(self.user_plain)
        self.assertEqual(self._get(f"{url}/{file.id}").status_code, 404)

    def test_mentor_reads_the_plan(self):
        member = self._admitted(employee=self.plain, user=self.user_manager)
        self._set_mentor(member, self.mentor)
        url = member.sudo().plan_id.access_url
        self.env.flush_all()
        self._login(self.user_mentor)
        self.assertPage(self._get(url), "Personal development plan")
        self.assertNotIn('name="version"', self._get(url).text)

    def test_rpc_gives_no_more(self):
        """Over RPC a customer and a portal employee get what the pages give, not more."""
        names = (
            "hr.backbone.program",
            "hr.backbone.application",
            "hr.backbone.plan",
            "hr.backbone.plan.line",
            "hr.backbone.publicity",
            "hr.backbone.publicity.line",
            "hr.backbone.decision",
            "hr.backbone.member",
            "hr.backbone.objection",
            "hr.backbone.training",
            "hr.backbone.training.participant",
        )
        for name in names:
            model = self._as(self.env[name], self.user_customer)
            self.assertFalse(model.search([]), name)
        plain = self.env["hr.backbone.application"].with_user(self.user_plain)
        self.assertFalse(plain.search([]))
        own = self.env["hr.backbone.plan"].with_user(self.user_worker)
        self.assertEqual(own.search([]), self.case.sudo().plan_id)
        with self.assertRefused("access_token"):
            own.search([]).read(["access_token"])
