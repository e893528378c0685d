# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_doors import DoorsCommon
from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestFollowers(DoorsCommon):
    """Who follows a document is known to those who read its messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followed = [
            record
            for case in (cls.home, cls.away)
            for record in case.values()
            if "message_follower_ids" in record._fields
        ]
        for record in cls.followed:
            record.sudo().message_subscribe(cls.user_leader.partner_id.ids)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _read_messages(self, record, user):
        own = self._as(record, user)
        try:
            return bool(own._filter_messages_readable())
        except AccessError:
            return False

    def _ask(self, user, door, record, row):
        """Whether the door tells who follows."""
        self.env.invalidate_all()
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        try:
            match door:
                case "search":
                    return self._call(user, "mail.followers", "search", [("id", "=", row.id)])
                case "of the document":
                    return self._call(user, "mail.followers", "search", domain)
                case "read":
                    return self._call(user, "mail.followers", "read", row.ids, ["partner_id"])
            told = self._call(user, record._name, "message_get_followers", record.ids)
            return told.get("res.partner")
        except AccessError:
            return False

    def test_by_no_door(self):
        partner, told = self.user_leader.partner_id, set()
        for role, user in self.roles.items():
            if not user._is_internal() or user == self.user_leader:
                continue
            for record in self.followed:
                self.env.invalidate_all()
                rows = record.sudo().message_follower_ids
                row = rows.filtered(lambda row: row.partner_id == partner)
                reads = self._read_messages(record, user)
                for door in ("search", "of the document", "read", "method"):
                    found = bool(self._ask(user, door, record, row))
                    with self.subTest(role=role, record=record, door=door):
                        self.assertLessEqual(found, reads)
                    told |= {(role, door)} if found else set()
        # and who reads them finds them, where the model is named
        for door in ("of the document", "read", "method"):
            self.assertIn(("officer", door), told)
        self.assertNotIn(("officer", "search"), told)

    def test_the_own_ones(self):
        leader = self.user_leader
        found = self._call(leader, "mail.followers", "search", [])
        record = self.home["hr.backbone.application"].sudo()
        mine = record.message_follower_ids.filtered(lambda row: row.partner_id == leader.partner_id)
        self.assertIn(mine.id, found)


@tagged("post_install", "-at_install")
class TestTold(RpcCommon):
    """What is written on a document goes to those who read its messages, and what they are told
    is for them alone."""

    def _write(self, record, user=None):
        record = record.with_user(user or self.user_officer)
        text = "A secret"
        message = record.message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        return message.sudo().notification_ids.res_partner_id

    def test_nobody_subscribes_to_hrs_messages(self):
        """Whoever reads a notice, a program or a quarter would be sent what HR writes on it, and
        might write there."""
        partner = self.user_colleague.partner_id
        for record in (self.publicity, self.program):
            with self.subTest(model=record._name):
                self.assertFalse(
                    self._call(self.user_colleague, record, "message_subscribe", partner.ids)
                )
                self.env.invalidate_all()
                self.assertNotIn(partner, record.sudo().message_partner_ids)
                with self.assertRaises(AccessError):
                    self._call(self.user_colleague, record, "message_post", body="No")
        self.assertTrue(
            self._call(
                self.user_worker,
                self.application,
                "message_subscribe",
                self.user_worker.partner_id.ids,
            )
        )

    def test_who_reads_them_no_more(self):
        """A former manager still follows the case of the draft."""
        leader, chair = self.user_leader.partner_id, self.user_chair.partner_id
        manager = self.user_manager.partner_id
        self.draft.sudo().message_subscribe((leader | chair | manager).ids)
        told = self._write(self.draft)
        self.assertIn(manager, told)
        self.assertNotIn(leader, told)
        self.assertNotIn(chair, told)
        # nor do they write there any more, unless they are asked
        for user in (self.user_leader, self.user_chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._call(user, self.draft, "message_post", body="No")
        self._call(self.user_manager, self.draft, "message_post", body="Yes")
        # whoever writes names whom they like
        text = "You as well"
        message = self.draft.with_user(self.user_officer).message_post(
            body=text, partner_ids=leader.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertIn(leader, message.sudo().notification_ids.res_partner_id)

    def test_notifications(self):
        """Odoo shows every employee who was told of what."""
        message = self.draft.with_user(self.user_officer).message_notify(
            body="x", subject="Check whether she drinks", partner_ids=self.user_chair.partner_id.ids
        )
        rows = message.sudo().notification_ids
        self.assertTrue(rows)
        for user in (self.user_colleague, self.user_admin_abroad, self.user_leader):
            own = self._as(self.env["mail.notification"], user)
            with self.subTest(user=user.login):
                self.assertFalse(own.search([("id", "in", rows.ids)]))
                with self.assertRaises(AccessError):
                    own.browse(rows.ids).read(["mail_message_id"])
        for user in (self.user_chair, self.user_officer):
            self.assertTrue(
                self._as(self.env["mail.notification"], user).search([("id", "in", rows.ids)])
            )
        # and what is no document of ours stays as in Odoo
        elsewhere = self.user_chair.partner_id.with_user(self.user_officer).message_notify(
            body="x", subject="Lunch", partner_ids=self.user_chair.partner_id.ids
        )
        own = self._as(self.env["mail.notification"], self.user_colleague)
        self.assertTrue(own.search([("mail_message_id", "in", elsewhere.ids)]))

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_a_mail_that_somebody_hands_in(self):
        """Odoo posts it as superuser, by whoever the mail says."""
        director = self.user_director.partner_id
        mail = "\n".join(
            (
                f"From: {director.email or 'director@example.com'}",
                "To: somebody@example.com",
                "Subject: x",
                "Message-Id: <forged@example.com>",
                "Content-Type: text/plain",
                "",
                "I approve",
            )
        )
        before = len(self.application.sudo().message_ids)
        for model in ("mail.thread", self.application._name):
            for user in (self.user_colleague, self.user_officer, self.user_abroad):
                with self.subTest(model=model, user=user.login), self.assertRaises(AccessError):
                    self._as(self.env[model], user).message_process(
                        self.application._name, mail, thread_id=self.application.id
                    )
        self.env.invalidate_all()
        self.assertEqual(len(self.application.sudo().message_ids), before)
        # the mail server does
        self.env["mail.thread"].message_process(
            self.application._name, mail, thread_id=self.application.id
        )
        self.assertEqual(len(self.application.sudo().message_ids), before + 1)
