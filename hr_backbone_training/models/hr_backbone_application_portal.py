from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .hr_backbone_application import SCORES

TEXTS = (*SCORES.values(), "work_history", "main_results", "training_direction")


class HrBackboneApplication(models.Model):
    """The application in the portal: what the pages ask of it."""

    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.portal.mixin"]

    _portal_path = "applications"

    @api.model
    def _get_awaiting_domain(self):
        """What waits for the user: drafts whose plan is ready, and cases to approve."""
        mine = Domain("recommender_id.user_id", "=", self.env.uid)
        ready = Domain("state", "=", "draft") & Domain("plan_id.state", "=", "submitted")
        approver = Domain("approver_id.user_id", "=", self.env.uid)
        return (mine & ready) | (approver & Domain("state", "=", "director"))

    @api.model
    def _get_candidates(self, employees):
        """Who of these people is eligible for which echelon and, where not, why.

        :param employees: `hr.employee` whom the user may recommend
        :return: list of {"employee", "echelons": [(echelon, [sentence, …])]}
        """
        program = self._default_program_id()
        echelons = program.line_ids.echelon_id.sorted("level")
        drafts = self.browse()
        for employee in employees:
            for echelon in echelons:
                drafts += self.new(
                    {
                        "employee_id": employee.id,
                        "echelon_id": echelon.id,
                        "program_id": program.id,
                    }
                )
        busy = drafts._get_employees_under_way()
        reasons = {}
        for draft in drafts:
            key = (draft.employee_id._origin.id, draft.echelon_id._origin.id)
            sentences = (
                draft._get_rank_refusal(),
                draft._get_tenure_refusal(),
                busy.get(key[0]),
            )
            reasons[key] = [sentence for sentence in sentences if sentence]
        return [
            {
                "employee": employee,
                "echelons": [
                    (echelon, reasons[employee.id, echelon.id]) for echelon in echelons
                ],
            }
            for employee in employees
        ]

    @api.model
    def _start_from_portal(self, employee_id, echelon_id):
        """A draft for the employee in the running program, from what a page sent.

        :raise UserError: no such person or echelon for this user, or no open program
        """
        program = self._default_program_id()
        if not program or program._get_closed_reason():
            raise UserError(
                program._get_closed_reason()
                if program
                else self.env._("No program is running in your company.")
            )
        employee = self.env.user._get_backbone_people().filtered(
            lambda person: str(person.id) == str(employee_id)
        )
        echelon = program.line_ids.echelon_id.filtered(lambda e: str(e.id) == str(echelon_id))
        if not employee or not echelon:
            raise UserError(self.env._("Choose one of your people and an echelon."))
        draft = self.search(
            [
                ("employee_id", "=", employee.id),
                ("state", "=", "draft"),
                ("recommender_id.user_id", "=", self.env.uid),
            ],
            limit=1,
        )
        return draft or self.create(
            {"employee_id": employee.id, "echelon_id": echelon.id, "program_id": program.id}
        )

    def _save_from_portal(self, typed):
        """Store what was typed on the page.

        :param dict typed: field → text, and the `version` that the page was opened with
        :raise UserError: not the recommender's draft, changed elsewhere, or not a number
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        vals = {name: typed[name].strip() for name in TEXTS if name in typed}
        for name in SCORES:
            if name in typed:
                vals[name] = self._parse_score(name, typed[name])
        if "echelon_id" in typed:
            # sudo: everyone reads the program once it runs
            echelons = self.program_id.sudo().line_ids.echelon_id
            echelon = echelons.filtered(lambda e: str(e.id) == typed["echelon_id"])
            vals["echelon_id"] = (echelon or self.echelon_id).id
        if reason := self._get_edit_refusal():
            raise AccessError(reason)
        self.write(vals)

    def _parse_score(self, name, text):
        text = (text or "").strip().replace(",", ".")
        try:
            return float(text) if text else 0.0
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(score)s” is “%(text)s”: write a number between 0 and 100.",
                    score=self._fields[name]._description_string(self.env),
                    text=text[:40],
                )
            ) from error
