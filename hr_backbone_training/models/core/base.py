from psycopg2 import errors

from odoo import api, models


class Base(models.AbstractModel):
    """What cannot be deleted since one of our documents names it: Odoo says which kind of document
    that is, or the name of a table, to people who may not know."""

    _inherit = "base"

    @api.model
    def _sql_error_to_message_generic(self, exc):
        if isinstance(exc, errors.ForeignKeyViolation) and "hr_backbone_" in exc.diag.table_name:
            return self.env._(
                "This is in use, or does not exist any more. What is in use cannot be deleted: "
                "archive it instead."
            )
        return super()._sql_error_to_message_generic(exc)
