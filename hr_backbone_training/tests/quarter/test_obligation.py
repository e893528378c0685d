# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import BackboneCommon
from ..common_quarter import QuarterCommon


@tagged("post_install", "-at_install")
class TestObligation(BackboneCommon):
    """What the scheme promised each member against what was delivered, by quarter. All due
    dates lie in 2026-Q1 and Q4 of 2025, which are over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mentor = cls._new_employee(None, cls.board, cls.job_manager, name="Mentor")
        cls.members = cls._new_members(cls.worker | cls.colleague, date_admitted="2025-01-06")
        cls.member = cls.members[0]
        cls.member._on_mentor_changed(cls.mentor)
        quarters = cls.env["hr.backbone.quarter"]
        cls.q4, cls.q1 = (
            quarters._get_or_create(cls.company, day)
            for day in (date(2025, 11, 1), date(2026, 2, 1))
        )
        (cls.q4 | cls.q1)._make_documents()

    def _get(self, kind, quarter=None, member=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["hr.backbone.obligation"]
            .with_user(self.user_officer)
            .search(
                [
                    ("kind", "=", kind),
                    ("quarter_id", "=", (self.q1 if quarter is None else quarter).id),
                    ("member_id", "=", (member or self.member).id),
                ]
            )
        )

    def _offer(self, kind, day, state="declined", done=True, **kwargs):
        """A session of this day, and what became of the member's invitation to it."""
        training = self.env["hr.backbone.training"].create(
            {
                "name": "Leading",
                "kind": kind,
                "company_id": self.company.id,
                "date_start": f"{day} 08:00:00",
                "date_end": f"{day} 12:00:00",
                "trainer_id": self.mentor.id,
                **kwargs,
            }
        )
        row = self.env["hr.backbone.training.participant"].create(
            {"training_id": training.id, "member_id": self.member.id}
        )
        training._write_moved({"state": "done" if done else "planned"})
        row._write_moved({"state": state, "date_invited": f"{day} 07:59:00"})
        return row

    def _count(self, kind, quarter=None):
        """(promised, planned, delivered)"""
        row = self._get(kind, quarter)
        return row.promised, row.planned, row.delivered

    def test_member_owes_the_report(self):
        row = self._get("report")
        self.assertEqual(row.debtor_id, self.worker)
        self.assertEqual((row.promised, row.delivered, row.missing, row.late), (1, 0, 1, 1))
        report = self.q1.report_ids.filtered(lambda r: r.member_id == self.member)
        self.assertEqual((row.res_model, row.res_id), (report._name, report.id))
        report._write_moved({"state": "submitted", "date_submitted": row.date_due})
        row = self._get("report")
        self.assertEqual((row.delivered, row.missing, row.late, row.share), (1, 0, 0, 100))

    def test_late_stays_visible(self):
        report = self.q1.report_ids.filtered(lambda r: r.member_id == self.member)
        report._write_moved(
            {"state": "submitted", "date_submitted": date(2026, 4, 15), "is_late": True}
        )
        row = self._get("report")
        self.assertEqual((row.delivered, row.missing, row.late, row.days_late), (1, 0, 1, 5))

    def test_who_left_the_pool_owes_nothing(self):
        self.assertTrue(self._get("report") and self._get("assessment"))
        self.member.with_user(self.user_officer).action_exit("Moved abroad")
        self.assertFalse(self._get("report") | self._get("assessment"))
        self.assertTrue(self._get("report", member=self.members[1]), "the others still do")

    def test_quarters_in_the_order_of_time(self):
        groups = self.env["hr.backbone.obligation"]._read_group(
            [("company_id", "=", self.company.id), ("kind", "=", "report")], ["quarter_name"]
        )
        self.assertEqual([name for (name,) in groups], ["2025-Q4", "2026-Q1"])

    def test_scores_in_the_order_of_time(self):
        for model in ("hr.backbone.report", "hr.backbone.assessment"):
            groups = self.env[model].with_user(self.user_officer)
            groups = groups._read_group([("member_id", "=", self.member.id)], ["quarter_name"])
            self.assertEqual([name for (name,) in groups], ["2025-Q4", "2026-Q1"])

    def test_row_leads_to_the_person_who_owes(self):
        for kind, person in (("report", self.member), ("assessment", self.mentor)):
            action = self._get(kind).action_open_person()
            self.assertEqual((action["res_model"], action["res_id"]), (person._name, person.id))
        self.assertFalse(self._get("mentor").debtor_id, "HR as such owes it")

    def test_mentor_owes_the_assessment(self):
        row = self._get("assessment")
        self.assertEqual((row.debtor, row.debtor_id), ("mentor", self.mentor))
        self.assertEqual(row.action_open_document()["res_model"], "hr.backbone.assessment")

    def test_hr_owes_its_own_acceptance(self):
        self.assertFalse(self._get("acceptance"), "nothing to accept before it is submitted")
        report = self.q1.report_ids.filtered(lambda r: r.member_id == self.member)
        report._write_moved({"state": "submitted", "date_submitted": date(2026, 4, 1)})
        row = self._get("acceptance")
        self.assertEqual((row.debtor, row.delivered, row.missing), ("hr", 0, 1))
        self.assertEqual(row.date_due, date(2026, 4, 11))
        debt = self.env["hr.backbone.quarter.debt"].search([("report_id", "=", report.id)])
        self.assertEqual(debt.date_due, row.date_due)
        self.company.backbone_acceptance_days = 3
        self.assertEqual(self._get("acceptance").date_due, date(2026, 4, 4))
        report._write_moved({"state": "accepted", "date_accepted": date(2026, 4, 2)})
        self.assertEqual(self._get("acceptance").delivered, 1)

    def test_update_keeps_the_days_of_the_acceptance(self):
        self.company.write({"backbone_report_days": 5, "backbone_assessment_days": 19})
        self._run_migration("19.0.1.2.0/post-ledger.py")
        self.assertEqual(self.company.backbone_acceptance_days, 14)
        self.assertEqual(self.company_abroad.backbone_acceptance_days, 10)

    def test_hr_owes_the_mentor(self):
        self.assertEqual(self._get("mentor").delivered, 0)
        mentorship = self.env["hr.backbone.mentorship"].create(
            {"member_id": self.member.id, "mentor_id": self.mentor.id}
        )
        mentorship._write_moved({"state": "ended", "date_start": "2025-12-01"})
        mentorship._write_moved({"date_end": "2026-01-15"})
        self.assertEqual(self._get("mentor", self.q4).delivered, 1)
        self.assertEqual(self._get("mentor", self.q1).delivered, 1)
        self.assertEqual(self._get("mentor", self.q1, self.members[1]).delivered, 0)

    def test_appointed_mentor_is_planned(self):
        self.env["hr.backbone.mentorship"].create(
            {"member_id": self.member.id, "mentor_id": self.mentor.id}
        )._write_moved({"date_appointed": "2026-01-15"})
        self.assertEqual(self._count("mentor", self.q4), (1, 0, 0))
        self.assertEqual(self._count("mentor", self.q1), (1, 1, 0))
        self.assertEqual(self._get("appointment", self.env["hr.backbone.quarter"]).planned, 1)

    def test_first_mentor_within_the_days(self):
        """Thirty days from the admission on 2025-01-06, whose quarter was never opened."""
        none = self.env["hr.backbone.quarter"]
        row = self._get("appointment", none)
        self.assertEqual((row.quarter_name, row.year), ("2025-Q1", 2025))
        self.assertEqual((row.debtor, row.date_due), ("hr", date(2025, 2, 5)))
        self.assertEqual((row.promised, row.delivered, row.missing), (1, 0, 1))
        mentorship = self.env["hr.backbone.mentorship"].create(
            {"member_id": self.member.id, "mentor_id": self.mentor.id}
        )
        mentorship._write_moved({"state": "active", "date_start": "2025-02-08"})
        row = self._get("appointment", none)
        self.assertEqual((row.delivered, row.late, row.days_late), (1, 1, 3))
        self.company.backbone_mentor_days = 40
        self.assertEqual(self._get("appointment", none).late, 0)
        self.assertEqual(row.action_open_document()["res_model"], "hr.backbone.member")

    def test_who_was_away_before_is_owed_no_first_mentor(self):
        none = self.env["hr.backbone.quarter"]
        member, other = self.members
        movements = self.env["hr.backbone.movement"]
        vals = {"kind": "suspended", "user_id": self.env.uid}
        movements.create({**vals, "member_id": member.id, "date": "2025-02-05"})
        movements.create({**vals, "member_id": other.id, "date": "2025-02-06"})
        self.assertFalse(self._get("appointment", none))
        self.assertEqual(self._get("appointment", none, other).missing, 1)

    def test_talk_each_quarter(self):
        self.assertEqual(self._count("talk"), (1, 0, 0))
        row = self._get("talk")
        self.assertEqual((row.debtor, row.debtor_id), ("mentor", self.mentor))
        self.assertEqual(self._get("talk", member=self.members[1]).debtor, "hr", "no mentor")
        mentorship = self._mentored(self.member, self.mentor)
        talk = self.env["hr.backbone.mentorship.session"].create(
            {"mentorship_id": mentorship.id, "date_start": "2026-03-02 10:00:00"}
        )
        self.assertEqual(self._count("talk"), (1, 1, 0))
        talk._write_moved({"state": "held"})
        self.assertEqual(self._count("talk"), (1, 0, 1))
        self.assertEqual(self._count("talk", self.q4), (1, 0, 0))
        talk._write_moved({"state": "cancelled"})
        self.assertEqual(self._count("talk"), (1, 0, 0))
        self.company.backbone_owes_talk = False
        self.assertFalse(self._get("talk"))

    def test_internal_each_quarter(self):
        self.company.backbone_internal_training = "one"
        self._offer("internal", "2026-02-10", "attended", subject="skill")
        self.assertEqual(self._count("internal", self.q1), (1, 0, 1))
        self.assertEqual(self._count("internal", self.q4), (1, 0, 0))
        self.assertFalse(self._get("management") | self._get("skill"))

    def test_management_and_skills_each_quarter(self):
        self.assertFalse(self._get("internal"))
        self._offer("internal", "2026-02-10", "attended")
        self.assertEqual(self._count("management"), (1, 0, 1))
        self.assertEqual(self._count("skill"), (1, 0, 0))
        self._offer("internal", "2025-12-10", "attended", subject="both")
        self.assertEqual(self._count("management", self.q4), (1, 0, 1))
        self.assertEqual(self._count("skill", self.q4), (1, 0, 1))

    def test_announced_is_planned_and_held_is_delivered(self):
        row = self._offer("internal", "2026-02-10", "confirmed", done=False)
        self.assertEqual(self._count("management"), (1, 1, 0))
        self.assertEqual(self._get("management").missing, 1, "it was due all the same")
        row.training_id._write_moved({"state": "done"})
        row._write_moved({"state": "absent"})
        self.assertEqual(self._count("management"), (1, 0, 1))

    def test_invited_in_time_and_with_a_seat(self):
        row = self._offer("internal", "2026-02-10", "absent")
        for vals, offered in (
            ({"state": "declined"}, True),
            ({"state": "waiting"}, False),
            ({"state": "cancelled"}, False),
            ({"state": "absent"}, True),
            ({"date_invited": "2026-02-10 08:00:00"}, False),
            ({"date_invited": False}, False),
            ({"state": "attended"}, True),
        ):
            with self.subTest(**vals):
                row._write_moved(vals)
                self.assertEqual(self._count("management"), (1, 0, int(offered)))
                offers = SQL(
                    "SELECT * FROM (%s) o", self.env["hr.backbone.member"]._select_offers()
                )
                self.assertEqual(len(self.env.execute_query(offers)), offered)

    def test_a_full_session_is_no_offer_to_who_has_not_answered(self):
        row = self._offer("internal", "2026-02-10", "invited", done=False, seats=1)
        self.assertEqual(self._count("management"), (1, 1, 0))
        row.copy({"member_id": self.members[1].id})._write_moved({"state": "confirmed"})
        self.assertEqual(self._count("management"), (1, 0, 0))
        row._write_moved({"state": "declined"})
        self.assertEqual(self._count("management"), (1, 1, 0))

    def test_who_held_it_shows(self):
        row = self._offer("internal", "2026-02-10", "attended", trainer_id=self.colleague.id)
        self.assertEqual(self._get("management").unmanaged, 1)
        self.assertEqual(self._get("skill").unmanaged, 0, "nothing was held")
        row.training_id._write_moved({"trainer_id": False})
        self.assertEqual(self._get("management").unmanaged, 1)
        self._offer("internal", "2026-03-10", "confirmed", done=False)
        self.assertEqual(self._get("management").unmanaged, 1, "that of the manager is to come")
        self._offer("internal", "2026-03-11", "attended")
        self.assertEqual(self._get("management").unmanaged, 0)
        self._offer("external", "2025-03-11", "attended", trainer_id=False)
        self.assertEqual(self._get("external", self.q4).unmanaged, 0)

    def test_external_once_a_year_and_declined_counts(self):
        self.assertFalse(self._get("external", self.q1), "it is due with the year's last quarter")
        row = self._offer("external", "2025-02-10", done=False)
        self.assertEqual(self._count("external", self.q4), (1, 1, 0))
        row.training_id._write_moved({"state": "done"})
        self.assertEqual(self._count("external", self.q4), (1, 0, 1))

    def test_taken_back_is_no_offer(self):
        self._offer("external", "2025-02-10", "cancelled")
        self.assertEqual(self._count("external", self.q4), (1, 0, 0))

    def test_last_year_is_no_opportunity_of_this_one(self):
        self._offer("external", "2024-12-10")
        self.assertEqual(self._count("external", self.q4), (1, 0, 0))

    def test_percentage_of_what_is_due(self):
        ledger = self.env["hr.backbone.obligation"]
        self._offer("internal", "2026-02-10", "attended")
        with freeze_time("2026-03-01"):
            self.env["hr.backbone.quarter"]._get_or_create(self.company)
        row = self._get("management")
        self.assertEqual((row.due, row.share), (1, 100))
        q2 = self.env["hr.backbone.quarter"]._get_or_create(self.company, date(2090, 2, 1))
        q2._make_documents()
        self.assertEqual(self._get("management", q2).due, 0)
        found = ledger._read_group(
            [("member_id", "=", self.member.id), ("kind", "=", "management")],
            [],
            ["promised:sum", "due:sum", "delivered:sum", "share:avg"],
        )
        self.assertEqual(found, [(3, 2, 1, 50)], "one of the three is to come")

    def test_only_hr_of_the_company(self):
        self._create_abroad()
        ledger = self.env["hr.backbone.obligation"]
        with self.assertRaises(AccessError):
            ledger.with_user(self.user_manager).search([])
        self.assertFalse(self._as(ledger, self.user_admin_abroad).search([]))
        self.assertTrue(ledger.with_user(self.user_officer).search([]))


