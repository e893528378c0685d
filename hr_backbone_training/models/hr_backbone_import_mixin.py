from odoo import api, models
from odoo.exceptions import UserError


class RowsFailed(Exception):
    """Several rows at once have failed: Odoo then loads them one by one, so that each bad
    row is named with its own reason. (A UserError would be told of the first row too.)"""


class HrBackboneImportMixin(models.AbstractModel):
    """Documents that HR has in a list come in through Odoo's own import. A document gives
    `_import_people`, `_check_rows` and `_check_imported`."""

    _name = "hr.backbone.import.mixin"
    _description = "Backbone Documents from a List"

    # the columns with people in them
    _import_people = ()

    @api.model
    def load(self, fields, data):
        """As Odoo's, but a name that two people share is an error, not a warning, since
        nobody is to be recommended by mistake; and a row with a wrong cell is told of the
        cell alone, not also of what follows from it."""
        with self.env.cr.savepoint() as savepoint:
            result = super().load(fields, data)
            doubtful = [
                message
                for message in result["messages"]
                if message["type"] == "warning" and message.get("field") in self._import_people
            ]
            for message in doubtful:
                hint = self.env._("Give the External ID instead of the name.")
                message.update(type="error", message=f"{message['message']}. {hint}")
            if doubtful:
                savepoint.rollback()
                result["ids"] = False
        messages = result["messages"]
        told = {message.get("record") for message in messages if message.get("field")}
        result["messages"] = [
            message
            for message in messages
            if message.get("field") or message.get("record") not in told
        ]
        return result

    @api.model
    def _load_records(self, data_list, update=False):
        importing = self.env.context.get("import_file")
        try:
            if importing:
                self._check_rows(data_list)
            records = super()._load_records(data_list, update)
            if importing:
                records._check_imported()
        except UserError as error:
            if len(data_list) > 1:
                raise RowsFailed from error
            raise
        return records

    @api.model
    def _check_rows(self, data_list):
        """What the database would refuse, in words, before anything is stored.

        :raise UserError: names the cell that is missing or wrong
        """

    def _check_imported(self):
        """What nobody would notice in a long list.

        :raise UserError: one sentence for the row
        """
