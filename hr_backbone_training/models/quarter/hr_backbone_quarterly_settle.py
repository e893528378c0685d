from odoo import api, models
from odoo.tools import SQL


class HrBackboneQuarterlyMixin(models.AbstractModel):
    """Settling the documents of a quarter, for all members at once: what the quarter does when
    it is closed or opened again is one statement for each step, whatever their number."""

    _inherit = "hr.backbone.quarterly.mixin"

    def _refusals_reopen(self):
        refusals = self._refuse_unless_officer()
        for record in self - self.browse([record.id for record in refusals]):
            if record.quarter_id.state != "open":
                refusals[record] = [self.env._("Open the quarter again first.")]
        return refusals

    def action_reopen(self, comment=None):
        """missed → draft, by HR: this one is asked for again, while its quarter is open."""
        self._move("reopen", comment)
        return True

    def _after_reopen(self, decisions):
        # sudo: the move was just allowed
        records = self.sudo()
        records._write_moved({"is_closed": False})
        # the member's other document of the quarter is open again with it
        for name in ("hr.backbone.report", "hr.backbone.assessment"):
            if name != self._name:
                self.env[name].sudo().search(
                    [
                        ("quarter_id", "in", records.quarter_id.ids),
                        ("member_id", "in", records.member_id.ids),
                        ("is_closed", "=", True),
                    ]
                )._write_moved({"is_closed": False})
        records.quarter_id._ask_for(records)

    def _after_return(self, decisions):
        """Whoever wrote it is asked again; what to mend stands on its page."""
        parent = getattr(super(), "_after_return", None)
        result = parent(decisions) if parent else None
        # sudo: the move was just allowed
        records = self.sudo()
        records.quarter_id._ask_for(records)
        return result

    @api.model
    def _settle(self, ids, move=None, closed=True, comment=None):
        """Set the documents `ids` closed or open; with a move, take it on them.

        The quarter's own step is the check. One UPDATE, and with a move one INSERT of the
        decisions: a line in the chatter of each of ten thousand documents, which says what
        the decision says, is left out.

        :param list ids: of this model
        :param str move: a move of the table; its sources are not checked again but in SQL, so
            that a document which was submitted meanwhile stays submitted
        :return: the records that were changed
        """
        if not ids:
            return self.browse()
        self.env.flush_all()
        row = move and self._get_move(move)
        self.env.cr.execute(
            SQL(
                """WITH before AS (
                       SELECT d.id, d.state FROM %(table)s d
                        WHERE d.id = ANY(%(ids)s) AND %(sources)s
                   )
                   UPDATE %(table)s d
                      SET is_closed = %(closed)s, %(state)s
                          write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                     FROM before WHERE before.id = d.id
                   RETURNING d.id""",
                table=SQL.identifier(self._table),
                ids=list(ids),
                sources=SQL("d.state = ANY(%s)", list(row.sources)) if row else SQL("TRUE"),
                closed=closed,
                state=self._get_settled_sql(row),
                uid=self.env.uid,
            )
        )
        records = self.browse([found for (found,) in self.env.cr.fetchall()])
        records.invalidate_recordset()
        if row:
            records._insert_decisions(row, comment)
        return records

    @api.model
    def _get_settled_sql(self, row):
        if not row:
            return SQL()
        late = SQL("is_late = TRUE,") if row.target == "missed" else SQL()
        return SQL("state = %s, %s", row.target, late)

    def _insert_decisions(self, row, comment):
        """The trail of a move that was taken on many documents at once."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO hr_backbone_decision
                          (res_model, res_id, res_name, company_id, user_id, date, move,
                           from_state, to_state, comment,
                           create_uid, create_date, write_uid, write_date)
                   SELECT %(model)s, d.id, e.name || ' – ' || q.name, d.company_id, %(uid)s,
                          now() AT TIME ZONE 'UTC', %(move)s, %(source)s, %(target)s, %(comment)s,
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM %(table)s d
                     JOIN hr_employee e ON e.id = d.employee_id
                     JOIN hr_backbone_quarter q ON q.id = d.quarter_id
                    WHERE d.id = ANY(%(ids)s)
                    ORDER BY d.id""",
                model=self._name,
                uid=self.env.uid,
                move=row.name,
                source=row.sources[0],
                target=row.target,
                comment=comment,
                table=SQL.identifier(self._table),
                ids=self.ids,
            )
        )
        self.invalidate_recordset(["decision_ids"])
