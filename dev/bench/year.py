"""The year of n members: four quarters of reports and assessments, trainings and achievements;
computing and freezing the evaluation, and the pages on which HR reads it all.

One member's year is made by Odoo and cloned in SQL, with scores of its own for each.
"""

from datetime import date

import quarter
from harness import Budget, Operation, settle
from quarter import MENTEES, Clones

from odoo.tools import SQL

COMPUTE, FREEZE = "year: compute the evaluations", "year: freeze them"
PIVOT = "ledger: pivot by kind and quarter"
MISSING = "ledger: 80 rows that are missing"
OVERVIEW = "overview: all cards"
COCKPIT, DEBTS = "cockpit: the year's quarters", "cockpit: 80 rows that are owed"
PAGES = (PIVOT, MISSING, OVERVIEW, COCKPIT, DEBTS)
BUDGETS = {
    quarter.OPEN: Budget(queries=0.05, floor=4, growth=12),
    **dict.fromkeys((quarter.TELL, quarter.MAIL), Budget(ms=1.5, queries=1.5, growth=12)),
    quarter.CLOSE: Budget(growth=12),
    **dict.fromkeys((COMPUTE, FREEZE), Budget(ms=1, growth=12)),
    **dict.fromkeys(PAGES, Budget(ms=3000, growth=12)),
}
LEDGER_COLUMNS = (
    "quarter_id",
    "member_id",
    "department_id",
    "kind",
    "debtor",
    "debtor_id",
    "date_due",
    "delivered",
    "missing",
    "days_late",
)
COCKPIT_COLUMNS = (
    "report_progress",
    "assessment_progress",
    "late_count",
    "owed_member",
    "owed_mentor",
    "owed_hr",
    "overdue_count",
)


def evaluations(env, n):
    """A year in which every twentieth report and assessment is missing, and every third member was
    on leave for four months."""
    case = Case(env, n)
    run = case.new_run()
    settle(env)
    yield Operation(COMPUTE, n, run.action_compute)
    run.action_compute()
    settle(env)
    # the pages below show what is owed in quarters that are open
    yield Operation(FREEZE, n, lambda: run.action_freeze("Every twentieth is missing"))
    yield Operation(PIVOT, n, case.read_pivot)
    yield Operation(MISSING, n, case.read_missing)
    yield Operation(OVERVIEW, n, case.read_overview)
    yield Operation(COCKPIT, n, case.read_cockpit)
    yield Operation(DEBTS, n, case.read_debts)


def in_pages(costs):
    """The costs of what is done for n at once, and those of a page with n behind it."""
    return (
        {key: cost for key, cost in costs.items() if key[0] not in PAGES},
        {key: cost for key, cost in costs.items() if key[0] in PAGES},
    )


