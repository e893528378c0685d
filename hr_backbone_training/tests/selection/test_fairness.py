# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ...tools import fairness
from .. import organization
from ..common import BackboneCommon

NOTE = "All of the night shift, which had no training this year"
LOOKS_FIRST = "An HR administrator looks at the fairness first. Please ask Admin to open"
BELOW = "less than four fifths of the rate of another"


class FairnessCommon(BackboneCommon):
    """Morris' example: of 10 women 2 are on the notice, of 25 men 15; the others are refused.
    Everything else is the same of all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._new_people(35)
        cls.women, cls.men = cls.people[:10], cls.people[10:]
        cls.women.sex, cls.men.sex = "female", "male"
        cls.cases = cls._new_applications(cls.people).sudo()
        cls.by_person = {case.employee_id: case for case in cls.cases}
        cls.chosen = cls._get_cases(cls.women[:2] | cls.men[:15])
        cls.chosen._write_moved({"state": "selected", "date_submitted": "2026-03-02"})
        (cls.cases - cls.chosen)._write_moved({"state": "refused", "date_submitted": "2026-03-02"})
        cls.notice = cls._new_notice(cls.chosen)
        cls.env.flush_all()

    @classmethod
    def _get_cases(cls, people):
        return cls.cases.browse([cls.by_person[person].id for person in people])

    @classmethod
    def _new_notice(cls, cases):
        notices = cls.env["hr.backbone.publicity"].with_user(cls.user_officer)
        lines = [(0, 0, {"application_id": case.id}) for case in cases]
        return notices.create({"program_id": cls.program.id, "line_ids": lines})

    @classmethod
    def _select(cls, people):
        """And these are on the notice, too."""
        cases = cls._get_cases(people)
        cases._write_moved({"state": "selected"})
        cls.notice.line_ids = [(0, 0, {"application_id": case.id}) for case in cases]

    def _open(self, document=None, user=None):
        document = (document or self.notice).with_user(user or self.user_admin)
        action = document.action_open_fairness()
        return self.env[action["res_model"]].with_user(document.env.user).browse(action["res_id"])

    def _find(self):
        return (
            self.env["hr.backbone.fairness"].sudo().search([("company_id", "=", self.company.id)])
        )

    def _count(self):
        return self._open().figures or {}


@tagged("post_install", "-at_install")
class TestFairness(FairnessCommon):
    """Before names are publicized, an HR administrator sees how far apart groups are, and nobody
    else does."""

    # -- what is shown ---------------------------------------------------------------------

    def test_rates_ratio_and_test(self):
        check = self._open()
        self.assertEqual(check.figures, {"sex": [["female", 10, 2], ["male", 25, 15]]})
        self.assertTrue(check.is_low)
        for text in ("Female", "20 %", "Male", "60 %", "0.333", "(below 0.8)", "1.000"):
            self.assertIn(text, check.table)
        self.assertIn("divided by the highest rate", check.table)
        self.assertEqual(check.display_name, self.notice.name)

    def test_test_of_fisher(self):
        try:
            fairness.load_fisher()
        except ImportError:
            self.skipTest("SciPy is optional, and not installed")
        self.assertIn("0.0599", self._open().table)
        self.assertIn("how likely chance alone", self._open().table)

    def test_without_scipy_only_the_ratios(self):
        with patch.object(fairness, "load_fisher", side_effect=ImportError):
            table = self._open().table
        self.assertIn("0.333", table)
        self.assertIn("needs the Python package “scipy”", " ".join(table.split()))
        self.assertNotIn("0.0599", table)

    def test_age_and_tenure_on_the_day(self):
        """Thirty today: not under 30 any more; and six years here."""
        self.women.birthday = "1996-03-02"
        self.men.birthday = "1996-03-03"
        self.women.version_id.contract_date_start = "2024-03-03"
        figures = self._count()
        self.assertEqual(figures["age"], [["0", 25, 15], ["30", 10, 2]])
        self.assertEqual(figures["tenure"], [["0", 10, 2], ["5", 25, 15]])
        for text in ("Under 30", "30 to 39", "Under 2 years", "5 to 9 years"):
            self.assertIn(text, self._open().table)

    def test_department_as_it_was(self):
        """That of the application, whatever the department of the employee becomes."""
        self._get_cases(self.men[:20])._write_moved({"department_id": self.works.id})
        self.people.department_id = self.board
        figures = self._count()["department"]
        self.assertEqual(
            sorted(figures), sorted([[f"{self.works.id}", 20, 15], [f"{self.line.id}", 15, 2]])
        )
        self.assertIn("Works", self._open().table)

    def test_small_groups_are_not_shown_nor_stored(self):
        self.women[:3].sex = "other"
        self.assertEqual(self._count(), {"sex": [["male", 25, 15], ["*others", 10, 2]]})
        self.men[:9].sex = False
        figures = [["*not stated", 9, 9], ["male", 16, 6], ["*others", 10, 2]]
        self.assertEqual(self._count(), {"sex": figures})
        self.assertIn("All others together", self._open().table)
        self.women[3:].sex = self.men.sex = "male"
        self.assertEqual(self._count(), {})
        self.assertIn("too few people to compare", self._open().table)

    def test_what_is_not_stated_is_not_compared(self):
        self.women[:5].sex = False
        check = self._open()
        self.assertEqual(
            check.figures["sex"], [["*not stated", 5, 2], ["female", 5, 0], ["male", 25, 15]]
        )
        self.assertIn("Not stated", check.table)

    # -- who is counted --------------------------------------------------------------------

    def test_withdrawn_and_open_cases_are_not_refused(self):
        self._get_cases(self.women[5:])._write_moved({"state": "withdrawn"})
        self._get_cases(self.men[20:22])._write_moved({"state": "committee"})
        self._get_cases(self.men[22:24])._write_moved({"state": "draft"})
        self.assertEqual(self._count(), {"sex": [["female", 5, 2], ["male", 21, 15]]})

    def test_who_had_left_was_not_refused(self):
        self._get_cases(self.men[20:])._log_decisions(
            "drop", dict.fromkeys(self.cases.ids, "publicity"), "refused", ""
        )
        self.assertEqual(self._count()["sex"], [["female", 10, 2], ["male", 20, 15]])

    def test_selected_on_no_notice_is_not_admitted(self):
        self._get_cases(self.women[2:4])._write_moved({"state": "selected"})
        self.assertEqual(self._count()["sex"][0], ["female", 10, 2])
        self._new_notice(self._get_cases(self.women[2:4]))
        self.assertEqual(self._count()["sex"][0], ["female", 10, 4])

    def test_admitted_before_counts(self):
        self._get_cases(self.women[2:4])._write_moved({"state": "admitted"})
        self._get_cases(self.women[4:5])._write_moved({"state": "publicity"})
        self.assertEqual(self._count()["sex"][0], ["female", 10, 5])

    def test_recommended_again_counts_once(self):
        again = self._new_applications(self.women[:1] | self.women[9:]).sudo()
        again._write_moved({"state": "refused"})
        self.assertEqual(self._count()["sex"][0], ["female", 10, 2])
        again[1:]._write_moved({"state": "admitted"})
        self.assertEqual(self._count()["sex"][0], ["female", 10, 3])

    def test_another_program_does_not(self):
        other = self.program.create({**organization.PROGRAM, "year": 2027})
        self.cases[:5]._write_moved({"program_id": other.id})
        self.assertEqual(sum(total for _key, total, _c in self._count()["sex"]), 30)

    # -- before going on -------------------------------------------------------------------

    def test_administrator_writes_a_note_first(self):
        notice = self.notice.with_user(self.user_admin)
        self.assertFalse(notice.can_publish)
        self.assertIn(BELOW, notice.blocking_reason)
        with self.assertRefused(BELOW, "“Is It Fair?”"):
            notice.action_publish()
        check = self._open()
        with self.assertRefused("Please write a note"):
            check.action_confirm()
        check.note = " "
        with self.assertRefused("Please write a note"):
            check.action_confirm()
        check.note = NOTE
        with self.assertRefused(BELOW):
            notice.action_publish()
        check.action_confirm()
        self.assertEqual(check.confirmed_by_id, self.user_admin)
        notice.action_publish()
        self.assertEqual(notice.state, "published")
        self.assertTrue(check.is_kept)
        self.assertEqual(self._open(), check)
        self.assertEqual(check.note, NOTE)

    def test_note_stays_as_it_was(self):
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        self.notice.action_publish()
        kept = check.figures
        with self.assertRefused("kept as it was"):
            check.note = "Nothing"
        with self.assertRefused("has gone on"):
            check.action_confirm()
        self._get_cases(self.women[3:6])._write_moved({"state": "admitted"})
        self.assertEqual(self._open().figures, kept)

    def test_another_note_is_confirmed_anew(self):
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        check.note = ""
        with self.assertRefused(LOOKS_FIRST):
            self.notice.action_publish()

    def test_other_names_are_confirmed_anew(self):
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        self.assertTrue(self.notice.can_publish)
        self._select(self.women[3:4])
        self.env.invalidate_all()
        self.assertFalse(self.notice.can_publish)
        with self.assertRefused(LOOKS_FIRST):
            self.notice.action_publish()
        with self.assertRefused("The figures have changed meanwhile"):
            check.action_confirm()
        self.assertEqual(self._open(), check)
        self.assertFalse(check.confirmed_by_id)
        self.assertEqual(check.note, NOTE)
        check.action_confirm()
        self.notice.action_publish()

    def test_other_names_of_the_same_groups_are_confirmed_anew(self):
        """An officer who swaps names does not learn by it which of them are of one sex."""
        self._open().write({"note": NOTE})
        for first, second in ((self.women[0], self.women[4]), (self.men[0], self.women[5])):
            self._open().action_confirm()
            self.env.invalidate_all()
            self.assertTrue(self.notice.can_publish)
            before = self._get_cases(first)
            line = self.notice.line_ids.filtered(lambda row, old=before: row.application_id == old)
            line.unlink()
            before._write_moved({"state": "refused"})
            self._select(second)
            self.env.invalidate_all()
            self.assertFalse(self.notice.can_publish)
            with self.assertRefused(LOOKS_FIRST):
                self.notice.action_publish()

    def test_nothing_holds_up_an_administrator_where_it_is_fair(self):
        self._select(self.women[2:5])
        self.notice.with_user(self.user_admin).action_publish()
        check = self._find()
        self.assertTrue(check.is_kept)
        self.assertEqual(check.figures, {"sex": [["female", 10, 5], ["male", 25, 15]]})

    def test_an_officer_is_told_the_same_whatever_the_figures_are(self):
        told = []
        for people in (self.women[:0], self.women[2:5]):
            self._select(people)
            self.env.invalidate_all()
            self.assertFalse(self.notice.can_publish)
            with self.assertRaises(UserError) as caught:
                self.notice.action_publish()
            told.append(str(caught.exception))
            self.assertEqual(self.notice.blocking_reason, told[-1])
        self.assertEqual(*told)
        self.assertIn(LOOKS_FIRST, told[0])

    def test_an_officer_goes_on_once_an_administrator_has_looked(self):
        self._select(self.women[2:5])
        self._open().action_confirm()
        self.notice.action_publish()
        self.assertEqual(self.notice.state, "published")

    def test_what_is_missing_comes_first(self):
        empty = self._new_notice(self.cases.browse())
        self.assertEqual(empty.blocking_reason, "The notice has no names yet.")

    def test_switched_off(self):
        self.company.backbone_fairness = False
        self.notice.action_publish()
        self.assertEqual(self.notice.state, "published")
        self.assertFalse(self._find())
        with self.assertRefused("There are no figures"):
            self._open()

    def test_nothing_to_compare(self):
        self.people.sex = "male"
        self.notice.action_publish()
        self.assertFalse(self._find())

    def test_few_people_are_not_even_looked_up(self):
        self.cases[5:]._write_moved({"state": "committee"})
        notice = self._new_notice(self.chosen[:2])
        with patch.object(self.env.registry["hr.backbone.fair.mixin"], "_get_keys") as looked_up:
            notice.action_publish()
        looked_up.assert_not_called()

    # -- who looks -------------------------------------------------------------------------

    def _get_todos(self):
        self.notice.sudo()._pass_todos_on()
        kind = self.env.ref("hr_backbone_training.mail_activity_type_fairness")
        return self.notice.sudo().activity_ids.filtered(lambda row: row.activity_type_id == kind)

    def test_an_administrator_has_it_to_do(self):
        """Whatever the figures are, and until it is confirmed."""
        for people in (self.women[:0], self.women[2:5]):
            self._select(people)
            self.assertEqual(self._get_todos().user_id, self.user_admin)
        self._open().action_confirm()
        self.assertFalse(self.notice.sudo().activity_ids)
        self._select(self.women[5:6])
        self.assertTrue(self._get_todos())
        self.company.backbone_fairness = False
        self.assertFalse(self._get_todos())

    def test_a_notice_without_names_waits_for_nobody(self):
        self.notice.line_ids.unlink()
        self.assertFalse(self._get_todos())

    def test_to_do_ends_when_it_goes_on(self):
        self._select(self.women[2:5])
        self.assertTrue(self._get_todos())
        self.notice.with_user(self.user_admin).action_publish()
        self.assertFalse(self.notice.sudo().activity_ids)

    def _link_admin(self):
        """The only administrator was recommended in the program, and refused."""
        self.men[20].user_id = self.user_admin
        self.env.flush_all()
        self.env.registry.clear_cache()

    def test_an_administrator_who_is_counted_does_not_look(self):
        check = self._open()
        second = self._new_user("bt_second", "hr_backbone_training.group_hr_backbone_manager")
        self._link_admin()
        notice = self.notice.with_user(self.user_admin)
        with self.assertRefused("You are among the people who are counted", error=AccessError):
            notice.action_open_fairness()
        with self.assertRefused("Please ask Second to open"):
            notice.action_publish()
        for call in (
            lambda: check.read(["note"]),
            lambda: check.write({"note": "x"}),
            check.action_confirm,
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(check.search([]))
        self.assertEqual(self._open(user=second), check)

    def test_nothing_waits_where_nobody_can_look(self):
        self._link_admin()
        self.notice.action_publish()
        self.assertEqual(self.notice.state, "published")

    def test_nobody_else(self):
        check = self._open()
        check.note = NOTE
        spec = {"note": {}, "table": {}}
        for user in (
            *(self.user_officer, self.user_leader, self.user_worker, self.user_chair),
            *(self.user_member, self.user_director, self.user_admin_abroad),
        ):
            for method, *args in (
                ("read", check.ids, ["note"]),
                ("web_read", check.ids, spec),
                ("export_data", check.ids, ["note", "figures"]),
                ("onchange", check.ids, {}, [], spec),
                ("copy", check.ids),
                ("write", check.ids, {"note": "x"}),
                ("action_confirm", check.ids),
                ("unlink", check.ids),
            ):
                with self.subTest(user=user.login, method=method):
                    # of the export it is a `UserError`
                    with self.assertRaises(UserError):
                        self._call(user, check._name, method, *args)
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._call(user, self.notice._name, "action_open_fairness", self.notice.ids)
            self._check_not_found(user, check)

    def _check_not_found(self, user, check):
        for method, *args in (
            ("search", []),
            ("search_read", [], ["note"]),
            ("search_count", []),
            ("name_search", ""),
            ("formatted_read_group", [], ["note"], ["__count"]),
        ):
            with self.subTest(user=user.login, method=method):
                try:
                    self.assertFalse(self._call(user, check._name, method, *args))
                except AccessError:
                    continue

    def _call(self, user, model, method, *args):
        context = {"allowed_company_ids": user.company_ids.ids}
        records = self.env(user=user, context={})[model]
        return call_kw(records, method, list(args), {"context": context})

    def test_nothing_of_it_is_anywhere_else(self):
        """Neither in messages, to-dos and decisions, nor on the notice."""
        messages = self.env["mail.message"].sudo()
        told = [("model", "=", "hr.backbone.fairness")]
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        self.notice.action_publish()
        self.env.flush_all()
        for table in ("mail_message", "mail_mail", "mail_activity", "hr_backbone_decision"):
            self.env.cr.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{NOTE}%"]
            )
            self.assertEqual(self.env.cr.fetchone()[0], 0, table)
        self.assertFalse(messages.search(told))
        values = self.notice.with_user(self.user_officer).read()[0]
        self.assertNotIn(NOTE, str(values))
        self.assertFalse([name for name in values if "fair" in name])

    def test_nobody_writes_the_figures(self):
        check = self._open()
        for vals in (
            {"figures": {}},
            {"is_kept": True},
            {"confirmed_by_id": self.user_admin.id},
            {"note": "x", "company_id": self.company_abroad.id},
        ):
            with self.subTest(**vals), self.assertRefused("cannot be changed directly"):
                check.write(vals)
        with self.assertRaises(AccessError):
            check.create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            check.unlink()

    def test_a_draft_that_is_deleted_leaves_nothing(self):
        self._open()
        self.notice.unlink()
        self.assertFalse(self._find())

    def test_cost_does_not_grow_with_the_people(self):
        notice = self.notice
        few = self._cost(lambda: notice.read(["can_publish"]))
        cases = self._new_applications(self._new_people(40, name="More")).sudo()
        cases._write_moved({"state": "refused"})
        self.assertLessEqual(self._cost(lambda: notice.read(["can_publish"])), few + 2)
