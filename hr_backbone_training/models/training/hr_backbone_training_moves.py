from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core.hr_backbone_workflow_mixin import Move, list_sentences
from .hr_backbone_training import ANNOUNCED


class HrBackboneTraining(models.Model):
    """The steps of a training: announced, held and closed, or cancelled; and its seats."""

    _inherit = "hr.backbone.training"

    _moves = (
        Move("plan", ("draft",), "planned"),
        Move("done", ("planned",), "done"),
        Move("cancel", ("draft", "planned"), "cancelled", comment=True, asks=True),
    )

    @api.model
    def _get_move_labels(self):
        return {
            "plan": self.env._("Announced"),
            "done": self.env._("Held and closed"),
            "cancel": self.env._("Cancelled"),
        }

    def _get_next_move(self):
        self.ensure_one()
        # before its day nothing is missing: it only has to come
        if self.state == "planned" and self._get_too_early():
            return None
        return {"draft": "plan", "planned": "done"}.get(self.state)

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft":
            return self.env._("HR invites the participants and announces the training.")
        if self.state != "planned":
            return False
        if self._is_over():
            return self.env._("HR closes the attendance.")
        return self.env._("Participants answer; the trainer takes the attendance on the day.")

    # -- why not? ------------------------------------------------------------------------

    def _refusals_plan(self):
        refusals = self._refuse_unless_officer()
        for training in self:
            # sudo: whether there is a trainer decides
            if not (training.sudo().trainer_id or (training.provider or "").strip()):
                refusals.setdefault(training, []).append(
                    self.env._(
                        "Say who holds “%s”: a trainer or a provider.", training.display_name
                    )
                )
        return refusals

    def _refusals_done(self):
        refusals = self._refuse_unless_officer()
        for training in self:
            if training._get_too_early():
                refusals.setdefault(training, []).append(
                    self.env._(
                        "“%(training)s” is on %(day)s: it is closed once it was held.",
                        training=training.display_name,
                        day=fields.Date.to_string(training.day_start),
                    )
                )
        return refusals

    def _get_too_early(self):
        """Whether the day of the session has not come yet where the company is."""
        self.ensure_one()
        return self.day_start > self.company_id._backbone_today()

    def _refusals_cancel(self):
        refusals = self._refuse_unless_officer()
        for training in self:
            if training.attended_count:
                refusals.setdefault(training, []).append(
                    self.env._("Somebody has attended already: close the training instead.")
                )
        return refusals

    # -- steps ---------------------------------------------------------------------------

    def action_plan(self):
        """draft → planned, by HR: the invitations go out and the calendar shows it."""
        self._move("plan")
        return True

    def action_done(self):
        """planned → done, by HR, from the day of the session on.

        Whoever was not marked present becomes absent; what was attended becomes a line of
        each participant's résumé.
        """
        self._move("done")
        return True

    def action_cancel(self, comment=None):
        """The training does not take place; its participants are told why."""
        self._move("cancel", comment)
        return True

    def action_invite_echelons(self):
        """Put every active member of the chosen echelons on the list, at once. Pressed again,
        it adds those who were admitted since, and nobody twice.

        :raise UserError: not HR, no echelon chosen, or the training is over
        """
        if reasons := self._refuse_unless_officer():
            raise UserError("\n".join(list_sentences(reasons)))
        self.check_access("write")
        vals_list = []
        for training in self:
            if training.state not in ("draft", "planned"):
                raise UserError(self.env._("A training that is over cannot be changed."))
            if not training.echelon_ids:
                raise UserError(self.env._("Choose the echelons whose members are invited."))
            members = self.env["hr.backbone.member"].search(
                [
                    ("company_id", "=", training.company_id.id),
                    ("state", "=", "active"),
                    ("echelon_id", "in", training.echelon_ids.ids),
                    ("training_participant_ids", "not any", [("training_id", "=", training.id)]),
                ],
                order="id",
            )
            vals_list += [
                {"training_id": training.id, "member_id": member.id} for member in members
            ]
        self.env["hr.backbone.training.participant"].create(vals_list)
        return True

    def _after_plan(self, decisions):
        trainings = self.sudo()
        for company, batch in trainings.grouped("company_id").items():
            batch._write_moved({"date_planned": company._backbone_today()})
        trainings._sync_event()
        trainings.participant_ids.filtered(lambda row: row.state == "invited")._announce()
        trainings._finish_quarter_reminders()

    def _after_done(self, decisions):
        trainings = self.sudo()
        for company, batch in trainings.grouped("company_id").items():
            batch._write_moved({"date_done": company._backbone_today()})
        people = trainings.participant_ids
        people._do_moves(
            {
                "miss": people.filtered(lambda row: row.state in ("invited", "confirmed")),
                "cancel": people.filtered(lambda row: row.state == "waiting"),
            }
        )
        people.filtered(lambda row: row.state == "attended")._write_resume_lines()

    def _after_cancel(self, decisions):
        trainings = self.sudo()
        people = trainings.participant_ids
        reason = decisions[:1].comment
        people._do_moves({"cancel": people.filtered("is_open")}, reason)
        trainings._remove_event()

    # -- seats ---------------------------------------------------------------------------

    def _lock_seats(self):
        """Whoever takes or frees a seat does so one after the other: the row is written, so
        that of two who take the last seat at once the second one looks again."""
        if self:
            self.flush_model(["seat_clock"])
            self.env.cr.execute(
                SQL(
                    "UPDATE hr_backbone_training SET seat_clock = COALESCE(seat_clock, 0) + 1"
                    " WHERE id IN (SELECT id FROM hr_backbone_training WHERE id IN %s"
                    " ORDER BY id FOR NO KEY UPDATE)",
                    tuple(self.ids),
                ),
                # whoever comes second is tried again by the server: nothing to be alarmed at
                log_exceptions=False,
            )
            self.env.flush_all()
            self.env["hr.backbone.training.participant"].invalidate_model(["state"])
            self.invalidate_recordset(["seats", "state", "seat_clock"])

    def _on_seats_changed(self):
        """A seat was taken or became free: the first who wait move up, and are told."""
        trainings = self.sudo()
        open_ones = trainings.filtered(lambda row: row.state == "planned" and not row._is_over())
        for training in open_ones.filtered("seats"):
            if free := training._get_free_seats():
                waiting = self.env["hr.backbone.training.participant"].sudo()
                first = waiting.search(
                    [("training_id", "=", training.id), ("state", "=", "waiting")],
                    order="date_answered, id",
                    limit=free,
                )
                first._do_moves({"advance": first})
        for training in open_ones.filtered(lambda row: not row.seats):
            waiting = training.participant_ids.filtered(lambda row: row.state == "waiting")
            waiting._do_moves({"advance": waiting})

    def _on_content_changed(self, names):
        trainings = self.sudo().filtered(lambda row: row.state == "planned")
        if names & {"seats"}:
            trainings._lock_seats()
            trainings._on_seats_changed()
        elif names & (ANNOUNCED | {"day_start", "day_end", "trainer_id"}):
            trainings._sync_event()
        if names & (ANNOUNCED | {"day_start", "day_end"}):
            coming = trainings.filtered(lambda row: not row._is_over())
            coming.participant_ids.filtered("is_open")._tell("change")

    def _get_last_comment(self):
        """The reason of the last step, for the mail that tells of it."""
        self.ensure_one()
        return (self.decision_ids[:1].comment or "") if self.state == "cancelled" else ""

    # -- who is told ---------------------------------------------------------------------

    def _get_next_activity(self):
        """On the day somebody takes the attendance, and HR closes the training."""
        xmlid = "hr_backbone_training.mail_activity_type_training_close"
        return {
            training: (
                xmlid,
                training.program_id.user_id | training.trainer_id.user_id,
                training.day_end,
            )
            for training in self
            if training.state == "planned"
        }
