# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import call_kw

from .common_access import CaseCommon
from .organization import COMMITTEE

# an id that no record has
NOBODY = 2_000_000_001
# fields that we add to models of Odoo's, and that people write
ADDED = {"hr.job": ("backbone_rank_id",)}


class DoorsCommon(CaseCommon):
    """Records of two companies, one of each model, and everybody who may come upon them.

    `cls.roles` are {role: user}; `cls.home` and `cls.away` {model: record} of the company of
    these roles, save "away", and of the other one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_customer = cls._new_user("bt_customer", "base.group_portal")
        cls.user_admin_abroad.group_ids |= cls.env.ref(COMMITTEE)
        head = cls._new_employee(
            cls._new_user("bt_head_abroad", company=cls.company_abroad),
            cls.env["hr.department"].create(
                {"name": "Abroad", "company_id": cls.company_abroad.id}
            ),
            cls.env["hr.job"].create({"name": "Diver", "company_id": cls.company_abroad.id}),
            company_id=cls.company_abroad.id,
        )
        novice = cls._new_employee(None, None, None, "2020-01-01", name="Abroad Novice")
        novice.company_id = cls.company_abroad
        cls.home = cls._make_case(cls.worker, cls.leader, cls.director, cls.user_chair)
        cls.home |= cls._make_quarter(cls.colleague, cls.director, cls.manager)
        cls.away = cls._make_case(cls.abroad, head, head, cls.user_admin_abroad, cls.program_abroad)
        cls.away |= cls._make_quarter(novice, head, head)
        cls.home, cls.away = (
            {f"hr.backbone.{name}": record for name, record in case.items()}
            for case in (cls.home, cls.away)
        )
        cls.people_away = cls.abroad | head | novice
        cls.roles = {
            "employee": cls.user_colleague,
            "manager": cls.user_leader,
            "mentor": cls.user_director,
            "officer": cls.user_officer,
            "administrator": cls.user_admin,
            "away": cls.user_admin_abroad,
            "customer": cls.user_customer,
            "portal employee": cls.user_worker,
        }
        cls.env.flush_all()

    @classmethod
    def _get_walked_models(cls):
        """The names of our models, and of those of Odoo's to which we add what people write."""
        ours = [
            name
            for name, model in cls.env.registry.items()
            if name.startswith("hr.backbone.") and not model._abstract
        ]
        return [*sorted(ours), *ADDED]

    def _get_relations(self, name):
        """The fields of the model that name records: (field, the model that they name); of
        the conversation and the activities, which Odoo guards, none."""
        thread = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        for field in self.env[name]._fields.values():
            if name in ADDED and field.name not in ADDED[name]:
                continue
            if field.relational and field.name not in thread | set(MAGIC_COLUMNS):
                yield field, field.comodel_name

    def _get_unreadable(self, name, user):
        """An id of the model that the user does not find, and one that does not exist."""
        model = self._as(self.env[name].with_context(active_test=False), user)
        known = {record.id for record in self._get_known(name)}
        try:
            found = set(model.search([("id", "in", list(known))])._ids)
        except AccessError:
            found = set()
        return [*sorted(known - found)[-1:], NOBODY]

    def _get_known(self, name):
        """The records of the model that the cases are made of."""
        cases = [case[name] for case in (self.home, self.away) if name in case]
        if cases:
            return self.env[name].union(*(record.sudo() for record in cases))
        if name == "hr.employee":
            return self.people_away | self.worker
        model = self.env[name].with_context(active_test=False)
        if name == "res.company":
            return self.company_abroad
        if name == "res.users":
            return self.people_away.user_id
        if "company_id" in model._fields and model._fields["company_id"].store:
            return model.search([("company_id", "=", self.company_abroad.id)], limit=2)
        return model.search([], limit=2, order="id desc")

    def _call(self, user, name, method, *args, **context):
        """As the web client and the external API call a model's method."""
        context = {"allowed_company_ids": user.company_ids.ids, **context}
        model = self.env(user=user, context={})[name]
        return call_kw(model, method, list(args), {"context": context})
