# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What ledger, cockpit and overview of a company have to say, counted over its documents in plain
Python: no domain, no aggregate and no SQL of the addon's has a part in it."""

import json
from collections import Counter, defaultdict
from datetime import timedelta

import pytz

LEAVING, RETURNING = ("suspended", "exited"), ("admitted", "resumed")
UNDER_WAY = ("draft", "director", "hr", "committee", "selected", "publicity")
COCKPIT = (
    *("report_count", "report_done", "report_accepted", "report_progress"),
    *("assessment_count", "assessment_done", "assessment_progress"),
    *("late_count", "closed_count", "owed_member", "owed_mentor", "owed_hr", "overdue_count"),
)
READ = {
    "quarter": "name year number state date_start date_end",
    "report": "quarter_id member_id employee_id echelon_id state is_closed is_late date_due "
    "date_submitted date_accepted is_owed_by_hr",
    "assessment": "quarter_id member_id mentor_id echelon_id state is_closed is_late date_due "
    "date_submitted total line_ids",
    "member": "employee_id echelon_id state date_admitted mentor_id",
    "movement": "member_id kind date",
    "mentorship": "member_id state date_appointed date_start date_end",
    "mentorship.session": "member_id state date",
    "training": "kind subject state date_start day_start day_end seats is_by_management",
    "training.participant": "training_id member_id state date_invited hours",
    "application": "employee_id echelon_id state approver_id",
    "plan": "employee_id state progress",
}


def check(env, companies, now=None):
    """Compare every figure of these companies.

    :param env: of the superuser
    :param datetime now: the moment, in UTC; that of the database by default, whose clock the
        ledger asks
    :raise AssertionError: what differs, with where it stands
    :return: [{field of `LEDGER`: value}], the rows of the ledger that were compared
    """
    env = env(su=True, context={**env.context, "allowed_company_ids": companies.ids})
    if not now:
        env.cr.execute("SELECT now()")
        [now] = env.cr.fetchone()
    env.flush_all()
    env.invalidate_all()
    ledger, cards = _read_ledger(env, companies), _read_cards(env, companies)
    compared = []
    for company in companies.with_env(env):
        plain = Plain(company, now)
        expected = sorted(plain.count_ledger(), key=str)
        found = sorted(ledger[company.id], key=str)
        _compare(f"ledger of {company.name}", Counter(found), Counter(expected))
        compared += [dict(zip(LEDGER, row, strict=True)) for row in found]
        for quarter in plain.quarters.values():
            shown = env["hr.backbone.quarter"].browse(quarter["id"]).read(COCKPIT)[0]
            del shown["id"]
            name = f"cockpit of {company.name}, {quarter['name']}"
            _compare(name, shown, plain.count_cockpit(quarter))
        for echelon, shown in cards[company.id].items():
            expected = plain.count_card(echelon)
            _compare(f"overview of {company.name}, {echelon}", shown, expected)
    return compared


def _compare(where, found, expected):
    keys = {key for key in {*found, *expected} if found.get(key) != expected.get(key)}
    differences = [f"{key}: {found.get(key)}, not {expected.get(key)}" for key in keys]
    assert not differences, "\n".join([where, *sorted(differences)[:20]])


def _read_ledger(env, companies):
    rows = env["hr.backbone.obligation"].search_read(
        [("company_id", "in", companies.ids)],
        [*LEDGER, "company_id", "res_id"],
        load=None,
    )
    found = defaultdict(list)
    for row in rows:
        found[row["company_id"]].append(tuple(row[name] for name in LEDGER))
    assert len({row["id"] for row in rows}) == len(rows), "each row has an id of its own"
    return found


LEDGER = (
    *("kind", "quarter_name", "employee_id", "debtor", "debtor_id", "date_due"),
    *("promised", "planned", "delivered", "due", "missing", "late", "days_late", "unmanaged"),
)


