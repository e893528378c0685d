# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import SQL

RULES = "backbone_rules"


class _Rules:
    """The ids of one user's rules for reading some models, found by one query when the first of
    them is asked for.

    Rules by which a user reads are never taken from what a client can send: an instance of this
    class cannot be sent.
    """

    def __init__(self, uid, names):
        self.uid = uid
        self.names = frozenset(names)
        self.ids_by_model = None

    def is_for(self, rules, model_name, mode):
        """Whether it knows the rules that `rules`, an environment's, are asked for."""
        own = (self.uid, False) == (rules.env.uid, rules.env.su)
        return own and mode == "read" and model_name in self.names


class IrRule(models.Model):
    """The rules of many models at once: a decision is read by whoever reads its document, and
    the documents are of a dozen models."""

    _inherit = "ir.rule"

    @api.model
    def _with_backbone_rules(self, records, names):
        """
        :param records: in whose environment the rules will be asked for
        :param names: of the models that they are asked for
        :return: the same records; what is computed from them finds the rules by which the user
            reads these models without a query for each
        """
        return records.with_context(**{RULES: _Rules(self.env.uid, names)})

    def _get_rules(self, model_name, mode="read"):
        known = self.env.context.get(RULES)
        if type(known) is not _Rules or not known.is_for(self, model_name, mode):
            return super()._get_rules(model_name, mode=mode)
        if known.ids_by_model is None:
            known.ids_by_model = self._find_backbone_rules(known.names)
        together = [number for ids in known.ids_by_model.values() for number in ids]
        return self.browse(known.ids_by_model.get(model_name, ())).with_prefetch(together)

    def _make_access_error(self, operation, records):
        """In debug mode Odoo tells every employee the names of the records that they may not
        read; of ours these are the names of people."""
        error = super()._make_access_error(operation, records)
        in_debug_mode = self.env.user.has_group("base.group_no_one")
        if in_debug_mode and records._name.startswith("hr.backbone."):
            document = self.env["ir.model"]._get(records._name).name
            error.args = (
                self.env._(
                    "Your rights do not allow this on “%(document)s” (%(model)s: %(operation)s). "
                    "Ask human resources.",
                    document=document,
                    model=records._name,
                    operation=operation,
                ),
            )
        return error

    @api.model
    def _find_backbone_rules(self, names):
        """{model: ids of the rules by which the user reads it}, as Odoo's own `_get_rules` has
        them for one model."""
        rows = self.env.execute_query(
            SQL(
                """SELECT m.model, array_agg(r.id ORDER BY r.id)
                     FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
                    WHERE m.model = ANY(%s) AND r.active AND r.perm_read
                      AND (r.global OR r.id IN (
                           SELECT rule_group_id FROM rule_group_rel WHERE group_id IN %s))
                    GROUP BY m.model""",
                list(names),
                tuple(self.env.user._get_group_ids()) or (None,),
            )
        )
        return dict(rows)