class Case:
    """A company whose last year is over."""

    def __init__(self, env, n):
        self.n = n
        self.company = env["res.company"].create({"name": f"Year of {n}"})
        self.env = env(context={**env.context, "allowed_company_ids": self.company.ids})
        self.company = self.company.with_env(self.env)
        self.year = self.company._backbone_today().year - 1
        self.clones = Clones(env.cr)
        self.officer = self._make_officer()
        self.echelons = self.env["hr.backbone.echelon"].search([], order="level", limit=3)
        self._make_program()
        self._make_member()
        self._make_documents()
        self._make_history()
        settle(self.env)
        self._clone()

    def as_officer(self, model):
        return self.env[model].with_user(self.officer)

    def _make_officer(self):
        groups = ("base.group_user", "hr_backbone_training.group_hr_backbone_manager")
        return self.env["res.users"].create(
            {
                "name": "Officer",
                "login": f"year_{self.n}",
                "email": "officer@example.com",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, [self.env.ref(group).id for group in groups])],
            }
        )

    # -- the year of one member --------------------------------------------------------------

    def _make_program(self):
        self.program = self.as_officer("hr.backbone.program").create(
            {
                "year": self.year,
                "recommendation_start": date(self.year, 1, 1),
                "recommendation_end": date(self.year, 1, 31),
            }
        )
        self.program.action_start()
        self.program.line_ids.outstanding_quota = 10

    def _make_member(self):
        department = self.env["hr.department"].create({"name": "Works"})
        member, mentor = self.env["hr.employee"].create(
            [
                {"name": name, "company_id": self.company.id, "department_id": department.id}
                for name in ("Member", "Mentor")
            ]
        )
        self.member = self.env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": member.id,
                    "echelon_id": self.echelons[0].id,
                    "date_admitted": "2018-01-01",
                }
            ]
        )
        self.member._on_mentor_changed(mentor)
        self.mentorship = self.env["hr.backbone.mentorship"]._create_moved(
            [
                {
                    "member_id": self.member.id,
                    "mentor_id": mentor.id,
                    "state": "active",
                    "date_start": date(self.year, 1, 1),
                    "place": 1,
                }
            ]
        )

    def _make_documents(self):
        self.quarters = self.env["hr.backbone.quarter"].union(
            *(
                self.env["hr.backbone.quarter"]._get_or_create(
                    self.company, date(self.year, month, 15)
                )
                for month in (1, 4, 7, 10)
            )
        )
        self.reports, self.assessments = self.quarters._make_documents()
        self.reports._write_moved({"state": "accepted", "score": 80})
        self.assessments._write_moved({"state": "submitted", "grade": "B"})

    def _make_history(self):
        """Four internal sessions and an external one, a book and a suggestion."""
        trainings = self.env["hr.backbone.training"].create(
            [
                {
                    "name": f"Session {month}",
                    "kind": kind,
                    "company_id": self.company.id,
                    "provider": "Academy",
                    "date_start": date(self.year, month, 10),
                }
                for month, kind in (
                    (2, "internal"),
                    (5, "internal"),
                    (6, "external"),
                    (8, "internal"),
                    (11, "internal"),
                )
            ]
        )
        self.participants = self.env["hr.backbone.training.participant"].create(
            [{"training_id": row.id, "member_id": self.member.id} for row in trainings]
        )
        self.participants._write_moved({"state": "attended"})
        trainings._write_moved({"state": "done"})
        book, suggestion = {"kind": "book", "name": "The Goal"}, {"name": "Shorter set-up"}
        verified = {"state": "verified", "date_verified": date(self.year, 6, 1)}
        adopted = {"state": "adopted", "date_decided": date(self.year, 6, 1)}
        self.achievement, self.suggestion = (
            self.env[model].create({"member_id": self.member.id, **vals})
            for model, vals in (
                ("hr.backbone.achievement", book),
                ("hr.backbone.suggestion", suggestion),
            )
        )
        self.achievement._write_moved(verified)
        self.suggestion._write_moved(adopted)
        self.leave = self.env["hr.backbone.movement"].create(
            [
                {"member_id": self.member.id, "kind": kind, "date": date(self.year, month, 2)}
                for kind, month in (("suspended", 4), ("resumed", 8))
            ]
        )

    # -- the year of all -----------------------------------------------------------------------

    def _clone(self):
        """Nothing of one's own is the same: who, in which echelon, assessed by whom, with what
        score, and every twentieth has handed in nothing."""
        n, clones = self.n, self.clones
        employees = clones.employees(self.member.employee_id, n - 1)
        mentor = self.member.mentor_id
        mentors = [mentor.id, *clones.employees(mentor, n // MENTEES - 1)]
        own = {
            "employee_id": SQL("(%s::int[])[i]", employees),
            "echelon_id": SQL("(%s::int[])[i %% 3 + 1]", self.echelons.ids),
        }
        mentor_id = SQL("(%s::int[])[i %% %s + 1]", mentors, len(mentors))
        members = clones.make(
            "hr_backbone_member", self.member.id, n - 1, mentor_id=mentor_id, **own
        )
        own["member_id"] = SQL("(%s::int[])[i]", members)
        for place, report in enumerate(self.reports):
            clones.make("hr_backbone_report", report.id, n - 1, **own, **self._vary(place, "score"))
        for place, row in enumerate(self.assessments):
            varied = self._vary(place, "total")
            clones.make(
                "hr_backbone_assessment", row.id, n - 1, mentor_id=mentor_id, **own, **varied
            )
        del own["echelon_id"]
        for row in self.participants:
            clones.make(row._table, row.id, n - 1, **own)
        clones.make(
            "hr_backbone_mentorship",
            self.mentorship.id,
            n - 1,
            mentor_id=mentor_id,
            place=SQL("i / %s + 2", len(mentors)),
            **own,
        )
        for row in (self.achievement, self.suggestion, *self.leave):
            clones.make(row._table, row.id, n // 3, **own)
        # as the database does by itself some time after so much was written
        self.env.cr.execute("ANALYZE")
        self.env.invalidate_all()

    def _vary(self, place, score):
        """Scores from 50 to 100, and a twentieth that is missing."""
        return {
            score: SQL("50 + (i * 7919 + %s * 31) %% 5001 / 100.0", place),
            "state": SQL("CASE WHEN i %% 20 = %s THEN 'missed' ELSE t.state END", place),
        }

    # -- what HR does and reads ------------------------------------------------------------------

    def new_run(self):
        return self.as_officer("hr.backbone.evaluation.run").create(
            {"program_id": self.program.id, "is_lenient": True}
        )

    def read_pivot(self):
        rows = self.as_officer("hr.backbone.obligation").formatted_read_group(
            [], ["kind", "quarter_id"], ["promised:sum", "delivered:sum", "missing:sum", "__count"]
        )
        assert sum(row["promised:sum"] for row in rows) > 16 * self.n

    def read_missing(self):
        rows = self._read_list("hr.backbone.obligation", [("missing", "=", 1)], LEDGER_COLUMNS)
        assert rows["records"]

    def read_overview(self):
        cards = self.as_officer("hr.backbone.overview").search([])
        cards.read()
        assert sum(cards.mapped("member_count")) == self.n

    def read_cockpit(self):
        self.quarters.with_user(self.officer).read(COCKPIT_COLUMNS)

    def read_debts(self):
        self._read_list("hr.backbone.quarter.debt", [], None)

    def _read_list(self, model, domain, names):
        records = self.as_officer(model)
        names = names or [name for name, field in records._fields.items() if field.store]
        return records.web_search_read(
            domain,
            {
                name: {"fields": {"display_name": {}}}
                if records._fields[name].type == "many2one"
                else {}
                for name in names
            },
            limit=80,
            count_limit=10001,
        )
