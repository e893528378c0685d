# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import SQL


class HrBackbonePlanProgress(models.Model):
    """How far an action of a plan moved on a day: what the report of a quarter tells about
    the plan, also when it is written after the quarter."""

    _name = "hr.backbone.plan.progress"
    _description = "Progress of a Development Plan Action"
    _order = "date desc, id desc"
    _rec_name = "plan_line_id"
    _log_access = False

    plan_line_id = fields.Many2one(
        "hr.backbone.plan.line", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    date = fields.Date(required=True, readonly=True)
    progress_from = fields.Integer("From (%)", readonly=True, aggregator=False)
    progress_to = fields.Integer("To (%)", readonly=True, aggregator=False)

    _line_date_uniq = models.UniqueIndex(
        "(plan_line_id, date)", "The progress of an action is noted once a day."
    )

    @api.model
    def _log(self, progress):
        """Note the progress that is about to be stored, in one statement.

        :param dict progress: plan line id → its new progress
        """
        ids = list(progress)
        # the company of the plan: that of a new action is perhaps not stored yet
        self.env.cr.execute(
            """SELECT DISTINCT plan.company_id FROM hr_backbone_plan_line line
                 JOIN hr_backbone_plan plan ON plan.id = line.plan_id
                WHERE line.id = ANY(%s)""",
            (ids,),
        )
        # sudo: what day it is in these companies
        companies = self.env["res.company"].sudo().browse(row[0] for row in self.env.cr.fetchall())
        for company in companies:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO hr_backbone_plan_progress AS log
                              (plan_line_id, company_id, date, progress_from, progress_to)
                       SELECT line.id, plan.company_id, %(today)s, line.progress, new.progress
                         FROM hr_backbone_plan_line line
                         JOIN hr_backbone_plan plan ON plan.id = line.plan_id
                         JOIN unnest(%(ids)s, %(values)s) AS new (id, progress)
                           ON new.id = line.id
                        WHERE plan.company_id = %(company)s AND line.progress != new.progress
                       ON CONFLICT (plan_line_id, date)
                       DO UPDATE SET progress_to = EXCLUDED.progress_to""",
                    today=company._backbone_today(),
                    ids=ids,
                    values=list(progress.values()),
                    company=company.id,
                )
            )
