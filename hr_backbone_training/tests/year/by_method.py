# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The evaluation of a year as somebody works it out who has the printed method and the documents,
in the order of its sentences. It shares nothing with the program but the documents."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PARTS = ("report", "assessment", "training", "achievement", "rotation", "plan")


def number(value):
    return Decimal(str(value))


def cut(value):
    """To two decimals; None stays."""
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


class ByMethod:
    """:param run: the evaluation whose weights and rules are taken, and nothing else of it"""

    def __init__(self, run):
        self.run = run
        self.env = run.env(su=True)
        self.company = run.company_id.with_env(self.env)

    def search(self, name, *domain):
        domain = [("company_id", "=", self.company.id), *domain]
        return self.env[f"hr.backbone.{name}"].search(domain)

    def evaluate(self, members):
        """:return: {member: (total, rank) or None where the member is not evaluated}"""
        adjusted = self.adjust()
        rows = {}
        for member in members:
            counting = self.get_quarters(member)
            parts = self.get_parts(member, counting, adjusted)
            total = self.get_total(parts)
            evaluated = len(counting) >= self.company.backbone_least_quarters
            rows[member] = (total, parts) if evaluated and total is not None else None
        keys = {member: self.get_key(member, *row) for member, row in rows.items() if row}
        return {
            member: row and (row[0], 1 + sum(key > keys[member] for key in keys.values()))
            for member, row in rows.items()
        }

    # -- the quarters that count -----------------------------------------------------------

    def get_quarters(self, member):
        found = self.env["hr.backbone.quarter"]
        for report in self.search("report", ("member_id", "=", member.id)):
            quarter = report.quarter_id
            settled = quarter.state == "closed" or report.state in ("accepted", "missed")
            excused = report.state == "draft" and not report.is_owed_by_hr
            if not settled or excused:
                continue
            days = [quarter.date_start]
            while days[-1] < quarter.date_end:
                days.append(days[-1] + timedelta(days=1))
            # the company works from Monday to Friday
            days = [day for day in days if day.weekday() < 5]
            if 2 * sum(self.is_active(member, day) for day in days) >= len(days):
                found += quarter
        return found

    def is_active(self, member, day):
        if day < member.date_admitted:
            return False
        active = True
        for movement in self.search("movement", ("member_id", "=", member.id)).sorted("date"):
            if movement.date <= day:
                active = movement.kind not in ("suspended", "exited")
        return active

    # -- the parts -----------------------------------------------------------------------------

    def adjust(self):
        """{assessment: its score, less the leniency of its mentor as the page lists it}"""
        mild = {row.mentor_id: number(row.effect) for row in self.run.rater_ids}
        result = {}
        for row in self.search("assessment", ("state", "=", "submitted")):
            score = cut(number(row.total)) - cut(mild.get(row.mentor_id, Decimal(0)))
            result[row] = max(Decimal(0), min(Decimal(100), score))
        return result

    def get_parts(self, member, counting, adjusted):
        assessments = [
            score
            for row, score in adjusted.items()
            if row.member_id == member and row.quarter_id in counting
        ]
        return {
            "report": cut(self.get_reports(member, counting)),
            "assessment": cut(mean(assessments)),
            "training": cut(self.get_training(member)),
            "achievement": self.get_points(member),
            "rotation": cut(self.get_rotations(member)),
            "plan": cut(self.get_plan(member)),
        }

    def get_reports(self, member, counting):
        owed = self.search(
            "report",
            ("member_id", "=", member.id),
            ("quarter_id", "in", counting.ids),
            ("state", "in", ("accepted", "missed")),
        )
        scores = [number(row.score) for row in owed if row.state == "accepted"]
        if not owed or not scores:
            return Decimal(0) if owed else None
        missing = {"zero": Decimal(0), "half": mean(scores) / 2, "skip": None}
        instead = missing[self.run.missing_quarter]
        return mean(scores + [instead] * (instead is not None) * (len(owed) - len(scores)))

    def get_training(self, member):
        seats = self.search(
            "training.participant",
            ("member_id", "=", member.id),
            ("state", "in", ("attended", "absent")),
            ("day_start", ">=", YEAR[0]),
            ("day_start", "<=", YEAR[1]),
        ).filtered(lambda row: row.state == "attended" or self.is_missed(member, row))
        if not seats:
            return None
        attended = [row for row in seats if row.state == "attended"]
        share = Decimal(100) * len(attended) / len(seats)
        result = mean(number(row.score) for row in attended if row.score is not False)
        return share if result is None else (share + result) / 2

    def is_missed(self, member, row):
        """Whoever had no seat was taken off when the session was closed."""
        if not row.date_invited or row.date_invited >= row.date_start:
            return False
        days = (row.day_end - row.day_start).days + 1
        return all(
            self.is_active(member, row.day_start + timedelta(days=number)) for number in range(days)
        )

    def get_points(self, member):
        program, kinds = self.run.program_id, defaultdict(int)
        own = ("member_id", "=", member.id)
        for work in self.search("achievement", own, ("state", "=", "verified")):
            kinds[work.kind] += YEAR[0] <= (work.date_submitted or work.date_verified) <= YEAR[1]
        for idea in self.search("suggestion", own, ("state", "in", ("adopted", "declined"))):
            if YEAR[0] <= (idea.date_submitted or idea.date_decided) <= YEAR[1]:
                kinds["suggestion"] += 1
                kinds["adopted"] += idea.state == "adopted"
        points = sum(program[f"points_{kind}"] * count for kind, count in kinds.items())
        return Decimal(min(100, points))

    def get_rotations(self, member):
        stays = self.search("rotation", ("member_id", "=", member.id), ("state", "=", "done"))
        return mean(
            number(stay.score)
            for stay in stays
            if stay.score is not False and YEAR[0] <= stay.date_end <= YEAR[1]
        )

    def get_plan(self, member):
        """Nobody here has had two plans; `ACTIONS` has the progress of the last day."""
        plans = self.search("plan", ("employee_id", "=", member.employee_id.id))
        due = plans.line_ids.filtered(lambda line: line.date_due <= YEAR[1])
        return mean(number(self.get_progress(line)) for line in due)

    def get_progress(self, line):
        later = self.search("plan.progress", ("plan_line_id", "=", line.id), ("date", ">", YEAR[1]))
        return later.sorted("date")[0].progress_from if later else line.progress

    # -- the total and the rank ------------------------------------------------------------

    def get_total(self, parts):
        weights = {part: self.run[f"weight_{part}"] for part in PARTS if parts[part] is not None}
        whole = sum(weights.values())
        if whole < self.company.backbone_least_weight:
            return None
        return cut(sum(parts[part] * weight for part, weight in weights.items()) / whole)

    @staticmethod
    def get_key(member, total, parts):
        """The greater, the higher in rank."""
        blank = Decimal(-1)
        scores = (parts[part] for part in ("assessment", "report"))
        return (
            total,
            *(blank if score is None else score for score in scores),
            -member.date_admitted.toordinal(),
        )
