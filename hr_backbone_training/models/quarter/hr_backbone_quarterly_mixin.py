# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..core import bulk
from ..core.public import Text, public

# how long somebody has who is asked for a document after the others
DAYS_AGAIN = 7


class HrBackboneQuarterlyMixin(models.AbstractModel):
    """What the member's report and the mentor's assessment of a quarter share. They are made
    by the quarter alone, for all members at once (see `_make_documents`).

    They are settled for all members at once, too, when the quarter is closed or opened again.
    """

    _name = "hr.backbone.quarterly.mixin"
    _description = "Backbone Document of a Quarter"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.mean.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.facts.mixin",
    ]

    _fixed_fields = (
        "quarter_id",
        "member_id",
        "employee_id",
        "company_id",
        "echelon_id",
        "department_id",
        "job_id",
        "rank_id",
        "date_due",
    )
    _moved_fields = ("date_submitted", "is_late", "is_closed")
    # what is written to a document that was closed and is open again
    _opened_vals = {"is_closed": False}

    quarter_id = fields.Many2one(
        "hr.backbone.quarter", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # graphs show quarters in the order of time: the records come the newest first
    quarter_name = fields.Char("Quarter by Name", related="quarter_id.name")
    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        related="member_id.employee_id", store=True, precompute=True, tracking=False
    )
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True, ondelete="restrict")
    date_due = fields.Date("Due", readonly=True, index=True)
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    is_late = fields.Boolean(
        "Late", readonly=True, copy=False, help="Submitted after the due date, or never."
    )
    is_closed = fields.Boolean(
        "Closed", readonly=True, copy=False, help="The quarter is settled for this member."
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("employee_id", "quarter_id")
    def _compute_display_name(self):
        for record in self:
            # sudo: the name of the quarter that the document belongs to
            names = (record.employee_id._get_backbone_name(), record.quarter_id.sudo().name)
            record.display_name = " – ".join(filter(None, names))

    @api.depends("date_due", "state", "is_closed", "member_id.state")
    def _compute_is_overdue(self):
        for record in self:
            record.is_overdue = bool(
                record.state == "draft"
                and not record.is_closed
                # sudo: whether the member is active decides, and is not shown
                and record.sudo().member_id.state == "active"
                and record.date_due
                and record.date_due < record.company_id._backbone_today()
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        domains = [
            [
                ("company_id", "=", company.id),
                ("state", "=", "draft"),
                ("is_closed", "=", False),
                ("date_due", "<", company._backbone_today()),
            ]
            for company in self.env.companies
        ]
        return Domain.OR(domains) & self._get_asked_domain()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The reports and assessments of a quarter are history."))

    @api.model
    def _get_owed_domain(self):
        """What somebody still has to write: whoever is not active in the pool owes nothing,
        and nobody owes anything about them."""
        # any!: whether the member is active decides, and is not shown
        return Domain(
            [("state", "=", "draft"), ("is_closed", "=", False), ("quarter_id.state", "=", "open")]
        ) & Domain("member_id", "any!", [("state", "=", "active")])

    @api.model
    def _get_asked_domain(self):
        """What was asked for, and is not excused: all numbers count these alone."""
        # any!: as above
        return Domain("state", "!=", "draft") | (
            Domain("is_closed", "=", False)
            & Domain("member_id", "any!", [("state", "=", "active")])
        )

    @api.model
    def _get_others_domain(self):
        """The documents that are not about the user, who as HR acts on those of all at once."""
        return Domain("employee_id", "not in", self.env.user._get_backbone_ever())

    @api.model
    def _select_asked(self):
        """The ids of what `_get_asked_domain` finds, for the views: who owes is said there alone.

        :return: a subselect, as SQL
        """
        # a view counts for HR, whose rules are the view's own
        return self._search(self._get_asked_domain(), bypass_access=True).subselect()

    # -- moves -------------------------------------------------------------------------

    def _get_move_refusals(self, name):
        match name:
            case "return":
                return self._refusals_return()
            case "reopen":
                return self._refusals_reopen()
        return super()._get_move_refusals(name)

    def _refusals_return(self):
        """By HR, until the quarter is settled for the member."""
        refusals = self._refuse_unless_officer()
        for record in self - self.browse([record.id for record in refusals]):
            if record.is_closed:
                refusals[record] = [self.env._("The quarter is closed for this member.")]
        return refusals

    def _refusals_reopen(self):
        refusals = self._refuse_unless_officer()
        for record in self - self.browse([record.id for record in refusals]):
            if record.quarter_id.state != "open":
                refusals[record] = [self.env._("Open the quarter again first.")]
        return refusals

    @public(comment=Text())
    def action_return(self, comment=None):
        """submitted → draft, by HR, with a comment that says what is missing."""
        self._move("return", comment)
        return True

    @public(comment=Text())
    def action_reopen(self, comment=None):
        """missed → draft, by HR: this one is asked for again, while its quarter is open."""
        self._move("reopen", comment)
        return True

    def _get_submission_vals(self):
        """What the day of submission leaves on a document: late stays visible for good. What
        comes back from a correction is as late as it was when it came first."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        first = not self.date_submitted
        late = first and bool(self.date_due and today > self.date_due)
        return {"date_submitted": today, "is_late": self.is_late or late}

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        records = self.sudo()
        match name:
            case "submit":
                for record in records:
                    record._write_moved(record._get_submission_vals())
                records._keep_facts()
            case "miss":
                records._write_moved({"is_late": True})
            case "reopen":
                records._on_reopened()
            case "return":
                records._forget_facts()
                # whoever wrote it is asked again; its page says what needs to be corrected
                records._give_time()
                records._ask_to_correct()
        return result

    def _ask_to_correct(self):
        """Whoever wrote what HR has returned is asked for it again."""
        self.quarter_id._ask_for(self)

    def _get_facts(self):
        """The people whose names stand on the form, as on the day of submission."""
        facts = super()._get_facts()
        for record, kept in facts.items():
            kept.update(
                person=record.employee_id.name,
                mentor=record.member_id.mentor_id.name,
                hr=record.quarter_id.program_id.user_id.name,
            )
        return facts

    def _on_reopened(self):
        self._write_moved(self._opened_vals)
        # the member's other document of the quarter is open again with it
        for name in ("hr.backbone.report", "hr.backbone.assessment"):
            if name != self._name:
                others = self.env[name].search(
                    [
                        ("quarter_id", "in", self.quarter_id.ids),
                        ("member_id", "in", self.member_id.ids),
                        ("is_closed", "=", True),
                    ]
                )
                others._write_moved(others._opened_vals)
        self._give_time()
        self.quarter_id._ask_for(self)

    def _give_time(self):
        """Whoever is asked for these drafts now, and not with the others, has `DAYS_AGAIN` days
        at the least: nobody is late at once with what was not theirs to write until today."""
        for company, records in self.grouped("company_id").items():
            day = fields.Date.add(company._backbone_today(), days=DAYS_AGAIN)
            bulk.update(self, records.ids, {"date_due": day}, SQL("date_due < %s", day))

    def _follow_members(self):
        """Who was admitted again, perhaps elsewhere and into another echelon, starts anew.

        :return: those whose echelon is another one now
        """
        moved = self.filtered(lambda record: record.echelon_id != record.member_id.echelon_id)
        moved._write_each_moved(
            {
                record: {"echelon_id": record.member_id.echelon_id.id, **vals}
                for record, vals in moved._get_snapshot().items()
            }
        )
        return moved

    # -- settled for all members at once -----------------------------------------------

    @api.model
    def _settle(self, ids, move=None, closed=True, comment=None):
        """Set the documents `ids` closed or open; with a move, take it on them.

        The quarter's own step is the check.

        :param list ids: of this model
        :param str move: a move of the table; its sources are not checked again but in SQL, so
            that a document which was submitted meanwhile stays submitted
        :return: the records that were changed
        """
        if not ids:
            return self.browse()
        if not move:
            vals = {"is_closed": True} if closed else self._opened_vals
            return bulk.update(self, ids, vals, SQL("TRUE"))
        row = self._get_move(move)
        vals = {**({"is_closed": True} if closed else self._opened_vals), "state": row.target}
        if row.target == "missed":
            vals["is_late"] = True
        records = bulk.update(self, ids, vals, SQL("state = ANY(%s)", list(row.sources)))
        records._keep_decisions(row, comment)
        return records

    def _keep_decisions(self, row, comment):
        """The trail of a move that was taken on many documents at once."""
        if not self:
            return
        decisions = self.env["hr.backbone.decision"]
        source = SQL(
            """%s d
               JOIN hr_employee e ON e.id = d.employee_id
               JOIN hr_backbone_quarter q ON q.id = d.quarter_id
              WHERE d.id = ANY(%s)
              ORDER BY d.id""",
            SQL.identifier(self._table),
            self.ids,
        )
        bulk.insert(decisions, self._prepare_decision_columns(row, comment), source)
        self.invalidate_recordset(["decision_ids"])

    @api.model
    def _prepare_decision_columns(self, row, comment):
        """What a decision on each of many documents says: `d` is the document, `e` its employee,
        `q` its quarter.

        :return: {field: SQL}
        """
        return {
            "res_model": SQL("%s", self._name),
            "res_id": SQL("d.id"),
            "res_name": SQL("e.name || ' – ' || q.name"),
            "company_id": SQL("d.company_id"),
            "user_id": SQL("%s", self.env.uid),
            "date": SQL("now() AT TIME ZONE 'UTC'"),
            "move": SQL("%s", row.name),
            "from_state": SQL("%s", row.sources[0]),
            "to_state": SQL("%s", row.target),
            "comment": SQL("%s", comment),
        }

    # -- made for all members at once ----------------------------------------------------

    @api.model
    def _prepare_document_columns(self, quarter):
        """What a new document says: `m` is the member, `v` the version of the employee and `j`
        the job as they stand; for other addons to extend.

        :return: {field: SQL}
        """
        return {
            "quarter_id": SQL("%s", quarter.id),
            "member_id": SQL("m.id"),
            "employee_id": SQL("m.employee_id"),
            "company_id": SQL("m.company_id"),
            "echelon_id": SQL("m.echelon_id"),
            "department_id": SQL("v.department_id"),
            "job_id": SQL("v.job_id"),
            "rank_id": SQL("j.backbone_rank_id"),
            "state": SQL("'draft'"),
            "is_late": SQL("FALSE"),
            "is_closed": SQL("FALSE"),
        }
