# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.fields import NO_ACCESS

from . import front_door


class HrBackboneFactsMixin(models.AbstractModel):
    """What was decided is printed as it stood: a document keeps, with the step that decides,
    what its pages and its paper tell of people, settings and other documents that live on.

    What has a column of the document's own (echelon, department, job, rank) needs no fact.
    """

    _name = "hr.backbone.facts.mixin"
    _description = "Backbone Facts of a Decided Document"

    # whoever reads a document is shown the facts by its fields, which say to whom
    facts = fields.Json("As It Stood", readonly=True, copy=False, groups=NO_ACCESS)

    def _get_facts(self):
        """What is kept of each of these, as it is now; for the documents, and the rooms later in
        the flow, to extend. Called as superuser.

        :return: {record: {name: what JSON takes}}
        """
        return {record: {} for record in self}

    def _keep_facts(self):
        """From now on these are told as they stand now. Called as superuser."""
        for record, facts in self._get_facts().items():
            front_door.write(record, {"facts": facts})

    def _forget_facts(self):
        """These are under way again, and told as they are. Called as superuser."""
        if kept := self.filtered("facts"):
            front_door.write(kept, {"facts": False})

    def _get_fact(self, name, now=None):
        """What was kept as `name`; where nothing was, what is so now. Called as superuser.

        :param now: what is so now
        """
        self.ensure_one()
        return (self.facts or {}).get(name, now)
