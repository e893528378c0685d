# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from ..tools.rater_severity import Rater
from .common import BackboneCommon


class YearCommon(BackboneCommon):
    """What a year is made of, and its evaluation by HR."""

    @classmethod
    def _evaluate(cls):
        run = (
            cls.env["hr.backbone.evaluation.run"]
            .with_user(cls.user_officer)
            .create({"program_id": cls.program.id})
        )
        run.action_compute()
        return run

    @classmethod
    def _hold(cls, day, rows):
        """An internal training on that day.

        :param dict rows: {member: (state of the participation, result)}
        """
        training = cls.env["hr.backbone.training"].create(
            {
                "name": f"Leading {day}",
                "kind": "internal",
                "company_id": cls.company.id,
                "date_start": f"{day} 08:00:00",
                "date_end": f"{day} 12:00:00",
            }
        )
        for member, (state, score) in rows.items():
            row = cls.env["hr.backbone.training.participant"].create(
                {"training_id": training.id, "member_id": member.id}
            )
            row.score = score
            row._write_moved({"state": state, "date_invited": "2026-01-05 08:00:00"})
        training._write_moved({"state": "done"})

    @classmethod
    def _give_leniency(cls, leniencies):
        """How mild the mentors are is given, instead of estimated, which nobody does by hand: see
        `test_leniency`.

        :param dict leniencies: {employee: points}; of the others none
        """
        points = {employee.id: value for employee, value in leniencies.items()}

        def estimate(run, rows, mentors):
            effects = (points.get(mentor, 0) for mentor in mentors)
            return [Rater(effect, effect, effect, 1, True) for effect in effects], None

        runs = type(cls.env["hr.backbone.evaluation.run"])
        cls.startClassPatcher(patch.object(runs, "_estimate", estimate))
        cls.startClassPatcher(patch.object(runs, "_has_libraries", lambda run: True))


