# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.service.model import call_kw

from .common import BackboneCommon


class RpcCommon(BackboneCommon):
    """A document of each kind, and calls upon them as the web client and the external API
    make them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.application, cls.publicity = cls._publicized()
        cls.plan = cls.application.sudo().plan_id
        cls.meeting = cls.application.sudo().meeting_item_ids.meeting_id
        cls.objection = (
            cls.env["hr.backbone.objection"]
            .with_user(cls.user_director)
            .create({"line_id": cls.publicity.line_ids.id, "text": "Often late"})
        )
        cls.draft = cls._recommend(cls.colleague, cls.user_manager)
        cls.member = cls.env["hr.backbone.member"].create({"employee_id": cls.leader.id})
        cls.member._log_movements("readmit", {cls.member: cls.env["hr.backbone.echelon"]})
        cls.rotation = cls.env["hr.backbone.rotation"].create({"member_id": cls.member.id})
        cls.achievement = cls.env["hr.backbone.achievement"].create(
            {"member_id": cls.member.id, "name": "Welder"}
        )
        cls.suggestion = cls.env["hr.backbone.suggestion"].create(
            {"member_id": cls.member.id, "name": "Tools"}
        )
        cls.suggestion._write_moved({"state": "submitted"})
        cls.review = cls.env["hr.backbone.suggestion.review"]._on_submitted(cls.suggestion)
        cls.training = cls.env["hr.backbone.training"].create(
            {"name": "Welding", "provider": "Academy", "date_start": "2026-03-12 09:00:00"}
        )
        cls.participant = cls.env["hr.backbone.training.participant"].create(
            {"training_id": cls.training.id, "member_id": cls.member.id}
        )
        cls.training.action_plan()
        cls.env.flush_all()
        cls.everyone = (
            cls.user_worker,
            cls.user_colleague,
            cls.user_leader,
            cls.user_manager,
            cls.user_director,
            cls.user_chair,
            cls.user_officer,
            cls.user_admin,
            cls.user_abroad,
            cls.user_admin_abroad,
        )

    def _call(self, user, records, method, *args, **kwargs):
        """As the web client's and the external API's call does it."""
        context = {"allowed_company_ids": user.company_ids.ids, **kwargs.pop("context", {})}
        model = self.env(user=user, context={})[records._name]
        if method != "create":
            args = (records.ids, *args)
        return call_kw(model, method, list(args), {**kwargs, "context": context})

    def _dump(self):
        """Every stored value of the addon's records."""
        self.env.flush_all()
        rows = {}
        for name, model in self.env.registry.items():
            stored = model._auto and not (model._abstract or model._transient)
            if name.startswith("hr.backbone.") and stored:
                self.cr.execute(f'SELECT * FROM "{model._table}" ORDER BY id')
                rows[name] = self.cr.fetchall()
        return rows

    def _refuse(self, users, records, method, *args, **kwargs):
        before = self._dump()
        for user in users:
            with self.subTest(user=user.login, model=records._name, method=method, args=args):
                with self.assertRaises(UserError):
                    self._call(user, records, method, *args, **kwargs)
        self.assertEqual(self._dump(), before)
