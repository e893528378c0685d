# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import io
import re

from odoo import http, models
from odoo.tests import HttpCase

from ..controllers.portal import BackbonePortal
from .common import BackboneCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"
# the roles of BackbonePortalCommon whom the scheme concerns, and those of its company
EVERYONE = {
    "employee",
    "apprentice",
    "plain",
    "mentor",
    "portal_abroad",
    "internal",
    "internal_abroad",
    "recommender",
    "manager",
    "director",
    "committee",
    "committee_portal",
    "hr",
}
HERE = EVERYONE - {"portal_abroad", "internal_abroad"}
# what an address or a parameter may hold that makes no sense
MALFORMED = ("0", "-1", "abc", "1'", "1e3", "999999999", "2147483648", "9" * 30)
RUBBISH = (
    "",
    "x",
    "-1",
    "9" * 30,
    "9" * 5000,
    "²",
    "%27%22%3Cscript%3E",
    "%00",
    "%25_\\",
    "id desc;drop table x",
    "ü" * 200,
)


def find_superuser(name, value):
    """The names of what is a record as superuser in this value of a page, however deep."""
    if isinstance(value, models.BaseModel):
        return [name] if value and value.env.su else []
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple, set)):
        return [found for row in value for found in find_superuser(name, row)]
    return []


class BackbonePortalCommon(HttpCase, BackboneCommon):
    """One case at each stage that the pages show, and one login for each role.

    case     worker (portal), recommended by leader, at the director
    draft    apprentice (portal), recommended by leader
    meeting  in session on colleague's case
    notice   publicizes leader
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("apprentice", "plain", "customer", "mentor")
        users = cls._new_users({f"bt_{name}": "base.group_portal" for name in names})
        cls.user_apprentice, cls.user_plain, cls.user_customer, cls.user_mentor = users
        # the mentor of a member is somebody who manages nobody
        cls.apprentice, cls.plain, cls.mentor = cls._new_employees(
            {
                cls.user_apprentice: (cls.line, cls.job_worker),
                cls.user_plain: (cls.works, cls.job_worker),
                cls.user_mentor: (cls.board, cls.job_manager),
            }
        )
        cls._create_abroad()
        cls.user_portal_abroad = cls._new_user(
            "bt_portal_abroad", "base.group_portal", company=cls.company_abroad
        )
        cls._new_employee(cls.user_portal_abroad, None, None, company_id=cls.company_abroad.id)
        names = {
            cls.worker: "Quintus Case",
            cls.apprentice: "Septima Draft",
            cls.colleague: "Octavia Agenda",
            cls.leader: "Decimus Notice",
        }
        for employee, name in names.items():
            employee.name = name
        cls.secret_names = list(names.values())
        cls.case = cls._submitted()
        cls.draft = cls._recommend(employee=cls.apprentice)
        cls.agenda = cls._reviewed(employee=cls.colleague, user=cls.user_manager)
        cls.meeting = cls._meet(cls.agenda, vote=None)
        cls.named, cls.notice = cls._publicized(employee=cls.leader, user=cls.user_manager)
        cls.env.flush_all()

    def setUp(self):
        """No page is given a record as superuser, which its template could follow further."""
        super().setUp()
        given, render = set(), BackbonePortal._backbone_render

        def watch(controller, template, page, **values):
            for name, value in values.items():
                given.update((template, found) for found in find_superuser(name, value))
            return render(controller, template, page, **values)

        self.patch(BackbonePortal, "_backbone_render", watch)
        self.addCleanup(lambda: self.assertFalse(given))

    @classmethod
    def _get_roles(cls):
        return {
            "public": None,
            "employee": cls.user_worker,
            "apprentice": cls.user_apprentice,
            "plain": cls.user_plain,
            "mentor": cls.user_mentor,
            "customer": cls.user_customer,
            "portal_abroad": cls.user_portal_abroad,
            "internal": cls.user_colleague,
            "internal_abroad": cls.user_abroad,
            "recommender": cls.user_leader,
            "manager": cls.user_manager,
            "director": cls.user_director,
            "committee": cls.user_chair,
            "committee_portal": cls.user_member,
            "hr": cls.user_officer,
        }

    def _login(self, user):
        if user:
            password = user.login + "x" * (8 - len(user.login))
            self.authenticate(user.login, password)
        else:
            self.authenticate(None, None)

    def _get(self, url, **kwargs):
        return self.url_open(url, allow_redirects=False, **kwargs)

    def _post(self, url, data=None, csrf=True, **kwargs):
        data = dict(data or {})
        if csrf:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data, allow_redirects=False, **kwargs)

    def _count_queries(self, url):
        """The queries of a page that was opened before, so that caches are warm."""
        self.assertEqual(self._get(url).status_code, 200, url)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._get(url)
        return self.cr.sql_log_count - before

    def _get_version(self, html):
        return re.search(r'name="version" value="([^"]+)"', html).group(1)

    def assertPage(self, response, *words):
        """The page is shown, has one h1, and says these words."""
        self.assertEqual(response.status_code, 200, response.url)
        self.assertEqual(response.text.count("<h1"), 1, response.url)
        for word in words:
            self.assertIn(word, response.text)

    def assertRedirect(self, response, record):
        self.assertEqual(response.status_code, 303, response.url)
        self.assertTrue(response.headers["Location"].endswith(record.access_url))

    def _upload(self, url, data, name, content, filename="proof.pdf"):
        files = {name: (filename, io.BytesIO(content), "application/pdf")}
        return self._post(url, data, files=files)
