# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re
from pathlib import Path

from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon

TESTS = Path(__file__).resolve().parent.parent
ADDON = "odoo.addons.hr_backbone_training."
# {what follows /my/backbone: where its pages and forms are asked, role by role}
ASKED = {
    **dict.fromkeys(
        ("", "recommend", "approvals", "recommendations", "programs", "applications"),
        "core/test_portal_routes.py",
    ),
    **dict.fromkeys(("plans", "notices", "meetings", "rotations"), "core/test_portal_routes.py"),
    "objections": "core/test_portal_pages.py",
    **dict.fromkeys(("mentees", "mentorships", "talks"), "mentoring/test_portal_mentorship.py"),
    **dict.fromkeys(("members", "evaluations", "outstanding"), "pool/test_portal_member.py"),
    **dict.fromkeys(("achievements", "suggestions"), "promotion/test_promotion_routes.py"),
    "reports": "quarter/test_portal_report.py",
    "assessments": "quarter/test_portal_assessment.py",
    "opinions": "quarter/test_portal_opinion.py",
    "trainings": "training/test_portal_training.py",
}


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalMap(BackbonePortalCommon):
    """Each route that the addon has, read from Odoo's own map: a new one is asked, too."""

    def _get_routes(self):
        """[(address, endpoint)] of ours."""
        modules = sorted(self.registry._init_modules)
        routes = self.env["ir.http"]._generate_routing_rules(modules, converters={})
        return [(url, end) for url, end in routes if end.__module__.startswith(ADDON)]

    def _get_kind(self, url):
        return re.fullmatch(r"/my/backbone/?([^/<]*)(/.*)?", url)[1]

    def _fill(self, url):
        """The address with a record that is there, where the case has one."""
        plan = self.case.sudo().plan_id
        records = {
            **{"applications": self.case, "plans": plan, "notices": self.notice},
            **{"meetings": self.meeting, "programs": self.program},
        }
        record = records.get(self._get_kind(url))
        numbers = iter([str(record.id if record else 1)])
        url = re.sub(r"<int:\w+>", lambda match: next(numbers, "1"), url)
        return re.sub(r"<string:\w+>", "submit", url)

    def test_each_route_is_in_a_table(self):
        """Whoever adds a page says here which test asks it with each role."""
        kinds = {self._get_kind(url) for url, _endpoint in self._get_routes()}
        self.assertEqual(kinds, set(ASKED))
        for kind, name in ASKED.items():
            with self.subTest(kind=kind):
                text = (TESTS / name).read_text()
                self.assertRegex(text, rf"\b({kind}|{kind.removesuffix('s')})\b")

    def test_each_route_asks_for_a_login(self):
        for url, endpoint in self._get_routes():
            with self.subTest(url=url):
                self.assertEqual(endpoint.routing["auth"], "user")
                self.assertTrue(endpoint.routing.get("csrf", True))

    def _ask(self, url, endpoint):
        """The answers of an address, by each method that it takes."""
        if endpoint.routing["type"] == "jsonrpc":
            return {"RPC": self.url_open(url, json={"params": {}})}
        ask = {"GET": self._get, "POST": self._post}
        return {method: ask[method](url) for method in endpoint.routing["methods"]}

    def _check_nothing(self, user, wanted):
        self._login(user)
        for route, endpoint in self._get_routes():
            url = self._fill(route)
            for method, answer in self._ask(url, endpoint).items():
                with self.subTest(method=method, url=url):
                    if method == "RPC":
                        self.assertIn("error", answer.json())
                    else:
                        self.assertIn(answer.status_code, wanted)
                    for name in self.secret_names:
                        self.assertNotIn(name, answer.text)

    def test_nothing_without_a_login(self):
        self._check_nothing(None, (303, 400))

    def test_nothing_for_whom_it_does_not_concern(self):
        """A customer gets the same from each address: there is no such page."""
        self._check_nothing(self.user_customer, (404,))
