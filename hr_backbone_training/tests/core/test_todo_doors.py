# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_doors import DoorsCommon

WORDS = "Check whether he drinks"
FIELDS = (
    *("activity_state", "activity_summary", "activity_type_id", "activity_user_id"),
    *("activity_date_deadline", "activity_ids", "activity_type_icon"),
    "activity_exception_decoration",
)


@tagged("post_install", "-at_install")
class TestTodoDoors(DoorsCommon):
    """A to-do on a document is its assignee's and HR's, whom the document does not concern: by
    whatever door of the document, or of the to-dos, one looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_hr = cls._new_user(
            "bt_hr_else", "base.group_user,hr_backbone_training.group_hr_backbone_officer"
        )
        cls.kind = cls.env["mail.activity.type"].create(
            {"name": "Look", "decoration_type": "danger", "icon": "fa-eye"}
        )
        # the roles have some of their own
        cls.env["mail.activity"].search([]).unlink()
        cls.to_dos = {
            name: record.activity_schedule(
                activity_type_id=cls.kind.id, summary=WORDS, user_id=cls.user_hr.id
            )
            for name, record in cls.home.items()
            if "activity_ids" in record._fields
        }
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _ask(self, user, name, method, *args):
        """What a door answers; nothing where it is shut."""
        self.env.invalidate_all()
        try:
            return self._call(user, name, method, *args)
        except UserError:
            return False

    def _find_told(self, user, name, record):
        """The doors of the document that tell anything of its to-do."""
        told = []
        one = [("id", "=", record.id)]
        for field in FIELDS:
            for operator, value in (("!=", False), ("not in", [False])):
                if self._ask(user, name, "search_count", [(field, operator, value), *one]):
                    told.append((field, operator, value))
            if any(row[field] for row in self._ask(user, name, "read", record.ids, [field]) or ()):
                told.append((field, "read"))
        for condition in (
            *(("activity_state", "=", state) for state in ("overdue", "today", "planned")),
            ("activity_summary", "ilike", "drinks"),
            ("activity_type_id", "=", self.kind.id),
            ("activity_type_id.name", "ilike", "Look"),
            ("activity_type_icon", "=", "fa-eye"),
            ("activity_user_id", "=", self.user_hr.id),
            ("activity_user_id", "=", True),
            ("activity_ids.summary", "ilike", "drinks"),
            ("activity_ids", "in", self.to_dos[name].ids),
            ("activity_exception_decoration", "=", "danger"),
            ("activity_date_deadline", ">", "2000-01-01"),
        ):
            if self._ask(user, name, "search_count", [condition, *one]):
                told.append(condition)
        groups = self._ask(user, name, "formatted_read_group", one, ["activity_state"], ["__count"])
        if any(row["activity_state"] for row in groups or ()):
            told.append("group")
        groups = self._ask(user, name, "web_read_group", one, ["activity_state"])
        if any(row["activity_state"] for row in (groups or {}).get("groups", ())):
            told.append("web_read_group")
        bar = {"field": "activity_state", "colors": {"today": "x", "planned": "x", "overdue": "x"}}
        bars = self._ask(user, name, "read_progress_bar", one, "create_date:year", bar)
        if any(sum(bars[key].values()) for key in bars or ()):
            told.append("read_progress_bar")
        return told

    def test_no_door_of_the_document(self):
        passed, asked = [], set()
        for role, user in self.roles.items():
            if role in ("officer", "administrator"):
                continue
            for name in self.to_dos:
                record = self._as(self.home[name], user)
                if record.has_access("read"):
                    asked.add(name)
                    passed += [(role, name, door) for door in self._find_told(user, name, record)]
        self.assertFalse(passed)
        self.assertIn("hr.backbone.publicity", asked)
        self.assertGreater(len(asked), 8)

    def test_no_door_of_the_to_dos(self):
        for role, user in self.roles.items():
            if role in ("officer", "administrator"):
                continue
            for name, to_do in self.to_dos.items():
                number = to_do.id
                with self.subTest(role=role, model=name):
                    domain = [("res_model", "=", name), ("id", "=", number)]
                    self.assertFalse(self._ask(user, "mail.activity", "search", domain))
                    self.assertFalse(
                        self._ask(user, "mail.activity", "read", [number], ["summary"])
                    )
                    self.assertFalse(
                        self._ask(user, "mail.activity", "write", [number], {"user_id": user.id})
                    )
                    data = self._ask(user, "mail.activity", "get_activity_data", name, [])
                    self.assertNotIn(WORDS, str(data))

    def test_hr_and_the_assignee_find_them(self):
        for name, to_do in self.to_dos.items():
            record = self.home[name]
            for user in (self.user_hr, self.user_officer):
                if not self._as(record, user).has_access("read"):
                    continue
                with self.subTest(user=user.login, model=name):
                    self.env.invalidate_all()
                    told = self._find_told(user, name, self._as(record, user))
                    for door in ("group", "web_read_group", ("activity_state", "=", "today")):
                        self.assertIn(door, told)
                    self.assertIn(("activity_summary", "ilike", "drinks"), told)
                    self.assertEqual(self._as(to_do, user).summary, WORDS)

    def test_hr_whom_it_concerns_does_not(self):
        """An officer who is the person of the documents."""
        self._become(self.user_officer, self.worker)
        for name in ("hr.backbone.application", "hr.backbone.plan", "hr.backbone.publicity"):
            record = self._as(self.home[name], self.user_officer)
            with self.subTest(model=name):
                self.assertTrue(record.has_access("read"))
                self.assertFalse(self._find_told(self.user_officer, name, record))
                self.assertFalse(
                    self._as(self.env["mail.activity"], self.user_officer).search(
                        [("res_model", "=", name)]
                    )
                )
                with self.assertRaises(AccessError):
                    self._as(self.to_dos[name], self.user_officer).read(["summary"])

    def test_a_hand_made_one_is_its_makers(self):
        record = self._as(self.home["hr.backbone.assessment"], self.user_director)
        to_do = record.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "summary": "Ask",
                "user_id": self.user_hr.id,
            }
        )
        self.env.invalidate_all()
        self.assertEqual(to_do.summary, "Ask")
        self.assertEqual(record.activity_ids, to_do)

    def test_groups_are_asked_in_a_search(self):
        """What is not stored is searched by a method, of which Odoo asks no groups."""
        asked = 0
        for name in self._get_walked_models():
            model = self._as(self.env[name], self.user_colleague)
            for field in model._fields.values():
                if field.store or not field.search or model._has_field_access(field, "read"):
                    continue
                asked += 1
                with self.subTest(model=name, field=field.name), self.assertRaises(AccessError):
                    model.search([(field.name, "!=", False)])
        self.assertTrue(asked)

    # -- done ----------------------------------------------------------------------------

    def test_done_stays_with_the_to_do(self):
        for name, to_do in self.to_dos.items():
            record = self.home[name]
            before = record.message_ids
            mine = self._as(to_do, self.user_hr)
            file = (
                mine.env["ir.attachment"].create(
                    {"name": "Note", "raw": b"x", "res_model": name, "res_id": record.id}
                )
                if self._as(record, self.user_hr).has_access("write")
                else mine.env["ir.attachment"]
            )
            with self.subTest(model=name):
                mine.action_feedback("He does", attachment_ids=file.ids)
                self.assertEqual(record.message_ids, before)
                self.assertEqual((to_do.active, to_do.feedback), (False, "He does"))
                self.assertEqual(to_do.attachment_ids, file)
                self.assertIn(file.res_model, (False, "mail.activity"))

    def test_one_on_an_objection_ends_with_the_decision(self):
        notice = self.home["hr.backbone.publicity"]
        self.home["hr.backbone.objection"].sudo()._tell_hr()
        to_do = notice.activity_ids - self.to_dos[notice._name]
        user = to_do.user_id
        self.assertEqual(to_do.activity_type_id.res_model, notice._name)
        mine = self._as(to_do, user)
        for method in ("action_done", "action_feedback", "action_feedback_schedule_next"):
            with self.assertRefused("ends with the decision"):
                self._call(user, "mail.activity", method, mine.ids)
        self.assertTrue(to_do.active)

    # -- messages --------------------------------------------------------------------------

    def test_messages_where_everyone_reads_the_document(self):
        """What HR writes below what every employee reads."""
        stranger = self._new_user("bt_stranger")
        self._new_employee(stranger, None, None)
        asked, text = [], "He drinks"
        for name, record in self.home.items():
            if "message_ids" not in record._fields:
                continue
            note = self._as(record, self.user_admin).sudo().message_post(body=text)
            self.env.invalidate_all()
            if self._as(record, stranger).has_access("read"):
                asked.append(name)
                with self.subTest(model=name):
                    self.assertFalse(
                        self._ask(stranger, "mail.message", "search", [("id", "=", note.id)])
                    )
                    self.assertFalse(
                        self._ask(stranger, "mail.message", "read", note.ids, ["body"])
                    )
        self.assertIn("hr.backbone.quarter", asked)

    def test_messages_of_the_own_notice(self):
        notice = self.home["hr.backbone.publicity"]
        text = "Somebody objected"
        note = notice.message_post(body=text)
        officer = self.env["mail.message"].with_user(self.user_officer)
        self.assertTrue(officer.browse(note.id).body)
        self._become(self.user_officer, self.worker)
        self.env.invalidate_all()
        self.assertFalse(officer.search([("id", "=", note.id)]))
        self.assertFalse(officer._get_with_access(note.id))
        with self.assertRaises(AccessError):
            officer.browse(note.id).read(["body"])
