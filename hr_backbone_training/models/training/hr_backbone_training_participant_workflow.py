# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
from dataclasses import replace

from odoo import Command, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import Text, public
from .hr_backbone_training import GOING
from .hr_backbone_training_participant import OPEN

_lt = LazyTranslate(__name__)

TEMPLATES = "hr_backbone_training.mail_template_training_"
# up to this many people are put into the calendar one by one; for more it is written anew
FEW = 50


class HrBackboneTrainingParticipant(models.Model):
    """The steps of a participation, and the participants in the calendar.

    An invitation reserves nothing: who confirms takes a seat while there is one, else joins
    the waiting list. Whoever gives a seat back lets the first one who waits move up.
    """

    _inherit = "hr.backbone.training.participant"

    _readers = ("employee", "trainer", "managers", "mentor", "hr")
    _moves = Moves(
        Move(
            "invite",
            ("cancelled", "declined"),
            "invited",
            _lt("Invited"),
            button=True,
            mail="invited",
        ),
        Move(
            "confirm",
            ("invited", "declined", "waiting"),
            "confirmed",
            _lt("Confirmed"),
            button=True,
        ),
        Move("queue", ("invited", "declined"), "waiting", _lt("Put on the waiting list")),
        Move("advance", "waiting", "confirmed", _lt("Got a seat"), mail="seat"),
        Move("decline", OPEN, "declined", _lt("Declined"), asks="action_decline", private=True),
        Move("attend", (*OPEN, "declined", "absent"), "attended", _lt("Present"), button=True),
        Move("unattend", "attended", "confirmed", _lt("Attendance taken back"), button=True),
        Move("miss", ("invited", "confirmed", "attended"), "absent", _lt("Absent"), button=True),
        Move(
            "cancel",
            OPEN,
            "cancelled",
            _lt("Cancelled"),
            by=HR,
            asks="action_cancel",
            mail="cancelled",
        ),
        Move(
            "undo_cancel",
            "cancelled",
            label=_lt("On the list again"),
            by=PROCEDURE,
            undoes="cancel",
        ),
        Move("change", mail="changed"),
        mails="hr_backbone_training.mail_template_training_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"invited": "confirm"}.get(self.state) if self.training_state == "planned" else None

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_about_me()

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "invited" and self.training_state == "planned":
            name = self.employee_id._get_backbone_name()
            return self.env._("%s confirms or declines the invitation.", name)
        return False

    # -- why not? ------------------------------------------------------------------------

    def _get_planned_refusal(self):
        """Why nothing moves on this list: a sentence, or False."""
        self.ensure_one()
        # sudo: where the training stands decides
        training = self.training_id.sudo()
        if training.state == "draft":
            return self.env._("“%s” has not been announced yet.", training.name)
        if training.state != "planned":
            return self.env._("“%s” is closed.", training.name)
        return False

    def _get_answer_refusal(self):
        self.ensure_one()
        # sudo: where the training stands decides
        training = self.training_id.sudo()
        if not (self._is_about_me() or self._is_hr()):
            return self.env._("Only the participant or HR answers the invitation.")
        if reason := self._get_planned_refusal():
            return reason
        if training._is_over():
            return self.env._("“%s” is over.", training.name)
        return False

    def _get_move_refusals(self, name):
        match name:
            case "confirm":
                return self._refusals_confirm()
            case "queue" | "decline":
                return self._refusals_answer()
            case "invite":
                return self._refusals_invite()
            case "attend":
                return self._refusals_attend()
            case "unattend":
                return self._refusals_unattend()
            case "miss":
                return self._refusals_miss()
            case "advance":
                return self._refusals_advance()
        return super()._get_move_refusals(name)

    def _refusals_answer(self):
        return {row: [reason] for row in self if (reason := row._get_answer_refusal())}

    def _refusals_confirm(self):
        refusals = self._refusals_answer()
        for row in self:
            # sudo: the state of the member and the seats decide
            stored = row.sudo()
            if row not in refusals and stored.member_id.state != "active":
                refusals[row] = [
                    self.env._("%s is not in the talent pool now.", stored.employee_id.name)
                ]
            elif (
                row not in refusals
                and row.state == "waiting"
                and not stored.training_id._has_seat()
            ):
                refusals[row] = [self.env._("No seat is free yet.")]
        return refusals

    def _get_batch_refusals(self, name):
        """Of those who wait for the last seat the first one gets it, as one by one."""
        refusals = super()._get_batch_refusals(name)
        for training, rows in self.grouped("training_id").items() if name == "confirm" else ():
            # sudo: how many seats are free is no secret
            free = training.sudo()._get_free_seats()
            late = rows[free:] if free is not None else rows.browse()
            refusals.update((row, [self.env._("No seat is free yet.")]) for row in late)
        return refusals

    def _refusals_invite(self):
        refusals = self._refuse_unless_officer()
        for row in self:
            reason = row._get_planned_refusal()
            # sudo: when the session is, and the state of the member, decide
            stored = row.sudo()
            if not reason and stored.training_id._is_over():
                reason = self.env._("“%s” is over.", stored.training_id.name)
            if not reason and stored.member_id.state != "active":
                reason = self.env._("%s is not in the talent pool now.", stored.employee_id.name)
            if reason:
                refusals.setdefault(row, []).append(reason)
        return refusals

    def _refusals_attend(self):
        """The trainer marks on the day and after it, until HR closes; HR corrects."""
        refusals = {}
        for row in self:
            # sudo: where the training stands decides
            training = row.training_id.sudo()
            if not (row._is_hr() or row._is_trainer()):
                refusals[row] = [self.env._("Only the trainer or HR marks the attendance.")]
            elif training.state != "planned" and not (training.state == "done" and row._is_hr()):
                refusals[row] = [row._get_planned_refusal()]
            elif training._get_too_early():
                refusals[row] = [
                    self.env._(
                        "The attendance is taken on the day, %s, and after it.",
                        fields.Date.to_string(training.day_start),
                    )
                ]
            elif training.state == "planned" and row.state == "absent":
                refusals[row] = [self.env._("“%s” is not closed yet.", training.name)]
        return refusals

    def _refusals_unattend(self):
        refusals = self._refusals_attend()
        for row in self:
            # sudo: where the training stands decides
            if row not in refusals and row.training_id.sudo().state != "planned":
                refusals[row] = [row._get_planned_refusal()]
        return refusals

    def _refusals_miss(self):
        refusals = self._refuse_unless_officer()
        for row in self:
            # sudo: where the training stands decides
            if row.training_id.sudo().state != "done":
                refusals.setdefault(row, []).append(
                    self.env._("Whoever was not marked is absent once the training is closed.")
                )
        return refusals

    def _refusals_advance(self):
        return {row: [self.env._("The waiting list moves up automatically.")] for row in self}

    # -- steps ---------------------------------------------------------------------------

    @public()
    def action_invite(self):
        """cancelled or declined → invited, by HR: asked once more."""
        now = fields.Datetime.now()
        self._move("invite", vals={"date_answered": False, "date_invited": now})
        return True

    @public()
    def action_confirm(self):
        """invited → confirmed, by the participant or HR; → waiting when no seat is free."""
        # whether a seat is free is looked up by whoever holds the list
        self.check_access("read")
        # sudo: a lock, by who reads the participation
        self.sudo().training_id._lock_seats()
        now = fields.Datetime.now()
        for training, rows in self.grouped("training_id").items():
            # sudo: how many seats are free is no secret
            free = training.sudo()._get_free_seats()
            # whoever waits already stays in the queue, which the step says
            waiting = rows.filtered(lambda row: row.state == "waiting")
            seated = rows if free is None else rows[:free] | waiting
            seated._move_if_any("confirm", now)
            (rows - seated)._move_if_any("queue", now)
        return True

    def _move_if_any(self, name, now):
        if self:
            self._move(name, vals={"date_answered": now})

    @public(comment=Text())
    def action_decline(self, comment=None):
        """→ declined, by the participant or HR; a seat that it frees goes to who waits."""
        self.check_access("read")
        # sudo: a lock, by who reads the participation
        self.sudo().training_id._lock_seats()
        self._move("decline", comment, {"date_answered": fields.Datetime.now()})
        return True

    @public()
    def action_attend(self):
        """→ attended, by the trainer or HR, from the day of the session on."""
        self._move("attend", vals={"attendance_date": fields.Datetime.now()})
        return True

    @public()
    def action_unattend(self):
        """attended → what it was before, by the trainer or HR: it was a mistake."""
        self.check_access("read")
        # sudo: the seat that becomes free; the move asks what the user may do
        self.sudo().training_id._lock_seats()
        self._move("unattend", vals={"attendance_date": False})
        return True

    @public()
    def action_miss(self):
        """→ absent, by HR, after the training was closed; whoever was marked by mistake, having
        declined or had no seat, is not absent but what the closing would have made of them."""
        self._move("miss", vals={"attendance_date": False})
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """→ cancelled, by HR: the participant is told, the seat is free."""
        self.check_access("read")
        # sudo: a lock, by who reads the participation
        self.sudo().training_id._lock_seats()
        self._move("cancel", comment)
        return True

    def _do_moves(self, moves, comment=""):
        """Take moves that follow from another one.

        :param dict moves: move → the rows that take it
        """
        for name, rows in moves.items():
            if rows:
                move = self._get_move(name)
                rows._do_move(move, move.seal(comment or ""))

    def _do_move(self, move, comment, vals=None):
        if move.name not in ("unattend", "miss"):
            return super()._do_move(move, comment, vals)
        # a mark that is taken back leaves what was before it
        targets = self._get_states_unmarked(move)
        decisions = self.env["hr.backbone.decision"]
        for target, rows in self.grouped(targets.get).items():
            back = replace(move, target=target)
            decisions += super(HrBackboneTrainingParticipant, rows)._do_move(back, comment, vals)
        return decisions

    def _get_states_unmarked(self, move):
        """{row: the state in which it is without its mark}, for the steps that take one back."""
        marked = self.filtered(lambda row: row.state == "attended")
        before = marked._get_states_before()
        if move.name == "unattend":
            return {row: before.get(row.id, move.target) for row in self}
        # the session is closed: whoever could not come has been taken off
        excused = marked._get_excused(before)
        return {
            row: "declined"
            if before.get(row.id) == "declined"
            else "cancelled"
            if row in excused
            else move.target
            for row in self
        }

    def _get_states_before(self):
        """{id: the state from which the participant was last marked as present}"""
        # sudo: the trail of rows that the user has
        decisions = self.env["hr.backbone.decision"].sudo()
        found = decisions.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("move", "=", "attend")],
            order="id",
        )
        return {decision.res_id: decision.from_state for decision in found}

    def _get_excused(self, before=None):
        """Those who are not absent when nobody marks them, because the session was no offer to
        them (`_select_offered_sessions`): not invited before it began, without a seat, or
        suspended on one of its days.

        :param dict before: {id: the state of then}, of those who have been marked since
        """
        # sudo: when each was invited and suspended, and the seats; the step was allowed
        rows = self.sudo()
        before = before or {}
        away = rows.env["hr.backbone.movement"]._get_times_away(rows.member_id)
        taken = {training: training.seats_taken for training in rows.training_id}

        def is_excused(row):
            state, training = before.get(row.id, row.state), row.training_id
            # a mark that is taken back has taken a seat itself
            others = taken[training] - (row.state == "attended")
            return (
                state == "waiting"
                or (state == "invited" and training.seats and others >= training.seats)
                or not row.date_invited
                or row.date_invited >= row.date_start
                or any(
                    first <= row.day_end and not (back and back <= row.day_start)
                    for first, back in away[row.member_id]
                )
            )

        return self & rows.filtered(is_excused)

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the step was allowed; these follow from it
        rows = self.sudo()
        match name:
            case "invite" | "confirm" | "queue" | "advance":
                rows._sync_attendees()
            case "decline" | "cancel" | "unattend":
                rows._sync_attendees()
                rows.training_id._on_seats_changed()
            case "attend":
                closed = rows.filtered(lambda row: row.training_id.state == "done")
                closed._write_resume_lines()
            case "miss":
                lines = rows.resume_line_id
                rows.filtered("resume_line_id")._write_moved({"resume_line_id": False})
                lines.unlink()
        return result

    def _on_member_resumed(self):
        """Back in the pool: invited to what was announced meanwhile, and next in the queue."""
        invited = self.filtered(lambda row: row.state == "invited")
        invited.filtered(lambda row: not row.date_invited)._announce()
        if waiting := self.filtered(lambda row: row.state == "waiting"):
            waiting.training_id._lock_seats()
            waiting.training_id._on_seats_changed()

    # -- who is told ---------------------------------------------------------------------

    def _get_mail_partners(self, name):
        """The participant; nobody about a session that was never announced or is over, nor
        about a change of one to which a suspended member is invited."""
        self.ensure_one()
        # sudo: to whom the system writes
        row = self.sudo()
        training = row.training_id
        unasked = name == "change" and not row._is_going() and row.state == "invited"
        if not training.date_planned or training._is_over() or unasked:
            return self.env["res.partner"]
        return row._get_person_partner()

    def _process_attachments_for_template_post(self, mail_template):
        """The invitation carries an entry for the calendar of the participant's phone."""
        result = super()._process_attachments_for_template_post(mail_template) or {}
        names = ("invite", "advance", "change")
        own = {self.env.ref(self._get_move(name).mail, False) for name in names}
        if mail_template in own:
            # sudo: an entry for the participant's own calendar, in a mail to them
            for training, rows in self.sudo().grouped("training_id").items():
                entry = ("training.ics", base64.b64encode(training._get_ics()))
                for row in rows:
                    result.setdefault(row.id, {}).setdefault("attachments", []).append(entry)
        return result

    # -- the calendar --------------------------------------------------------------------

    def _is_going(self):
        """Whether the calendar shows the session to the participant: also while an invitation
        waits for an answer, though not to a suspended member. Called as superuser."""
        self.ensure_one()
        asked = self.state != "invited" or self.member_id.state == "active"
        return self.state in GOING and asked

    def _get_partners(self):
        """The partners of these participants."""
        # sudo: to whom the system writes, and whom it puts into the calendar
        find = self.env["hr.backbone.application"].sudo()._get_partner
        return self.env["res.partner"].union(*(find(row.employee_id) for row in self.sudo()))

    def _sync_attendees(self):
        """These participants answered, came or went: the calendar follows."""
        # sudo: what follows from a move that was checked
        for training, rows in self.sudo().grouped("training_id").items():
            event = training._get_quiet_events()
            if not event or len(rows) > FEW:
                training._sync_event()
                continue
            going = rows.filtered(lambda row: row._is_going())
            come = going._get_partners() - event.partner_ids
            gone = (rows - going)._get_partners() - training._get_trainer_partner()
            gone &= event.partner_ids
            if come or gone:
                commands = [Command.link(partner.id) for partner in come]
                commands += [Command.unlink(partner.id) for partner in gone]
                event.write({"partner_ids": commands})
            going._show_answers()

    def _show_answers(self):
        """Show in the calendar who of these has confirmed."""
        # sudo: the system keeps the entries of a training
        attendees = self.env["calendar.attendee"].sudo()
        sure = self.filtered(lambda row: row.state != "invited")
        for rows, state in ((sure, "accepted"), (self - sure, "needsAction")):
            if rows:
                domain = Domain("event_id", "in", rows.training_id.event_id.ids)
                domain &= Domain("partner_id", "in", rows._get_partners().ids)
                others = attendees.search(domain & Domain("state", "!=", state))
                others.write({"state": state})
