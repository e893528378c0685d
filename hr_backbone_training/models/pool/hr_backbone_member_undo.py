# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from ..core.public import Text, public
from ..core.readers import PrivateReason


class HrBackboneMember(models.Model):
    """A wrong exit is taken back: the member was never away, what ended with it goes on where it
    still can, and the rest is said before HR confirms."""

    # a part by itself, which each way of training extends
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.member"

    @public(comment=Text())
    def action_undo_exit(self, comment=None):
        """exited → as it was before, by HR.

        :param str comment: the reason; required
        """
        self._move("undo_exit", comment)
        return True

    def _get_move_refusals(self, name):
        refusals = super()._get_move_refusals(name)
        if name != "undo_exit":
            return refusals
        # sudo: whether the people are here, and have a case; only a sentence is told
        members = (self - self.browse([record.id for record in refusals])).sudo()
        busy = members.env["hr.backbone.application"]._find_under_way(members.employee_id)
        for member in members:
            employee = member.employee_id
            if not employee.active:
                reason = self.env._("%s has left the company (archived).", employee.name)
            elif employee.company_id != member.company_id:
                reason = self.env._("%s works in another company by now.", employee.name)
            elif case := busy.get(employee):
                reason = case._say_under_way()
            else:
                continue
            refusals[self.browse(member.id)] = [reason]
        return refusals

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "undo_exit":
            # sudo: the move was just allowed
            members, rows = self.sudo(), decisions.sudo()
            exits = {members.browse(row.res_id): row.undone_id for row in rows}
            members._log_return(rows[:1]._get_reason())
            members._write_moved({"date_exited": False})
            members._on_exit_undone(exits)
        return result

    def _log_return(self, reason):
        """The counter-movement, on the day of the exit; who was suspended is so still."""
        reason = reason and PrivateReason(reason)
        for (date, state), batch in self.grouped(lambda m: (m.date_exited, m.state)).items():
            before = {member: member.echelon_id for member in batch}
            name = "undo_exit" if state == "active" else "suspend"
            batch._log_movements(name, before, date, reason)

    def _on_exit_undone(self, exits):
        """The exit of these members was taken back: what has ended with it goes on where it can.
        For the models later in the flow to extend. As superuser.

        :param dict exits: {member: the `hr.backbone.decision` of the exit}
        """
        plans = self._find_closed_plans(exits)
        plans._do_move(plans._get_move("undo_close"), "")

    def _find_closed_plans(self, exits):
        closed = self.env["hr.backbone.plan"].search(
            [("employee_id", "in", self.employee_id.ids), ("state", "=", "closed")]
        )
        return self._filter_ended(closed, ("close",), exits)

    def _filter_ended(self, documents, steps, exits):
        """Those of these documents whose last step was taken with the exit of their member.

        :param documents: of one model, with a workflow, an employee and a company
        :param steps: the names of the moves by which they end
        :param dict exits: see `_on_exit_undone`
        """
        last = documents._find_last_steps()
        exits = {(member.employee_id, member.company_id): exits[member] for member in self}

        def ended(document):
            step = last.get(document)
            exit_ = exits.get((document.employee_id, document.company_id))
            taken = step and exit_ and step.move in steps
            return taken and step.date >= exit_.date and step.id > exit_.id

        return documents.filtered(ended)

    def _say_consequences(self, name):
        sentences = super()._say_consequences(name)
        if name != "undo_exit":
            return sentences
        exits = self._find_undone(self._get_move(name))
        # sudo: what ended with an exit that the user may take back
        members = self.sudo().browse([member.id for member in exits])
        return [*sentences, *members._say_exit_undone(exits)]

    def _say_exit_undone(self, exits):
        """What comes back with these members, and what does not: [sentence, …]. For the models
        later in the flow to extend. As superuser.

        :param dict exits: see `_on_exit_undone`
        """
        if self._find_closed_plans(exits):
            return [self.env._("The development plan is in work again, too.")]
        return []
