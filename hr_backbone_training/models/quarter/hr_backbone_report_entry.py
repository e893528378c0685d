# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..core import texts
from ..core.public import public

PLAN = "plan"


class HrBackboneReportEntry(models.Model):
    """One thing that happened in the quarter, as the report found it on the time line: "so
    that the company can understand the situation of each key employee"."""

    _name = "hr.backbone.report.entry"
    _description = "Report Entry"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "report_id, date, id"
    _rec_name = "name"
    _kept_fields = ("report_id",)
    _readers = ("employee", "managers", "mentor", "hr")

    report_id = fields.Many2one(
        "hr.backbone.report", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Char(required=True, readonly=True, help="The kind of the time line.")
    name = fields.Char(readonly=True)
    state = fields.Char("Technical Status", readonly=True)
    date = fields.Date(readonly=True)
    date_end = fields.Date("Until", readonly=True)
    hours = fields.Float(readonly=True)
    days = fields.Integer(readonly=True, help="Calendar days that lie in the quarter.")
    progress_from = fields.Integer("Progress before (%)", readonly=True, aggregator=False)
    progress_to = fields.Integer("Progress after (%)", readonly=True, aggregator=False)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    note = texts.Char("Remark", limit=1000, help="What the member says about it.")
    is_included = fields.Boolean("In the Report", default=True)
    kind_label = fields.Char("What", compute="_compute_labels")
    detail = fields.Char("Details", compute="_compute_labels")

    _document_uniq = models.UniqueIndex(
        "(report_id, res_model, res_id)", "Each document may appear only once per report."
    )

    @api.depends("kind", "state", "date", "date_end", "hours", "days", "progress_to")
    @api.depends_context("lang")
    def _compute_labels(self):
        timeline = self.env["hr.backbone.timeline"]
        kinds = {
            PLAN: self.env._("Development plan"),
            **dict(timeline._fields["kind"]._description_selection(self.env)),
        }
        states = {
            kind: timeline._get_status_labels(kind)
            for kind in set(self.mapped("kind")) & set(kinds) - {PLAN}
            if f"hr.backbone.{kind}" in self.env
        }
        for entry in self:
            # of an app that was uninstalled since: its name says what it was
            entry.kind_label = kinds.get(entry.kind, False)
            status = states.get(entry.kind, {}).get(entry.state, False)
            entry.detail = " · ".join(filter(None, [entry._get_when(), *entry._get_size(), status]))

    def _get_when(self):
        parts = [format_date(self.env, day) for day in (self.date, self.date_end) if day]
        return " – ".join(dict.fromkeys(parts))

    def _get_size(self):
        """How much of it lies in the quarter."""
        self.ensure_one()
        if self.kind == PLAN:
            yield f"{self.progress_from} % → {self.progress_to} %"
        if self.hours:
            hours = f"{self.hours:g}"
            yield self.env._("1 hour") if hours == "1" else self.env._("%s hours", hours)
        if self.days == 1:
            yield self.env._("1 day in this quarter")
        elif self.days:
            yield self.env._("%s days in this quarter", self.days)

    def _get_links(self):
        """{entry: the address of its document's page}, of those that the user may read."""
        links = {}
        for name, entries in self.grouped("res_model").items():
            if name not in self.env or not self.env[name].has_access("read"):
                continue
            by_id = entries.grouped("res_id")
            for record in self.env[name].browse(by_id).exists()._filtered_access("read"):
                document = record.plan_id if name == "hr.backbone.plan.line" else record
                if "access_url" in document._fields:
                    links[by_id[record.id]] = document.access_url
        return links

    @public(one=True)
    def action_open_document(self):
        """The document behind a row."""
        self.ensure_one()
        if self.res_model not in self.env:
            raise UserError(self.env._("There is no such document."))
        document = self.env[self.res_model].browse(self.res_id)
        if self.kind == PLAN:
            document = document.plan_id
        return document._get_records_action()

    def write(self, vals):
        """The member remarks on it, or leaves it out; what happened stays as it was."""
        if not self.env.su:
            if set(vals) - {"note", "is_included"}:
                raise UserError(self.env._("What happened is taken from its own document."))
            self.report_id._check_may_edit()
        return super().write(vals)
