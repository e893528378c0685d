# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import random
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ...reports import hr_backbone_obligation, hr_backbone_obligation_promise
from .. import figures
from ..bulk import copy_rows
from ..common import BackboneCommon

COMPANIES, MOST_MEMBERS = 50, 8
SEED = 20260302
# as the clock of the tests has it
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@tagged("post_install", "-at_install")
class TestFigures(BackboneCommon):
    """Every figure of ledger, cockpit and overview is the count of the documents, in fifty
    companies at random. The same is asked of the demo data, from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(SEED)
        # the documents of one member, of which all others are copies with a fate of their own
        cls.people = cls._new_people(COMPANIES * MOST_MEMBERS)
        cls.cast = cls._make_prototypes()
        cls.companies = cls._copy_companies()
        cls._fill_companies()

    @classmethod
    def _make_prototypes(cls):
        case = cls._submitted()
        [decision] = case.decision_ids.filtered(lambda row: row.to_state == "director")
        [member] = cls._new_members(cls.people[0])
        quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
        report, assessment = quarter._make_documents()
        mentorship = cls.env["hr.backbone.mentorship"].create(
            {"member_id": member.id, "mentor_id": cls.director.id}
        )
        mentorship._write_moved({"state": "active"})
        training = cls.env["hr.backbone.training"].create(
            {"name": "Leading", "date_start": "2026-03-12 09:00:00", "trainer_id": cls.leader.id}
        )
        found = {
            "application": case,
            "decision": decision,
            "plan": case.plan_id,
            "member": member,
            "movement": cls.env["hr.backbone.movement"].create(
                {"member_id": member.id, "kind": "admitted", "date": "2026-01-05"}
            ),
            "quarter": quarter,
            "report": report,
            "assessment": assessment,
            "assessment.line": assessment.line_ids[0],
            "mentorship": mentorship,
            "mentorship.session": cls.env["hr.backbone.mentorship.session"].create(
                {"mentorship_id": mentorship.id, "date_start": "2026-03-02 10:00:00"}
            ),
            "training": training,
            "training.participant": cls.env["hr.backbone.training.participant"].create(
                {"training_id": training.id, "member_id": member.id}
            ),
        }
        cls.env.flush_all()
        return {name: record.sudo() for name, record in found.items()}

    @classmethod
    def _copy_companies(cls):
        """With settings at random, in three time zones."""
        draw = cls.random
        calendar = cls.company.resource_calendar_id
        zones = ("UTC", "Asia/Shanghai", "America/New_York")
        calendars = [calendar.copy({"tz": zone}).id for zone in zones]
        cls.env.flush_all()
        numbers = range(COMPANIES)
        companies = copy_rows(
            cls.company,
            COMPANIES,
            name=[f"Company {number}" for number in numbers],
            resource_calendar_id=[draw.choice(calendars) for _ in numbers],
            backbone_fiscal_month=[draw.choice(("1", "4", "10")) for _ in numbers],
            backbone_internal_training=[draw.choice(("one", "two")) for _ in numbers],
            backbone_owes_talk=[draw.random() < 0.7 for _ in numbers],
            backbone_acceptance_days=[draw.randrange(20) for _ in numbers],
            backbone_approval_days=[draw.randrange(20) for _ in numbers],
            backbone_mentor_days=[draw.randrange(60) for _ in numbers],
        )
        cls.env.cr.execute(
            "UPDATE res_company SET parent_id = NULL, parent_path = id || '/' WHERE id = ANY(%s)",
            (companies.ids,),
        )
        cls.env.invalidate_all()
        cls.registry.clear_all_caches()
        return companies

    @classmethod
    def _copy(cls, name, rows):
        """A copy of the prototype for each of these rows, which all have the same columns.

        :return: the rows, with their ids
        """
        columns = {column: [row[column] for row in rows] for column in rows[0]}
        ids = copy_rows(cls.cast[name], len(rows), **columns).ids
        return [{**row, "id": id_} for row, id_ in zip(rows, ids, strict=True)]

    # -- what happens in the companies -----------------------------------------------------

    @classmethod
    def _day(cls, first, last):
        return first + timedelta(days=cls.random.randrange((last - first).days + 1))

    @classmethod
    def _maybe(cls, share, value):
        return value if cls.random.random() < share else None

    @classmethod
    def _fill_companies(cls):
        cls.echelons = (cls.echelon_1.id, cls.echelon_2.id, cls.echelon_3.id)
        members = cls._fill_members()
        quarters = cls._fill_quarters()
        cls._fill_documents(members, quarters)
        cls._fill_mentoring(members)
        cls._fill_trainings(members)
        cls._fill_cases(members)
        cls.env.invalidate_all()

    @classmethod
    def _fill_members(cls):
        draw = cls.random
        rows = [
            {
                "company_id": company.id,
                "employee_id": person.id,
                "echelon_id": draw.choice(cls.echelons),
                "state": draw.choice(("active", "active", "active", "suspended", "exited")),
                "date_admitted": cls._maybe(0.9, cls._day(date(2025, 6, 1), date(2026, 2, 1))),
                "mentor_id": cls._maybe(0.6, cls.director.id),
            }
            for number, company in enumerate(cls.companies)
            for person in cls.people[number::COMPANIES][: draw.randint(2, MOST_MEMBERS)]
        ]
        members = cls._copy("member", rows)
        cls._give_logins()
        kinds = (*figures.LEAVING, *figures.RETURNING, "promoted")
        moves = [
            {
                **cls._own(member),
                "kind": draw.choice(kinds),
                "date": cls._day(date(2025, 6, 1), date(2026, 6, 1)),
            }
            for member in members
            for _number in range(draw.randrange(4))
        ]
        cls._copy("movement", moves)
        return members

    @classmethod
    def _give_logins(cls):
        """To two of three; the others can hand in nothing by themselves."""
        people = cls.people.browse(id_ for id_ in cls.people.ids if id_ % 3)
        logins = [f"bt_figure_{person.id}" for person in people]
        users = copy_rows(cls.user_colleague, len(people), login=logins)
        cls.env.cr.execute(
            """UPDATE hr_employee e SET user_id = u.user_id
                 FROM unnest(%s, %s) AS u (employee_id, user_id) WHERE e.id = u.employee_id""",
            (people.ids, users.ids),
        )
        cls.env.cr.execute(
            """INSERT INTO res_company_users_rel (user_id, cid)
               SELECT u, c FROM unnest(%s) AS u, unnest(%s) AS c""",
            (users.ids, cls.companies.ids),
        )
        cls.env.invalidate_all()

    @staticmethod
    def _own(member):
        return {name: member[name] for name in ("company_id", "employee_id")} | {
            "member_id": member["id"]
        }

    @classmethod
    def _fill_quarters(cls):
        rows = []
        for company in cls.companies:
            for day in (date(2025, 11, 1), date(2026, 2, 1))[cls.random.randrange(2) :]:
                year, number, start, end = company._backbone_quarter_dates(day)
                state = cls.random.choice(("open", "closed"))
                names = ("company_id", "year", "number", "date_start", "date_end", "state", "name")
                values = (company.id, year, number, start, end, state, f"{year}-Q{number}")
                rows.append(dict(zip(names, values, strict=True)))
        return cls._copy("quarter", rows)

    @classmethod
    def _fill_documents(cls, members, quarters):
        draw = cls.random
        pairs = [
            (member, quarter)
            for quarter in quarters
            for member in members
            if member["company_id"] == quarter["company_id"] and draw.random() < 0.9
        ]
        cls._copy("report", [cls._draw_report(*pair) for pair in pairs])
        rows = [cls._draw_assessment(*pair) for pair in pairs if draw.random() < 0.95]
        rows = cls._copy("assessment", rows)
        lines = [{"assessment_id": row["id"]} for row in rows if draw.random() < 0.8]
        cls._copy("assessment.line", lines)

    @classmethod
    def _draw_document(cls, member, quarter, states):
        due = quarter["date_end"] + timedelta(days=cls.random.randrange(30))
        state = cls.random.choice(states)
        submitted = cls._day(quarter["date_start"], due + timedelta(days=20))
        return {
            **cls._own(member),
            "quarter_id": quarter["id"],
            "echelon_id": cls.random.choice(cls.echelons),
            "state": state,
            "is_closed": cls.random.random() < 0.3,
            "is_late": cls.random.random() < 0.2,
            "date_due": due,
            "date_submitted": cls._maybe(0.95, submitted) if state != "draft" else None,
        }

    @classmethod
    def _draw_report(cls, member, quarter):
        states = ("draft", "submitted", "accepted", "missed")
        row = cls._draw_document(member, quarter, states)
        accepted = row["state"] == "accepted" and row["date_submitted"]
        later = timedelta(days=cls.random.randrange(20))
        return {**row, "date_accepted": row["date_submitted"] + later if accepted else None}

    @classmethod
    def _draw_assessment(cls, member, quarter):
        row = cls._draw_document(member, quarter, ("draft", "submitted", "missed"))
        mentor = cls._maybe(0.8, cls.director.id)
        return {**row, "mentor_id": mentor, "total": cls.random.randrange(101)}

    @classmethod
    def _fill_mentoring(cls, members):
        draw, rows = cls.random, []
        for member in members:
            states = draw.sample(("active", "ended", "appointed", "declined"), draw.randrange(3))
            for state in states:
                start = cls._day(date(2025, 6, 1), date(2026, 4, 1))
                started = state in ("active", "ended")
                ended = cls._day(start, date(2026, 6, 1)) if state == "ended" else None
                rows.append(
                    {
                        **cls._own(member),
                        "state": state,
                        "place": 0,
                        "date_appointed": start,
                        "date_start": start if started else None,
                        "date_end": ended,
                    }
                )
        cls._copy("mentorship", rows)
        talks = [
            {
                **cls._own(member),
                "state": draw.choice(("planned", "held", "cancelled")),
                "date": cls._day(date(2025, 9, 1), date(2026, 4, 10)),
            }
            for member in members
            for _number in range(draw.randrange(3))
        ]
        cls._copy("mentorship.session", talks)

    @classmethod
    def _fill_trainings(cls, members):
        draw, rows = cls.random, []
        for company in cls.companies:
            for number in range(draw.randrange(12)):
                start = datetime.combine(
                    cls._day(date(2025, 4, 1), date(2026, 5, 1)), datetime.min.time()
                )
                start += timedelta(hours=draw.randrange(24))
                day = company._backbone_local_date(start)
                rows.append(
                    {
                        "company_id": company.id,
                        "kind": draw.choice(("internal", "internal", "external")),
                        "subject": draw.choice(("management", "skill", "both")),
                        "state": draw.choice(("draft", "planned", "planned", "done", "cancelled")),
                        "date_start": start,
                        "date_end": start + timedelta(hours=2),
                        "day_start": day,
                        "day_end": day + timedelta(days=number % 3),
                        "quarter": company._backbone_quarter(day),
                        "seats": draw.choice((0, 0, 1, 3)),
                        "is_by_management": draw.random() < 0.5,
                    }
                )
        trainings = cls._copy("training", rows)
        states = ("invited", "confirmed", "waiting", "declined", "attended", "absent", "cancelled")
        cls._copy(
            "training.participant",
            [
                {
                    **cls._own(member),
                    "training_id": training["id"],
                    "state": draw.choice(states),
                    "date_invited": cls._maybe(
                        0.9, training["date_start"] - timedelta(hours=draw.randrange(-2, 8))
                    ),
                    "hours": draw.randrange(9),
                }
                for training in trainings
                for member in members
                if member["company_id"] == training["company_id"] and draw.random() < 0.6
            ],
        )

    @classmethod
    def _fill_cases(cls, members):
        """Applications that came to the director once or twice, or not yet; and plans."""
        draw, cases, trails = cls.random, [], []
        for member in members:
            state, trail = draw.choice(
                (
                    ("draft", ()),
                    ("director", ("submit",)),
                    ("director", ("submit", "return", "submit")),
                    ("hr", ("submit", "approve")),
                    ("selected", ("submit", "approve")),
                    ("refused", ("submit", "refuse")),
                    ("withdrawn", ("submit", "withdraw")),
                    ("admitted", ("submit", "return", "submit", "approve")),
                )
            )
            trails.append(trail)
            echelon = draw.choice(cls.echelons)
            own = {name: member[name] for name in ("company_id", "employee_id")}
            cases.append(
                {
                    **own,
                    "echelon_id": echelon,
                    "state": state,
                    "name": f"BT/{len(cases)}",
                    "plan_id": None,
                }
            )
        steps = {
            "submit": ("draft", "director"),
            "approve": ("director", "hr"),
            "return": ("director", "draft"),
            "refuse": ("director", "refused"),
            "withdraw": ("director", "withdrawn"),
        }
        decisions = []
        for case, trail in zip(cls._copy("application", cases), trails, strict=True):
            moment = datetime(2026, 1, 1) + timedelta(hours=draw.randrange(2000))
            for move in trail:
                moment += timedelta(hours=draw.randrange(500))
                names = ("res_id", "company_id", "move", "from_state", "to_state", "date")
                values = (case["id"], case["company_id"], move, *steps[move], moment)
                decisions.append(dict(zip(names, values, strict=True)))
        cls._copy("decision", decisions)
        plans = [
            {
                **{name: member[name] for name in ("company_id", "employee_id")},
                "application_id": None,
                "state": draw.choice(("active", "active", "closed")),
                "progress": draw.randrange(101),
            }
            for member in members
            if draw.random() < 0.8
        ]
        cls._copy("plan", plans)

    # -- the figures -----------------------------------------------------------------------

    def setUp(self):
        super().setUp()
        today = SQL(
            "(%s::timestamptz AT TIME ZONE %s)::date", NOW, hr_backbone_obligation_promise.ZONE
        )
        self.startPatcher(patch.object(hr_backbone_obligation_promise, "TODAY", today))

    def test_fifty_companies(self):
        rows = figures.check(self.env, self.companies, NOW)
        for kind, _label in hr_backbone_obligation.KINDS:
            own = [row for row in rows if row["kind"] == kind]
            for name in ("delivered", "due", "missing", "late"):
                with self.subTest(kind=kind, name=name):
                    self.assertEqual({row[name] for row in own}, {0, 1}, "there is of each")
        for name in ("planned", "unmanaged"):
            kinds = {row["kind"] for row in rows if row[name]}
            trainings = {"internal", "management", "skill"}
            more = {"external", "mentor", "talk", "appointment"}
            self.assertEqual(kinds, trainings if name == "unmanaged" else trainings | more)

    def test_a_figure_that_is_wrong_is_found(self):
        """The count is no echo: with a mistake in the definition of an offer it differs."""
        right = self.env["hr.backbone.member"]._select_offers()
        members = self.registry["hr.backbone.member"]
        for wrong in ("kind != 'external'", "NOT is_held"):
            offers = SQL("SELECT * FROM (%s) o WHERE %s", right, SQL(wrong))
            with (
                self.subTest(wrong=wrong),
                patch.object(members, "_select_offers", lambda _self, offers=offers: offers),
                self.assertRaises(AssertionError),
            ):
                figures.check(self.env, self.companies, NOW)
