# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Text, public
from .hr_backbone_application import OPEN_STATES, SCORES

_lt = LazyTranslate(__name__)


class HrBackboneApplication(models.Model):
    """The moves of an application: why each is refused, and what follows from it."""

    _inherit = "hr.backbone.application"

    _todo_states = ("draft", "director", "hr", "committee", "selected")
    _readers = ("employee", "recommender", "managers", "approver", "committee", "hr")
    _moves = Moves(
        Move("submit", "draft", "director", _lt("Recommended"), button=True, mail="submitted"),
        Move("approve", "director", "hr", _lt("Approved"), asks="action_approve", mail="approved"),
        Move("pass_review", "hr", "committee", _lt("Passed the review"), asks="action_pass_review"),
        Move("select", "committee", "selected", _lt("Selected"), by=PROCEDURE, mail="selected"),
        Move("reject", "committee", "refused", _lt("Not selected"), by=PROCEDURE, mail="refused"),
        Move("publish", "selected", "publicity", _lt("Publicized"), by=PROCEDURE, mail="published"),
        Move("admit", "publicity", "admitted", _lt("Admitted to the talent pool"), mail="admitted"),
        Move(
            "uphold",
            "publicity",
            "refused",
            _lt("Refused after an objection"),
            by=PROCEDURE,
            comment=True,
            mail="refused",
        ),
        Move(
            "drop",
            "publicity",
            "refused",
            _lt("Could not be admitted"),
            by=PROCEDURE,
            comment=True,
            mail="refused",
        ),
        Move(
            "return", OPEN_STATES, "draft", _lt("Returned"), reason="action_return", mail="returned"
        ),
        Move(
            "refuse", OPEN_STATES, "refused", _lt("Refused"), reason="action_refuse", mail="refused"
        ),
        Move(
            "withdraw",
            ("draft", *OPEN_STATES),
            "withdrawn",
            _lt("Withdrawn"),
            asks="action_withdraw",
            mail="withdrawn",
        ),
        Move(
            "restore",
            ("refused", "withdrawn"),
            label=_lt("End taken back"),
            reason="action_restore",
            mail="restored",
            undoes=("reject", "refuse", "drop", "withdraw"),
        ),
        mails="hr_backbone_training.mail_template_application_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "director": "approve", "hr": "pass_review"}.get(self.state)

    def _is_next_actor_in_person(self):
        """Whether the awaited step is the user's own, not that of HR."""
        actor = {"draft": self.recommender_id, "director": self.approver_id}.get(self.state)
        return bool(actor) and actor._is_backbone_worker()

    def _is_next_actor(self):
        self.ensure_one()
        mine = self._is_next_actor_in_person()
        return mine or (self.state != "director" and super()._is_next_actor())

    def _get_next_step(self):
        self.ensure_one()
        # sudo: names of the people of this document
        person = self.sudo()
        mine = self._is_next_actor_in_person()
        if self.state == "draft" and person.plan_state == "draft":
            if self._is_about_me():
                return self.env._("You write your personal development plan.")
            return self.env._("%s writes the personal development plan.", person.employee_id.name)
        if mine and self.state == "draft":
            return self.env._("You submit the application.")
        if mine:
            return self.env._("You approve as the director of the center.")
        return {
            "draft": self.env._(
                "%s submits the application.", person.recommender_id.name or self.env._("HR")
            ),
            "director": self.env._(
                "%s approves as the director of the center.", person.approver_id.name
            ),
            "hr": self.env._("HR reviews the conditions."),
            "committee": self.env._("Top management selects in a meeting."),
            "selected": self.env._("HR publicizes the names."),
            "publicity": self.env._("Colleagues may object until the publicity ends."),
        }.get(self.state, False)

    # -- buttons -----------------------------------------------------------------------

    @public()
    def action_submit(self):
        """draft → director. By the recommender or HR; see `_refusals_submit`."""
        self._move("submit")
        return True

    @public(comment=Text())
    def action_approve(self, comment=None):
        """director → hr, by the director of the center."""
        self._move("approve", comment)
        return True

    @public(comment=Text())
    def action_pass_review(self, comment=None):
        """hr → committee, by HR with the checklist answered."""
        self._move("pass_review", comment)
        return True

    @public(comment=Text())
    def action_return(self, comment=None):
        """Back to draft, by whoever could take the next step.

        :param str comment: what needs to be corrected; required
        """
        self._move("return", comment)
        return True

    @public(comment=Text())
    def action_refuse(self, comment=None):
        """Refused for good, by whoever could take the next step.

        :param str comment: the reason; required
        """
        self._move("refuse", comment)
        return True

    @public(comment=Text())
    def action_withdraw(self, comment=None):
        """Withdrawn by the employee or the recommender."""
        self._move("withdraw", comment)
        return True

    @public(comment=Text())
    def action_restore(self, comment=None):
        """refused or withdrawn → where it was, by HR: it was a mistake. What an objection has
        ended stays so.

        :param str comment: the reason; required
        """
        self._move("restore", comment)
        return True

    @public(one=True)
    def action_open_plan(self):
        """The development plan of this application."""
        self.ensure_one()
        return self.plan_id._get_records_action(name=self.env._("Development Plan"))

    @public()
    def action_update_approver(self):
        """HR: find the director again, where departments or managers have changed."""
        self.check_access("write")
        self._lock_for_move()
        for application in self:
            if application.state not in ("draft", "director") or not self._is_officer():
                raise UserError(
                    self.env._("HR may look for the director again until the case is approved.")
                )
            approver = application._find_approver()
            if not approver and application.state == "director":
                raise UserError(application._get_approver_refusal())
            # sudo: the check is above
            case = application.sudo()
            case._write_moved({"approver_id": approver.id})
            case._pass_todos_on()
        return True

    # -- refusals ----------------------------------------------------------------------

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "approve":
                return self._refusals_approve()
            case "pass_review":
                return self._refusals_pass_review()
            case "return" | "refuse":
                return self._refusals_return()
            case "withdraw":
                return self._refusals_withdraw()
            case "admit":
                return self._refusals_admit()
            case "restore":
                return self._refusals_restore()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        """Submitting needs: program running and inside its window; rank in the echelon's
        scope, tenure enough; the employee's plan submitted; scores and reasons given; no
        other open application, no membership; a director who can approve."""
        # the departments may have another manager than when the page was made
        self.invalidate_recordset(["is_managed"])
        busy = self._get_busy_reasons()
        refusals = {}
        for record in self:
            if not (record.employee_id and record.echelon_id):
                refusals[record] = [self.env._("Choose the employee and the echelon.")]
                continue
            if not record._may_submit():
                refusals[record] = [self._get_recommender_refusal(record)]
                continue
            refusals[record] = [
                sentence
                for sentence in (
                    record._get_window_refusal(),
                    record._get_person_refusal(),
                    record._get_echelon_refusal(),
                    record._get_rank_refusal(),
                    record._get_tenure_refusal(),
                    record._get_plan_refusal(),
                    record._get_scores_refusal(),
                    record._get_busy_refusal(busy),
                    record._get_approver_refusal(),
                )
                if sentence
            ]
        return refusals

    def _get_batch_refusals(self, name):
        """Of two drafts of one person the first goes on, as it does one by one."""
        refusals = super()._get_batch_refusals(name)
        together = name in ("submit", "restore")
        for same in self.grouped("employee_id").values() if together else ():
            refusals.update((record, [same[0]._say_under_way()]) for record in same[1:])
        return refusals

    def _get_involved_refusal(self):
        """Nobody decides on their own case or on one they recommended."""
        if reason := super()._get_involved_refusal():
            return reason
        recommended = self.recommender_id._was_backbone_user()
        if recommended or (self.state == "director" and self.env.user in self._get_submitters()):
            return self.env._("You recommended this person, so somebody else decides.")
        return False

    def _refuse_unless_approver(self):
        """Refusals of a step that is the director's of the center."""
        refusals = {}
        for record in self:
            # sudo: the name of the director, on the form
            approver = record.approver_id.sudo()
            if reason := record._get_involved_refusal():
                refusals[record] = [reason]
            elif approver.id not in self.env.user._get_backbone_working():
                refusals[record] = [
                    self.env._("Only %s, the director of the center, can do this.", approver.name)
                ]
        return refusals

    def _refusals_approve(self):
        refusals = self._refuse_unless_approver()
        for record in self - self.browse(r.id for r in refusals):
            if reason := record._get_gone_refusal():
                refusals[record] = [reason]
        return refusals

    def _refusals_pass_review(self):
        refusals = self._refuse_unless_officer()
        for record in self - self.browse(r.id for r in refusals):
            if reason := record._get_gone_refusal():
                refusals[record] = [reason]
                continue
            refusals[record] = [
                reason for check in record.check_ids if (reason := check._get_refusal())
            ]
        return refusals

    def _refusals_return(self):
        """Whoever could take the next step may return or refuse."""
        awaiting = self.filtered(
            lambda record: record.state == "director" and record._get_able_approvers()
        )
        # where nobody can approve, HR has it corrected
        return {
            **awaiting._refuse_unless_approver(),
            **(self - awaiting)._refuse_unless_officer(),
        }

    def _get_able_approvers(self):
        """The logins that can approve, as superuser: none where the director has left, has no
        login, or has recommended the case."""
        self.ensure_one()
        users = self.approver_id._get_acting_users(self.company_id)
        return users - self._get_recused_users() - self._get_submitters()

    def _get_submitters(self):
        """The logins that recommended the person by submitting, as superuser."""
        # sudo: who decides is asked
        return self.sudo().decision_ids.filtered(lambda row: row.move == "submit").user_id

    def _refusals_withdraw(self):
        return {
            record: [self.env._("Only the employee or the recommender can withdraw.")]
            for record in self
            if not (record._is_about_me() or record._is_recommender())
        }

    def _refusals_admit(self):
        """The pool refuses those who are in it already."""
        refusals = {}
        # sudo: whether the person still works here decides
        for record in self.sudo():
            if reason := record._get_left_refusal():
                refusals[record] = [reason]
        return {self.browse(record.id): lines for record, lines in refusals.items()}

    def _refusals_restore(self):
        """HR takes back an end, unless the person has left or is in another case or the pool."""
        refusals = self._refuse_unless_officer()
        busy = self._get_busy_reasons()
        for record in self - self.browse(r.id for r in refusals):
            if reason := record._get_left_refusal() or record._get_busy_refusal(busy):
                refusals[record] = [reason]
        return refusals

    def _get_undone_state(self, decision):
        """A name that has left its notice goes on another one."""
        return {"publicity": "selected"}.get(decision.from_state, decision.from_state)

    def _say_consequences(self, name):
        sentences = super()._say_consequences(name)
        if name != "restore":
            return sentences
        for decision in self._find_undone(self._get_move(name)).values():
            if decision.from_state == "publicity":
                sentences.append(
                    self.env._("%s goes on another notice, for all its days.", decision.res_name)
                )
            elif decision.move == "reject":
                sentences.append(
                    self.env._(
                        "%s is decided anew in another meeting; the minutes of the last one stay.",
                        decision.res_name,
                    )
                )
        sentences.append(self.env._("The development plan is in work again, too."))
        return sentences

    # -- on the page: what is missing ----------------------------------------------------

    def _get_missing(self):
        """{input: why the application cannot be submitted with it}, for the page."""
        self.ensure_one()
        missing = {}
        for score, reason in SCORES.items():
            label = self._fields[score]._description_string(self.env)
            if self[score] is False:
                missing[score] = self.env._("%s: give a score before you submit.", label)
            if not (self[reason] or "").strip():
                missing[reason] = self.env._("%s: write down the reasons before you submit.", label)
        return missing

    # -- consequences ------------------------------------------------------------------

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed; these follow from it
        records = self.sudo()
        match name:
            case "submit":
                records._on_submitted()
            case "approve":
                records.env["hr.backbone.application.check"]._make_for(records)
            case "return":
                records._forget_facts()
                (records.signature_ids | records.plan_id.signature_ids)._void()
                records.meeting_item_ids._forget_votes()
            case "admit":
                # the pool has taken the employees in before
                records.plan_id._on_application_admitted()
            case "refuse" | "reject" | "uphold" | "drop" | "withdraw":
                records.plan_id._on_application_ended()
            case "restore":
                records._on_restored()
        if name in ("return", "refuse", "withdraw"):
            records.publicity_line_ids._take_off()
        if name in ("refuse", "withdraw"):
            # one that was never submitted is over, too
            records.filtered(lambda record: not record.facts)._keep_facts()
        return result

    def _on_submitted(self):
        """What stands on the form is what was true on this day."""
        officer = self._is_officer()
        for record in self:
            if not officer and not record._is_recommender():
                # the manager of now, see `_is_orphaned`
                mine = record._get_own_employee(record.company_id)
                record._write_moved({"recommender_id": mine.id})
        self._take_snapshots()
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_submitted": company._backbone_today()})
        self._keep_facts()

    def _on_restored(self):
        """The plan goes on, a draft tells what is true today, and a director who is not one any
        more is found again."""
        self.plan_id._on_application_restored()
        self.filtered(lambda record: record.state == "draft")._forget_facts()
        for record in self:
            if record.state == "director" and not record._get_able_approvers():
                record._write_moved({"approver_id": record._find_approver().id})

    def _get_facts(self):
        """What the form tells of the person, as on the day of submission."""
        facts = super()._get_facts()
        for application, kept in facts.items():
            employee = application.employee_id
            kept.update(
                person=employee.name,
                recommender=application.recommender_id.name,
                mentor=application.proposed_mentor_id.name,
                hire_date=fields.Date.to_string(application.hire_date),
                until=fields.Date.to_string(application._get_tenure_day()),
                education=[employee.certificate, employee.study_field, employee.study_school],
            )
        return facts

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        result = {}
        for record in self:
            owner = record.company_id._backbone_hr_user(
                record.program_id.user_id, record._get_unasked_users()
            )
            if record._get_gone_refusal():
                if users := record._get_ending_users(owner):
                    result[record] = ("mail_activity_type_left", users)
            elif record.state == "draft":
                # on nobody's list before the plan is there
                if record.plan_id.state == "submitted":
                    users = record._get_able_recommenders() or owner
                    result[record] = ("mail_activity_type_submit", users)
            elif record.state == "director":
                if users := record._get_able_approvers():
                    result[record] = ("mail_activity_type_approve", users)
                else:
                    result[record] = ("mail_activity_type_director", owner)
            elif record.state == "hr":
                result[record] = ("mail_activity_type_review", owner)
            elif record.state == "committee":
                result[record] = ("mail_activity_type_meeting", owner)
            elif record.state == "selected":
                result[record] = ("mail_activity_type_publish", owner)
        return {
            record: (f"hr_backbone_training.{xmlid}", users, None)
            for record, (xmlid, users) in result.items()
        }

    def _get_ending_users(self, owner):
        """Those who end the case of somebody who has left: whoever could refuse it or, of a draft
        that waits for it, could submit it. As superuser.

        :param owner: who in HR takes its steps
        """
        self.ensure_one()
        if self.state == "draft":
            # HR withdraws nobody's draft
            written = self.plan_id.state == "submitted"
            able = self.recommender_id._get_acting_users(self.company_id)
            return able if written else owner.browse()
        if self.state == "director":
            return self._get_able_approvers() or owner
        # a name that is publicized is dropped when its notice ends
        return owner if self.state in self._todo_states else owner.browse()

    @api.model
    def _on_people_left(self, employees):
        """What waited for these people waits for somebody who can act, and what went on for them
        is ended."""
        theirs = Domain("recommender_id", "in", employees.ids)
        theirs |= Domain("approver_id", "in", employees.ids)
        theirs &= Domain("state", "in", ("draft", "director"))
        theirs |= Domain("employee_id", "in", employees.ids) & Domain(
            "state", "in", self._todo_states
        )
        # sudo: follows from their leaving
        self.sudo().search(theirs)._pass_todos_on()

    def _get_unasked_users(self):
        """Whoever recommends may submit, and no more."""
        if self.state == "draft":
            return super()._get_unasked_users()
        return self._get_recused_users()

    def _get_able_recommenders(self):
        """The logins that the draft waits for: whoever recommends or, in the place of one who
        cannot any more, the manager of now; none where HR has to submit it. As superuser."""
        self.ensure_one()
        if not self._is_orphaned():
            return self.recommender_id._get_acting_users(self.company_id)
        manager = self.employee_id.department_id.manager_id
        return manager._get_acting_users(self.company_id) - self.employee_id._get_backbone_ever()

    def _get_mail_partners(self, name):
        """The people of the case; with a submission, the one who has to approve."""
        self.ensure_one()
        if name == "submit":
            return self._get_partner(self.approver_id)
        if name == "approve":
            return self._get_partner(self.employee_id) | self.program_id.user_id.partner_id
        if name == "withdraw":
            return self._get_withdrawal_partners()
        return self._get_partner(self.employee_id) | self._get_partner(self.recommender_id)

    def _get_withdrawal_partners(self):
        """All who have had to do with the case, but the one who has withdrawn it."""
        decision = self.decision_ids[:1]
        told = self._get_partner(self.employee_id) | self._get_partner(self.recommender_id)
        if decision.from_state != "draft":
            told |= self._get_partner(self.approver_id)
            told |= self.company_id._backbone_hr_user(self.program_id.user_id).partner_id
        return told - decision.user_id.partner_id

    def _get_decision_of(self, *moves):
        """The last decision among `moves` since the last return: what a box of the
        printed form shows."""
        self.ensure_one()
        # sudo: whoever may print the document prints the decisions taken on it
        for decision in self.sudo().decision_ids.sorted(lambda d: (d.date, d.id), reverse=True):
            if decision.move in moves:
                return decision
            if decision.move == "return":
                break
        return self.env["hr.backbone.decision"]
