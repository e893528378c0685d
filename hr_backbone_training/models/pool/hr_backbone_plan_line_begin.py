from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import OFFICER

# way of training -> the document with which an action begins; trainings are planned by HR
DOCUMENTS = {
    "mentoring": "hr.backbone.mentorship.session",
    "rotation": "hr.backbone.rotation",
    "promotion": "hr.backbone.achievement",
}
TRAININGS = ("internal", "external")


class HrBackbonePlanLine(models.Model):
    """Beginning what an action promises: each of the four ways of training can be born from
    the action that asks for it."""

    _inherit = "hr.backbone.plan.line"

    department_id = fields.Many2one(related="plan_id.department_id")
    is_begun = fields.Boolean(
        "Begun",
        compute="_compute_is_begun",
        search="_search_is_begun",
        help="Something was begun or done for the action.",
    )

    def _compute_is_begun(self):
        for line in self:
            line.is_begun = bool(line.document_count)

    @api.model
    def _search_is_begun(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # sudo: whether there is a document, whoever may read it
        return Domain.OR(
            Domain(
                "id",
                "in",
                model.sudo()
                ._search(
                    [("plan_line_id", "!=", False), ("state", "in", [*model._line_progress])],
                    active_test=False,
                )
                .subselect("plan_line_id"),
            )
            for model in self._get_document_models()
        )

    # -- one action ----------------------------------------------------------------------

    def action_begin(self):
        """The form of a new talk, rotation or achievement that serves the action.

        :raise UserError: the plan is not in force, or the member has no mentor to talk with
        """
        self.ensure_one()
        return self._open_new(DOCUMENTS.get(self.method))

    def action_begin_suggestion(self):
        """The form of a new work suggestion report that serves the action.

        :raise UserError: the plan is not in force, or it is another way of training
        """
        self.ensure_one()
        return self._open_new("hr.backbone.suggestion" if self.method == "promotion" else None)

    def _open_new(self, model):
        self.check_access("read")
        if not model:
            raise UserError(self.env._("HR plans a training for such an action."))
        member = self._get_members()[self]
        context = {"default_member_id": member.id, "default_plan_line_id": self.id}
        if self.method == "mentoring":
            # sudo: which mentorship it is; opening its form asks who may
            mentorship = self.env["hr.backbone.mentorship"].sudo()
            mentorship = mentorship.search(
                [("member_id", "=", member.id), ("state", "=", "active")], limit=1
            )
            if not mentorship:
                raise UserError(self.env._("There is no mentor to talk with yet."))
            context["default_mentorship_id"] = mentorship.id
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).name,
            "res_model": model,
            "views": [(False, "form")],
            "context": context,
        }

    def _get_members(self):
        """{line: the active member of the talent pool whose action it is}.

        :raise UserError: the plan is not in force, or its person is not in the pool
        """
        # sudo: the membership of the person of an action that the user reads
        members = self.env["hr.backbone.member"].sudo()
        members = members.search(
            [("employee_id", "in", self.sudo().employee_id.ids), ("state", "=", "active")]
        )
        by_person = {(row.employee_id, row.company_id): row for row in members}
        found = {}
        for line in self:
            action = line.sudo()
            if action.plan_id.state != "active":
                raise UserError(self.env._("The development plan is not in force."))
            member = by_person.get((action.employee_id, action.company_id))
            if not member:
                raise UserError(
                    self.env._("%s is not in the talent pool now.", action.employee_id.name)
                )
            found[line] = member.sudo(False)
        return found

    # -- trainings, for many actions at once ------------------------------------------------

    def action_plan_training(self):
        """The window in which HR plans a training for these actions, or adds their members to
        one that is planned.

        :raise UserError: see `_check_training_needs`
        """
        self._check_training_needs()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_training_need_wizard_action"
        )
        action["context"] = {"default_line_ids": [Command.set(self.ids)]}
        return action

    def _check_training_needs(self):
        """
        :raise UserError: the user is not HR, or one training cannot serve all of the actions
        """
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise UserError(self.env._("Only HR plans and changes a training."))
        self.check_access("read")
        methods = set(self.mapped("method"))
        if not methods or methods - set(TRAININGS):
            raise UserError(self.env._("Choose actions of internal or of external training."))
        if len(methods) > 1 or len(self.company_id) > 1:
            raise UserError(
                self.env._("A training is internal or external, and of one company: choose such.")
            )
        self._get_members()

    def _put_into(self, training):
        """Put the members of these actions on the list of a training, once each; whoever
        stands there already gets the action, unless it serves another one."""
        rows = {row.member_id: row for row in training.participant_ids}
        fresh = {}
        for line, member in self._get_members().items():
            row = rows.get(member)
            if not row:
                fresh.setdefault(member, line)
            elif not row.plan_line_id:
                row.plan_line_id = line
        training.participant_ids.create(
            [
                {"training_id": training.id, "member_id": member.id, "plan_line_id": line.id}
                for member, line in fresh.items()
            ]
        )
