# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import pytz

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import ADMINISTRATOR


class ResUsers(models.Model):
    """Who the user is in the scheme, whom the user manages, and what waits for the user."""

    _inherit = "res.users"

    # kept as long as nothing about it changes: a page asks for it a dozen times
    backbone_managed_department_ids = fields.Many2many(
        "hr.department",
        string="Managed Departments",
        compute="_compute_backbone_managed_department_ids",
        compute_sudo=True,
        groups="base.group_system",
    )

    @api.depends("employee_ids.active", "employee_ids.backbone_department_ids")
    def _compute_backbone_managed_department_ids(self):
        """Archived ones among them, and of all companies; whoever has left manages none."""
        departments = self.env["hr.department"].with_context(active_test=False)
        own = {user: user._get_backbone_working() for user in self}
        managers = [employee_id for ids in own.values() for employee_id in ids]
        # whether each is active, and what is below it, is asked next
        managed = departments.search_fetch(
            [("manager_id", "in", managers)], ["active", "parent_path"]
        )
        for user in self:
            user.backbone_managed_department_ids = (
                managed.filtered(lambda row, ids=own[user]: row.manager_id.id in ids)
                if len(self) > 1
                else managed
            )

    # -- what waits --------------------------------------------------------------------

    def _get_backbone_todo(self, limit=20):
        """What waits for the user in the scheme, most urgent first, for the top of the
        user's own page. For the rooms later in the flow to extend.

        :param int limit: how many of each kind are listed at the most
        :return: [{"title", "text", "button", "url"}]
        """
        self.ensure_one()
        return []

    def _count_backbone_todo(self):
        """How many things wait for the user. For the rooms later in the flow to extend."""
        self.ensure_one()
        return 0

    # -- to-dos of whoever cannot act any more --------------------------------------------

    def write(self, vals):
        """Whoever loses the group, a company or the login has no to-dos left."""
        touched = not {"active", "company_ids", "group_ids"}.isdisjoint(vals)
        waiting = self._find_backbone_todos() if touched else {}
        result = super().write(vals)
        self._pass_backbone_todos_on(waiting)
        return result

    def action_archive(self):
        """Odoo deletes the to-dos of a login first: what waits is passed on before."""
        self.filtered("active").write({"active": False})
        return super().action_archive()

    def _find_backbone_todos(self):
        """{model: its documents on which these users have a to-do of ours}, as superuser"""
        # sudo: on which documents, for the system alone
        activities = self.env["mail.activity"].sudo()
        types = self.env["mail.activity.type"]._get_backbone()
        found = activities.search_fetch(
            [("user_id", "in", self.ids), ("activity_type_id", "in", types.ids)],
            ["res_model", "res_id"],
        )
        return {
            model: found.env[model].browse(sorted(set(rows.mapped("res_id"))))
            for model, rows in found.grouped("res_model").items()
        }

    @api.model
    def _pass_backbone_todos_on(self, waiting):
        """What waits on these documents goes to who can act; see `hr.backbone.todo.mixin`.

        :param dict waiting: see `_find_backbone_todos`
        """
        for documents in waiting.values():
            documents.exists()._pass_todos_on()

    # -- the user's name -----------------------------------------------------------------

    def _check_backbone_name(self):
        """People sign with their name, so they do not change it themselves.

        :raise UserError: it is on a document
        """
        self.ensure_one()
        if not self._keeps_backbone_names() and self._is_on_backbone_documents():
            raise UserError(
                self.env._(
                    "Your name is on documents of Backbone Training. Please ask human "
                    "resources to change it."
                )
            )

    def _keeps_backbone_names(self):
        """Whether the user administers HR or the users."""
        self.ensure_one()
        return self.has_group(ADMINISTRATOR) or self.has_group("base.group_erp_manager")

    def _is_on_backbone_documents(self):
        """Whether the user's name is on a document; for the rooms with people to extend."""
        self.ensure_one()
        # sudo: whether there is one
        signatures = self.env["hr.backbone.signature"].sudo()
        return bool(signatures.search_count([("user_id", "=", self.id)], limit=1))

    # -- where ---------------------------------------------------------------------------

    def _get_backbone_tz(self, company):
        """The time zone in which this person reads and types an hour of a day: that of the
        login, or the company's when none is set."""
        self.ensure_one()
        # sudo: where a person is, to tell this person the time
        name = self.sudo().tz
        return pytz.timezone(name) if name in pytz.all_timezones_set else company._backbone_tz()

    def _get_backbone_zone(self, company, moment):
        """The name of that time zone, where its clock is another than the company's at this
        moment; else nothing."""
        zone, here = self._get_backbone_tz(company), company._backbone_tz()
        utc = pytz.utc.localize(moment)
        same = utc.astimezone(zone).utcoffset() == utc.astimezone(here).utcoffset()
        return "" if same else zone.zone

    # -- who -----------------------------------------------------------------------------

    @tools.ormcache("self.id")
    def _get_backbone_linked(self):
        """[(id, id of the company, whether active)] of the employees to whom the login is
        linked, archived ones among them; a tuple."""
        # sudo: who is the user of an employee
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        names = ["company_id", "active"]
        found = employees.search_fetch([("user_id", "=", self.id)], names, order="id")
        return tuple((row.id, row.company_id.id, row.active) for row in found)

    def _get_backbone_own(self):
        """The ids of the user's own employees, a list: whose documents the user's are, also after
        they left. The record rules ask it, too; see `hr.backbone.login`."""
        self.ensure_one()
        shut, _ever = self.env["hr.backbone.login"]._get_known()
        return [number for number, *_more in self._get_backbone_linked() if number not in shut]

    def _get_backbone_working(self):
        """Those of the user's own employees who have not left, by id, a list: as whom the user
        acts for others and reads what is theirs. The record rules ask it, too."""
        self.ensure_one()
        own = self._get_backbone_own()
        linked = self._get_backbone_linked()
        return [number for number, _company, active in linked if active and number in own]

    def _get_backbone_posts_domain(self):
        """What is about the user as an employee of the company in which that employee works: of a
        company that was left, nothing waits."""
        self.ensure_one()
        own = set(self._get_backbone_own())
        by_company = {}
        for number, company, active in self._get_backbone_linked():
            if active and number in own:
                by_company.setdefault(company, []).append(number)
        return Domain.OR(
            Domain("company_id", "=", company) & Domain("employee_id", "in", numbers)
            for company, numbers in by_company.items()
        )

    def _get_backbone_ever(self):
        """The ids of the employees who the user is, or ever was, a list: on whose documents the
        user does not decide. The record rules ask it, too."""
        self.ensure_one()
        _shut, ever = self.env["hr.backbone.login"]._get_known()
        former = {number for number, users in ever.items() if self.id in users}
        return sorted(former.union(number for number, *_more in self._get_backbone_linked()))

    def _get_backbone_companies(self):
        """The ids of the companies whose employee the user is, a list; for the record rules."""
        self.ensure_one()
        own = set(self._get_backbone_own())
        linked = self._get_backbone_linked()
        return list({company for number, company, active in linked if active and number in own})

    def _get_backbone_open_companies(self):
        """The ids of all companies that the login has access to, the user's own first: what a
        page of ours is made from, and what waits is counted in."""
        self.ensure_one()
        main = self.company_id.id
        return [main, *(number for number in self._get_company_ids() if number != main)]

    def _get_backbone_employers(self):
        """The companies of the page in which the user works, a `res.company`; without any, the one
        that the user is in at the moment: that of a committee member who is no employee."""
        self.ensure_one()
        own = set(self._get_backbone_companies())
        return self.env.companies.filtered(lambda row: row.id in own) or self.env.company

    def _name_backbone_place(self, document):
        """ "2026-Q1 · Sister Ltd": which of several companies a document is of, for who works in
        more than one and would have two that read the same.

        :param document: a record with a company, which the user reads
        :return: the name of its company with a dot before it; empty for who works in one
        """
        self.ensure_one()
        if len(self._get_backbone_companies()) < 2:
            return ""
        # sudo: the name of the company of a document that the user has
        return f" · {document.sudo().company_id.name}"

    def _is_backbone_concerned(self):
        """Whether the pages are the user's: every employee may read the notices, and the
        committee has its meetings."""
        self.ensure_one()
        return self._is_backbone_employee() or self.has_group(
            "hr_backbone_training.group_hr_backbone_committee"
        )

    @tools.ormcache("self.id")
    def _is_backbone_employee(self):
        """Whether the user is an employee at all: `/my` asks it of every customer, so it is
        kept until somebody is linked to a login, or is one no more."""
        return bool(self._get_backbone_companies())

    def _get_backbone_people_domain(self, search=None):
        domain = self.env["hr.backbone.person.mixin"]._get_managed_domain()
        # one recommends in one's own name, and so where one works: see `recommender_id`
        employers = set(self._get_backbone_companies()).intersection(self.env.companies.ids)
        domain &= Domain("company_id", "in", list(employers))
        if search:
            domain &= (
                Domain("name", "ilike", search)
                | Domain("job_id.name", "ilike", search)
                | Domain("department_id.name", "ilike", search)
            )
        return domain

    def _get_backbone_people(self, search=None, limit=None, offset=0):
        """The employees whom the user may recommend, with their departments and below.

        :param str search: part of a name, a post or a department
        :return: `hr.employee`, as superuser: names and departments are shown, no more
        """
        self.ensure_one()
        # sudo: the domain is the check: people of the user's own departments
        employees = self.env["hr.employee"].sudo()
        return employees.search(
            self._get_backbone_people_domain(search), order="name, id", limit=limit, offset=offset
        )

    def _get_backbone_people_companies(self):
        """The companies of the page in which the user may recommend somebody."""
        self.ensure_one()
        employers = self._get_backbone_employers()
        if len(employers) == 1:
            return employers
        found = self._get_backbone_people().company_id
        return employers.filtered(lambda company: company in found) or employers

    def _count_backbone_people(self, search=None):
        # sudo: see `_get_backbone_people`
        return self.env["hr.employee"].sudo().search_count(self._get_backbone_people_domain(search))

    def _get_backbone_person(self, employee_id):
        """The one of the user's people with this number, as a page sent it; or none."""
        number = str(employee_id)
        if not number.isdecimal() or int(number) >= 2**31:
            return self.env["hr.employee"]
        domain = self._get_backbone_people_domain() & Domain("id", "=", int(number))
        # sudo: see `_get_backbone_people`
        return self.env["hr.employee"].sudo().search(domain, limit=1).sudo(False)
