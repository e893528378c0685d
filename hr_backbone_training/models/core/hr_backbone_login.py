# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ...const import ADMINISTRATOR
from . import front_door
from .public import public


class HrBackboneLogin(models.Model):
    """A login that an employee once had, or that was changed: what of `hr.employee.user_id`
    must not be forgotten, because HR writes that field.

    * Whoever was ever an employee's login is a person of that employee's documents for good, and
      takes no step on them as HR, as a committee member or as a manager: `_was_backbone_user`.
    * The login that an employee has now is that person, and reads their own documents
      (`_is_backbone_user`), if it is the first one, or the one from before. Any other link is
      shut: the employee had another login, or the login was another employee's, or people link
      themselves. It opens nothing, old or new, until an HR administrator who is not one of the
      persons confirms it, and the administrators are asked to.
    * What was a mistake is set aside by an HR administrator, likewise: then the login never was
      that person.

    A first login leaves no row: who is known by `hr.employee.user_id` alone.
    """

    _name = "hr.backbone.login"
    _description = "Changed Login of an Employee"
    _inherit = ["hr.backbone.named.mixin", "hr.backbone.message.mixin", "hr.backbone.todo.mixin"]
    _order = "id desc"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Login", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # two people of one name are told apart by it
    user_login = fields.Char("Signs In As", related="user_id.login")
    date_from = fields.Datetime(
        "Linked on", readonly=True, help="Empty for the first login of an employee."
    )
    date_to = fields.Datetime("Taken Away on", readonly=True, help="Empty while it is linked.")
    changed_by_id = fields.Many2one("res.users", "Changed by", readonly=True)
    state = fields.Selection(
        [
            ("shut", "To Confirm"),
            ("open", "The Employee's"),
            ("mistake", "Set Aside"),
        ],
        required=True,
        readonly=True,
        default="open",
        help="A login that is to be confirmed opens no documents of the employee.",
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends_context("uid")
    @api.depends("employee_id", "user_id")
    def _compute_can_decide(self):
        for row in self:
            row.can_decide = not row._get_decide_refusal()

    # -- what is asked -------------------------------------------------------------------

    @tools.ormcache()
    @api.model
    def _get_known(self):
        """What is kept of all changes, which are few: asked on every page.

        :return: (the ids of the employees whose present link is shut,
            {employee id: ids of the logins that were ever theirs})
        """
        # sudo: ids only, for the methods of employees and users that ask
        rows = self.sudo().search_fetch([], ["employee_id", "user_id", "date_to", "state"])
        shut = rows.filtered(lambda row: not row.date_to and row.state != "open")
        ever = rows.filtered(lambda row: row.state != "mistake").grouped("employee_id")
        return (
            frozenset(shut.employee_id.ids),
            {employee.id: frozenset(group.user_id.ids) for employee, group in ever.items()},
        )

    # -- what is kept --------------------------------------------------------------------

    @api.model
    def _on_changed(self, changes, created=False):
        """Keep what these changes of logins must not hide, and say whether the new ones open.

        :param changes: [(employee, the login before, the login now)], each login may be none
        :param bool created: the employees are new: no document is older than the link
        """
        # sudo: kept by the system, whoever may write the employee
        rows = self.sudo()
        employees = self.env["hr.employee"].union(*(change[0] for change in changes))
        users = self.env["res.users"].union(*(change[2] for change in changes))
        known = rows.search(
            ["|", ("employee_id", "in", employees.ids), ("user_id", "in", users.ids)]
        )
        now = fields.Datetime.now()
        vals_list, told, ended = [], [], rows.browse()
        for employee, old, new in changes:
            mine = known.filtered(lambda row, employee=employee: row.employee_id == employee)
            present = mine.filtered(lambda row, old=old: row.user_id == old and not row.date_to)
            opened = mine.filtered(lambda row: row.state == "open").user_id
            ended |= present
            if old and not present:
                # the first login, which left no row
                vals_list.append(self._prepare_row(employee, old, date_to=now))
                opened |= old
            shut = new and self._is_shut(new, opened, known - mine, created)
            if shut:
                vals_list.append(self._prepare_row(employee, new, date_from=now, state="shut"))
            if shut or old == self.env.user:
                told.append(employee)
        if ended:
            front_door.write(ended, {"date_to": now})
        touched = ended | (front_door.create(rows, vals_list) if vals_list else rows)
        self.env.registry.clear_cache()
        before = self.env["res.users"].union(*(change[1] for change in changes))
        before._pass_backbone_todos_on(before._find_backbone_todos())
        touched._log_changes()
        touched.filtered(lambda row: row.employee_id in told)._tell_administrators()

    @api.model
    def _is_shut(self, user, opened, elsewhere, created):
        """Whether the login opens nothing of the employee until it is confirmed.

        :param opened: the logins that were the employee's
        :param elsewhere: what is kept of other employees
        :param bool created: the employee is new
        """
        was_another = elsewhere.filtered(
            lambda row: row.user_id == user and row.date_to and row.state == "open"
        )
        linked_self = user.id == self.env.uid and not created and user not in opened
        return bool(opened - user or was_another or linked_self)

    @api.model
    def _prepare_row(self, employee, user, **vals):
        return {
            "employee_id": employee.id,
            "user_id": user.id,
            "changed_by_id": self.env.uid,
            **vals,
        }

    def _log_changes(self):
        """What was changed is in the history of the employee."""
        for row in self:
            sentence = (
                self.env._(
                    "The login %s was linked. It opens no documents of Backbone Training until "
                    "an HR administrator confirms it.",
                    row.user_id.name,
                )
                if not row.date_to
                else self.env._("The login %s was taken away.", row.user_id.name)
            )
            row.employee_id._message_log(body=sentence)

    def _get_alike(self):
        """All rows of the same employees and logins: what is decided of one holds for the others
        that are still to confirm."""
        pairs = {(row.employee_id, row.user_id) for row in self}
        rows = self.search(
            [("employee_id", "in", self.employee_id.ids), ("user_id", "in", self.user_id.ids)]
        )
        return rows.filtered(lambda row: (row.employee_id, row.user_id) in pairs)

    def _tell_administrators(self):
        """Those who can decide on it have it on their list, once for each employee and login,
        however often that was linked; as superuser."""
        activity_type = self.env.ref("hr_backbone_training.mail_activity_type_login")
        self._get_alike().activity_ids.filtered(
            lambda todo: todo.automated and todo.activity_type_id == activity_type
        ).unlink()
        latest = {(row.employee_id, row.user_id): row for row in self.sorted("id")}
        # sudo: the to-dos of others
        activity_type.sudo()._make_activities(
            (row, user, {}) for row in latest.values() for user in row._get_deciders()
        )

    def _get_deciders(self):
        """The administrators who can decide on this change; as superuser."""
        # sudo: who administers HR
        everybody = self.env.ref(ADMINISTRATOR).sudo().all_user_ids
        return (everybody - self._get_persons()).filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )

    def _get_keepers(self, activity):
        """Each of them has a to-do of the own."""
        deciders = self._get_deciders()
        if activity.user_id in deciders:
            return deciders
        others = deciders - (self._find_activities() - activity).user_id
        return others if deciders else activity.user_id

    # -- an administrator decides --------------------------------------------------------

    def _get_persons(self):
        """The login of the row, and all that ever were the employee's; as superuser."""
        # sudo: who the logins are decides, and is not shown
        return self.sudo().user_id | self.employee_id._get_backbone_ever()

    def _get_decide_refusal(self):
        """Why the user does not decide on this change: a sentence, or False."""
        self.ensure_one()
        if not self.env.user.has_group(ADMINISTRATOR):
            return self.env._("Only an HR administrator can do this.")
        if self.env.user in self._get_persons():
            return self.env._("You cannot decide on your own login: ask another administrator.")
        return False

    @public()
    def action_confirm(self):
        """The login is the employee's: it opens the documents."""
        self._decide("open")
        return True

    @public()
    def action_set_aside(self):
        """The login was linked by mistake, and never was the employee."""
        self._decide("mistake")
        return True

    def _decide(self, state):
        self.check_access("read")
        for row in self:
            if reason := row._get_decide_refusal():
                raise UserError(reason)
        # sudo: the check is above
        rows = self.sudo()
        alike = rows._get_alike()
        front_door.write(rows | alike.filtered(lambda row: row.state == "shut"), {"state": state})
        label = dict(self._fields["state"]._description_selection(self.env))[state]
        for row in rows:
            row.employee_id._message_log(
                body=self.env._(
                    "Login %(login)s: %(decision)s.", login=row.user_id.name, decision=label
                )
            )
        alike.activity_ids.unlink()
        self.env.registry.clear_cache()

    # -- guards --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not front_door.get_permitted_create(self, vals_list):
            raise UserError(self.env._("Logins are changed on the employee."))
        return super().create(vals_list)

    def write(self, vals):
        permitted = front_door.get_permitted_write(self, vals)
        own = {"employee_id", "user_id", "date_from", "date_to", "changed_by_id", "state"}
        if own & set(vals) - permitted:
            raise UserError(self.env._("Logins are changed on the employee."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was changed is history: it is never deleted."))
