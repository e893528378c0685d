# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from ..core.claims import claim
from .hr_backbone_application import OPEN_STATES, OVER_STATES, SCORES


class HrBackboneApplication(models.Model):
    """ "Graded training": whom an echelon is open to, by rank and tenure, and who can be
    recommended at all, is answered for many applications at once, with a sentence that names the
    condition that fails."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.application"

    @api.depends("employee_id", "state")
    def _compute_tenure(self):
        """As it is today; of a case that is over, as it was when it was submitted."""
        hire_dates = self.employee_id._get_backbone_hire_dates()
        for record in self:
            hired, until = hire_dates.get(record.employee_id.id), record._get_tenure_day()
            if record.state in OVER_STATES and record.facts:
                hired = fields.Date.to_date(record._get_fact("hire_date"))
                until = record._get_tenure_end() or until
            record.hire_date = hired
            record.tenure_months = record._get_months(hired, until)

    def _get_months(self, since, until):
        gone = relativedelta(until, since) if since else relativedelta()
        return max(0, gone.years * 12 + gone.months)

    def _get_tenure_end(self):
        """The day up to which the form tells the tenure: of the submission, or of the end of a
        case that was never submitted; else False. Called as superuser."""
        return self.date_submitted or fields.Date.to_date(self._get_fact("until"))

    def _get_tenure_day(self):
        """The day on which the tenure is counted: today where the company is."""
        self.ensure_one()
        return (self.company_id or self.env.company)._backbone_today()

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
                ranks=format_list(self.env, self.echelon_id.rank_ids.mapped("name")),
            )
        return False

    def _get_tenure_refusal(self):
        """Why the tenure is too short; False when it is long enough."""
        self.ensure_one()
        # sudo: a setting of the company
        needed = self.echelon_id._get_minimum_tenure(self.company_id.sudo())
        if not needed or self.tenure_months >= needed:
            return False
        name = self.employee_id._get_backbone_name()
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

    # -- who, when and by whom ------------------------------------------------------------

    def _get_window_refusal(self):
        """Recommended in the window of a running program; what was, and came back to be
        corrected, goes on whenever it is."""
        if self.date_submitted:
            return False
        # sudo: everyone reads the program once it runs
        return self.program_id.sudo()._get_closed_reason()

    def _get_left_refusal(self):
        # sudo: where the person works decides; the names of the form
        case = self.sudo()
        employee, company = case.employee_id, case.company_id
        if not employee.active:
            return self.env._("%s has left the company (archived).", employee.name)
        if company and employee.company_id != company:
            return self.env._(
                "%(employee)s works in another company by now, and no more in %(company)s.",
                employee=employee.name,
                company=company.name,
            )
        return False

    def _get_gone_refusal(self):
        """Why a case that is under way goes no further; False when it may."""
        # sudo: the name of the form
        employee = self.sudo().employee_id
        if employee.active:
            return self._get_left_refusal()
        return self.env._(
            "%s has left the company: the application can only be refused or withdrawn.",
            employee.name,
        )

    def _get_person_refusal(self):
        # sudo: names of the form
        employee = self.employee_id.sudo()
        if reason := self._get_left_refusal():
            return reason
        if not employee.department_id:
            return self.env._("%s belongs to no department: HR enters it.", employee.name)
        if not self.recommender_id:
            return self.env._("Name the manager who recommends %s.", employee.name)
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

    def _get_busy_reasons(self):
        """{employee id: why the employee cannot be recommended now}, asked once for all the
        records. Rooms later in the flow add what else an employee may be in."""
        # sudo: cases in other departments count too; only a sentence is told
        others = self.sudo()._find_under_way(self.employee_id)
        return {person.id: other._say_under_way() for person, other in others.items()}

    @api.model
    def _find_under_way(self, employees):
        """{employee: the application that is under way}"""
        found = self.search_fetch(
            [("employee_id", "in", employees.ids), ("state", "in", OPEN_STATES)],
            ["employee_id", "name"],
        )
        return {case.employee_id: case for case in found}

    def _say_under_way(self):
        # sudo: the name of the person, for the sentence
        case = self.sudo()
        return self.env._(
            "%(employee)s already has an application under way (%(number)s).",
            employee=case.employee_id.name,
            number=case.name,
        )

    def _get_busy_refusal(self, busy):
        return busy.get(self.employee_id.id, False)

    def _get_approver_refusal(self):
        """Why nobody could approve what the user submits now; False when somebody could."""
        if self._find_approver(self.env.user if self.state == "draft" else None):
            return False
        if self._find_approver():
            return self.env._(
                "You are the only director of a center who can approve %s: let the recommender "
                "submit the application.",
                self.employee_id._get_backbone_name(),
            )
        if director := self._find_shut_out_director():
            return self.env._(
                "%(director)s, the director of the center, cannot approve: the login has no "
                "access to %(company)s. HR gives it that access, or names another manager of "
                "the center.",
                director=director.name,
                company=self.company_id.name,
            )
        return self.env._(
            "No director of a center can approve %s: mark a department above as a center and "
            "give it a manager with a login who neither recommends nor is recommended.",
            self.employee_id._get_backbone_name(),
        )

    # -- in which company ----------------------------------------------------------------

    @api.onchange("employee_id")
    def _onchange_employee_id(self):
        """One is recommended in the program of the company where one works."""
        company = self.company_id
        if company and self.program_id.company_id != company:
            self.program_id = self.program_id._get_running(company)

    @api.model
    def _fill_programs(self, vals_list):
        """Where no program is named, it is that of the company where the person works, whichever
        the user is in at the moment.

        :return: the values, with it
        """
        if len(self.env.companies) == 1 or self.env.context.get("default_program_id"):
            return vals_list
        # computed, since a manager reads no employee
        places = [self.new({"employee_id": row.get("employee_id")}).company_id for row in vals_list]
        programs = self.program_id._get_running(self.env["res.company"].union(*places))
        by_company = {program.company_id: program.id for program in programs}
        return [
            {"program_id": by_company[place], **vals} if place in by_company else vals
            for place, vals in zip(places, vals_list, strict=True)
        ]

    # -- on the page: whom one may recommend ---------------------------------------------

    @api.model
    def _get_candidates(self, employees):
        """Who of these people is eligible for which echelon and, where not, why.

        :param employees: `hr.employee` whom the user may recommend, as superuser; each in the
            program of the company where they work
        :return: [{"employee", "closed": why nobody is recommended there now, or False,
            "busy": sentence or False, "draft": the user's own draft,
            "echelons": [(echelon, [sentence, …])]}]
        """
        places = {employee: employee.company_id.id for employee in employees}
        companies = self.env["res.company"].browse(set(places.values()))
        programs = {
            program.company_id.id: program
            for program in self.env["hr.backbone.program"]._get_running(companies)
        }
        echelons = {
            number: program.line_ids.echelon_id.sorted("level")
            for number, program in programs.items()
        }
        closed = {number: program._get_closed_reason() for number, program in programs.items()}
        busy, reasons = self._try_echelons(
            (employee, echelon, programs[place])
            for employee, place in places.items()
            for echelon in echelons.get(place, ())
        )
        drafts = self.search(self._get_own_drafts_domain(employees.ids)).grouped(
            lambda draft: draft.employee_id.id
        )
        return [
            {
                "employee": employee,
                "closed": closed.get(place, self.env._("No program is running in your company.")),
                "busy": busy.get(employee.id, False),
                "draft": drafts.get(employee.id, self)[:1],
                "echelons": [
                    (echelon, reasons[employee.id, echelon.id])
                    for echelon in echelons.get(place, ())
                ],
            }
            for employee, place in places.items()
        ]

    @api.model
    def _try_echelons(self, tries):
        """What would speak against these applications.

        :param tries: (employee, echelon, program) of each
        :return: ({employee id: why they cannot be recommended now},
            {(employee id, echelon id): [sentence, …]})
        """
        trials = self._prepare_trials(tries)
        reasons = {key: list(sentences.values()) for key, sentences in trials._say_scope().items()}
        return trials._get_busy_reasons(), reasons

    @api.model
    def _prepare_trials(self, tries):
        """Applications that nobody stores, as superuser: only sentences are told of them.

        :param tries: (employee, echelon, program) of each
        """
        # sudo: the callers choose whom the user asks about
        trials = self.sudo().browse()
        for employee, echelon, program in tries:
            vals = {"echelon_id": echelon.id, "program_id": program.id}
            trials += trials.new({"employee_id": employee.id, **vals})
        return trials

    def _say_scope(self):
        """{(employee id, echelon id): {"rank": sentence, "tenure": sentence}} of these trials:
        what of the scope speaks against each."""
        return {
            (trial.employee_id._origin.id, trial.echelon_id._origin.id): {
                name: sentence
                for name, sentence in (
                    ("rank", trial._get_rank_refusal()),
                    ("tenure", trial._get_tenure_refusal()),
                )
                if sentence
            }
            for trial in self
        }

    @api.model
    def _get_scope_reasons(self, tries):
        """What of the scope speaks against these people in these echelons.

        :param tries: (employee, echelon, program) of each
        :return: see `_say_scope`
        """
        return self._prepare_trials(tries)._say_scope()

    @api.model
    def _get_own_drafts_domain(self, employee_ids):
        """The drafts about these people that the user may go on with."""
        return Domain("employee_id", "in", employee_ids) & Domain("is_to_submit", "=", True)

    @api.model
    def _start_from_portal(self, employee_id, echelon_id):
        """A draft for the employee in the program that runs where the employee works, from what
        a page sent; the draft that there is already, if any.

        :raise UserError: no such person or echelon for this user, or no open program
        """
        employee = self.env.user._get_backbone_person(employee_id)
        # sudo: the company of one of the user's people; or where the user works
        company = employee.sudo().company_id or self.env.user._get_backbone_employers()
        program = self.env["hr.backbone.program"]._get_running(company)[:1]
        if not program:
            raise UserError(self.env._("No program is running in your company."))
        if reason := program._get_closed_reason():
            raise UserError(reason)
        echelon = program.line_ids.echelon_id.filtered(lambda e: str(e.id) == str(echelon_id))
        if not employee or not echelon:
            raise UserError(self.env._("Choose one of your people and an echelon."))
        if draft := self.search(self._get_own_drafts_domain(employee.ids), limit=1):
            return draft
        # the same page, sent twice at once
        claim(employee)
        return self.create(
            {
                "employee_id": employee.id,
                "echelon_id": echelon.id,
                "program_id": program.id,
                "recommender_id": self._get_own_employee(company).id,
            }
        )

    def _get_echelon_refusal(self):
        # sudo: everyone reads the program once it runs
        program = self.program_id.sudo()
        if self.echelon_id not in program.line_ids.echelon_id:
            return self.env._(
                "“%(program)s” has no place in the %(echelon)s.",
                program=program.name,
                echelon=self.echelon_id.name,
            )
        return False

    def _get_scores_refusal(self):
        labels = [
            self._fields[score]._description_string(self.env)
            for score, reason in SCORES.items()
            if self[score] is False or not (self[reason] or "").strip()
        ]
        if labels:
            return self.env._(
                "Score and reason are missing for: %s.", format_list(self.env, labels)
            )
        return False
