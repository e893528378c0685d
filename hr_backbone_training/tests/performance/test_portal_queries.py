# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon
from ..common_queries import BUDGET_OWN_PAGE, QuerySteps


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalQueries(QuerySteps, BackbonePortalCommon):
    """A page costs the same with ten records and with a thousand."""

    def _grow_history(self, count):
        case = self.case.sudo()
        case.invalidate_recordset()
        self._copy_rows(case, count, state="refused", name="BT/OLD")

    def _grow_decisions(self, count):
        self._copy_rows(self.case.sudo().decision_ids[0], count)

    def test_home(self):
        self.assertSteady(self.user_worker, "/my", self._grow_history)

    def test_my_page(self):
        self.assertSteady(self.user_worker, "/my/backbone", self._grow_history, BUDGET_OWN_PAGE)

    def test_my_page_of_director(self):
        self.assertSteady(self.user_director, "/my/backbone", self._grow_history, BUDGET_OWN_PAGE)

    def test_my_page_with_documents_to_sign(self):
        case, plan = self.case.sudo(), self.case.sudo().plan_id

        def grow(count):
            self._copy_rows(case, count, state="hr", name="BT/SIGN", plan_id=None)
            self._copy_rows(plan, count, application_id=None)

        self.env.cr.execute("DROP INDEX IF EXISTS hr_backbone_application_open_uniq")
        self.assertSteady(self.user_director, "/my/backbone", grow, BUDGET_OWN_PAGE)
        self.assertSteady(self.user_worker, "/my/backbone", grow, BUDGET_OWN_PAGE)
        self.assertSteady(self.user_worker, "/my", grow)

    def test_approvals(self):
        url = "/my/backbone/approvals?filterby=all"
        self.assertSteady(self.user_director, url, self._grow_history)
        self.assertSteady(self.user_director, f"{url}&search=q", self._grow_history)

    def test_recommendations(self):
        url = "/my/backbone/recommendations"
        self.assertSteady(self.user_leader, f"{url}?search=q", self._grow_history)

    def test_recommend(self):
        self.assertSteady(self.user_leader, "/my/backbone/recommend", self._grow_history)

    def test_application(self):
        self.assertSteady(self.user_leader, self.case.access_url, self._grow_history)

    def test_plan(self):
        line = self.draft.sudo().plan_id.line_ids.create(
            {"plan_id": self.draft.sudo().plan_id.id, "action": "Talk"}
        )
        self.assertSteady(
            self.user_apprentice,
            self.draft.sudo().plan_id.access_url,
            lambda count: self._copy_rows(line, count // 10),
        )

    def test_notices(self):
        line = self.notice.sudo().line_ids[0]

        def grow(count):
            self.env.cr.execute("DROP INDEX IF EXISTS hr_backbone_publicity_line_application_uniq")
            self._copy_rows(line, count)

        self.assertSteady(self.user_plain, self.notice.access_url, grow)
        url = "/my/backbone/notices"
        self.assertSteady(self.user_plain, url, lambda count: None)
        self.assertSteady(self.user_plain, f"{url}?search=decimus", lambda count: None)

    def test_people(self):
        """A company grows: my people are shown a page at a time."""

        def grow(count):
            self._new_people(count // 10)
            self.env.flush_all()

        grow(200)
        self.assertSteady(self.user_director, "/my/backbone/recommend", grow)

    def test_meeting(self):
        """An agenda grows with the names on it, by reads of lists and not by names."""
        self._login(self.user_chair)
        self._count_queries(self.meeting.access_url)
        one = self._count_queries(self.meeting.access_url)
        logins = [f"bt_more{number}" for number in range(5)]
        users = self._new_users(dict.fromkeys(logins, "base.group_portal"))
        for person in self._new_employees(dict.fromkeys(users, (self.works, self.job_worker))):
            record = self._reviewed(employee=person, user=self.user_manager)
            names = self.meeting.application_ids | record
            self.meeting.with_user(self.user_officer).action_change("More", applications=names)
        self.env.flush_all()
        self.assertLessEqual(self._count_queries(self.meeting.access_url), one + 5)
