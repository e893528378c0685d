from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean
from .hr_backbone_application import SCORES

TEXTS = (*SCORES.values(), "work_history", "main_results", "training_direction")
MENTORS = 80


class HrBackboneApplication(models.Model):
    """The application in the portal: whom one may recommend, and the form."""

    _inherit = "hr.backbone.application"

    # -- recommending ------------------------------------------------------------------

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

    @api.model
    def _get_own_drafts_domain(self, employee_ids):
        return (
            Domain("employee_id", "in", employee_ids)
            & Domain("state", "=", "draft")
            & Domain("recommender_id", "in", self.env.user._get_backbone_own())
        )

    @api.model
    def _start_from_portal(self, employee_id, echelon_id):
        """A draft for the employee in the running program, from what a page sent; the draft
        that there is already, if any.

        :raise UserError: no such person or echelon for this user, or no open program
        """
        program = self.env["hr.backbone.program"]._get_running()
        if not program:
            raise UserError(self.env._("No program is running in your company."))
        if reason := program._get_closed_reason():
            raise UserError(reason)
        employee = self.env.user._get_backbone_person(employee_id)
        echelon = program.line_ids.echelon_id.filtered(lambda e: str(e.id) == str(echelon_id))
        if not employee or not echelon:
            raise UserError(self.env._("Choose one of your people and an echelon."))
        draft = self.search(self._get_own_drafts_domain(employee.ids), limit=1)
        return draft or self.create(
            {
                "employee_id": employee.id,
                "echelon_id": echelon.id,
                "program_id": program.id,
                "recommender_id": self._get_own_employee(employee.sudo().company_id).id,
            }
        )

    @api.model
    def _get_own_employee(self, company):
        """The user as an employee of the company; portal logins have no current one."""
        employees = self.env.user.sudo().employee_ids
        return employees.filtered(lambda person: person.company_id == company)[:1]

    # -- the form ----------------------------------------------------------------------

    def _get_versioned(self):
        self.ensure_one()
        stored = {name: clean(self[name]) for name in TEXTS}
        stored.update((name, f"{self[name]:g}" if self[name] else "") for name in SCORES)
        stored["echelon_id"] = str(self.echelon_id.id or "")
        # sudo: the number of a person whose name the form shows
        stored["proposed_mentor_id"] = str(self.sudo().proposed_mentor_id.id or "")
        return stored

    def _save_from_portal(self, typed):
        """Store what was typed on the page.

        :param dict typed: input → text, and the `version` that the page was opened with
        :raise UserError: not the recommender's draft, changed elsewhere, or not a number
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        vals = {name: clean(typed[name]) for name in TEXTS if name in typed}
        for name in SCORES:
            if name in typed:
                vals[name] = self._parse_score(name, typed[name])
        for name, choices in (
            ("echelon_id", self._get_echelon_choices()),
            ("proposed_mentor_id", self._get_mentor_choices()),
        ):
            if name in typed:
                chosen = choices.filtered(lambda row, name=name: str(row.id) == typed[name])
                vals[name] = chosen.id or (name == "echelon_id" and self.echelon_id.id)
        stored = self.sudo()
        changed = {
            name: value
            for name, value in vals.items()
            if value != (stored[name].id if name.endswith("_id") else stored[name] or type(value)())
        }
        if changed:
            self.write(changed)

    def _parse_score(self, name, text):
        label = self._fields[name]._description_string(self.env)
        try:
            score = float(clean(text).replace(",", ".") or 0)
        except ValueError:
            score = -1
        if not 0 <= score <= 100:
            raise FieldError(
                self.env._(
                    "%(score)s: “%(text)s” is not a number between 0 and 100.",
                    score=label,
                    text=text[:40],
                ),
                name,
            )
        return round(score, 1)

    def _get_echelon_choices(self):
        # sudo: everyone reads the program once it runs
        return self.program_id.sudo().line_ids.echelon_id.sorted("level")

    def _get_mentor_choices(self):
        """Whom the department can propose: people of a rank that can mentor, in the
        employee's department and those above, as superuser: names and posts are shown."""
        self.ensure_one()
        # sudo: names of colleagues
        employee = self.sudo().employee_id
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("job_id.backbone_rank_id.can_mentor", "=", True)
            & Domain("id", "!=", employee.id)
        )
        above = Domain("department_id", "parent_of", employee.department_id.ids)
        people = employee.search(domain & above, order="name", limit=MENTORS)
        return people | self.sudo().proposed_mentor_id

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
