# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json
import random
import re
from collections import Counter
from contextlib import contextmanager
from unittest.mock import patch

from passlib.context import CryptContext

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import res_users

from ..common_doors import DoorsCommon
from ..common_fuzz import VALUES, PublicMethods

# what Odoo turns into a sentence for the person
SENTENCE = re.compile(
    r"odoo\.exceptions\.|odoo\.addons\.hr_backbone_training\.|werkzeug\.exceptions\."
)
# JSON has no such numbers, and Odoo's own reading of the request ends with them
SENT = [value for value in VALUES if value not in (float("inf"), "\ud800")]
# what Odoo gives a client of any record: by each of these one could read another's
READING = {
    "read": {},
    "web_read": {"specification": {"display_name": {}}},
    "export_data": {"fields_to_export": ["display_name"]},
    "onchange": {
        "values": {},
        "field_names": [],
        "fields_spec": {"display_name": {}},
    },
    "copy": {},
    "unlink": {},
    "search_read": {"fields": ["display_name"]},
}
DOORS = tuple(READING)
# what a client can write into a context, and nothing comes of it
CONTEXT = {
    **{"su": True, "uid": 1, "active_test": False, "tracking_disable": True},
    **{"install_mode": True, "import_file": True, "module": "hr_backbone_training"},
    **{"mail_create_nolog": True, "backbone_told": True, "backbone_form": True},
}


def is_harmless(body):
    """Nothing, or a window to open, in which the rights are asked again."""
    return not body or isinstance(body, dict) and str(body.get("type")).startswith("ir.actions.")


