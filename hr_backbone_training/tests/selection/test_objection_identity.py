# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BackboneCommon

SYSTEM = 1


@tagged("post_install", "-at_install")
class TestObjectionIdentity(BackboneCommon):
    """Who objects is visible to HR administrators alone, by no way whatever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application, cls.publicity = cls._publicized()
        cls.file = (
            cls.env["ir.attachment"]
            .with_user(cls.user_colleague)
            .create({"name": "Shift log.txt", "raw": b"Late on Monday"})
        )
        cls.objection = (
            cls.env["hr.backbone.objection"]
            .with_user(cls.user_colleague)
            .create(
                {
                    "line_id": cls.publicity.line_ids.id,
                    "text": "Often late",
                    "hidden": True,
                    "evidence_ids": [(6, 0, cls.file.ids)],
                }
            )
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_nobody_below_the_administrator_reads_the_objector(self):
        for user in (
            self.user_officer,
            self.user_manager,
            self.user_director,
            self.user_chair,
            self.user_member,
            self.user_leader,
            self.user_worker,
            self.user_colleague,
        ):
            record = self.objection.with_user(user)
            for names in (["objector_id"], ["text", "objector_id"]):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    record.read(names)
            with self.assertRaises(AccessError):
                record.web_read({"objector_id": {"fields": {"display_name": {}}}})
            with self.assertRaises(UserError):
                record.export_data(["objector_id/name"])
            with self.assertRaises(AccessError):
                self.env.cr.clear()
                str(record.objector_id.name)

    def test_nor_finds_the_objector_by_searching_sorting_or_grouping(self):
        model = self.env["hr.backbone.objection"]
        for user in (self.user_officer, self.user_manager, self.user_chair, self.user_worker):
            mine = model.with_user(user)
            for domain in (
                [("objector_id", "=", self.colleague.id)],
                [("objector_id.name", "ilike", "coll")],
                [("objector_id.user_id", "=", self.user_colleague.id)],
                [("objector_id", "any", [("id", "=", self.colleague.id)])],
                ["!", ("objector_id", "in", self.colleague.ids)],
            ):
                with self.subTest(user=user.login, domain=domain):
                    with self.assertRaises(AccessError):
                        mine.search(domain)
                    with self.assertRaises(AccessError):
                        self.env["hr.backbone.publicity.line"].with_user(user).search(
                            [("objection_ids", "any", domain)]
                        )
            with self.assertRaises(AccessError):
                mine.search([], order="objector_id")
            with self.assertRaises(AccessError):
                mine.formatted_read_group([], ["objector_id"], ["__count"])
            with self.assertRaises(AccessError):
                mine.formatted_read_group([], [], ["objector_id:count_distinct"])

    def test_field_does_not_exist_for_them(self):
        model = self.env["hr.backbone.objection"]
        self.assertNotIn("objector_id", model.with_user(self.user_officer).fields_get())
        self.assertIn("objector_id", model.with_user(self.user_admin).fields_get())

    def test_officer_reads_the_objection_without_a_name(self):
        record = self.objection.with_user(self.user_officer)
        self.assertEqual(record.text, "Often late")
        self.assertFalse(record.objector_name)

    def test_whoever_shows_the_name_is_named(self):
        shown = (
            self.env["hr.backbone.objection"]
            .with_user(self.user_manager)
            .create({"line_id": self.publicity.line_ids.id, "text": "Often late"})
        )
        self.assertEqual(shown.with_user(self.user_officer).objector_name, "Manager")

    def test_subject_manager_and_committee_do_not_read_the_objection(self):
        for user in (self.user_worker, self.user_manager, self.user_director, self.user_chair):
            record = self.objection.with_user(user)
            with self.subTest(user=user.login):
                self.assertNotIn(record, record.search([]))
                with self.assertRaises(AccessError):
                    record.read(["text"])

    def test_administrator_sees_who_objects(self):
        self.assertEqual(self.objection.with_user(self.user_admin).objector_id, self.colleague)

    # -- the traces that a row leaves ------------------------------------------------------

    def test_row_is_written_by_the_system(self):
        self.assertEqual(self.objection.sudo().create_uid.id, SYSTEM)
        self.assertEqual(self.objection.sudo().write_uid.id, SYSTEM)
        self.objection.with_user(self.user_officer).action_dismiss("No")
        self.assertEqual(self.objection.sudo().create_uid.id, SYSTEM)
        self.assertEqual(self.objection.sudo().write_uid.id, SYSTEM)

    def test_files_are_the_systems(self):
        evidence = self.objection.with_user(self.user_officer).evidence_ids
        self.assertEqual(evidence.raw, b"Late on Monday")
        self.assertEqual(evidence.sudo().create_uid.id, SYSTEM)
        self.assertEqual(evidence.sudo().write_uid.id, SYSTEM)
        self.assertFalse(self.file.exists())
        for user in (self.user_worker, self.user_manager, self.user_chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                evidence.with_user(user).read(["raw"])

    def test_no_table_names_the_objector(self):
        """Whatever was written since the publicity began names the objector nowhere."""
        user, partner = self.user_colleague.sudo(), self.user_colleague.sudo().partner_id
        for model in (self.publicity, self.application.sudo(), self.application.sudo().plan_id):
            record = model.sudo()
            with self.subTest(model=record._name):
                self.assertNotIn(partner, record.message_ids.author_id)
                self.assertNotIn(partner, record.message_partner_ids)
                self.assertNotIn(user, record.activity_ids.create_uid | record.activity_ids.user_id)
                self.assertNotIn(user, record.decision_ids.user_id)
                self.assertNotIn(user, record.write_uid)
        messages = (
            self.env["mail.message"]
            .sudo()
            .search([("author_id", "=", partner.id), ("model", "like", "hr.backbone")])
        )
        self.assertFalse(messages)
        self.assertFalse(
            self.env["mail.followers"]
            .sudo()
            .search([("partner_id", "=", partner.id), ("res_model", "like", "hr.backbone")])
        )
        for name in ("mail.activity", "hr.backbone.decision", "ir.attachment"):
            with self.subTest(model=name):
                self.assertFalse(
                    self.env[name]
                    .sudo()
                    .search([("create_uid", "=", user.id), ("res_model", "like", "hr.backbone")])
                )

    def test_hr_is_told_that_there_is_one_and_not_whose(self):
        activity = self.publicity.sudo().activity_ids
        self.assertEqual(activity.user_id, self.user_officer)
        self.assertEqual(activity.create_uid.id, SYSTEM)
        self.assertNotIn("Colleague", f"{activity.summary} {activity.note}")

    def test_refusal_of_the_name_does_not_tell_either(self):
        self.objection.with_user(self.user_officer).action_uphold("Late indeed")
        told = self.application.with_user(self.user_worker)
        self.assertNotIn("Colleague", "".join(told.message_ids.mapped("body")))
        self.assertNotIn(self.user_colleague, told.sudo().decision_ids.user_id)

    # -- other people's files --------------------------------------------------------------

    def test_files_of_others_are_neither_shown_nor_lost(self):
        private = (
            self.env["ir.attachment"]
            .with_user(self.user_officer)
            .create({"name": "Private.txt", "raw": b"Private"})
        )
        public = (
            self.env["ir.attachment"]
            .with_user(self.user_officer)
            .create({"name": "Logo.txt", "raw": b"Logo", "public": True})
        )
        vals = {"line_id": self.publicity.line_ids.id, "text": "Often late"}
        model = self.env["hr.backbone.objection"].with_user(self.user_manager)
        with self.assertRaises(AccessError):
            model.create({**vals, "evidence_ids": [(6, 0, private.ids)]})
        model.create({**vals, "evidence_ids": [(4, public.id)]})
        self.assertTrue(public.exists())

    def test_portal_login_adds_the_own_files(self):
        self._new_employee(self.user_member, self.board, self.job_director)
        # what Odoo's upload for the portal does
        mine = (
            self.env["ir.attachment"]
            .with_user(self.user_member)
            .sudo()
            .create({"name": "Mine.txt", "raw": b"Seen it"})
        )
        objection = (
            self.env["hr.backbone.objection"]
            .with_user(self.user_member)
            .create(
                {
                    "line_id": self.publicity.line_ids.id,
                    "text": "Often late",
                    "hidden": True,
                    "evidence_ids": [(4, mine.id)],
                }
            )
        )
        self.assertEqual(objection.with_user(self.user_officer).evidence_ids.raw, b"Seen it")
