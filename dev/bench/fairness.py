"""How well the totals of a year rank the members by what they deserve: a simulation in which that
is known. It needs no database, and gives the same figures each time."""

from collections import Counter, defaultdict

from harness import lay_out
from scipy.stats import kendalltau

RUNS = 12
MEMBERS, QUARTERS = 200, 4
# standard deviations, in points
ABILITY, SEVERITY, NOISE, OFFICE_NOISE = 8, 5, 4, 6
MEAN, OFFICE_MEAN = 75, 80
# whoever is asked for the second opinion knows the work of so many members
TEAM = 10
PERCENT = 20
# one mentor gives so much more
MILDER = 10


def fairness():
    """The lines of the table."""
    lines = [
        ("members a mentor", "second opinions", "HR's reports", "rank agreement (τ)", "at least"),
    ]
    for per_mentor, percent, office, least in (
        (1, 0, False, None),
        (1, PERCENT, False, 0.70),
        (1, PERCENT, True, 0.80),
        (5, 0, False, None),
        (5, PERCENT, True, 0.80),
    ):
        agreement = sum(
            Year(seed, per_mentor, percent, office).get_agreement() for seed in range(RUNS)
        )
        lines.append(
            (
                f"{per_mentor}",
                f"{percent} %",
                "yes" if office else "no",
                f"{agreement / RUNS:.3f}",
                "raw" if least is None else f"{least:.2f}",
            )
        )
    gains = [_gain(seed) for seed in range(RUNS)]
    return [
        *lay_out(lines),
        f"one mentor {MILDER} points milder: the own mentee gains {sum(gains) / len(gains):.2f} "
        f"points on the mean of {RUNS} runs, {max(gains):.2f} in the worst; at most 3.50 (raw: "
        f"{MILDER})",
    ]


def _gain(seed):
    mentor = seed * MEMBERS // RUNS
    before, after = (
        Year(seed, 1, PERCENT, True, mentor, milder).get_totals()[mentor] for milder in (0, MILDER)
    )
    return after - before


class Year:
    """The scores of one year. Each member has a mentor; some, drawn as the product draws them, get
    a second opinion by whoever leads their team; HR scores the reports."""

    def __init__(self, seed, per_mentor, percent, office, milder_mentor=0, milder=0):
        # Odoo finds the addon only once its command line has been read
        from odoo.addons.hr_backbone_training.tools import rater_severity, second_opinions

        self.severity, self.libraries = rater_severity, rater_severity.load_libraries()
        np = self.np = self.libraries.numpy
        random = np.random.default_rng(seed)
        self.abilities = random.normal(0, ABILITY, MEMBERS)
        # leaders of teams have numbers behind the mentors'
        self.first_leader = first_leader = MEMBERS // per_mentor
        severities = random.normal(0, SEVERITY, first_leader + MEMBERS // TEAM)
        severities[milder_mentor] += milder
        noise = random.normal(0, 1, (3, MEMBERS, QUARTERS))
        mentors = {member: member // per_mentor for member in range(MEMBERS)}
        covered, self.rows = Counter(), []
        for quarter in range(QUARTERS):
            drawn = second_opinions.draw(f"{seed}-{quarter}", mentors, percent, covered)
            covered.update(mentors[member] for member in drawn)
            raters = [(member, mentors[member], 0) for member in range(MEMBERS)]
            raters += [(member, first_leader + member // TEAM, 1) for member in drawn]
            for member, rater, kind in raters:
                score = MEAN + self.abilities[member] + severities[rater]
                score += NOISE * noise[kind, member, quarter]
                self.rows.append((member, rater, quarter, score))
            if office:
                self.rows += [
                    (
                        member,
                        -1,
                        quarter,
                        OFFICE_MEAN
                        + self.abilities[member]
                        + OFFICE_NOISE * noise[2, member, quarter],
                    )
                    for member in range(MEMBERS)
                ]
        self.is_adjusted = bool(percent or office)

    def get_agreement(self):
        """Kendall's τ of the totals with the truth."""
        return kendalltau(self.abilities, self.get_totals()).statistic

    def get_totals(self):
        """The mean of what the mentor gave in each member's quarters: second opinions, and HR's
        scores of the reports, tell how mild the mentor is, and count for nothing else."""
        effects = defaultdict(float)
        if self.is_adjusted:
            scores = self.severity.Scores(
                *(self.np.array(column) for column in zip(*self.rows, strict=True))
            )
            found = self.severity.estimate(
                self.libraries, scores, counting=scores.rater < self.first_leader
            ).raters
            effects.update((number, rater.effect) for number, rater in enumerate(found))
        totals = [0.0] * MEMBERS
        for member, rater, _quarter, score in self.rows:
            if 0 <= rater < self.first_leader:
                totals[member] += (score - effects[rater]) / QUARTERS
        return totals
