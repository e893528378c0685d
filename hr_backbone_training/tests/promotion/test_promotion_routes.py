# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import EVERYONE, HERE, MALFORMED, RUBBISH, BackbonePortalCommon
from ..common_promotion import PromotionCommon

PAGES = (
    "/my/backbone/achievements",
    "/my/backbone/suggestions",
    "/my/backbone/suggestions/adopted",
)


@tagged("post_install", "-at_install", "backbone_portal")
class TestPromotionRoutes(BackbonePortalCommon):
    """Each route of personal promotion, for each role; the documents are Plain's, whom the
    portal login Mentor mentors, in the works that Manager manages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_members(cls.plain)
        cls._set_mentor(cls.member, cls.mentor)
        cls.plain.name = "Nonus Member"
        achievements = cls.env["hr.backbone.achievement"].with_user(cls.user_plain)
        suggestions = cls.env["hr.backbone.suggestion"].with_user(cls.user_plain)
        content = dict.fromkeys(
            ("current_state", "proposal", "expected_effect", "expected_benefit"), "Text"
        )
        book = {"kind": "book", "notes": "Much"}
        cls.achievement = achievements.create({"name": "Sextus", **book})
        cls.suggestion = suggestions.create({"name": "Sextus", **content})
        cls.adopted = suggestions.create({"name": "Public", **content})
        cls.drafts = (
            achievements.create({"name": "Draft", **book}),
            suggestions.create({"name": "Draft", **content}),
        )
        cls.achievement.action_submit()
        (cls.suggestion | cls.adopted).action_submit()
        PromotionCommon._score.__func__(cls, cls.adopted)
        cls.adopted.with_user(cls.user_director).action_adopt("Yes")
        cls.public = cls.env["hr.backbone.suggestion.adopted"].search(
            [("suggestion_id", "=", cls.adopted.id)]
        )
        cls.env.flush_all()

    @classmethod
    def _get_review(cls, suggestion, user=None):
        return PromotionCommon._get_review.__func__(cls, suggestion, user)

    def _get_documents(self):
        """{address: the roles that get the page}; the others get a 404."""
        near = {"plain", "mentor", "manager", "director", "hr"}
        return {
            self.achievement.access_url: near,
            self.suggestion.access_url: near | {"committee", "committee_portal"},
            self.drafts[0].access_url: {"plain", "hr"},
            self.drafts[1].access_url: {"plain", "hr"},
            f"/my/backbone/suggestions/adopted/{self.public.id}": HERE,
        }

    def test_get_by_role(self):
        routes = {**dict.fromkeys(PAGES, EVERYONE), **self._get_documents()}
        for role, user in self._get_roles().items():
            self._login(user)
            for url, allowed in routes.items():
                with self.subTest(role=role, url=url):
                    answer = self._get(url)
                    if role == "public":
                        self.assertEqual(answer.status_code, 303)
                    else:
                        self.assertEqual(answer.status_code, 200 if role in allowed else 404)
                    if role in ("public", "customer", "portal_abroad", "internal_abroad"):
                        self.assertNotIn("Nonus", answer.text)
                        self.assertNotIn("Sextus", answer.text)

    def test_post_by_role(self):
        """Nobody does what is not theirs to do, whatever the page answers."""
        documents = self._get_documents()
        may = {"mentor", "director", "hr", "committee", "committee_portal"}
        for role, user in self._get_roles().items():
            if role in may:
                continue  # those who may: see test_portal_promotion
            self._login(user)
            for record, steps in (
                (self.achievement, ("", "/autosave", "/verify", "/return", "/refuse")),
                (self.suggestion, ("", "/autosave", "/adopt", "/decline", "/return")),
            ):
                for step in steps:
                    url = f"{record.access_url}{step}"
                    with self.subTest(role=role, url=url):
                        data = {"comment": "No", "answer": "No", "name": "Mine"}
                        answer = self._post(url, data)
                        if role == "public":
                            self.assertIn(answer.status_code, (303, 400))
                        elif role in documents[record.access_url]:
                            self.assertIn(answer.status_code, (200, 303))
                        else:
                            self.assertEqual(answer.status_code, 404)
                        answer = self._post(url, data, csrf=False)
                        self.assertIn(answer.status_code, (303, 400))
        self.env.invalidate_all()
        self.assertEqual((self.achievement.state, self.suggestion.state), ("submitted",) * 2)
        self.assertEqual((self.achievement.name, self.suggestion.name), ("Sextus",) * 2)

    def test_malformed(self):
        self._login(self.user_officer)
        for kind in ("achievements", "suggestions", "suggestions/adopted"):
            for number in MALFORMED:
                for tail in ("", "/files/1", "/autosave", "/verify", "/adopt", "/unlink"):
                    url = f"/my/backbone/{kind}/{number}{tail}"
                    with self.subTest(url=url):
                        self.assertIn(self._get(url).status_code, (404, 405))
        self._login(self.user_plain)
        for url in PAGES:
            for name in ("filterby", "sortby", "line", "search", "page", "groupby"):
                for value in RUBBISH:
                    with self.subTest(url=url, name=name, value=value):
                        self.assertEqual(self._get(f"{url}?{name}={value}").status_code, 200)
            for page in ("0", "7", "9" * 12):
                self.assertEqual(self._get(f"{url}/page/{page}").status_code, 200)
        for record in self.drafts:
            for body in ({"version": "x"}, {"step": "\u0000"}, {"plan_line_id": "9" * 30}):
                with self.subTest(model=record._name, body=body):
                    self.assertIn(self._post(record.access_url, body).status_code, (200, 303))
            self.assertEqual(self._post(f"{record.access_url}/unlink").status_code, 404)

    def test_address_of_a_step_leads_to_the_document(self):
        self._login(self.user_plain)
        answer = self._get(f"{self.achievement.access_url}/verify")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self.achievement.access_url))

    def test_files_of_others(self):
        """A file is reached through its own document only, and by who reads that."""
        PromotionCommon._new_file.__func__(type(self), self.achievement)
        file = self.achievement.sudo().attachment_ids
        self.env.flush_all()
        for user, status in ((self.user_mentor, 200), (self.user_colleague, 404)):
            self._login(user)
            url = f"{self.achievement.access_url}/files/{file.id}"
            self.assertEqual(self._get(url).status_code, status)
            url = f"{self.suggestion.access_url}/files/{file.id}"
            self.assertEqual(self._get(url).status_code, 404)
