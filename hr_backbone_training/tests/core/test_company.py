# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_doors import ADDED, DoorsCommon
from ..organization import COMMITTEE, MANAGER, OFFICER

# what forms of a name on a notice anybody could forge
SNAPSHOT = {
    "employee_name": "Somebody Else",
    "department_name": "Board",
    "job_name": "Director",
    "level": 1,
}


@tagged("post_install", "-at_install")
class TestCompany(DoorsCommon):
    """Companies never see each other: not even HR of both names across them, or moves a
    document into the other one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.company_abroad
        cls.user_both = cls._new_user("bt_both", OFFICER, company_ids=[Command.set(both.ids)])
        cls.person, cls.other = cls._new_people(2)
        cls.member, cls.other_member = cls._new_members(cls.person | cls.other)
        # of the other company, and fit for everything there
        cls.stranger = cls.people_away.filtered("user_id")[-1]
        cls.env.flush_all()

    def _as_both(self, name):
        return self._as(self.env[name], self.user_both).with_company(self.company)

    def _get_relations_to_people(self):
        """(model, what else a new one needs, field, whom it may name, whom it may not)."""
        at, away = self.director, self.stranger
        program, abroad = self.program, self.program_abroad
        line = {"program_id": program.id}
        case = {"employee_id": self.person.id, "echelon_id": self.echelon_3.id, **line}
        training = {
            **{"name": "Welding", "provider": "Academy", "company_id": self.company.id},
            "date_start": "2026-03-12 09:00:00",
        }
        echelon_abroad = self.env["hr.backbone.echelon"].create(
            {"name": "Abroad", "level": 3, "company_id": self.company_abroad.id}
        )
        return [
            ("application", case, "proposed_mentor_id", at, away),
            ("application", case, "recommender_id", self.leader, away),
            ("application", {**case, "program_id": None}, "program_id", program, abroad),
            ("suggestion", {"member_id": self.member.id, "name": "A"}, "reviewer_id", at, away),
            ("rotation", {"member_id": self.member.id}, "host_id", at, away),
            ("mentorship", {"member_id": self.member.id}, "mentor_id", at, away),
            ("training", training, "trainer_id", at, away),
            ("training", training, "program_id", program, abroad),
            ("training", training, "echelon_ids", self.echelon_3, echelon_abroad),
            ("program.responsibility", {"role": "A", "task": "B", **line}, "employee_id", at, away),
            ("meeting", line, "attendee_ids", self.user_chair, self.user_admin_abroad),
        ]

    def test_nobody_of_another_company_is_named(self):
        for model, vals, field, fit, stranger in self._get_relations_to_people():
            records = self._as_both(f"hr.backbone.{model}")
            vals = {name: value for name, value in vals.items() if value is not None}

            def to(record, kind=records._fields[field].type):
                return record.id if kind == "many2one" else [Command.set(record.ids)]

            with self.subTest(model=model, field=field):
                self.cr.execute("SAVEPOINT named")
                # whom it is refused is the reason, and nothing else
                made = records.create({**vals, field: to(fit)})
                self.env.flush_all()
                for method, args in (
                    ("create", [{**vals, field: to(stranger)}]),
                    ("write", [{field: to(stranger)}]),
                    ("web_save", [{field: to(stranger)}, {}]),
                ):
                    with self.assertRaises(UserError, msg=method), self.cr.savepoint():
                        getattr(records if method == "create" else made, method)(*args)
                        self.env.flush_all()
                self.assertEqual(made.sudo()[field], fit)
                self.cr.execute("ROLLBACK TO SAVEPOINT named")
                self.env.invalidate_all(flush=False)

    def test_job_has_no_rank_of_another_company(self):
        ranks = self.env["hr.backbone.rank"]
        rank = ranks.create({"name": "A", "company_id": self.company_abroad.id})
        with self.assertRaises(UserError):
            self.job_worker.backbone_rank_id = rank

    def test_update_takes_away_names_of_another_company(self):
        """Names that were stored before; the page and the form show nothing of them."""
        draft = self._new_applications(self.person, proposed_mentor_id=self.director.id).sudo()
        report = self.home["hr.backbone.suggestion"]
        self.env.flush_all()
        for record, column in ((draft, "proposed_mentor_id"), (report, "reviewer_id")):
            self.cr.execute(
                f"UPDATE {record._table} SET {column} = %s WHERE id = %s",
                (self.stranger.id, record.id),
            )
        kept = self._new_applications(self.other, proposed_mentor_id=self.director.id).sudo()
        self.env.flush_all()
        self.env.invalidate_all()
        self._run_migration("19.0.1.1.0/post-companies.py")
        self.env.invalidate_all()
        self.assertFalse(draft.proposed_mentor_id | report.reviewer_id)
        self.assertEqual(kept.proposed_mentor_id, self.director)
        self.assertNotIn(self.stranger.name, str(self._form(draft)))

    def test_lists_are_of_the_companies_that_are_chosen(self):
        """HR of both: one, the other, or both of them, in every list, and in every figure that is
        counted over one."""
        # who may read all there is of both
        self.user_both.group_ids |= self.env.ref(MANAGER) | self.env.ref(COMMITTEE)
        both = self.company | self.company_abroad
        seen = set()
        for name in self._get_walked_models():
            model = self.env[name]
            if name in ADDED or "company_id" not in model._fields or model._transient:
                continue
            for companies in (self.company, self.company_abroad, both):
                rows = self._as_both(name).with_context(allowed_company_ids=companies.ids)
                with self.subTest(model=name, companies=companies.mapped("name")):
                    try:
                        found = rows.search([])
                    except AccessError:
                        continue
                    self.assertLessEqual(found.sudo().company_id, companies)
                    if found.sudo().company_id == both:
                        seen.add(name)
        self.assertGreater(len(seen), 25, sorted(seen))

    def test_actions_open_in_either_company(self):
        """The menus, with their default filters and what they are grouped by."""
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "hr.backbone.%"), ("target", "=", "current")]
        )
        self.user_both.group_ids |= self.env.ref(MANAGER) | self.env.ref(COMMITTEE)
        for companies in (self.company, self.company_abroad, self.company | self.company_abroad):
            for action in actions:
                model = self._as_both(action.res_model).with_context(
                    allowed_company_ids=companies.ids
                )
                if not model.has_access("read"):
                    continue
                with self.subTest(action=action.name, companies=companies.mapped("name")):
                    views = model.get_views([(False, "list"), (False, "search")])
                    names = [
                        field
                        for field in views["models"][action.res_model]["fields"]
                        if field in model._fields and not model._fields[field].relational
                    ]
                    rows = model.search([], limit=20)
                    rows.read(names)
                    self.assertLessEqual(rows.sudo().company_id, companies)

    # -- a document stays in its company -------------------------------------------------------

    def test_no_document_moves_to_another_company(self):
        program = {"program_id": self.program.id}
        moves = {
            name: "program_id"
            for name in (
                *("meeting", "publicity", "evaluation.run", "program.line"),
                *("program.responsibility", "criterion"),
            )
        }
        fresh = {
            "meeting": self._as_both("hr.backbone.meeting").create(program),
            "publicity": self._as_both("hr.backbone.publicity").create(program),
            "evaluation.run": self._as_both("hr.backbone.evaluation.run").create(program),
            "criterion": self.program.criterion_ids[0],
            "training": self._as_both("hr.backbone.training").create(
                {
                    **{"name": "A", "provider": "B", "company_id": self.company.id},
                    "date_start": "2026-03-12 09:00:00",
                }
            ),
            "program": self.home["hr.backbone.program"],
        }
        moves |= {"training": "company_id", "program": "company_id"}
        for model, field in moves.items():
            record = fresh.get(model) or self.home[f"hr.backbone.{model}"]
            record = self._as(record.sudo(False), self.user_both)
            before = record[field]
            target = self.program_abroad if field == "program_id" else self.company_abroad
            for vals in ({field: target.id}, {field: False}):
                for method, args in (("write", []), ("web_save", [{}])):
                    with self.subTest(model=model, method=method, vals=vals):
                        with self.assertRaises(UserError):
                            getattr(record, method)(vals, *args)
            result = record.load([".id", f"{field}/.id"], [[str(record.id), str(target.id)]])
            self.assertFalse(result["ids"], model)
            record.invalidate_recordset()
            self.assertEqual(record[field], before)
            # the same value is no change
            record.write({field: before.id})

    def test_a_program_of_another_year_is_refused_too(self):
        """The names on the agenda belong to the program of their year."""
        later = self.program.copy({"year": 2027})
        meeting = self._as_both("hr.backbone.meeting").create({"program_id": self.program.id})
        with self.assertRefused("cannot be changed any more"):
            meeting.program_id = later

    # -- a name on a notice ----------------------------------------------------------------------

    def test_name_on_a_notice_is_computed(self):
        self.home["hr.backbone.publicity"]._write_moved({"state": "draft"})
        self.home["hr.backbone.application"]._write_moved({"state": "selected"})
        line = self._as(self.home["hr.backbone.publicity.line"], self.user_officer)
        shown = line.read(list(SNAPSHOT))[0]
        vals = {"publicity_id": line.publicity_id.id, "application_id": line.application_id.id}
        for name, value in SNAPSHOT.items():
            with self.subTest(field=name):
                for user in (self.user_officer, self.user_admin):
                    for method, args in (("write", []), ("web_save", [{}])):
                        with self.assertRaises(UserError):
                            getattr(line.with_user(user), method)({name: value}, *args)
                with self.assertRaises(UserError):
                    line.publicity_id.write({"line_ids": [Command.update(line.id, {name: value})]})
                with self.assertRaises(UserError):
                    line.create({**vals, name: value})
        self.assertEqual(line.read(list(SNAPSHOT))[0], shown)
        # nor by what a client's context says
        self.cr.execute("DELETE FROM hr_backbone_objection WHERE line_id = %s", (line.id,))
        self.env.invalidate_all()
        line.unlink()
        keys = {f"default_{name}": value for name, value in SNAPSHOT.items()}
        again = line.with_context(**keys).create(vals)
        told = again.read(list(SNAPSHOT))[0]
        self.assertEqual({**told, "id": 0}, {**shown, "id": 0})
