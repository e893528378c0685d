# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from ..common_evaluation import EvaluationCommon


class TestEvaluationZero(EvaluationCommon):
    """A result of nought is the worst, and no result is none."""

    def test_result_of_zero(self):
        """Dirk attended both sessions, that is 100; the mean of it and of the results is:"""
        first, second = self.env["hr.backbone.training.participant"].search(
            [("member_id", "=", self.members["Dirk"].id)]
        )
        for results, score in (
            ((False, False), 100),
            ((0, False), 50),
            ((1, False), 50.5),
            ((0, 100), 75),
            ((0, 0), 50),
        ):
            with self.subTest(results=results):
                first.score, second.score = results
                self.run_.action_compute()
                self.assertScores("score_training", Dirk=score)