def _read_cards(env, companies):
    cards = env["hr.backbone.overview"].search([("company_id", "in", companies.ids)])
    names = [name for name, field in cards._fields.items() if field.compute and not field.related]
    names.remove("display_name")
    # the figures of the graph in words
    names.remove("assessment_means")
    found = defaultdict(dict)
    for card, values in zip(cards, cards.read(names, load=None), strict=True):
        del values["id"]
        [graph] = json.loads(values.pop("kanban_dashboard_graph"))
        values["graph"] = {bar["label"]: bar["value"] for bar in graph["values"]}
        for name in ("plan_progress", "report_share", "assessment_share", "training_hours"):
            values[name] = round(values[name], 4)
        found[card.company_id.id][card.echelon_id.id] = values
    return found


class Plain:
    """The documents of one company, and what follows from them."""

    def __init__(self, company, now):
        self.company, self.env = company, company.env
        self.zone = pytz.timezone(company.resource_calendar_id.tz or company.partner_id.tz or "UTC")
        self.now = now.astimezone(self.zone).date()
        self.today = company._backbone_today()
        self.rows = {name: self._read(name, names.split()) for name, names in READ.items()}
        self.quarters = {row["id"]: row for row in self.rows["quarter"]}
        self.members = {row["id"]: row for row in self.rows["member"]}
        self.assessments = {
            (row["quarter_id"], row["member_id"]): row for row in self.rows["assessment"]
        }
        self.moves = self._group("movement", LEAVING + RETURNING, "kind")
        self.mentorships = self._group("mentorship")
        self.talks = self._group("mentorship.session")
        self.offers = self._find_offers()
        self.signers = self._find_signers()

    def _read(self, name, names):
        model = self.env[f"hr.backbone.{name}"].with_context(active_test=False)
        own = [("company_id", "=", self.company.id)]
        return model.search_read(own, names, order="id", load=None)

    def _group(self, name, values=None, field=None):
        found = defaultdict(list)
        for row in self.rows[name]:
            if values is None or row[field] in values:
                found[row["member_id"]].append(row)
        return found

    def _find_signers(self):
        """The ids of the employees who can sign in here."""
        people = self.env["hr.employee"].browse({row["employee_id"] for row in self.rows["report"]})
        return {
            person.id
            for person in people
            if person.active
            and person.user_id.active
            and self.company in person.user_id.company_ids
        }

    def _find_offers(self):
        """{member: [(day, kind, subject, held, by management)]}"""
        trainings = {row["id"]: row for row in self.rows["training"]}
        seated = Counter(
            row["training_id"]
            for row in self.rows["training.participant"]
            if row["state"] in ("confirmed", "attended")
        )
        found = defaultdict(list)
        for row in self.rows["training.participant"]:
            training = trainings[row["training_id"]]
            if training["state"] not in ("planned", "done"):
                continue
            full = training["seats"] and seated[training["id"]] >= training["seats"]
            in_time = row["date_invited"] and row["date_invited"] < training["date_start"]
            days = (training["day_end"] - training["day_start"]).days + 1
            here = not any(
                self._is_away(row["member_id"], training["day_start"] + timedelta(days=number))
                for number in range(days)
            )
            answered = row["state"] in ("confirmed", "declined", "absent")
            silent = row["state"] == "invited" and not full
            if row["state"] == "attended" or in_time and here and (answered or silent):
                held = training["state"] == "done" or row["state"] == "attended"
                about = [training[name] for name in ("day_start", "kind", "subject")]
                offer = (*about, held, training["is_by_management"])
                found[row["member_id"]].append(offer)
        return found

    # -- who owes ------------------------------------------------------------------------

    def _is_active(self, row):
        return self.members[row["member_id"]]["state"] == "active"

    def _is_asked(self, row):
        if row["state"] != "draft" or row.get("is_owed_by_hr"):
            return True
        return not row["is_closed"] and self._is_active(row)

    def _is_away(self, member, day):
        moves = [row for row in self.moves[member] if row["date"] <= day]
        last = max(moves, key=lambda row: (row["date"], row["id"]), default=None)
        return bool(last) and last["kind"] in LEAVING

    # -- the ledger ----------------------------------------------------------------------

    def count_ledger(self):
        for report in self.rows["report"]:
            quarter = self.quarters[report["quarter_id"]]
            assessment = self.assessments.get((quarter["id"], report["member_id"]))
            yield from self._owe_documents(report, quarter, assessment)
            if self._is_asked(report) and not self._is_away(
                report["member_id"], quarter["date_end"]
            ):
                yield from self._owe_offers(report, quarter, assessment)
        yield from self._owe_approvals()
        yield from self._owe_appointments()

    def _row(self, kind, name, person, debtor, debtor_id, due, outcome, done_on=None, came=None):
        """:param outcome: (planned, delivered, unmanaged)"""
        planned, done, unmanaged = outcome
        over = bool(due) and due < self.now
        ended = done_on or (due if done else self.now)
        late = came if done and came is not None else bool(due) and ended > due
        days = 0 if done and came is False or not due else max(0, (ended - due).days)
        figures = (1, planned and not done, done, done or over, over and not done, late)
        figures = (*figures, days, unmanaged and (planned or done))
        return (kind, name, person, debtor, debtor_id, due, *map(int, figures))

    def _owe_documents(self, report, quarter, assessment):
        name, person = quarter["name"], report["employee_id"]
        if self._is_asked(report):
            done = report["state"] in ("submitted", "accepted")
            dates = (report["date_submitted"], report["is_late"])
            outcome = (False, done, False)
            owed = (*self._get_report_debtor(report), report["date_due"])
            yield self._row("report", name, person, *owed, outcome, *dates)
        if assessment and self._is_asked(assessment):
            mentor = assessment["mentor_id"] if assessment["line_ids"] else False
            dates = (assessment["date_submitted"], assessment["is_late"])
            outcome = (False, assessment["state"] == "submitted", False)
            owed = ("mentor" if mentor else "hr", mentor, assessment["date_due"])
            yield self._row("assessment", name, person, *owed, outcome, *dates)
        if report["state"] in ("submitted", "accepted"):
            due = report["date_submitted"] or report["date_due"]
            due += timedelta(days=self.company.backbone_acceptance_days)
            outcome = (False, report["state"] == "accepted", False)
            owed = ("hr", False, due)
            yield self._row("acceptance", name, person, *owed, outcome, report["date_accepted"])

    def _get_report_debtor(self, report):
        """HR, where the member has no login to write it with."""
        person = report["employee_id"]
        if report["state"] == "draft" and (report["is_owed_by_hr"] or person not in self.signers):
            return "hr", False
        return "member", person

    def _owe_offers(self, report, quarter, assessment):
        member, start, end = report["member_id"], quarter["date_start"], quarter["date_end"]
        mentor = assessment and assessment["mentor_id"]
        rows = {"mentor": self._see_mentor(member, start, end)}
        for kind in self._get_internal():
            rows[kind] = self._see_training(member, "internal", kind, start, end)
        if quarter["number"] == 4:
            first = self.company._backbone_quarter_dates(start - timedelta(days=270))[2]
            rows["external"] = self._see_training(member, "external", "external", first, end)
        if self.company.backbone_owes_talk:
            talks = [row for row in self.talks[member] if start <= row["date"] <= end]
            states = {row["state"] for row in talks} - {"cancelled"}
            rows["talk"] = (bool(states), "held" in states, False)
        for kind, outcome in rows.items():
            debtor = ("mentor", mentor) if kind == "talk" and mentor else ("hr", False)
            yield self._row(kind, quarter["name"], report["employee_id"], *debtor, end, outcome)

    def _get_internal(self):
        two = self.company.backbone_internal_training == "two"
        return ("management", "skill") if two else ("internal",)

    def _see_mentor(self, member, start, end):
        planned = done = False
        for row in self.mentorships[member]:
            if row["state"] == "appointed":
                since = row["date_start"] or row["date_appointed"]
                # who was appointed and never accepted is one to come, as long as it is open
                planned |= bool(since) and since <= end
            elif row["state"] in ("active", "ended") and row["date_start"]:
                until = row["date_end"]
                done |= row["date_start"] <= end and (not until or until >= start)
        return planned, done, False

    def _see_training(self, member, kind, about, start, end):
        subjects = {about, "both"} if about in ("management", "skill") else None
        offers = [
            (held, managed)
            for day, other, subject, held, managed in self.offers[member]
            if other == kind and start <= day <= end and (not subjects or subject in subjects)
        ]
        done = any(held for held, _managed in offers)
        managed = any(managed for held, managed in offers if held or not done)
        return bool(offers), done, kind == "internal" and not managed

    def _to_day(self, moment):
        return pytz.utc.localize(moment).astimezone(self.zone).date()

    def _owe_approvals(self):
        decisions = self.env["hr.backbone.decision"].search_read(
            [
                ("res_model", "=", "hr.backbone.application"),
                ("res_id", "in", [row["id"] for row in self.rows["application"]]),
            ],
            ["res_id", "move", "from_state", "to_state", "date"],
            order="id",
        )
        for case in self.rows["application"]:
            came = None
            trail = [row for row in decisions if row["res_id"] == case["id"]]
            for row in trail:
                if came and row["from_state"] == "director":
                    if row["move"] != "withdraw":
                        yield self._owe_approval(case, came, self._to_day(row["date"]))
                    came = None
                if row["to_state"] == "director":
                    came = self._to_day(row["date"])
            if came and case["state"] == "director":
                yield self._owe_approval(case, came, None)

    def _owe_approval(self, case, came, answered):
        due = came + timedelta(days=self.company.backbone_approval_days)
        owed = ("director", case["approver_id"], due)
        name, outcome = self.company._backbone_quarter(came), (False, bool(answered), False)
        return self._row("approval", name, case["employee_id"], *owed, outcome, answered)

    def _owe_appointments(self):
        for member in self.rows["member"]:
            since = member["date_admitted"]
            if not since:
                continue
            due = since + timedelta(days=self.company.backbone_mentor_days)
            rows = self.mentorships[member["id"]]
            starts = [
                max(row["date_start"], since)
                for row in rows
                if row["state"] in ("active", "ended")
                and row["date_start"]
                and (not row["date_end"] or row["date_end"] >= since)
            ]
            first = min(starts, default=None)
            left = min(
                (
                    row["date"]
                    for row in self.moves[member["id"]]
                    if row["kind"] in LEAVING and row["date"] >= since
                ),
                default=None,
            )
            if left and left <= due and not (first and first <= left):
                continue
            planned = any(row["state"] == "appointed" for row in rows)
            owed = (member["employee_id"], "hr", False, due, (planned, bool(first), False), first)
            yield self._row("appointment", self.company._backbone_quarter(since), *owed)

    # -- the cockpit ---------------------------------------------------------------------

    def count_cockpit(self, quarter):
        reports, assessments = (
            [
                row
                for row in self.rows[name]
                if row["quarter_id"] == quarter["id"] and self._is_asked(row)
            ]
            for name in ("report", "assessment")
        )
        states, given = (Counter(row["state"] for row in rows) for rows in (reports, assessments))
        done = states["submitted"] + states["accepted"]
        debts = [*self._find_report_debts(reports), *self._find_assessment_debts(assessments)]
        owing = Counter(debtor for debtor, _due in debts)
        return {
            "report_count": len(reports),
            "report_done": done,
            "report_accepted": states["accepted"],
            "report_progress": round(100 * done / len(reports)) if reports else 0,
            "assessment_count": len(assessments),
            "assessment_done": given["submitted"],
            "assessment_progress": (
                round(100 * given["submitted"] / len(assessments)) if assessments else 0
            ),
            "late_count": sum(row["is_late"] for row in [*reports, *assessments]),
            "closed_count": sum(
                row["is_closed"] or quarter["state"] == "closed" for row in reports
            ),
            **{f"owed_{debtor}": owing[debtor] for debtor in ("member", "mentor", "hr")},
            "overdue_count": sum(bool(due) and due < self.today for _debtor, due in debts),
        }

    def _find_report_debts(self, reports):
        for row in reports:
            if row["is_closed"]:
                continue
            if row["state"] == "draft":
                yield self._get_report_debtor(row)[0], row["date_due"]
            elif row["state"] == "submitted":
                since = row["date_submitted"] or row["date_due"]
                yield "hr", since + timedelta(days=self.company.backbone_acceptance_days)

    def _find_assessment_debts(self, assessments):
        for row in assessments:
            if row["state"] == "draft" and not row["is_closed"]:
                yield "mentor" if row["mentor_id"] and row["line_ids"] else "hr", row["date_due"]

    # -- the overview --------------------------------------------------------------------

    def _is_here(self, row, echelon):
        return self.members[row["member_id"]]["echelon_id"] == echelon

    def count_card(self, echelon):
        cases = Counter(
            row["state"] for row in self.rows["application"] if row["echelon_id"] == echelon
        )
        people = [row for row in self.members.values() if row["echelon_id"] == echelon]
        active = [row for row in people if row["state"] == "active"]
        hours = [
            row["hours"]
            for row in self.rows["training.participant"]
            if row["state"] == "attended" and self._is_active(row) and self._is_here(row, echelon)
        ]
        employees = {row["employee_id"] for row in active}
        plans = [
            row["progress"]
            for row in self.rows["plan"]
            if row["state"] == "active" and row["employee_id"] in employees
        ]
        return {
            "application_count": sum(cases[state] for state in UNDER_WAY),
            "awaiting_hr_count": cases["hr"] + cases["selected"],
            "member_count": len(active),
            "suspended_count": sum(row["state"] == "suspended" for row in people),
            "unmentored_count": sum(not row["mentor_id"] for row in active),
            "untrained_count": sum(not self._is_trained(row["id"]) for row in active),
            "unoffered_count": sum(not self._is_offered(row["id"]) for row in active),
            "plan_count": len(plans),
            "plan_progress": round(sum(plans) / len(plans), 4) if plans else 0,
            "training_hours": round(sum(hours), 4),
            **self._count_last_quarter(echelon),
            "graph": self._draw(echelon),
        }

    def _is_trained(self, member):
        start, end = self.company._backbone_quarter_dates(self.today)[2:]
        return all(
            self._see_training(member, "internal", kind, start, end)[0]
            for kind in self._get_internal()
        )

    def _is_offered(self, member):
        year = self.company._backbone_year(self.today)
        return any(
            kind == "external" and self.company._backbone_year(day) == year
            for day, kind, *_rest in self.offers[member]
        )

    def _count_last_quarter(self, echelon):
        last = max(self.quarters.values(), key=lambda row: row["date_start"], default={"id": False})
        reports, assessments = (
            [
                row
                for row in self.rows[name]
                if row["quarter_id"] == last["id"]
                and self._is_asked(row)
                and self._is_here(row, echelon)
            ]
            for name in ("report", "assessment")
        )
        figures = {
            "quarter_id": last["id"],
            "to_accept_count": sum(row["state"] == "submitted" for row in reports),
        }
        for name, rows in (("report", reports), ("assessment", assessments)):
            own = [row for row in rows if self._is_active(row)]
            done = sum(row["state"] in ("submitted", "accepted") for row in own)
            figures[f"{name}_count"], figures[f"{name}_done"] = len(own), done
            figures[f"{name}_share"] = round(100 * done / len(own), 4) if own else 0
        return figures

    def _draw(self, echelon):
        totals = defaultdict(list)
        for row in self.rows["assessment"]:
            if row["state"] == "submitted" and row["echelon_id"] == echelon:
                totals[self.quarters[row["quarter_id"]]["name"]].append(row["total"])
        return {name: round(sum(totals[name]) / len(totals[name]), 2) for name in totals}
