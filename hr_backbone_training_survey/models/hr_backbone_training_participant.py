# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, format_date

from odoo.addons.hr_backbone_training.models.core.public import public
from odoo.addons.hr_backbone_training.models.core.scores import Score, is_blank
from odoo.addons.hr_backbone_training.models.training.hr_backbone_training_participant import (
    HrBackboneTrainingParticipant as Participant,
)

DIGITS = 1
# who may take the test: whoever is on the list, and did not decline or stay away
TAKING = ("invited", "confirmed", "waiting", "attended")


class HrBackboneTrainingParticipant(models.Model):
    """The result of the test. The score is the trainer's and HR's: one that they typed stays,
    with the test's beside it."""

    _inherit = "hr.backbone.training.participant"
    _moved_fields = (*Participant._moved_fields, "test_score", "test_date")

    test_score = Score(
        "Score of the Test",
        readonly=True,
        copy=False,
        digits=(5, DIGITS),
        help="The best of the attempts since the first day of the training, in percent.",
    )
    test_date = fields.Date("Test Taken on", readonly=True, copy=False)
    is_test_overruled = fields.Boolean(
        "Other Score Typed",
        compute="_compute_is_test_overruled",
        help="The score was typed, and differs from that of the test.",
    )

    @api.depends("score", "test_score", "test_date")
    def _compute_is_test_overruled(self):
        for row in self:
            row.is_test_overruled = bool(row.test_date) and row._differs(row.score, row.test_score)

    @staticmethod
    def _differs(score, other):
        if is_blank(score) or is_blank(other):
            return is_blank(score) != is_blank(other)
        return float_compare(score, other, precision_digits=DIGITS) != 0

    # -- results -----------------------------------------------------------------------

    @api.model
    def _take_tests_of(self, attempts):
        """Attempts were completed. Called as superuser."""
        people = self.env["hr.employee"].union(*attempts._get_backbone_employees().values())
        if people:
            self.search(
                [
                    ("training_id.survey_id", "in", attempts.survey_id.ids),
                    ("employee_id", "in", people.ids),
                ]
            )._take_tests()

    def _take_tests(self):
        """Make sure that whoever attended has the result of the best attempt. A score that was
        typed stays as it is, and the conversation says what the test says. Called as
        superuser."""
        there = self.filtered(lambda row: row.state == "attended")
        for row, attempt in there._find_best_attempts().items():
            day, score = row._read_attempt(attempt)
            if row.test_date == day and not row._differs(row.test_score, score):
                continue
            typed = not is_blank(row.score) and all(
                row._differs(row.score, known) for known in (row.test_score, score)
            )
            row._write_moved({"test_score": score, "test_date": day})
            if not typed:
                row.score = score
                continue
            row._message_log(
                body=self.env._(
                    "The test gives %(score)s of 100. The score that was typed, %(typed)s, stays.",
                    score=f"{score:g}",
                    typed=f"{row.score:g}",
                )
            )

    def _find_best_attempts(self):
        """{row: its best attempt}, of those who have completed the test since the first day of the
        training; of two that are alike the first one. As superuser."""
        rows = self.filtered(lambda row: row.training_id.survey_id)
        if not rows:
            return {}
        partners = {row: row._get_person_partner() for row in rows}
        attempts = self.env["survey.user_input"].search(
            [
                ("survey_id", "in", rows.training_id.survey_id.ids),
                ("partner_id", "in", self.env["res.partner"].union(*partners.values()).ids),
                ("state", "=", "done"),
                ("test_entry", "=", False),
                ("end_datetime", "!=", False),
            ],
            order="scoring_percentage desc, end_datetime, id",
        )
        best = {}
        for row in rows:
            training = row.training_id
            opens = row.company_id._backbone_day_start(training.day_start)
            for attempt in attempts:
                if (
                    attempt.survey_id == training.survey_id
                    and attempt.partner_id in partners[row]
                    and attempt.end_datetime >= opens
                ):
                    best[row] = attempt
                    break
        return best

    def _read_attempt(self, attempt):
        """(day, score) of an attempt of this participant."""
        self.ensure_one()
        day = self.company_id._backbone_local_date(attempt.end_datetime)
        return day, round(attempt.scoring_percentage, DIGITS)

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "attend":
            # sudo: who was there gets what the test says
            self.sudo()._take_tests()
        return result

    @public()
    def action_take_test_score(self):
        """The score of the test replaces the one that was typed; by the trainer or HR.

        :raise UserError: the score is not the user's to change
        """
        for row in self:
            if not row.test_date:
                raise UserError(self.env._("There is no result of the test yet."))
            row.write({"score": row.test_score})
        return True

    # -- taking it ---------------------------------------------------------------------

    def _get_test(self):
        """What the participant's page says of the test; None where there is none. What was taken
        is said before it counts, too.

        :return: {"title", "refusal", "url", "date", "score"}
        """
        self.ensure_one()
        # sudo: which test it is, for whoever is on the list
        survey = self.training_id.sudo().survey_id
        if not survey or not self._is_about_me():
            return None
        day, score = self.test_date, self.test_score
        # sudo: the participant's own attempts
        if not day and (attempt := self.sudo()._find_best_attempts().get(self.sudo())):
            day, score = self.sudo()._read_attempt(attempt)
        return {
            "title": survey.title,
            "refusal": self._get_test_refusal(),
            "url": f"{self.access_url}/test",
            "date": day,
            "score": "" if is_blank(score) else f"{score:g}",
        }

    def _get_test_refusal(self):
        """Why the user does not take the test now: a sentence, or False."""
        self.ensure_one()
        # sudo: where training and test stand decides
        training = self.training_id.sudo()
        survey = training.survey_id
        if not self._is_about_me():
            return self.env._("Only the participant takes the test.")
        if not survey:
            return self.env._("This training has no test.")
        if self.state not in TAKING or training.state not in ("planned", "done"):
            return self.env._("The test is for those who take part in the training.")
        if training._get_too_early():
            return self.env._(
                "You can take the test from %s on.",
                format_date(self.env, training.day_start),
            )
        if not survey.active:
            return self.env._("The test is closed: ask HR if you still have to take it.")
        if not survey._has_attempts_left(self.env.user.partner_id, False, False):
            return self.env._("You have used all attempts of the test.")
        return False

    def _start_test(self):
        """The address at which the user takes the test: an attempt that is under way goes on.

        :raise UserError: it is not theirs to take, or not now
        """
        self.ensure_one()
        if reason := self._get_test_refusal():
            raise UserError(reason)
        # sudo: the check is above; participants have no right on surveys
        survey = self.training_id.sudo().survey_id
        attempt = survey.env["survey.user_input"].search(
            [
                ("survey_id", "=", survey.id),
                ("partner_id", "=", self.env.user.partner_id.id),
                ("state", "in", ("new", "in_progress")),
                ("test_entry", "=", False),
            ],
            limit=1,
        )
        attempt = attempt or survey._create_answer(user=self.env.user)
        return attempt.get_start_url()