@tagged("post_install", "-at_install")
class TestApprovalOwed(BackboneCommon):
    """The director of the center owes an answer within the days of the setting, each time that
    the application comes to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-12 09:00:00"):
            cls.application = cls._submitted()

    def _get(self):
        self.env.flush_all()
        self.env.invalidate_all()
        ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
        rows = ledger.search([("kind", "=", "approval")], order="id")
        return rows.filtered(lambda row: row.res_id == self.application.id)

    def test_until_the_answer(self):
        row = self._get()
        self.assertEqual((row.debtor, row.debtor_id), ("director", self.director))
        self.assertEqual((row.employee_id, row.member_id.id), (self.worker, False))
        self.assertEqual((row.quarter_name, row.date_due), ("2026-Q1", date(2026, 3, 19)))
        self.assertEqual((row.promised, row.delivered, row.missing), (1, 0, 1))
        self.assertEqual(row.action_open_document()["res_id"], self.application.id)
        self.assertEqual(row.action_open_person()["res_id"], self.director.id)
        with freeze_time("2026-03-21 09:00:00"):
            self.application.with_user(self.user_director).action_approve()
        row = self._get()
        self.assertEqual((row.delivered, row.late, row.days_late), (1, 1, 2))
        self.company.backbone_approval_days = 9
        self.assertEqual(self._get().late, 0)

    def test_returned_and_submitted_again_is_owed_again(self):
        with freeze_time("2026-03-13 09:00:00"):
            self.application.with_user(self.user_director).action_return("More about the results")
        first = self._get()
        self.assertEqual((first.delivered, first.late), (1, 0))
        with freeze_time("2026-03-20 09:00:00"):
            self.application.with_user(self.user_leader).action_submit()
        self.assertEqual(self._get()[0], first, "its id stays")
        self.assertEqual(self._get().mapped("delivered"), [1, 0])
        self.assertEqual(self._get()[1].date_due, date(2026, 3, 27))

    def test_in_the_quarter_of_the_fiscal_year(self):
        for month, expected in {"1": "2026-Q1", "4": "2025-Q4", "3": "2026-Q1"}.items():
            self.company.backbone_fiscal_month = month
            row = self._get()
            self.assertEqual((row.quarter_name, row.year), (expected, int(expected[:4])))
            self.assertEqual(row.quarter_name, self.company._backbone_quarter(date(2026, 3, 12)))

    def test_withdrawn_is_not_owed(self):
        self.application.with_user(self.user_worker).action_withdraw()
        self.assertFalse(self._get())

    def test_in_the_company_s_day(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        with freeze_time("2026-03-13 09:00:00"):
            self.application.with_user(self.user_director).action_return("More")
        with freeze_time("2026-03-19 12:00:00"):
            self.application.with_user(self.user_leader).action_submit()
        self.assertEqual(self._get()[1].date_due, date(2026, 3, 27), "the day has begun there")


@tagged("post_install", "-at_install")
class TestOverview(BackboneCommon):
    """HR's landing page: what the cards say, in a fixed number of queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        with freeze_time("2026-03-12 09:00:00"):
            cls.quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
            cls.report, cls.assessment = cls.quarter._make_documents()

    def _get_card(self, echelon):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["hr.backbone.overview"]
            .with_user(self.user_officer)
            .search([("company_id", "=", self.company.id), ("echelon_id", "=", echelon.id)])
        )

    def test_card(self):
        self._recommend(self.colleague, self.user_manager)
        card = self._get_card(self.echelon_3)
        self.assertEqual((card.member_count, card.unmentored_count), (1, 1))
        self.assertEqual(card.application_count, 1)
        self.assertEqual((card.report_count, card.report_done), (1, 0))
        self.report._write_moved({"state": "submitted"})
        card = self._get_card(self.echelon_3)
        self.assertEqual((card.report_share, card.to_accept_count), (100, 1))
        self.assertEqual(self._get_card(self.echelon_1).member_count, 0)

    def test_who_is_active_counts_where_they_are(self):
        self._open_scopes()
        members = self._new_members(self._new_people(3), date_admitted="2026-03-01")
        self.quarter._make_documents()
        members = members.with_user(self.user_officer)
        self.quarter.report_ids._write_moved({"state": "submitted"})
        members[0].action_promote(self.echelon_2, "Ready")
        members[1].action_suspend("On leave")
        members[2].action_exit("Moved")
        third, second = self._get_card(self.echelon_3), self._get_card(self.echelon_2)
        self.assertEqual((third.member_count, third.suspended_count), (1, 1))
        self.assertEqual((third.report_count, third.report_done), (1, 1))
        self.assertEqual((second.member_count, second.report_count, second.report_done), (1, 1, 1))
        self.assertEqual((third.to_accept_count, second.to_accept_count), (3, 1), "HR owes all")
        for card in (third, second):
            action = card.action_open_members()
            found = self.env[action["res_model"]].search_count(action["domain"])
            self.assertEqual(found, card.member_count)
            action = card.action_open_obligations()
            rows = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(rows.member_id.echelon_id, card.echelon_id)

    def test_training_of_the_quarter_and_the_year(self):
        card = self._get_card(self.echelon_3)
        self.assertEqual((card.untrained_count, card.unoffered_count), (1, 1))
        with freeze_time("2026-03-12 09:00:00"):
            for kind, subject in (("internal", "both"), ("external", "skill")):
                training = self.env["hr.backbone.training"].create(
                    {
                        "name": "Leading",
                        "kind": kind,
                        "subject": subject,
                        "date_start": "2026-03-20 08:00:00",
                        "provider": "Academy",
                        "participant_ids": [(0, 0, {"member_id": self.member.id})],
                    }
                )
                training.with_user(self.user_officer).action_plan()
            card = self._get_card(self.echelon_3)
            self.assertEqual((card.untrained_count, card.unoffered_count), (0, 0))

    def test_graph(self):
        self.assessment.line_ids.score = 80
        self.assessment._write_moved({"state": "submitted"})
        card = self._get_card(self.echelon_3)
        self.assertIn('"label": "2026-Q1", "value": 80.0', card.kanban_dashboard_graph)

    def _count_queries(self):
        cards = self._get_card(self.echelon_1) | self._get_card(self.echelon_3)
        before = self.env.cr.sql_log_count
        cards.read([name for name, field in cards._fields.items() if field.compute])
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        self._count_queries()
        few = self._count_queries()
        self._new_members(self._new_people(20), date_admitted="2026-03-01")
        self.quarter._make_documents()
        self.assertEqual(self._get_card(self.echelon_3).report_count, 21)
        # whoever is new in the pool empties the caches
        self._count_queries()
        self.assertLessEqual(self._count_queries(), few)
        self.assertLess(few, 40)

    def test_only_hr(self):
        with self.assertRaises(AccessError):
            self.env["hr.backbone.overview"].with_user(self.user_manager).search([])


