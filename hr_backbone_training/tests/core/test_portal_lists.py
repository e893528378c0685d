# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..common_portal import BackbonePortalCommon


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalLists(BackbonePortalCommon):
    """Lists are sorted, filtered, searched and turned over a page at a time."""

    def assertList(self, url, shown=(), hidden=()):
        answer = self._get(url)
        self.assertPage(answer, *shown)
        for word in hidden:
            self.assertNotIn(word, answer.text, url)

    def test_approvals(self):
        self._login(self.user_director)
        url = "/my/backbone/approvals"
        self.assertList(url, ["Quintus Case"], ["Septima Draft"])
        for text, where in (
            ("quintus", "all"),
            ("quintus", "person"),
            (self.line.name, "department"),
            (self.case.name, "number"),
            (self.case.sudo().echelon_id.name, "echelon"),
            ("quintus", "rubbish"),
        ):
            with self.subTest(text=text, where=where):
                self.assertList(f"{url}?search={text}&search_in={where}", ["Quintus Case"])
        self.assertList(f"{url}?search=quintus&search_in=number", ["Nothing found."])
        # what is not the director's is not found either
        self.assertList(f"{url}?search=Septima&filterby=all", ["Nothing found."], ["Septima Draft"])

    def test_recommendations(self):
        self._login(self.user_leader)
        url = "/my/backbone/recommendations"
        self.assertList(url, ["Quintus Case", "Septima Draft"], ["Octavia Agenda"])
        self.assertList(f"{url}?filterby=draft", ["Septima Draft"], ["Quintus Case"])
        self.assertList(f"{url}?search=Octavia", ["Nothing found."], ["Octavia Agenda"])
        with patch.object(CustomerPortal, "_items_per_page", 1):
            self.assertList(f"{url}?sortby=old", ["Quintus Case"], ["Septima Draft"])
            self.assertList(f"{url}/page/2?sortby=old", ["Septima Draft"], ["Quintus Case"])
        self._login(self.user_plain)
        self.assertList(url, ["You have not recommended anybody yet."], ["Quintus Case"])

    def test_notices(self):
        self._login(self.user_plain)
        url, name = "/my/backbone/notices", self.notice.name
        self.assertList(f"{url}?filterby=open&search=decimus&search_in=name", [name])
        self.assertList(f"{url}?search=decimus&search_in=notice", ["Nothing found."])
        self.assertList(f"{url}?filterby=ended", ["Nothing found."], [self.notice.access_url])
        # what the notice does not show is not looked for
        self.assertList(f"{url}?search={self.named.name}", ["Nothing found."])

    def test_meetings(self):
        self._login(self.user_member)
        url, name = "/my/backbone/meetings", self.meeting.name
        self.assertList(url, [name])
        self.assertList(f"{url}?filterby=open&sortby=old&search={name[:6]}", [name])
        self.assertList(f"{url}?filterby=cancelled", ["Nothing found."], [self.meeting.access_url])
