# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command


class SurveyCases:
    """A survey of one question, and attempts at it."""

    @classmethod
    def _new_survey(cls, **kwargs):
        """One question; the right answer has ten points, the half right one six."""
        survey = cls.env["survey.survey"].create(
            {
                "title": "Leading a Team",
                "access_mode": "public",
                "users_login_required": True,
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 50,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "Who leads?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {"value": "All", "is_correct": True, "answer_score": 10}
                                ),
                                Command.create({"value": "Some", "answer_score": 6}),
                                Command.create({"value": "None", "answer_score": 0}),
                            ],
                        }
                    )
                ],
                **kwargs,
            }
        )
        return survey

    @classmethod
    def _attempt(cls, survey, user=None, score=100, partner=None, trial=False):
        """A completed attempt, with 100, 60 or no percent."""
        person = {"partner": partner} if partner else {"user": user}
        attempt = survey.sudo()._create_answer(**person)
        attempt.test_entry = trial
        question = survey.question_ids
        answer = question.suggested_answer_ids[(100, 60, 0).index(score)]
        attempt._save_lines(question, str(answer.id))
        attempt._mark_in_progress()
        # as the page does it: as the person, who has no right on surveys
        attempt.with_user(user or cls.env.ref("base.public_user")).sudo()._mark_done()
        return attempt