@tagged("post_install", "-at_install")
class TestWhoOwes(QuarterCommon):
    """Ledger, overview and cockpit count the same, whoever is away: members who are active,
    suspended, exited before and after they handed in, and settled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls._new_people(4, work_email=False)
        cls.away, cls.gone, cls.late, cls.settled = cls._new_members(
            cls.others, cls.mentor
        ).with_user(cls.user_officer)

    def _fill(self):
        quarter = self._open()
        for member in (self.late, self.settled):
            for name in ("report", "assessment"):
                document = self._get_document(quarter, name, member.sudo().employee_id)
                document._write_moved({"state": "submitted", "date_submitted": "2026-03-12"})
        report = self._get_document(quarter, "report", self.settled.sudo().employee_id)
        report._write_moved({"state": "accepted", "is_closed": True})
        self.away.action_suspend("On parental leave")
        self.gone.action_exit("Moved abroad")
        self.late.action_exit("Moved abroad")
        # the assessments of two members are asked for, but not the report of one of them
        self._get_document(quarter, "report", self.colleague)._write_moved({"is_closed": True})
        self.env.flush_all()
        self.env.invalidate_all()
        return quarter

    def _read(self, quarter, *names):
        ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
        rows = ledger._read_group(
            [("quarter_id", "=", quarter.id)], ["kind"], ["promised:sum", "delivered:sum"]
        )
        counts = {kind: numbers for kind, *numbers in rows}
        return [counts.get(name) for name in names]

    def test_the_three_count_the_same(self):
        quarter = self._fill()
        cards = self.env["hr.backbone.overview"].with_user(self.user_officer)
        cards = cards.search([("company_id", "=", self.company.id)])
        for name, expected, present in (
            ("report", [3, 2], [2, 1]),
            ("assessment", [4, 2], [3, 1]),
        ):
            with self.subTest(name=name):
                names = (f"{name}_count", f"{name}_done")
                self.assertEqual([quarter[field] for field in names], expected)
                self.assertEqual(self._read(quarter, name), [expected])
                # without the one who has left since
                self.assertEqual([sum(cards.mapped(field)) for field in names], present)
        card = cards.filtered(lambda row: row.echelon_id == self.echelon_3)
        self.assertAlmostEqual(card.assessment_share, 100 / 3)
        # what is not done is what the cockpit says is owed
        self.assertEqual((quarter.owed_member, quarter.owed_mentor), (1, 2))

    def test_hr_owes_nothing_to_who_is_away(self):
        quarter = self._fill()
        # worker and the settled one: colleague was excused, and the others are not there
        self.assertEqual(self._read(quarter, "mentor", "skill"), [[2, 0], [2, 0]])
        with freeze_time("2026-05-04 09:00:00"):
            self.late.sudo()._write_moved({"state": "active"})
            self.settled.action_exit("Moved abroad")
            self.env.flush_all()
            self.env.invalidate_all()
        # who left after it was due had been promised it; who was away on the last day had not
        self.assertEqual(self._read(quarter, "mentor", "skill"), [[2, 0], [2, 0]])
