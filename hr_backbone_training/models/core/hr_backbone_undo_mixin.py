# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import format_date


class HrBackboneUndoMixin(models.AbstractModel):
    """What if it was a mistake? A row of the table of moves with `undoes` takes a step back: the
    log keeps both, and the later one points to the one that it takes back.

    What the step had brought with it goes back in `_after_move`, and is said before anybody
    confirms it in `_say_consequences`.
    """

    _name = "hr.backbone.undo.mixin"
    _description = "Steps That Can Be Taken Back"

    def _find_last_steps(self):
        """The last step of each record that led somewhere.

        :return: {record: `hr.backbone.decision`, as superuser}
        """
        # sudo: the steps of records that the user reads; not from their cache, which does not
        # know of a step that was just taken
        steps = self.env["hr.backbone.decision"].sudo()
        found = steps.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        last = {}
        for step in found:
            if step.from_state != step.to_state:
                last.setdefault(step.res_id, step)
        return {record: last[record.id] for record in self if record.id in last}

    def _find_undone(self, move):
        """What a move that takes back would take back: of each record the last step, where it is
        one of `move.undoes`.

        :return: see `_find_last_steps`
        """
        last = self._find_last_steps()
        return {record: step for record, step in last.items() if step.move in move.undoes}

    def _get_undone_state(self, decision):
        """Where the document goes back to when this step is taken back."""
        self.ensure_one()
        return decision.from_state

    @api.model
    def _say_not_undone(self):
        return self.env._("The last step here is not one that can be taken back.")

    def _say_consequences(self, name):
        """What the step `name` brings with it, said before anybody confirms it.

        :return: [sentence, …]; documents, later rooms and other addons add to it with `super()`
        """
        states = self._get_state_labels()
        return [
            self.env._(
                "“%(step)s” of %(date)s by %(person)s is taken back: %(document)s is at "
                "“%(state)s” again.",
                step=decision.move_label,
                date=format_date(self.env, decision.date),
                person=decision._get_decider(),
                document=decision.res_name,
                state=states.get(record._get_undone_state(decision)),
            )
            for record, decision in self._find_undone(self._get_move(name)).items()
        ]
