# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

import pytz
import vobject

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..core.claims import claim
from ..core.jobs import run_in_batches
from ..core.moves import Move, Moves, list_sentences
from ..core.public import Text, public
from .hr_backbone_training import ANNOUNCED

_lt = LazyTranslate(__name__)


class HrBackboneTraining(models.Model):
    """The steps of a training: announced, held and closed, or cancelled; its seats, its
    calendar and its reminders.

    The calendar has one entry for each announced training, which follows it. The mails of a
    training are ours, so the calendar itself writes to nobody.
    """

    _inherit = "hr.backbone.training"

    _readers = ("trainer", "participants", "managers", "mentor", "hr")
    _todo_states = ("planned",)
    _moves = Moves(
        Move("plan", "draft", "planned", _lt("Announced"), button=True),
        Move("done", "planned", "done", _lt("Held and closed"), button=True),
        Move("cancel", ("draft", "planned"), "cancelled", _lt("Cancelled"), reason="action_cancel"),
    )
    # the mails are ours; while it is planned the entry stays
    _calendar_quiet = True
    _calendar_states = ("planned",)

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

    def _get_move_refusals(self, name):
        match name:
            case "plan":
                return self._refusals_plan()
            case "done":
                return self._refusals_done()
            case "cancel":
                return self._refusals_cancel()
        return super()._get_move_refusals(name)

    def _refusals_plan(self):
        refusals = self._refuse_unless_officer()
        for training in self:
            # sudo: whether there is a trainer decides
            held = training.sudo().trainer_id or (training.provider or "").strip()
            # an internal one is announced with a warning, see `_get_trainer_warning`
            if training.kind == "external" and not held:
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

    @public()
    def action_plan(self):
        """draft → planned, by HR: the invitations go out and the calendar shows it.

        :return: True, or a notification where management does not hold an internal training
        """
        self._move("plan")
        warnings = [training.trainer_warning for training in self if training.trainer_warning]
        if not warnings:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Announced, but not held by management"),
                "message": "\n".join(warnings),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @public()
    def action_done(self):
        """planned → done, by HR, from the day of the session on.

        Whoever was not marked present becomes absent; what was attended becomes a line of
        each participant's résumé.
        """
        self._move("done")
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """The training does not take place; its participants are told why."""
        self._move("cancel", comment)
        return True

    @public()
    def action_invite_echelons(self):
        """Put every active member of the chosen echelons on the list, at once. Pressed again,
        it adds those who were admitted since, and nobody twice.

        :raise UserError: not HR, no echelon chosen, or the session or the training is over
        """
        if reasons := self._refuse_unless_officer():
            raise UserError("\n".join(list_sentences(reasons)))
        self.check_access("write")
        vals_list = []
        for training in self:
            if training.state not in ("draft", "planned"):
                raise UserError(self.env._("A training that is over cannot be changed."))
            if training._is_over():
                raise UserError(
                    self.env._(
                        "“%s” is over, so nobody can be invited any more. Add those who were "
                        "there to the list one by one.",
                        training.name,
                    )
                )
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

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the step was allowed; the participants and the calendar follow
        trainings = self.sudo()
        match name:
            case "plan":
                trainings._on_planned()
            case "done":
                trainings._on_done()
            case "cancel":
                trainings._on_cancelled(decisions[:1].comment)
        return result

    def _on_planned(self):
        self._note_management()
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_planned": company._backbone_today()})
        self._sync_event()
        self.participant_ids.filtered(lambda row: row.state == "invited")._announce()

    def _on_done(self):
        self._note_management()
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_done": company._backbone_today()})
        people = self.participant_ids
        awaited = people.filtered("is_open")
        excused = awaited._get_excused()
        people._do_moves({"miss": awaited - excused, "cancel": excused})
        people.filtered(lambda row: row.state == "attended")._write_resume_lines()

    def _on_cancelled(self, reason):
        people = self.participant_ids
        people._do_moves({"cancel": people.filtered("is_open")}, reason)
        self._remove_event()

    # -- “organizes management to conduct” -----------------------------------------------

    @api.depends("trainer_id")
    def _compute_is_by_management(self):
        for training in self:
            training.is_by_management = training.trainer_id.job_id.backbone_rank_id.is_managerial

    def _note_management(self):
        """The rank of today decides, whatever becomes of the trainer later."""
        self.env.add_to_compute(self._fields["is_by_management"], self)
        self._recompute_recordset(["is_by_management"])

    @api.depends("kind", "trainer_id", "state")
    def _compute_trainer_warning(self):
        for training in self:
            training.trainer_warning = training._get_trainer_warning()

    def _get_trainer_warning(self):
        """What is not as the scheme has it about who holds an internal training: a sentence, or
        False. It may be announced all the same."""
        self.ensure_one()
        if self.kind != "internal" or self.state not in ("draft", "planned"):
            return False
        trainer = self.trainer_id
        rank = trainer.job_id.backbone_rank_id
        if rank.is_managerial:
            return False
        if not trainer:
            return self.env._(
                "No trainer is named. Management holds the internal trainings of the scheme: "
                "choose a manager, or go on; the ledger of obligations will show it."
            )
        if not rank:
            return self.env._(
                "The post of %(trainer)s has no rank. Management holds the internal trainings of "
                "the scheme: choose a manager, or go on; the ledger of obligations will show it.",
                trainer=trainer.name,
            )
        return self.env._(
            "%(trainer)s has the rank “%(rank)s”. Management holds the internal trainings of the "
            "scheme: choose a manager, or go on; the ledger of obligations will show it.",
            trainer=trainer.name,
            rank=rank.name,
        )

    # -- seats ---------------------------------------------------------------------------

    def _lock_seats(self):
        """Of two who take the last seat at once the second one looks again."""
        claim(self)
        self.env["hr.backbone.training.participant"].invalidate_model(["state"])

    def _on_seats_changed(self):
        """A seat was taken or became free: the first who wait move up, and are told."""
        # sudo: seats follow from a move or a write that was checked
        trainings = self.sudo()
        open_ones = trainings.filtered(lambda row: row.state == "planned" and not row._is_over())
        for training in open_ones.filtered("seats"):
            if free := training._get_free_seats():
                waiting = self.env["hr.backbone.training.participant"].sudo()
                first = waiting.search(
                    [
                        ("training_id", "=", training.id),
                        ("state", "=", "waiting"),
                        # whoever is suspended keeps the place in the queue
                        ("member_id.state", "=", "active"),
                    ],
                    order="date_answered, id",
                    limit=free,
                )
                first._do_moves({"advance": first})
        for training in open_ones.filtered(lambda row: not row.seats):
            waiting = training.participant_ids.filtered(
                lambda row: row.state == "waiting" and row.member_id.state == "active"
            )
            waiting._do_moves({"advance": waiting})

    def _on_content_changed(self, names):
        # sudo: what follows from a write that was checked
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
        return super()._get_last_comment() if self.state == "cancelled" else ""

    # -- who is told ---------------------------------------------------------------------

    def _get_next_activity(self):
        """On the day somebody takes the attendance, and HR closes the training."""
        xmlid = "hr_backbone_training.mail_activity_type_training_close"
        return {
            training: (
                xmlid,
                training.company_id._backbone_hr_user(training.program_id.user_id)
                | training.trainer_id._get_acting_users(training.company_id),
                training.day_end,
            )
            for training in self
            if training.state == "planned"
        }

    # -- the calendar --------------------------------------------------------------------

    def _get_quiet_events(self):
        """The entries of these trainings, to be changed without a mail to anybody."""
        # sudo: made for the participants, by whoever acts
        return self.sudo().event_id.with_context(
            no_mail_to_attendees=True,
            dont_notify=True,
            skip_attendee_notification=True,
            skip_contact_description=True,
            mail_create_nosubscribe=True,
            mail_create_nolog=True,
            mail_notrack=True,
            tracking_disable=True,
        )

    def _sync_event(self):
        """Make sure that the calendar shows each announced training as it is, to the trainer
        and to everyone who is invited or has confirmed."""
        # sudo: the system keeps the entries of a training
        for training in self.sudo().filtered(lambda row: row.state == "planned"):
            people = training.participant_ids.filtered(lambda row: row._is_going())
            partners = people._get_partners() | training._get_trainer_partner()
            vals = training._get_event_vals()
            event = training._get_quiet_events()
            if event:
                event._show_as(vals, partners)
            else:
                vals["partner_ids"] = [Command.set(partners.ids)]
                vals["user_id"] = (training.program_id.user_id or self.env.user).id
                event = event.create([vals])
                training._write_moved({"event_id": event.id})
            people._show_answers()

    def _get_event_vals(self):
        self.ensure_one()
        vals = {
            **super()._get_event_vals(),
            "name": self.name,
            "location": ", ".join(filter(None, (self.place, self.link))) or False,
            "allday": self.all_day,
        }
        if self.all_day:
            return {**vals, "start_date": self.day_start, "stop_date": self.day_end}
        return {**vals, "start": self.date_start, "stop": self.date_end}

    def _get_trainer_partner(self):
        # sudo: whom the system puts into the calendar
        trainer = self.sudo().trainer_id
        return self.env["hr.backbone.application"].sudo()._get_partner(trainer)

    def _remove_event(self):
        """The training does not take place: it goes from the calendar."""
        self._get_quiet_events().unlink()

    # -- moved in the calendar itself ----------------------------------------------------

    def _get_calendar_refusal(self):
        """Why the user may not move the training by its entry; False when that is allowed."""
        self.ensure_one()
        if not self.has_access("write"):
            return self.env._("Only HR plans and changes a training.")
        return self._get_content_refusal({"date_start"})

    def _follow_event(self):
        """The training is when and where its entry is now, and its participants hear of it.

        Where it has a place and a link, the entry shows both: its text is not taken apart.
        """
        for training in self:
            # sudo: the dates of the entry, which the user has just written
            event = training.sudo().event_id
            names = ("all_day", "day_start", "day_end")
            values = (event.allday, event.start_date, event.stop_date)
            if not event.allday:
                names = ("all_day", "date_start", "date_end")
                values = (False, event.start, event.stop)
            vals = {}
            if tuple(training[name] for name in names) != values:
                vals = dict(zip(names, values, strict=True))
            if not training.link and (training.place or "") != (event.location or ""):
                vals["place"] = event.location
            if vals:
                training.write(vals)
        self._sync_event()

    # -- for other calendars -------------------------------------------------------------

    def _get_ics(self):
        """The session as a file that any calendar takes; it names none of the participants.

        :return: bytes
        """
        self.ensure_one()
        # sudo: the user reads the training, and the file says no more
        training = self.sudo()
        # an entry of its own, without people and without what somebody wrote into the real one
        vals = {"user_id": False, "partner_ids": [], "alarm_ids": []}
        vals |= {"start": training.date_start, "stop": training.date_end}
        event = self.env["calendar.event"].sudo().new({**training._get_event_vals(), **vals})
        calendar = vobject.readOne(event._get_ics_file()[event.id].decode())
        calendar.add("method").value = "PUBLISH"
        for name, value in training._get_ics_vals().items():
            calendar.vevent.contents.pop(name, None)
            calendar.vevent.add(name).value = value
        return calendar.serialize().encode()

    def _get_ics_vals(self):
        """What Odoo's file lacks: by its name and number a calendar knows the session again,
        and a whole day is a date."""
        uuid = self.env["ir.config_parameter"].get_param("database.uuid")
        vals = {
            "uid": f"backbone-training-{self.id}@{uuid}",
            "dtstamp": pytz.utc.localize(self.write_date),
            "sequence": str(int(self.write_date.timestamp()) // 60),
            "url": f"{self.get_base_url()}{self.access_url}",
        }
        if self.all_day:
            vals |= {"dtstart": self.day_start, "dtend": self.day_end + timedelta(days=1)}
        return vals

    # -- “every quarter”, “at least once a year”: HR hears when that is not so -----------

    @api.model
    def _cron_remind(self, batch_size=50):
        """Make sure that the HR of each running program has been told, once, of members without
        an internal training in the quarter or an external opportunity in the year."""

        def remind(programs):
            for company, own in programs.grouped("company_id").items():
                own.sorted("year")[-1:]._remind_of_training(company._backbone_today())

        programs = self.env["hr.backbone.program"]
        run_in_batches(programs, [("state", "=", "running")], remind, batch_size)

    def _finish_quarter_reminders(self):
        """Members were invited to a session: what reminded of it may be done."""
        # sudo: the reminders of HR
        programs = self.env["hr.backbone.program"].sudo()
        programs = programs.search([("company_id", "in", self.company_id.ids)])
        programs._finish_met_reminders()
