# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_portal import EVERYONE, BackbonePortalCommon

KINDS = ("all", "rotation", "movement", "x", "%27%22", "9" * 30)


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalMember(BackbonePortalCommon):
    """The member's card and the evaluation of the year, for each role. The member is Plain,
    whose mentor is Mentor and whose department is the manager's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain.name = "Nona Member"
        cls.member = cls._admitted(employee=cls.plain, user=cls.user_manager).sudo()
        cls.member._on_mentor_changed(cls.mentor)
        # evaluated by one quarter, in which the member was there from the beginning
        cls.company.backbone_least_quarters = 1
        cls.member._write_moved({"date_admitted": "2025-12-01"})
        with freeze_time("2026-03-12 09:00:00"):
            quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
            reports, assessments = quarter._make_documents()
        reports._write_moved({"state": "accepted", "score": 90})
        assessments.line_ids.score = 90
        assessments._write_moved({"state": "submitted"})
        quarter._write_moved({"state": "closed"})
        cls.run_ = cls.env["hr.backbone.evaluation.run"].create({"program_id": cls.program.id})
        cls.run_.action_compute()
        cls.evaluation = cls.run_.evaluation_ids
        cls.env.flush_all()

    def _announce(self):
        run = self.run_.with_user(self.user_officer)
        with freeze_time("2027-01-11 09:00:00"):
            run.action_freeze()
            run.action_announce()
        self.env.flush_all()

    def _check(self, url, allowed):
        for role, user in self._get_roles().items():
            self._login(user)
            with self.subTest(role=role, url=url):
                answer = self._get(url)
                if role == "public":
                    self.assertEqual(answer.status_code, 303)
                else:
                    self.assertEqual(answer.status_code, 200 if role in allowed else 404)
                    if role not in allowed:
                        self.assertNotIn("Nona Member", answer.text)

    def test_card_by_role(self):
        # the committee appoints mentors
        committee = {"committee", "committee_portal"}
        people = {"plain", "mentor", "manager", "director", "hr"}
        self._check(self.member.access_url, people | committee)

    def test_card(self):
        self._login(self.user_plain)
        answer = self._get(self.member.access_url)
        self.assertPage(answer, "Nona Member", self.mentor.name)
        self.assertPage(answer, "Talent pool", "Admitted", "Third Echelon")
        for kind in KINDS:
            with self.subTest(kind=kind):
                url = f"{self.member.access_url}?kind={kind}"
                self.assertEqual(self._get(url).status_code, 200)
        self.assertEqual(self._get(f"{self.member.access_url}/page/999").status_code, 200)
        for number in ("0", "-1", "999999999", "9" * 30):
            url = f"/my/backbone/members/{number}"
            self.assertEqual(self._get(url).status_code, 404)

    def test_evaluation_waits_for_the_announcement(self):
        self._check(self.evaluation.access_url, {"hr"})

    def test_evaluation_by_role(self):
        self._announce()
        self._check(self.evaluation.access_url, {"plain", "manager", "director", "hr"})

    def test_outstanding_by_role(self):
        self._announce()
        self._check("/my/backbone/outstanding", EVERYONE)
        self._login(self.user_colleague)
        url = "/my/backbone/outstanding"
        self.assertPage(self._get(url), "Nona Member", "2026")
        self.assertPage(self._get(f"{url}?search=nona&search_in=person"), "Nona Member")
        self.assertPage(self._get(f"{url}?search=nona&search_in=department"), "Nothing found.")
        self._login(self.user_portal_abroad)
        self.assertNotIn("Nona Member", self._get("/my/backbone/outstanding").text)

    def test_certificate_is_for_the_outstanding(self):
        self._announce()
        self._login(self.user_plain)
        self.env.cr.execute(
            "UPDATE hr_backbone_evaluation SET is_outstanding = FALSE WHERE id = %s",
            [self.evaluation.id],
        )
        self.env.invalidate_all()
        answer = self._get(f"{self.evaluation.access_url}/certificate")
        self.assertEqual(answer.status_code, 404)

    def test_certificate_where_assessments_are_not_shared(self):
        """The evaluation prints them; the award is known to the company anyhow."""
        self._announce()
        self.company.backbone_share_assessment = False
        url = self.evaluation.access_url
        self._login(self.user_plain)
        for page in (url, f"{url}/pdf"):
            self.assertEqual(self._get(page).status_code, 404)
        self.assertIn(f"{url}/certificate", self._get("/my/backbone/outstanding").text)
        self.assertEqual(self._get(f"{url}/certificate").status_code, 200)
        self._login(self.user_colleague)
        self.assertNotIn("/certificate", self._get("/my/backbone/outstanding").text)
        self.assertEqual(self._get(f"{url}/certificate").status_code, 404)

    def test_card_costs_the_same_with_a_long_history(self):
        self._login(self.user_plain)
        url = self.member.access_url
        few = self._count_queries(url)
        self.env.cr.execute(
            """INSERT INTO hr_backbone_movement
                      (member_id, employee_id, company_id, kind, date, create_date)
               SELECT member_id, employee_id, company_id, 'moved', date, create_date
                 FROM hr_backbone_movement, generate_series(1, 1000) WHERE member_id = %s""",
            [self.member.id],
        )
        self.env["hr.backbone.achievement"].create(
            [{"member_id": self.member.id, "kind": "book", "name": "A"} for _ in range(100)]
        )
        self.env.flush_all()
        self.assertLessEqual(self._count_queries(url), few + 4)
