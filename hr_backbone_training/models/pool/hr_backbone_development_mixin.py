# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import clean
from ..core.public import FieldError


class HrBackboneDevelopmentMixin(models.AbstractModel):
    """A document of how a member of the talent pool grows: the seed's four ways of training.

    It may be born from an action of the development plan, and then moves that action's
    progress by itself: each document counts for `_line_progress[state]` percent of one of
    the `quantity` that the action promises.

    Besides what the workflow asks for, a document gives `_plan_methods`, `_line_progress`
    and `_select_timeline`.
    """

    _name = "hr.backbone.development.mixin"
    _description = "Backbone Document of a Member's Development"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
    ]

    # the ways of training of the plan that it serves
    _plan_methods = ()
    # state -> percent of one promised unit; a state that is not here does not count
    _line_progress = {}
    _fixed_fields = ("employee_id", "company_id", "department_id", "job_id", "rank_id")

    member_id = fields.Many2one(
        "hr.backbone.member",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'active')]",
    )
    employee_id = fields.Many2one(
        related="member_id.employee_id", store=True, precompute=True, tracking=False
    )
    department_id = fields.Many2one(compute="_compute_snapshot", store=True, precompute=True)
    job_id = fields.Many2one(compute="_compute_snapshot", store=True, precompute=True)
    rank_id = fields.Many2one(compute="_compute_snapshot", store=True, precompute=True)
    plan_line_id = fields.Many2one(
        "hr.backbone.plan.line",
        "Development Plan Action",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The action of the development plan that this serves; its progress follows.",
        check_company=True,
    )
    is_mentored = fields.Boolean(
        "Of my mentees",
        compute="_compute_is_mentored",
        search="_search_is_mentored",
        help="You are the member's mentor now.",
    )

    @api.depends("member_id")
    def _compute_company_id(self):
        """That of the membership, wherever the person works by now."""
        for record in self:
            record.company_id = record.member_id.company_id

    @api.depends("member_id")
    def _compute_snapshot(self):
        """As they are when the document is made: it depends on nothing that changes later."""
        for record, vals in self._get_snapshot().items():
            record.update(vals)

    @api.depends_context("uid")
    @api.depends("member_id")
    def _compute_is_mentored(self):
        for record in self:
            record.is_mentored = record._is_mentor()

    @api.model
    def _search_is_mentored(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("member_id.mentor_id", "in", self.env.user._get_backbone_working())

    @api.constrains("plan_line_id", "member_id")
    def _check_plan_line(self):
        # sudo: whose action it is decides; what it says is not shown
        for record in self.sudo().filtered("plan_line_id"):
            line = record.plan_line_id
            if line.employee_id != record.employee_id:
                raise ValidationError(self.env._("The action belongs to another person's plan."))
            if line.method not in record._get_plan_methods():
                raise ValidationError(
                    self.env._("The action of the plan is about another way of training.")
                )
            if line.plan_id.state != "active":
                raise ValidationError(self.env._("The development plan is not in force."))

    # -- who -----------------------------------------------------------------------------

    def _is_mentor(self):
        """Whether the user is the member's mentor now."""
        self.ensure_one()
        # sudo: who the mentor is decides, and is not shown
        return self.member_id.sudo().mentor_id._is_backbone_worker()

    def _get_person_partner(self, employee=None):
        """The partner to whom mails for this employee (the member by default) go.

        Those who have the backend get an activity; a mail goes to portal logins.
        """
        # sudo: to whom mails go; the address is not shown
        employee = (employee or self.employee_id).sudo()
        return self.env["hr.backbone.application"]._get_partner(employee)

    def _get_hr_user(self):
        """Who looks after the document for HR: the responsible person of the member's program
        first; as superuser."""
        self.ensure_one()
        # sudo: who has to act
        document = self.sudo()
        return document.company_id._backbone_hr_user(
            document.member_id.program_id.user_id, document._get_unasked_users()
        )

    # -- the development plan ----------------------------------------------------------

    def _get_plan_methods(self):
        """The ways of training whose actions this document can serve."""
        self.ensure_one()
        return self._plan_methods

    def _get_plan_line_choices(self):
        """The actions of the member's plan in force that this can serve, and the one that it
        serves; as superuser."""
        self.ensure_one()
        # sudo: whose action it is decides; its text is shown to who may write this
        document = self.sudo()
        return document.plan_line_id | document.plan_line_id.search(
            [
                ("employee_id", "=", document.member_id.employee_id.id),
                ("company_id", "=", document.member_id.company_id.id),
                ("plan_id.state", "=", "active"),
                ("method", "in", self._get_plan_methods()),
            ]
        )

    @api.model
    def _get_offered_domain(self, name):
        if name == "plan_line_id" and self:
            return Domain("id", "in", self.ensure_one()._get_plan_line_choices().ids)
        return super()._get_offered_domain(name)

    def _pick_plan_line(self, text):
        """
        :param str text: the number of an action, as a page sends it; empty for none
        :return: its id, or False
        :raise FieldError: it is not one of the choices
        """
        text = clean(text)
        chosen = self._get_plan_line_choices().filtered(lambda line: str(line.id) == text)
        if text and not chosen:
            raise FieldError(self.env._("Choose an action of the plan."), "plan_line_id")
        return chosen.id

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        records = super().create(vals_list)
        records._update_plan_lines()
        return records

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "member_id" in vals and not self.env.su and self.filtered("member_id"):
            raise UserError(self.env._("A document stays with the member it was made for."))
        # sudo: the progress of actions follows; the write below has its own check
        before = self.sudo().plan_line_id if "plan_line_id" in vals else None
        result = super().write(vals)
        if before is not None:
            before._on_documents_changed()
            self._update_plan_lines()
        return result

    def unlink(self):
        # sudo: the progress of actions follows; the unlink below has its own check
        lines = self.sudo().plan_line_id
        result = super().unlink()
        lines._on_documents_changed()
        return result

    def _do_move(self, move, comment, vals=None):
        decisions = super()._do_move(move, comment, vals)
        self._update_plan_lines()
        return decisions

    def _update_plan_lines(self):
        # sudo: a move was allowed; the progress of the plan follows from it
        self.sudo().plan_line_id._on_documents_changed()

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        """The rows of this model on the time line of its members.

        :return: an `odoo.tools.SQL` that selects, in this order: id, member_id, date,
            date_end, name, state, is_done (whether it took place), hours, plan_line_id; or
            None. The time line adds the kind, the model and its own id.
        """
        return None
