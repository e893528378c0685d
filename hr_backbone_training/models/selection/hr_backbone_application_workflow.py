from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core.hr_backbone_workflow_mixin import PROCEDURE, Move, Moves
from ..core.public import Text, public
from .hr_backbone_application import OPEN_STATES, SCORES

_lt = LazyTranslate(__name__)

# a break of up to this many days between two contracts does not end the service
CONTRACT_GAP_DAYS = 4


class HrBackboneApplication(models.Model):
    """The moves of an application: why each is refused, and what follows from it.

    "Graded training": whom an echelon is open to is answered for many applications at once,
    with a sentence that names the condition that fails.
    """

    _inherit = "hr.backbone.application"

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
        ),
        mails="hr_backbone_training.mail_template_application_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "director": "approve", "hr": "pass_review"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        actor = {"draft": self.recommender_id, "director": self.approver_id}.get(self.state)
        mine = bool(actor) and actor._is_backbone_user()
        return mine or (self.state != "director" and super()._is_next_actor())

    def _get_next_step(self):
        self.ensure_one()
        # sudo: names of the people of this document
        person = self.sudo()
        if self.state == "draft" and person.plan_state == "draft":
            return self.env._("%s writes the personal development plan.", person.employee_id.name)
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
            # sudo: the check stands above
            application.sudo()._write_moved({"approver_id": approver.id})
            application.sudo()._finish_activities()
            application.sudo()._schedule_next_activities()
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
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        """Submitting needs: program running and inside its window; rank in the echelon's
        scope, tenure enough; the employee's plan submitted; scores and reasons given; no
        other open application, no membership; a director who can approve."""
        officer = self.env.user.has_group(OFFICER)
        managed = self._get_managed_employees()
        busy = self._get_busy_reasons()
        refusals = {}
        for record in self:
            if not (record.employee_id and record.echelon_id):
                refusals[record] = [self.env._("Choose the employee and the echelon.")]
                continue
            allowed = officer or (record._is_recommender() and record.employee_id in managed)
            if not allowed or record._concerns_me():
                refusals[record] = [self._get_recommender_refusal(record)]
                continue
            refusals[record] = [
                sentence
                for sentence in (
                    # sudo: everyone reads the program once it runs
                    record.program_id.sudo()._get_closed_reason(),
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

    def _get_person_refusal(self):
        # sudo: names of the form
        employee = self.employee_id.sudo()
        if not employee.active:
            return self.env._("%s has left the company (archived).", employee.name)
        if not employee.department_id:
            return self.env._("%s belongs to no department: HR enters it.", employee.name)
        if not self.recommender_id:
            return self.env._("Name the manager who recommends %s.", employee.name)
        return False

    def _get_echelon_refusal(self):
        # sudo: everyone reads the program once it runs
        if self.echelon_id not in self.program_id.sudo().line_ids.echelon_id:
            return self.env._(
                "“%(program)s” has no place in the %(echelon)s.",
                program=self.program_id.sudo().name,
                echelon=self.echelon_id.name,
            )
        return False

    def _get_plan_refusal(self):
        # sudo: names, and whether there is a plan
        record = self.sudo()
        if record.plan_state in ("submitted", "active"):
            return False
        if not record.employee_id.user_id:
            return self.env._(
                "%s has no login and so cannot write the personal development plan: "
                "HR gives them portal access.",
                record.employee_id.name,
            )
        return self.env._(
            "%s has not submitted the personal development plan yet.", record.employee_id.name
        )

    def _get_scores_refusal(self):
        labels = [
            self._fields[score]._description_string(self.env)
            for score, reason in SCORES.items()
            if not self[score] or not (self[reason] or "").strip()
        ]
        if labels:
            return self.env._("Score and reason are missing for: %s.", ", ".join(labels))
        return False

    def _get_busy_reasons(self):
        """{employee id: why the employee cannot be recommended now}, asked once for all the
        records. Rooms later in the flow add what else an employee may be in."""
        # sudo: cases in other departments count too; only a sentence is told
        others = self.sudo().search_fetch(
            [("employee_id", "in", self.employee_id.ids), ("state", "in", OPEN_STATES)],
            ["employee_id", "name"],
        )
        return {
            other.employee_id.id: self.env._(
                "%(employee)s already has an application under way (%(number)s).",
                employee=other.employee_id.name,
                number=other.name,
            )
            for other in others
        }

    def _get_busy_refusal(self, busy):
        return busy.get(self.employee_id.id, False)

    def _get_approver_refusal(self):
        if self._find_approver():
            return False
        # sudo: names of the form
        return self.env._(
            "No director of a center can approve %s: mark a department above as a center and "
            "give it a manager with a login who neither recommends nor is recommended.",
            self.employee_id.sudo().name,
        )

    def _get_involved_refusal(self):
        """Nobody decides on their own case or on one they recommended."""
        if reason := super()._get_involved_refusal():
            return reason
        # sudo: who submitted decides, and is not shown
        submitters = self.sudo().decision_ids.filtered(lambda d: d.move == "submit").user_id
        recommended = self.recommender_id._was_backbone_user()
        if recommended or (self.state == "director" and self.env.user in submitters):
            return self.env._("You recommended this person, so somebody else decides.")
        return False

    def _refusals_approve(self):
        refusals = {}
        for record in self:
            # sudo: the name of the director, on the form
            approver = record.approver_id.sudo()
            if reason := record._get_involved_refusal():
                refusals[record] = [reason]
            elif not approver._is_backbone_user():
                refusals[record] = [
                    self.env._("Only %s, the director of the center, can do this.", approver.name)
                ]
        return refusals

    def _refusals_pass_review(self):
        refusals = self._refuse_unless_officer()
        for record in self - self.browse(r.id for r in refusals):
            refusals[record] = [
                reason for check in record.check_ids if (reason := check._get_refusal())
            ]
        return refusals

    def _refusals_return(self):
        """Whoever could take the next step may return or refuse."""
        awaiting = self.filtered(lambda record: record.state == "director")
        return {
            **awaiting._refusals_approve(),
            **(self - awaiting)._refuse_unless_officer(),
        }

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
            if not record.employee_id.active:
                refusals[record] = [record._get_person_refusal()]
        return {self.browse(record.id): lines for record, lines in refusals.items()}

    # -- the conditions of the echelon -------------------------------------------------

    def _compute_tenure(self):
        hire_dates = self._get_hire_dates()
        for record in self:
            record.hire_date = hire_dates.get(record.employee_id.id)
            record.tenure_months = record._get_months_since(record.hire_date)

    def _get_months_since(self, date):
        if not date:
            return 0
        until = self._get_tenure_day()
        gone = relativedelta(until, date)
        return max(0, gone.years * 12 + gone.months)

    def _get_tenure_day(self):
        """The day on which the tenure is counted: today where the company is."""
        self.ensure_one()
        return (self.company_id or self.env.company)._backbone_today()

    def _get_hire_dates(self):
        """{employee id: first day of service without a break}, in one query.

        An employee whose contracts are not recorded counts from the first record of HR.
        """
        # sudo: contract dates are private to HR; only the tenure is told
        versions = (
            self.env["hr.version"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("employee_id", "in", self.employee_id.ids)],
                ["employee_id", "date_version", "contract_date_start", "contract_date_end"],
            )
        )
        return {
            employee.id: self._get_first_day(rows)
            for employee, rows in versions.grouped("employee_id").items()
        }

    def _get_first_day(self, versions):
        contracts = sorted(
            {
                (v.contract_date_start, v.contract_date_end or fields.Date.to_date("9999-12-31"))
                for v in versions
                if v.contract_date_start
            },
            reverse=True,
        )
        if not contracts:
            return min(versions.mapped("date_version"))
        first = contracts[0][0]
        for start, end in contracts[1:]:
            if (first - end).days > CONTRACT_GAP_DAYS:
                break
            first = start
        return first

    def _get_rank_refusal(self):
        """Why the employee's rank is outside the echelon's scope; False when it is in."""
        self.ensure_one()
        # sudo: rank and name of the job are printed on the form
        employee = self.employee_id.sudo()
        job, rank = employee.job_id, employee.job_id.backbone_rank_id
        if not job:
            return self.env._("%s has no job position, so no rank.", employee.name)
        if not rank:
            return self.env._(
                "The job “%(job)s” of %(employee)s has no backbone rank: HR sets it on the job.",
                job=job.name,
                employee=employee.name,
            )
        if rank not in self.echelon_id.rank_ids:
            return self.env._(
                "%(employee)s has the rank “%(rank)s”, which is outside the scope of the "
                "%(echelon)s (%(ranks)s).",
                employee=employee.name,
                rank=rank.name,
                echelon=self.echelon_id.name,
                ranks=", ".join(self.echelon_id.rank_ids.mapped("name")),
            )
        return False

    def _get_tenure_refusal(self):
        """Why the tenure is too short; False when it is long enough."""
        self.ensure_one()
        # sudo: a setting of the company
        needed = self.echelon_id._get_minimum_tenure(self.company_id.sudo())
        if not needed or self.tenure_months >= needed:
            return False
        # sudo: the name of the employee
        name = self.employee_id.sudo().name
        if not self.hire_date:
            return self.env._("The hire date of %s is not known: HR enters it.", name)
        return self.env._(
            "%(employee)s, here since %(date)s, is short of the months of service that the "
            "%(echelon)s asks for: %(months)s of %(needed)s.",
            employee=name,
            months=self.tenure_months,
            date=format_date(self.env, self.hire_date),
            echelon=self.echelon_id.name,
            needed=needed,
        )

    # -- on the page: whom one may recommend, and what is missing ----------------------

    @api.model
    def _get_candidates(self, employees):
        """Who of these people is eligible for which echelon and, where not, why.

        :param employees: `hr.employee` whom the user may recommend
        :return: [{"employee", "busy": sentence or False, "draft": the user's own draft,
            "echelons": [(echelon, [sentence, …])]}]
        """
        program = self.env["hr.backbone.program"]._get_running()
        echelons = program.line_ids.echelon_id.sorted("level")
        # sudo: only sentences about the user's own people are told
        trials = self.sudo().browse()
        for employee in employees:
            for echelon in echelons:
                trials += trials.new(
                    {
                        "employee_id": employee.id,
                        "echelon_id": echelon.id,
                        "program_id": program.id,
                    }
                )
        busy = trials._get_busy_reasons()
        reasons = {
            (trial.employee_id._origin.id, trial.echelon_id._origin.id): [
                sentence
                for sentence in (trial._get_rank_refusal(), trial._get_tenure_refusal())
                if sentence
            ]
            for trial in trials
        }
        drafts = self.search(self._get_own_drafts_domain(employees.ids)).grouped(
            lambda draft: draft.employee_id.id
        )
        return [
            {
                "employee": employee,
                "busy": busy.get(employee.id, False),
                "draft": drafts.get(employee.id, self)[:1],
                "echelons": [(echelon, reasons[employee.id, echelon.id]) for echelon in echelons],
            }
            for employee in employees
        ]

    def _get_missing(self):
        """{input: why the application cannot be submitted with it}, for the page."""
        self.ensure_one()
        missing = {}
        for score, reason in SCORES.items():
            label = self._fields[score]._description_string(self.env)
            if not self[score]:
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
                records.signature_ids._void()
            case "admit":
                # the pool has taken the employees in before
                records.plan_id._on_application_admitted()
            case "refuse" | "reject" | "uphold" | "withdraw":
                records.plan_id._on_application_ended()
        return result

    def _on_submitted(self):
        """What stands on the form is what was true on this day."""
        self._take_snapshots()
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_submitted": company._backbone_today()})

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        result = {}
        for record in self:
            owner = record.company_id._backbone_hr_user(record.program_id.user_id)
            if record.state == "draft":
                result[record] = (
                    "mail_activity_type_submit",
                    record.recommender_id._get_backbone_users(),
                )
            elif record.state == "director":
                result[record] = (
                    "mail_activity_type_approve",
                    record.approver_id._get_backbone_users(),
                )
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

    def _get_mail_partners(self, name):
        """The people of the case; with a submission, the one who has to approve."""
        self.ensure_one()
        if name == "submit":
            return self._get_partner(self.approver_id)
        if name == "approve":
            return self._get_partner(self.employee_id) | self.program_id.user_id.partner_id
        return self._get_partner(self.employee_id) | self._get_partner(self.recommender_id)

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
