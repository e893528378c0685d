# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrBackbonePersonMixin(models.AbstractModel):
    """A document about one employee.

    Department, job and rank are snapshots: what they were when the document was made
    stays on it, whatever the employee becomes later.
    """

    _name = "hr.backbone.person.mixin"
    _description = "Backbone Document about an Employee"

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    department_id = fields.Many2one("hr.department", readonly=True, copy=False, ondelete="restrict")
    job_id = fields.Many2one("hr.job", "Post", readonly=True, copy=False, ondelete="restrict")
    rank_id = fields.Many2one("hr.backbone.rank", readonly=True, copy=False, ondelete="restrict")
    is_managed = fields.Boolean(
        "In my departments",
        compute="_compute_is_managed",
        search="_search_is_managed",
        help="The employee works in a department that you manage, or below one.",
    )

    @api.depends("employee_id")
    def _compute_company_id(self):
        # as superuser, like all that is stored: a manager reads no hr.employee
        for record in self:
            record.company_id = record.employee_id.company_id

    @api.depends_context("uid")
    @api.depends("employee_id")
    def _compute_is_managed(self):
        managed = self._get_managed_employees()
        for record in self:
            record.is_managed = record.employee_id in managed

    def _get_managed_employees(self):
        """Those of the records' employees whom the user manages, through a department
        of the user's own or one above (never the user)."""
        # sudo: only answers yes or no about the user's own departments
        return (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            .search(Domain("id", "in", self.employee_id.ids) & self._get_managed_domain())
        )

    @api.model
    def _search_is_managed(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # sudo: see `_get_managed_employees`
        employees = (self.env["hr.employee"].sudo().with_context(active_test=False))._search(
            self._get_managed_domain()
        )
        return Domain("employee_id", "in", employees)

    @api.model
    def _get_managed_domain(self):
        """The employees, in terms of `hr.employee`, whom the user manages: "recommended by
        the department" means its manager, or the manager of one above it."""
        departments = self.env.user.backbone_managed_department_ids
        if self.env.context.get("active_test", True):
            departments = departments.filtered("active")
        if not departments:
            return Domain.FALSE
        return Domain("department_id", "child_of", departments.ids) & Domain(
            "id", "not in", self.env.user._get_backbone_ever()
        )

    @api.model
    def _find_people(self, employees):
        """Those of these employees who have a document, in one query. Called as superuser."""
        mixin = self.env.registry["hr.backbone.person.mixin"]
        documents = [
            model
            for model in map(self.env.get, sorted(self.env.registry))
            if isinstance(model, mixin)
            and not model._abstract
            and model._auto
            and model._fields["employee_id"].store
        ]
        if not employees or not documents:
            return employees.browse()
        selects = [
            SQL(
                "SELECT employee_id FROM %s WHERE employee_id IN %s",
                SQL.identifier(model._table),
                tuple(employees.ids),
                to_flush=model._fields["employee_id"],
            )
            for model in documents
        ]
        rows = self.env.execute_query(SQL(" UNION ").join(selects))
        return employees.browse(number for (number,) in rows)

    def _get_departments_upward(self):
        """The employee's department and those above it, nearest first; as superuser."""
        self.ensure_one()
        # sudo: the organization of the company
        department = self.employee_id.sudo().department_id
        upward = department.browse()
        while department and department not in upward:
            upward += department
            department = department.parent_id
        return upward

    def _find_director(self, involved, besides=None):
        """The manager of the nearest department upward that is marked as a center and who
        can act: none of those who are involved, never without a login. Then the next one
        up; empty when there is none.

        :param involved: `hr.employee` who cannot decide on this document
        :param besides: `res.users` who cannot either
        """
        self.ensure_one()
        persons = involved._get_backbone_ever()
        if besides:
            persons |= besides
        for department in self._get_departments_upward():
            manager = department.manager_id
            if (
                department.is_backbone_center
                and manager._get_acting_users(self.company_id)
                and manager not in involved
                and manager.user_id not in persons
            ):
                return manager
        return self.env["hr.employee"]

    def _find_shut_out_director(self):
        """The manager of the nearest center upward who is there and has a login, but one without
        access to the company of the document; as superuser, or empty."""
        self.ensure_one()
        for department in self._get_departments_upward().filtered("is_backbone_center"):
            manager = department.manager_id
            if manager._get_acting_users() and not manager._get_acting_users(self.company_id):
                return manager
        return self.env["hr.employee"]

    def _get_snapshot(self):
        """{record: department, job and rank of its employee as they are now}."""
        return {
            record: {
                "department_id": employee.department_id.id,
                "job_id": employee.job_id.id,
                "rank_id": employee.job_id.backbone_rank_id.id,
            }
            # sudo: private to HR on hr.employee, printed on the document
            for record, employee in zip(self, [r.employee_id.sudo() for r in self], strict=True)
        }

    def _is_about_me(self):
        """Whether the user is the person of this document, who writes it and reads it. Who is
        not to decide on it is more: see `_concerns_me`."""
        self.ensure_one()
        return self.employee_id._is_backbone_user()

    def _has_no_login(self):
        """Whether the person cannot sign in to write it."""
        self.ensure_one()
        return not self.employee_id._get_acting_users(self.company_id)

    @api.model
    def _get_partner(self, employee):
        """The partner to whom mails for this employee go: nobody, where the login was changed
        and nobody has confirmed it, for Odoo makes it the contact at once."""
        if users := employee._get_backbone_users():
            return users.partner_id
        return self.env["res.partner"] if employee.user_id else employee.work_contact_id