@tagged("post_install", "-at_install")
class TestJson2(PublicMethods, HttpCase, DoorsCommon):
    """Odoo's `/json/2`, with each role's own key: as tight as every other door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles |= {"committee": cls.user_chair}
        # a key is asked for thousands of times
        rounds = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
        cls.startClassPatcher(patch.object(res_users, "KEY_CRYPT_CONTEXT", rounds))
        keys = cls.env["res.users.apikeys"]
        cls.keys = {
            role: keys.with_user(user).sudo()._generate("rpc", "test", None)
            for role, user in cls.roles.items()
        }
        cls._mark_texts()

    @classmethod
    def _mark_texts(cls):
        """Each text that a person types names its record, to be known in whatever answer."""
        for name, record in (*cls.home.items(), *cls.away.items()):
            model = cls.env[name]
            if not model._auto or model._transient:
                continue
            texts = [
                f'"{field.name}" = %(mark)s'
                for field in model._fields.values()
                if field.type in ("text", "html") and field.store and not field.translate
            ]
            if texts:
                marks = {"mark": f"Secret[{name},{record.id}]", "id": record.id}
                cls.env.cr.execute(
                    f'UPDATE "{model._table}" SET {", ".join(texts)} WHERE id = %(id)s', marks
                )
        cls.env.invalidate_all()

    def _post(self, role, model, method, **body):
        """:return: status, what came as JSON, and the text of it"""
        answer = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(body, default=str),
            headers={
                "Authorization": f"bearer {self.keys[role]}",
                "Content-Type": "application/json",
            },
        )
        return answer.status_code, answer.json(), answer.text

    @contextmanager
    def _undone(self):
        """What the requests of the block do is taken back."""
        with mute_logger("odoo.http", "odoo.sql_db"), self.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()
        self.env.invalidate_all()

    def _get_unread(self, role):
        """The marks of the records that this role does not read."""
        user = self.roles[role]
        return {
            f"Secret[{name},{record.id}]"
            for name, record in (*self.home.items(), *self.away.items())
            if not self._as(record, user).has_access("read")
        }

    def _check_answer(self, wrong, unread, call, answer, refused=False):
        """Note in `wrong` what is no clean answer.

        :param refused: the call has to be refused
        """
        status, body, text = answer
        told = unread.intersection(re.findall(r"Secret\[[\w.]+,\d+\]", text))
        error = body.get("name", "") if status >= 400 and isinstance(body, dict) else ""
        if told:
            wrong.append((*call, "tells", told))
        if status >= 500 or (error and not SENTENCE.match(error)):
            wrong.append((*call, status, error, body.get("debug", "")[-600:]))
        elif status >= 400 and "Traceback" in body["message"]:
            wrong.append((*call, body["message"]))
        elif status < 400 and refused and not is_harmless(body):
            wrong.append((*call, "was not refused", text[:200]))
        return status

    def _get_fitting(self, method):
        """Arguments of the kinds that the method takes."""
        values = {"Text": "x", "Day": "2026-03-02", "Number": 1}
        kinds = method._backbone_arguments
        return {
            name: values[type(kind).__name__]
            for name, kind in kinds.items()
            if type(kind).__name__ in values
        }

    # -- every public method ---------------------------------------------------------------

    def test_a_key_opens_what_its_user_reads(self):
        """The refusals below would also come if the keys were none."""
        member = self.home["hr.backbone.member"]
        status, rows, _text = self._post(
            "officer", member._name, "read", ids=member.ids, fields=["state"]
        )
        self.assertEqual((status, rows[0]["state"]), (200, member.state))
        case = self.home["hr.backbone.application"]
        _status, _rows, text = self._post("officer", case._name, "read", ids=case.ids)
        self.assertIn(f"Secret[{case._name},{case.id}]", text)

    def test_each_method_as_each_role(self):
        """In turn on a record of somebody else's, and with rubbish on one of the company."""
        draw = random.Random(2)
        wrong, counts = [], Counter()
        for turn, (role, user) in enumerate(self.roles.items()):
            unread = self._get_unread(role)
            with self._undone():
                for name, methods in self._get_public_methods().items():
                    for number, method_name in enumerate(methods):
                        method = getattr(type(self.env[name]), method_name)
                        refused = (turn + number) % 2 == 1 and name in self.home
                        if refused:
                            body = self._get_stranger(name, method, user)
                        else:
                            body = self._get_rubbish(name, method, draw)
                        answer = self._post(role, name, method_name, **body)
                        call = (role, name, method_name, body)
                        refused = refused and "ids" in body
                        counts[self._check_answer(wrong, unread, call, answer, refused)] += 1
        self.assertFalse(wrong, f"{len(wrong)}, {counts}")

    def _get_stranger(self, name, method, user):
        """Arguments that fit, and a record that the user does not read."""
        body = self._get_fitting(method)
        if not hasattr(method, "_api_model"):
            body["ids"] = self._get_unreadable(name, user)[:1]
        return body

    def _get_rubbish(self, name, method, draw):
        """Arguments that do not fit; without any to be wrong, the records are."""
        kinds = method._backbone_arguments
        body = {key: draw.choice(SENT) for key in kinds}
        if not hasattr(method, "_api_model"):
            known = [self.home.get(name, self.env[name]).ids] * 3 if kinds else []
            body["ids"] = draw.choice((*known, [], [0], ["x"], [[1]], [2**31]))
        return body

    def test_nobody_reads_anothers(self):
        """What Odoo offers of any model, on a record that the role does not read: each role
        takes another of these doors to a model, and all together take all."""
        wrong, counts = [], Counter()
        for turn, (role, user) in enumerate(self.roles.items()):
            unread = self._get_unread(role)
            with self._undone():
                for number, name in enumerate(self.home):
                    method = DOORS[(turn + number) % len(DOORS)]
                    record_id = self._get_unreadable(name, user)[0]
                    body = dict(READING[method])
                    if method == "search_read":
                        body["domain"] = [("id", "=", record_id)]
                    else:
                        body["ids"] = [record_id]
                    call, answer = (role, name, method), self._post(role, name, method, **body)
                    counts[self._check_answer(wrong, unread, call, answer, "ids" in body)] += 1
                    if "ids" not in body and answer[0] < 400 and answer[1]:
                        wrong.append((*call, answer[1]))
        self.assertFalse(wrong, f"{len(wrong)}, {counts}")

    # -- what only the procedure writes ------------------------------------------------------

    def _get_other(self, record, field):
        """A value for the field that is not the stored one."""
        stored = record.sudo()[field.name]
        if field.type == "selection":
            return next(value for value in field.get_values(self.env) if value != stored)
        if field.type != "many2one":
            return "Forged"
        others = self.env[field.comodel_name].search([("id", "!=", stored.id)], limit=1)
        return others.id

    def test_nobody_writes_what_the_procedure_writes(self):
        """The state, and what says in which company a record is, with whatever context."""
        wrong, counts = [], Counter()
        ways = (("write", {}), ("web_save", {"specification": {}}))
        for turn, role in enumerate(self.roles):
            for number, (name, record) in enumerate(self.home.items()):
                names = ["state", *getattr(record, "_kept_fields", ())]
                for field_name in [n for n in names if n in record._fields]:
                    field = record._fields[field_name]
                    value, before = self._get_other(record, field), record.sudo()[field_name]
                    context = {**CONTEXT, f"default_{field_name}": value}
                    context["backbone_permit"] = {"ids": record.ids, "names": [field_name]}
                    with self._undone():
                        call = (role, name, field_name)
                        method, body = ways[(turn + number) % len(ways)]
                        answer = self._post(
                            role,
                            name,
                            method,
                            ids=record.ids,
                            vals={field_name: value},
                            context=context,
                            **body,
                        )
                        counts[self._check_answer(wrong, set(), call, answer, True)] += 1
                        self.env.invalidate_all()
                        if record.sudo()[field_name] != before:
                            wrong.append((*call, "is written"))
        self.assertFalse(wrong, f"{len(wrong)}, {counts}")

    def test_nothing_begins_at_a_later_state(self):
        """By values or by a context."""
        wrong = []
        for role in self.roles:
            for name, record in self.home.items():
                if "state" not in record._fields or not hasattr(record, "_get_initial_state"):
                    continue
                state = next(
                    value
                    for value in record._fields["state"].get_values(self.env)
                    if value != record._get_initial_state()
                )
                vals = {
                    k: v for k, v in record.sudo().copy_data()[0].items() if not isinstance(v, list)
                }
                vals.pop("state", None)
                context = {**CONTEXT, "default_state": state}
                before = record.sudo().search([]).ids
                for sent in ({**vals, "state": state}, vals):
                    with self._undone():
                        answer = self._post(role, name, "create", vals_list=sent, context=context)
                        self.env.invalidate_all()
                        made = record.sudo().search([("id", "not in", before)])
                        call = (role, name, "state" in sent)
                        self._check_answer(wrong, set(), call, answer, "state" in sent)
                        if any(row.state != row._get_initial_state() for row in made):
                            wrong.append((*call, made.mapped("state")))
        self.assertFalse(wrong)
