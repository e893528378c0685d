# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# with these a member stops taking part, and takes part again
LEAVING, RETURNING = ("suspended", "exited"), ("admitted", "resumed", "restored")


class HrBackboneMovement(models.Model):
    """ "Dynamic management": each entry, promotion, suspension and exit, with its date.
    History that survives everything, the employee's archiving included."""

    _name = "hr.backbone.movement"
    _description = "Talent Pool Movement"
    _inherit = ["hr.backbone.reason.mixin"]
    _order = "date desc, id desc"
    _rec_name = "employee_name"

    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        related="member_id.employee_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("admitted", "Admitted"),
            ("promoted", "Promoted"),
            ("moved", "Moved"),
            ("suspended", "Suspended"),
            ("resumed", "Resumed"),
            ("exited", "Exited"),
            ("restored", "Exit Taken Back"),
        ],
        "Movement",
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True, index=True)
    from_echelon_id = fields.Many2one(
        "hr.backbone.echelon", "From", readonly=True, ondelete="restrict"
    )
    to_echelon_id = fields.Many2one("hr.backbone.echelon", "To", readonly=True, ondelete="restrict")
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)
    employee_name = fields.Char("Employee (then)", readonly=True)
    department_name = fields.Char("Department (then)", readonly=True)
    job_name = fields.Char("Post (then)", readonly=True)

    def _get_reasoned(self):
        return self.member_id

    @api.model
    def _get_times_away(self, members):
        """When these members were suspended, or had left the pool. Called as superuser.

        :return: {member: [(first day, the day on which they were back; None for not yet)]}
        """
        times, since = defaultdict(list), {}
        domain = [("member_id", "in", members.ids), ("kind", "in", LEAVING + RETURNING)]
        for movement in self.search(domain, order="date, id"):
            member = movement.member_id
            if movement.kind in LEAVING:
                since.setdefault(member, movement.date)
            elif member in since:
                times[member].append((since.pop(member), movement.date))
        for member, first in since.items():
            times[member].append((first, None))
        return times

    @api.model
    def _select_times_away(self, companies=None):
        """The same for all members: on the day of a movement the new state holds.

        :param companies: only of these; of all by default
        :return: SQL that selects member_id, kind, gone and back, the first day and the one on
            which they were back or left once more; infinity for not yet
        """
        return SQL(
            """SELECT member_id, kind, gone, back
                 FROM (SELECT member_id, kind, date AS gone,
                              COALESCE(lead(date) OVER (PARTITION BY member_id ORDER BY date, id),
                                       'infinity') AS back
                         FROM hr_backbone_movement
                        WHERE kind = ANY(%(changing)s) AND %(there)s) away
                WHERE kind = ANY(%(leaving)s) AND gone < back""",
            changing=list(LEAVING + RETURNING),
            leaving=list(LEAVING),
            there=SQL("TRUE") if companies is None else SQL("company_id = ANY(%s)", companies.ids),
            to_flush=[self._fields[name] for name in ("member_id", "company_id", "kind", "date")],
        )

    def write(self, vals):
        # a stored related follows its member; nothing else ever changes
        if self:
            raise UserError(self.env._("A movement is history: it is never edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A movement is history: it is never deleted."))
