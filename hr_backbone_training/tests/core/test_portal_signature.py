# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.names import is_same_name
from ..common_portal import BackbonePortalCommon

# one white pixel
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalSignature(BackbonePortalCommon):
    """Employee, recommender and director sign online."""

    def _login(self, user):
        self.signer = user
        return super()._login(user)

    def _sign(self, record, **params):
        answer = self.url_open(
            f"{record.access_url}/sign",
            data=json.dumps(
                {"params": {"name": self.signer.name.upper(), "signature": PNG, **params}}
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("result") or answer["error"]

    def _get_row(self, record, role):
        return next(row for row in record._get_signature_rows() if row["role"] == role)

    def test_each_in_the_own_role(self):
        plan = self.case.sudo().plan_id
        for user, record, role in (
            (self.user_worker, plan, "employee"),
            (self.user_leader, plan, "recommender"),
            (self.user_leader, self.case, "recommender"),
        ):
            self._login(user)
            self.assertIn("Sign this document", self._get(record.access_url).text)
            self.assertTrue(self._sign(record)["force_refresh"])
            row = self._get_row(record, role)
            self.assertTrue(row["valid"])
            self.assertEqual(row["signature"].user_id, user)
            page = self._get(record.access_url)
            self.assertPage(page, f"Signed as {user.name.upper()}")
            self.assertNotIn("Sign this document", page.text)
        values = self._form(plan)
        self.assertEqual(values["signed"][0]["name"], "WORKER")
        opinions = {box["key"]: box for box in self._form(self.case.sudo())["opinions"]}
        self.assertEqual(opinions["department"]["signature"]["name"], "LEADER")
        self.assertFalse(opinions["director"]["signature"])

    def test_nobody_changes_the_name_to_sign_with(self):
        """Over RPC, and on Odoo's own page of the account; HR corrects it."""
        worker = self.user_worker.with_user(self.user_worker)
        with self.assertRefused("Please ask human resources"):
            worker.write({"name": "Somebody Else"})
        with self.assertRefused("Please ask human resources"):
            worker.sudo().partner_id.write({"name": "Somebody Else"})
        worker.sudo().write({"name": self.user_worker.name, "email": "worker@example.com"})
        self.user_worker.partner_id.with_user(self.user_admin).sudo().name = "Worker Smith"
        self.assertEqual(self.user_worker.name, "Worker Smith")

    def test_director_signs_what_is_approved(self):
        self._login(self.user_director)
        self.assertIn("nothing for you to sign", self._sign(self.case)["error"])
        self.case.with_user(self.user_director).action_approve()
        self.env.flush_all()
        self.assertTrue(self._sign(self.case)["force_refresh"])

    def test_nobody_signs_for_another(self):
        plan = self.case.sudo().plan_id
        for user in (self.user_manager, self.user_officer, self.user_worker):
            self._login(user)
            self.assertIn("nothing for you to sign", self._sign(self.case)["error"])
        self._login(self.user_plain)
        with mute_logger("odoo.http"):
            self.assertEqual(self._sign(plan)["code"], 404)
        self._login(self.user_apprentice)
        self.assertIn("error", self._sign(self.draft.sudo().plan_id), "still a draft")

    def _awaits_signature(self, user):
        """The documents that the user is asked to sign; the counter says the same."""
        todo = user.with_user(user)._get_backbone_todo()
        self.assertEqual(user.with_user(user)._count_backbone_todo(), len(todo))
        suffix = "#signatures"
        return {row["url"].removesuffix(suffix) for row in todo if row["url"].endswith(suffix)}

    def test_what_is_to_be_signed_is_to_be_done(self):
        """Everyone is asked for their signature, while it is missing and no longer."""
        case, plan = self.case.access_url, self.case.sudo().plan_id.access_url
        self.assertEqual(self._awaits_signature(self.user_worker), {plan})
        self.assertTrue({case, plan} <= self._awaits_signature(self.user_leader))
        self.assertFalse({case, plan} & self._awaits_signature(self.user_director))
        self.assertFalse(self._awaits_signature(self.user_apprentice), "still a draft")
        self.assertFalse(self._awaits_signature(self.user_plain))
        self.case.with_user(self.user_director).action_approve()
        self.assertTrue({case, plan} <= self._awaits_signature(self.user_director))
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertPage(self._get("/my/backbone"), "Sign your development plan")
        self._sign(self.case.sudo().plan_id)
        self.assertNotIn("Sign your development plan", self._get("/my/backbone").text)
        self.assertFalse(self._awaits_signature(self.user_worker))
        self._login(self.user_leader)
        self._sign(self.case)
        self.assertNotIn(case, self._awaits_signature(self.user_leader))
        self.assertIn(plan, self._awaits_signature(self.user_leader))
        # returned and submitted again: what was signed is void, and awaited again
        self.case.with_user(self.user_officer).action_return("Name the results")
        self.assertNotIn(case, self._awaits_signature(self.user_leader))
        self.case.with_user(self.user_leader).action_submit()
        self.assertIn(case, self._awaits_signature(self.user_leader))
        # an end without admission leaves nothing to sign
        self.case.with_user(self.user_director).action_refuse("Next year")
        for user in (self.user_worker, self.user_leader, self.user_director):
            self.assertFalse({case, plan} & self._awaits_signature(user))
        self.env.flush_all()
        self.assertNotIn("Sign this document", self._get(self.case.access_url).text)

    def test_name_and_picture_are_needed(self):
        self._login(self.user_worker)
        plan = self.case.sudo().plan_id
        html = base64.b64encode(b"<html><script>1</script></html>").decode()
        for params in (
            {"name": " "},
            {"name": None},
            {"name": ["x"]},
            {"name": "x" * 999},
            {"signature": None},
            {"signature": "x"},
            {"signature": html},
            {"signature": 7},
        ):
            self.assertIn("error", self._sign(plan, **params), params)
        self.assertFalse(self._get_row(plan, "employee")["signature"])

    def test_under_the_own_name_alone(self):
        """The name that is typed is the signer's, on the page and over RPC."""
        plan = self.case.sudo().plan_id
        self._login(self.user_worker)
        for name in ("Somebody Else", "Work", "Leader", "Quintus", "Worker Case", "工人"):
            self.assertIn("your own name: Quintus Case", self._sign(plan, name=name)["error"])
            with self.assertRefused("your own name: Quintus Case"):
                plan.with_user(self.user_worker)._sign_from_portal(name, PNG)
        self.assertFalse(self._get_row(plan, "employee")["signature"])
        self.assertTrue(self._sign(plan, name=" wörker ")["force_refresh"])

    def test_the_account_stands_beside_another_name(self):
        """What was signed under any name before shows whose account it was."""
        plan = self.case.sudo().plan_id
        self._login(self.user_worker)
        self._sign(plan)
        signature = self._get_row(plan, "employee")["signature"]
        self.env.cr.execute(
            "UPDATE hr_backbone_signature SET name = 'Somebody Else' WHERE id = %s", signature.ids
        )
        signature.invalidate_recordset()
        shown = "Somebody Else (account: Worker)"
        self.assertPage(self._get(plan.access_url), shown)
        self.assertEqual(self._form(plan)["signed"][0]["name"], shown)

    def test_how_a_name_may_be_written(self):
        for typed, known in (
            ("ANNA  müller", "Anna Muller"),
            ("Müller, Anna", "Anna Müller"),
            ("Jean Pierre Noël", "Jean-Pierre Noel"),
            ("Xiao Ming Wang", "Wang Xiaoming"),
            ("王 小明", "王小明"),
            ("小明 王", "王小明"),
            ("小明王", "王小明"),
            ("欧阳小明", "小明 欧阳"),
            ("Ｗang Xiaoming", "wang xiaoming"),
        ):
            self.assertTrue(is_same_name(typed, known), (typed, known))
        for typed, known in (
            ("Anna", "Anna Müller"),
            ("Anna Muller Schmidt", "Anna Muller"),
            ("小明", "王小明"),
            ("李小明", "王小明"),
            ("", ""),
            ("...", "Anna"),
        ):
            self.assertFalse(is_same_name(typed, known), (typed, known))

    def test_return_voids_the_signature(self):
        self._login(self.user_leader)
        self._sign(self.case)
        self.case.with_user(self.user_director).action_return("Name the results")
        self.env.flush_all()
        row = self._get_row(self.case, "recommender")
        self.assertTrue(row["signature"])
        self.assertFalse(row["valid"])
        self.assertPage(self._get(self.case.access_url), "Void: returned or changed")

    def test_change_of_content_voids_the_signature(self):
        plan = self.case.sudo().plan_id
        self._login(self.user_worker)
        self._sign(plan)
        with self.assertRefused("cannot be changed"):
            plan.with_user(self.user_worker).gaps = "Others"
        self.env.cr.execute("UPDATE hr_backbone_plan SET gaps = 'x' WHERE id = %s", [plan.id])
        plan.invalidate_recordset()
        self.assertFalse(self._get_row(plan, "employee")["valid"])

    def test_progress_voids_nothing(self):
        plan = self.case.sudo().plan_id
        self._login(self.user_worker)
        self._sign(plan)
        plan.line_ids[0].write({"progress": 50, "evidence": "Half of the talks"})
        self.assertTrue(self._get_row(plan, "employee")["valid"])

    def test_signatures_are_history(self):
        self._login(self.user_worker)
        self._sign(self.case.sudo().plan_id)
        signature = self._get_row(self.case.sudo().plan_id, "employee")["signature"]
        with self.assertRefused("never edited"):
            signature.name = "Another"
        with self.assertRefused("never deleted"):
            signature.unlink()
        with self.assertRefused("not allowed"):
            signature.with_user(self.user_worker).sudo(False).read(["name"])
