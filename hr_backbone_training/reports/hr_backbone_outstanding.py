# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrBackboneOutstanding(models.Model):
    """ "Selects the outstanding key employees of the year": those of each year, as the company
    is told. Names and what they are for, nothing of how anybody scored."""

    _name = "hr.backbone.outstanding"
    _description = "Outstanding Backbone Employee"
    _inherit = ["hr.backbone.search.mixin"]
    _auto = False
    _order = "year desc, echelon_level, employee_name"
    _rec_name = "employee_name"
    _depends = {
        "hr.backbone.evaluation": [
            "run_id",
            "program_id",
            "company_id",
            "echelon_id",
            "echelon_level",
            "employee_name",
            "department_name",
            "job_name",
            "incentive",
            "is_outstanding",
        ],
        "hr.backbone.evaluation.run": ["is_told"],
        "hr.backbone.program": ["year"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    program_id = fields.Many2one("hr.backbone.program", readonly=True)
    year = fields.Integer(readonly=True, aggregator=None)
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    echelon_level = fields.Integer(readonly=True, aggregator=None)
    employee_name = fields.Char("Name", readonly=True)
    department_name = fields.Char("Department", readonly=True)
    job_name = fields.Char("Post", readonly=True)
    incentive = fields.Char(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT e.id, e.company_id, e.program_id, p.year, e.echelon_id, e.echelon_level,
                      e.employee_name, e.department_name, e.job_name, e.incentive
                 FROM hr_backbone_evaluation e
                 JOIN hr_backbone_evaluation_run r ON r.id = e.run_id
                 JOIN hr_backbone_program p ON p.id = e.program_id
                -- a correction takes the place when it is announced, and not before; one that
                -- was withdrawn takes back what was announced
                WHERE e.is_outstanding AND r.is_told"""
        )

    @api.model
    def _get_search_domains(self, text):
        return {
            "person": Domain("employee_name", "ilike", text),
            "department": Domain("department_name", "ilike", text),
            "post": Domain("job_name", "ilike", text),
        }
