# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_rotation import BackboneRotationCommon

PLACE = ("Board / Stores", "Storekeeper", "")
WHAT = "Run the stores for a week"
ROW = ("Worker", *PLACE, "2026-05-04", "2026-05-29", WHAT)


@tagged("post_install", "-at_install")
class TestRotationImport(ImportMixin, BackboneRotationCommon):
    """Planned stays come in as drafts that can be asked for."""

    _import_model = "hr.backbone.rotation"
    _import_headers = (
        "Member",
        "Host Department",
        "Host Post",
        "Host",
        "From",
        "To",
        "Objectives",
    )

    def test_template_fits(self):
        operations = self.env["hr.department"].create(
            {"name": "Operations", "company_id": self.company.id}
        )
        self.stores.parent_id = operations
        for person in ("Jane Miller", "John Smith"):
            employee = self._new_employee(None, self.line, self.job_worker, name=person)
            self.env["hr.backbone.member"].create({"employee_id": employee.id})
        user = self._new_user("bt_brown", name="Peter Brown")
        self._new_employee(user, self.board, self.job_manager)
        first, second = self._import_template()
        self.assertEqual(first.employee_id.name, "Jane Miller")
        self.assertEqual((first.host_job_id, first.host_id), (self.job_keeper, self.keeper))
        self.assertEqual((second.host_id.name, second.days), ("Peter Brown", 26))

    def test_good_list(self):
        self.stores.backbone_rotation_capacity = 1
        # the day after the other one's last
        after = ("Colleague", *PLACE, "2026-05-30", "2026-06-12", WHAT)
        result = self._import([ROW, after])
        self.assertEqual(result["messages"], [])
        records = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(records.mapped("state"), ["draft", "draft"])
        self.assertEqual(records[0].date_end, date(2026, 5, 29))
        self.assertEqual(records[0].department_id, self.line)
        records.with_user(self.user_officer).action_request()

    def test_bad_rows(self):
        own = ("Colleague", "Board / Works", "Fitter", "Keeper", "2026-05-04", "2026-05-29", WHAT)
        other = ("Colleague", *ROW[1:])
        for bad, sentence in (
            (("", *ROW[1:]), "“Member” is missing"),
            (("Nobody", *ROW[1:]), "Nobody"),
            (("Manager", *ROW[1:]), "Manager"),
            ((*other[:1], "Canteen", *other[2:]), "Canteen"),
            ((*other[:1], "", *other[2:]), "Choose the host department"),
            ((*other[:2], "", *other[3:]), "Choose the post"),
            ((*other[:4], "", *other[5:]), "Give the first day"),
            ((*other[:5], "2026-05-01", WHAT), "ends on or after the day it begins"),
            ((*other[:4], "2026-03-02", "2026-03-27", WHAT), "is over already"),
            ((*other[:6], ""), "Write down what the member should learn"),
            (own, "works in this post of this department"),
            ((*other[:3], "Colleague", *other[4:]), "Members cannot host their own rotation"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([ROW, bad], 1, sentence)

    def test_dates_overlap(self):
        """In the list, with a draft, and with one that was asked for."""
        row = ("Worker", *PLACE, "2026-05-29", "2026-06-12", WHAT)
        sentence = "two rotations never share a day"
        self._assert_refused([ROW, row], 1, sentence)
        rotation = self._draft()
        self._assert_refused([row], 0, sentence)
        rotation.action_request()
        self._assert_refused([row], 0, sentence)
        rotation.with_user(self.user_officer).action_cancel("Another plan")
        self.assertEqual(self._import([row])["messages"], [])

    def test_department_is_full(self):
        self.stores.backbone_rotation_capacity = 1
        row = ("Colleague", *PLACE, "2026-05-29", "2026-06-12", WHAT)
        self._assert_refused([ROW, row], 1, "takes one member at a time")
        self.stores.backbone_rotation_capacity = 2
        self.assertEqual(self._import([ROW, row])["messages"], [])

    def test_inactive_member(self):
        self.member.with_user(self.user_officer).action_suspend("Leave")
        self._assert_refused([ROW], 0, "Worker is not an active member")

    def test_namesakes(self):
        twin = self._new_employee(None, self.works, self.job_worker, name="Worker")
        self.env["hr.backbone.member"].create({"employee_id": twin.id})
        self._assert_refused([ROW], 0, "External ID")
        self.stores.copy({"name": "Stores"})
        self._assert_refused([("Colleague", *ROW[1:])], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        self.env["hr.backbone.member"].create({"employee_id": self.abroad.id})
        self._assert_refused([("Abroad", *ROW[1:])], 0, "Abroad")

    def test_who_may_not(self):
        """Who is not HR asks for oneself, and for one's own people."""
        fields = [
            "member_id",
            "host_department_id",
            "host_job_id",
            "date_start",
            "date_end",
            "objectives",
        ]
        row = ("Worker", *PLACE[:2], *ROW[4:])
        users = self.user_colleague | self.user_keeper | self.user_member
        self._assert_not_for(users, fields, row)
        self._assert_not_for(self.user_officer, [*fields, "state"], (*row, "Done"), "directly")
