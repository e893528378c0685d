# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.translate import LazyTranslate

from ..core.jobs import run_in_batches
from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import Day, Text, public
from .hr_backbone_rotation import BEFORE, LIVING

_lt = LazyTranslate(__name__)

XMLID = "hr_backbone_training.%s"
AGREEMENT = ("date_manager_agreed", "date_host_agreed")
# the steps that a rotation goes through, as the picture on its page shows them
STEPS = {"draft": 0, "requested": 1, "agreed": 2, "running": 2, "evaluation": 3, "done": 5}


class HrBackboneRotation(models.Model):
    """The moves of a rotation: who asks and agrees, why each is refused, what follows from it,
    and who is told."""

    _inherit = "hr.backbone.rotation"

    _todo_states = ("requested", "evaluation")
    _readers = ("employee", "managers", "mentor", "host", "hr")
    _moves = Moves(
        Move("request", "draft", "requested", _lt("Requested"), button=True, mail="requested"),
        Move("consent", "requested", "requested", _lt("Agreed for one side")),
        Move("agree", "requested", "agreed", _lt("Agreed"), asks="action_agree", mail="agreed"),
        Move(
            "return", "requested", "draft", _lt("Returned"), reason="action_return", mail="returned"
        ),
        Move(
            "refuse", "requested", "refused", _lt("Refused"), reason="action_refuse", mail="refused"
        ),
        Move(
            "cancel",
            (*BEFORE, "running"),
            "cancelled",
            _lt("Cancelled"),
            reason="action_cancel",
            mail="cancelled",
        ),
        Move("start", "agreed", "running", _lt("Begun"), by=PROCEDURE),
        Move("end", "running", "evaluation", _lt("Ended"), by=PROCEDURE, mail="ended"),
        Move(
            "end_early",
            "running",
            "evaluation",
            _lt("Ended early"),
            by=HR,
            reason="action_end_early",
            mail="ended",
            private=True,
        ),
        Move(
            "hand_in",
            ("running", "evaluation"),
            "evaluation",
            _lt("Evaluation handed in"),
            button=True,
        ),
        Move("complete", "evaluation", "done", _lt("Completed"), by=PROCEDURE, mail="done"),
        Move(
            "finish",
            "evaluation",
            "done",
            _lt("Completed by HR"),
            by=HR,
            reason="action_finish",
            mail="done",
        ),
        Move(
            "leave",
            ("running", "evaluation"),
            "done",
            _lt("Ended with the membership"),
            by=PROCEDURE,
        ),
        mails="hr_backbone_training.mail_template_rotation_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "request", "requested": "agree", "evaluation": "hand_in"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        if self.state == "draft":
            return self._may_ask()
        if self.state == "requested":
            return bool(self._get_agreement_vals())
        return not (self._get_summary_refusal() and self._get_score_refusal())

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft":
            return self.env._("The member, the manager or HR completes and requests it.")
        if self.state == "requested":
            return self._get_agreement_step()
        if self.state == "agreed":
            return self.env._("It begins on %s.", format_date(self.env, self.date_start))
        if self.state == "running":
            return self.env._("It ends on %s.", format_date(self.env, self.date_end))
        if self.state == "evaluation":
            return self._get_evaluation_step()
        return False

    # -- where it stands ---------------------------------------------------------------

    def _get_steps(self):
        """The picture of the procedure: [(label, "done", "current", "stopped" or "todo")]."""
        self.ensure_one()
        labels = [
            self.env._("Asked for"),
            self.env._("Manager and host"),
            self.env._("In the other post"),
            self.env._("Summary and score"),
            self.env._("Résumé"),
        ]
        reached, here = STEPS.get(self.state), "current"
        if reached is None:
            # sudo: refused or cancelled, the last decision says how far it came
            reached, here = STEPS.get(self.sudo().decision_ids[:1].from_state, 0), "stopped"
        return [
            (label, "done" if index < reached else here if index == reached else "todo")
            for index, label in enumerate(labels)
        ]

    # -- buttons -----------------------------------------------------------------------

    @public()
    def action_request(self):
        """draft → requested, by HR, the member or the member's manager; a manager who asks
        has thereby agreed."""
        self._claim_places()
        self._move("request")
        self._agree_as_requester()
        return True

    @public(comment=Text())
    def action_agree(self, comment=None):
        """The part of the member's manager or of the host; the second makes it agreed."""
        self._claim_places()
        for complete, batch in self.grouped(lambda record: record._would_complete()).items():
            batch._give_agreement("agree" if complete else "consent", comment)
        return True

    @public(comment=Text())
    def action_return(self, comment=None):
        """requested → draft, by the manager or the host.

        :param str comment: what has to be changed; required
        """
        nobody = {"date_manager_agreed": False, "date_host_agreed": False}
        self._move("return", comment, nobody)
        return True

    @public(comment=Text())
    def action_refuse(self, comment=None):
        """Refused by the manager or the host.

        :param str comment: the reason; required
        """
        self._move("refuse", comment)
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """Cancelled by HR, the manager or, before it runs, the member.

        :param str comment: the reason; required
        """
        self._move("cancel", comment)
        return True

    @public(comment=Text(), date=Day())
    def action_end_early(self, comment=None, date=None):
        """running → evaluation, by HR.

        :param str comment: the reason; required
        :param date: the last day, between the first one and today; today by default
        """
        for day, batch in self._get_last_days(date).items():
            batch._move("end_early", comment, {"date_end": day})
        return True

    @public()
    def action_hand_in(self):
        """What the member or the host has written counts; both complete the rotation."""
        for vals, batch in self._get_hand_in_vals():
            batch._move("hand_in", vals=vals)
        return True

    @public(comment=Text())
    def action_finish(self, comment=None):
        """evaluation → done without what is still missing, by HR.

        :param str comment: the reason; required
        """
        self._move("finish", comment)
        return True

    @public()
    def action_submit(self):
        """What the page's main button does: ask for it or, at the end, hand in."""
        asked = self.filtered(lambda record: record.state == "draft")
        asked and asked.action_request()
        later = self - asked
        later and later.action_hand_in()
        return True

    # -- refusals ----------------------------------------------------------------------

    def _get_move_refusals(self, name):
        match name:
            case "request":
                return self._refusals_request()
            case "consent" | "agree":
                return self._refusals_agree()
            case "return" | "refuse":
                return self._refusals_return()
            case "cancel":
                return self._refusals_cancel()
            case "hand_in":
                return self._refusals_hand_in()
        return super()._get_move_refusals(name)

    def _refusals_return(self):
        """Whoever is asked to agree may return or refuse."""
        refusals = {}
        for record in self:
            if record._concerns_me():
                refusals[record] = [self.env._("You cannot decide on your own case.")]
            elif not (record._is_manager() or record._is_host()):
                refusals[record] = [record._get_agreement_refusal()]
        return refusals

    def _refusals_cancel(self):
        refusals = {}
        for record in self:
            if record._is_hr() or record.is_managed or record._is_manager():
                continue
            if not record._is_about_me():
                refusals[record] = [
                    self.env._("Only the member, the member's manager or HR can cancel.")
                ]
            elif record.state not in BEFORE:
                refusals[record] = [
                    self.env._("It runs already: the manager or HR can still cancel it.")
                ]
        return refusals

    def _refusals_hand_in(self):
        refusals = {}
        for record in self:
            summary, score = record._get_summary_refusal(), record._get_score_refusal()
            if not (summary and score):
                refusals[record] = [*record._get_missing().values()]
            elif record._is_about_me():
                refusals[record] = [summary]
            else:
                refusals[record] = [score]
        return refusals

    # -- agreeing, and handing in at the end -------------------------------------------

    def _get_agreement_vals(self):
        """The parts that the user gives by agreeing, of those that are missing."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        parts = {
            "date_manager_agreed": self._is_manager(),
            "date_host_agreed": self._is_host(),
        }
        return {name: today for name, mine in parts.items() if mine and not self[name]}

    def _would_complete(self):
        """Whether both have agreed once the user has."""
        given = self._get_agreement_vals()
        return all(self[name] or name in given for name in AGREEMENT)

    def _give_agreement(self, move, comment=None):
        by_vals = self.grouped(lambda record: tuple(record._get_agreement_vals().items()))
        for vals, batch in by_vals.items():
            batch._move(move, comment, dict(vals))

    def _agree_as_requester(self):
        """A manager who asks for it has thereby agreed; so has a host."""
        mine = self.filtered(lambda record: record._get_agreement_vals())
        if mine:
            mine.action_agree()

    def _get_missing_agreement(self):
        """The employees whose agreement is awaited, as superuser: names and logins."""
        self.ensure_one()
        # sudo: names of the people of this document
        people = self.env["hr.employee"].sudo()
        if not self.date_manager_agreed:
            people |= self.manager_id
        if not self.date_host_agreed:
            people |= self.host_id
        return people

    def _get_hand_in_vals(self):
        """[(what the user's handing in sets, the records)]"""
        groups = {}
        for record in self:
            today = record.company_id._backbone_today()
            vals = {}
            if not record._get_summary_refusal():
                vals["date_summary"] = today
            if not record._get_score_refusal():
                vals["date_scored"] = today
            key = tuple(vals.items())
            groups[key] = groups.get(key, self.browse()) | record
        return [(dict(key), batch) for key, batch in groups.items()]

    # -- consequences ------------------------------------------------------------------

    def _do_move(self, move, comment, vals=None):
        if move.name != "hand_in":
            return super()._do_move(move, comment, vals)
        # what is written counts; where the rotation stands, its dates say
        decisions = self.env["hr.backbone.decision"]
        for state, batch in self.grouped("state").items():
            stay = replace(move, target=state)
            decisions += super(HrBackboneRotation, batch)._do_move(stay, comment, vals)
        return decisions

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        match name:
            case "request":
                self._on_requested()
            case "agree":
                self._on_agreed()
            case "hand_in" | "end" | "end_early":
                self._complete_evaluated()
            case "complete" | "finish" | "leave":
                self._write_resume()
        return result

    def _on_requested(self):
        # sudo: the move was just allowed
        self.sudo()._write_moved(
            {
                "requester_id": self.env.uid,
                "date_manager_agreed": False,
                "date_host_agreed": False,
                "date_host_missing": False,
            }
        )
        self._update_managers()

    def _on_agreed(self):
        """One that is agreed on its first day begins at once."""
        # sudo: follows from the agreement
        for company, batch in self.sudo().grouped("company_id").items():
            today = company._backbone_today()
            due = batch.filtered(lambda record, today=today: record.date_start <= today)
            if due:
                due._do_move(self._get_move("start"), "")

    def _complete_evaluated(self):
        # sudo: follows from what the two have handed in
        complete = self.sudo().filtered(
            lambda record: (
                record.state == "evaluation" and record.date_summary and record.date_scored
            )
        )
        if complete:
            complete._do_move(self._get_move("complete"), "")

    # -- a host who is not there any more ----------------------------------------------

    def _get_host_refusal(self):
        self.ensure_one()
        if not self._is_hr():
            return self.env._("Only HR names another host.")
        if self.state not in LIVING or self.date_scored:
            return self.env._("The host has done all that there is to do.")
        return False

    def _on_host_named(self):
        """The new host agrees anew where that is still awaited, and is told."""
        # sudo: follows from the change that the user was just allowed to make
        records = self.sudo()
        records._write_moved({"date_host_missing": False})
        asked = records.filtered(lambda record: record.state == "requested")
        asked._write_moved({"date_host_agreed": False})
        living = records.filtered(lambda record: record.state in LIVING)
        for record in living:
            if not record._has_host() or record.host_id == record.employee_id:
                raise UserError(record._get_host_missing_sentence())
        if living:
            bodies = {
                record.id: self.env._("The host is now %s.", record.host_id.name)
                for record in living
            }
            living._message_log_batch(bodies)
            living._finish_activities()
            living._schedule_next_activities()
            self.env["hr.backbone.notification"]._queue(
                living, "hr_backbone_training.mail_template_rotation_host", "host"
            )

    def _update_managers(self):
        """Make sure that each asks the manager who is there now."""
        # sudo: by HR, or the daily job
        for record in self.sudo():
            leader = record._find_leader(record.employee_id.department_id)
            if leader != record.manager_id:
                record._write_moved({"manager_id": leader.id, "date_manager_agreed": False})
                record._finish_activities()
                record._schedule_next_activities()

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        result = {}
        # sudo: all at once; below they are read for each document, and told nobody
        (self.employee_id | self.host_id | self.manager_id).sudo().mapped("user_id.active")
        for record in self:
            if record.date_host_missing and record.state in LIVING and not record.date_scored:
                users = record._get_hr_user()
                result[record] = ("mail_activity_type_rotation_host", users, None)
            elif record.state == "requested":
                users = record._get_missing_agreement()._get_acting_users(record.company_id)
                if not (record.manager_id or record.date_manager_agreed):
                    users |= record._get_hr_user()
                result[record] = ("mail_activity_type_rotation_agree", users, None)
            elif record.state == "evaluation":
                users = record._get_awaited_evaluators()._get_acting_users(record.company_id)
                result[record] = ("mail_activity_type_rotation_evaluate", users, None)
        return {
            record: (XMLID % xmlid, users, deadline)
            for record, (xmlid, users, deadline) in result.items()
        }

    def _pass_todos_on(self):
        """The manager of now is asked, and HR for a host who cannot act any more."""
        asked = self.filtered(lambda row: row.state == "requested" and not row.date_manager_agreed)
        asked.filtered(lambda row: not row._can_act(row.manager_id))._update_managers()
        lost = self.filtered(
            lambda row: (
                row.state in LIVING
                and not (row.date_scored or row.date_host_missing)
                and not row._has_host()
            )
        )
        if lost:
            lost._on_host_lost()
        return super()._pass_todos_on()

    def _get_awaited_evaluators(self):
        """The member and the host, as far as they have not handed in yet; as superuser."""
        self.ensure_one()
        # sudo: names and logins of the people of this document
        people = self.env["hr.employee"].sudo()
        if not self.date_summary:
            people |= self.employee_id
        if not self.date_scored:
            people |= self.host_id
        return people

    def _get_mail_partners(self, name):
        """With the request those who agree; at the end those who evaluate; else the people
        of the case."""
        self.ensure_one()
        if name == "request":
            # whoever asks for it and agrees thereby knows
            people = self._get_missing_agreement().filtered(
                lambda person: not person._is_backbone_user()
            )
        elif name in ("end", "end_early"):
            people = self._get_awaited_evaluators()
        elif name == "host":
            people = self.host_id
        elif name in ("complete", "finish"):
            people = self.employee_id
        else:
            people = self.employee_id | self.manager_id
            if name == "agree" or self.date_host_agreed:
                people |= self.host_id
        partners = self.env["res.partner"]
        for person in people:
            partners |= self._get_person_partner(person)
        if name in ("return", "refuse", "cancel"):
            partners |= self.requester_id.partner_id
        return partners

    # -- the daily job -----------------------------------------------------------------

    @api.model
    def _cron_rotations(self, batch_size=100):
        """Make sure that each rotation stands where its dates say, and has a host."""
        for domain, step in (
            (self._get_manager_lost_domain(), lambda records: records._update_managers()),
            (self._get_host_lost_domain(), lambda records: records._on_host_lost()),
            (self._get_due_domain("agreed", "date_start", "<="), lambda due: due._start_due()),
            (self._get_due_domain("running", "date_end", "<"), lambda due: due._end_due()),
        ):
            run_in_batches(self, domain, step, batch_size)

    @api.model
    def _get_due_domain(self, state, field, operator):
        """Those of this state whose day has come where their company is; with a suspended
        member nothing begins or ends."""
        [[companies]] = self._read_group(
            [("state", "in", ("agreed", "running"))], aggregates=["company_id:recordset"]
        )
        by_today = companies.grouped(lambda company: company._backbone_today())
        living = Domain("state", "=", state) & Domain("member_id.state", "=", "active")
        return living & Domain.OR(
            Domain("company_id", "in", batch.ids) & Domain(field, operator, today)
            for today, batch in by_today.items()
        )

    def _on_member_resumed(self):
        """Where its dates say, after a suspension: what could not begin is cancelled, or begins
        today with the days that are left."""
        for company, records in self.grouped("company_id").items():
            today = company._backbone_today()
            agreed = records.filtered(lambda record: record.state == "agreed")
            missed = agreed.filtered(lambda record, today=today: record.date_end < today)
            begun = agreed.filtered(lambda record, today=today: record.date_start <= today)
            over = records.filtered(
                lambda record, today=today: record.state == "running" and record.date_end < today
            )
            if missed:
                reason = self.env._("The member was suspended until after the last day.")
                missed._do_move(self._get_move("cancel"), reason)
            if late := begun - missed:
                late._do_move(self._get_move("start"), "", {"date_start": today})
            if over:
                over._end_due()

    def _start_due(self):
        self._do_move(self._get_move("start"), "")

    def _end_due(self):
        self._do_move(self._get_move("end"), "")

    @api.model
    def _get_lost_domain(self, name):
        return (
            Domain(name, "=", False)
            | Domain(f"{name}.active", "=", False)
            | Domain(f"{name}.user_id", "=", False)
            | Domain(f"{name}.user_id.active", "=", False)
        )

    @api.model
    def _get_manager_lost_domain(self):
        asked = Domain("state", "=", "requested") & Domain("date_manager_agreed", "=", False)
        return asked & self._get_lost_domain("manager_id")

    @api.model
    def _get_host_lost_domain(self):
        open_ = Domain("state", "in", LIVING) & Domain("date_scored", "=", False)
        lost = self._get_lost_domain("host_id") | Domain("id", "in", self._find_hosted_elsewhere())
        return open_ & Domain("date_host_missing", "=", False) & lost

    @api.model
    def _find_hosted_elsewhere(self):
        """The ids of those whose host works in another company of the group by now."""
        self.flush_model(["host_id", "company_id", "state"])
        self.env["hr.employee"].flush_model(["company_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT r.id FROM hr_backbone_rotation r JOIN hr_employee e ON e.id = r.host_id
                    WHERE r.state IN %s AND e.company_id != r.company_id""",
                LIVING,
            )
        )
        return [row[0] for row in rows]

    def _on_host_lost(self):
        """HR is asked once to name another host."""
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_host_missing": company._backbone_today()})
        self._finish_activities()
        self._schedule_next_activities()