class EvaluationCommon(YearCommon):
    """A small year, worked out on paper: four members of the third echelon, three mentors.

    Weights: reports 25, assessments 50, training 15, achievements and suggestions 10. A
    missing quarter counts as zero.

    Reports, as HR accepted them         Q1    Q2    mean
        Anna                             90    80    85.00
        Bert                             70     –    35.00    (70 + 0) ÷ 2
        Cora                             85    95    90.00
        Dirk                             60    60    60.00

    Assessments                          Q1    Q2    raw mean
        Xaver assesses Anna              96    94    95.00
        Xaver assesses Bert              88    90    89.00
        Yvonne assesses Cora             70    74    72.00
        Zeno assesses Dirk               80    84    82.00
        Xaver is taken to be 1.50 points milder than the others, which is taken off.
        Anna 93.50, Bert 87.50, Cora 72.00, Dirk 82.00

    Training                             attended   result   score
        Anna                             1 of 1     80       (100 + 80) ÷ 2 = 90.00
        Bert                             1 of 2     none     50.00
        Cora                             none offered: the other parts make the total
        Dirk                             2 of 2     none     100.00

    Achievements: Bert a qualification, 40; Cora a book, 15, and an adopted suggestion,
    15 + 25, makes 55; the others none.

    Totals
        Anna  0.25 × 85 + 0.5 × 93.5 + 0.15 × 90             = 21.25 + 46.75 + 13.5 = 81.50
        Bert  0.25 × 35 + 0.5 × 87.5 + 0.15 × 50 + 0.1 × 40  = 8.75 + 43.75 + 7.5 + 4 = 64.00
        Cora  (25 × 90 + 50 × 72 + 10 × 55) ÷ 85             = 6400 ÷ 85 = 75.29
        Dirk  0.25 × 60 + 0.5 × 82 + 0.15 × 100              = 15 + 41 + 15 = 71.00
    HR adds 4.29 points to Dirk, who then equals Cora at 75.29 and passes her, since his
    assessments are better: Anna 1, Dirk 2, Cora 3, Bert 4. One place for the outstanding: Anna.
    """

    REPORTS = {"Anna": (90, 80), "Bert": (70, None), "Cora": (85, 95), "Dirk": (60, 60)}
    ASSESSMENTS = {"Anna": (96, 94), "Bert": (88, 90), "Cora": (70, 74), "Dirk": (80, 84)}
    MENTORS = {"Anna": "Xaver", "Bert": "Xaver", "Cora": "Yvonne", "Dirk": "Zeno"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls._new_users({f"bt_{name.lower()}": "base.group_user" for name in cls.REPORTS})
        people = cls._new_employees(dict.fromkeys(users, (cls.line, cls.job_worker)))
        cls.people = dict(zip(cls.REPORTS, people, strict=True))
        names = ("Xaver", "Yvonne", "Zeno")
        cls.mentors = dict(
            zip(
                names,
                cls._new_employees(dict.fromkeys(names, (cls.board, cls.job_manager))),
                strict=True,
            )
        )
        cls.members = dict(zip(cls.REPORTS, cls._new_members(people), strict=True))
        for name, member in cls.members.items():
            cls._set_mentor(member, cls.mentors[cls.MENTORS[name]])
        for index, day in enumerate((date(2026, 2, 1), date(2026, 5, 1))):
            cls._fill_quarter(index, day)
        cls._train()
        cls._work()
        cls._give_leniency({cls.mentors["Xaver"]: 1.5})
        cls.startClassPatcher(freeze_time("2027-01-11 09:00:00"))
        cls.run_ = cls._evaluate()

    @classmethod
    def _fill_quarter(cls, index, day):
        quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company, day)
        reports, assessments = quarter._make_documents()
        for name, scores in cls.REPORTS.items():
            report = reports.filtered(lambda r, name=name: r.member_id == cls.members[name])
            if scores[index] is None:
                report._write_moved({"state": "missed", "is_late": True})
            else:
                report._write_moved({"state": "accepted", "score": scores[index]})
        for name, scores in cls.ASSESSMENTS.items():
            assessment = assessments.filtered(lambda a, name=name: a.member_id == cls.members[name])
            assessment.line_ids.score = scores[index]
            assessment._write_moved({"state": "submitted"})
        quarter._write_moved({"state": "closed"})

    @classmethod
    def _train(cls):
        first = {"Anna": ("attended", 80), "Bert": ("attended", False), "Dirk": ("attended", False)}
        second = {"Bert": ("absent", False), "Dirk": ("attended", False)}
        for day, rows in (("2026-04-10", first), ("2026-04-11", second)):
            cls._hold(day, {cls.members[name]: row for name, row in rows.items()})

    @classmethod
    def _work(cls):
        for name, kind in (("Bert", "qualification"), ("Cora", "book")):
            achievement = cls.env["hr.backbone.achievement"].create(
                {"member_id": cls.members[name].id, "kind": kind, "name": kind}
            )
            achievement._write_moved({"state": "verified", "date_verified": "2026-06-01"})
        suggestion = cls.env["hr.backbone.suggestion"].create(
            {"member_id": cls.members["Cora"].id, "name": "Less scrap"}
        )
        suggestion._write_moved({"state": "adopted", "date_decided": "2026-06-01"})

    def _get(self, name, run=None):
        return (run or self.run_).evaluation_ids.filtered(
            lambda evaluation: evaluation.employee_name == name
        )

    def _make_fit(self, *names):
        """They have the rank of the Second Echelon."""
        job = self.env["hr.job"].create(
            {
                "name": "Foreman",
                "company_id": self.company.id,
                "backbone_rank_id": self.env.ref("hr_backbone_training.rank_supervisor").id,
            }
        )
        for name in names:
            self.people[name].job_id = job
        self.env.flush_all()

    def _adjust(self):
        self._get("Dirk").write({"adjustment": 4.29, "adjustment_reason": "Led the flood team"})

    def assertScores(self, field, **expected):
        found = {name: round(self._get(name)[field], 2) for name in expected}
        self.assertEqual(found, expected)
