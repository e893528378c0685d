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
        "hr.backbone.decision": ["res_model", "res_id", "move"],
        "hr.backbone.evaluation.run": ["state", "program_id", "version"],
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
                WHERE e.is_outstanding
                  -- a correction takes the place when it is announced, and not before; one that
                  -- was withdrawn takes back what was announced
                  AND r.state != 'withdrawn'
                  AND r.id = (SELECT a.id FROM hr_backbone_evaluation_run a
                               WHERE a.program_id = e.program_id
                                 AND (a.state IN ('announced', 'withdrawn')
                                      OR a.state = 'superseded' AND EXISTS (
                                          SELECT FROM hr_backbone_decision d
                                           WHERE d.res_model = 'hr.backbone.evaluation.run'
                                             AND d.res_id = a.id AND d.move = 'announce'))
                               ORDER BY a.version DESC LIMIT 1)"""
        )

    @api.model
    def _get_search_domains(self, text):
        return {
            "person": Domain("employee_name", "ilike", text),
            "department": Domain("department_name", "ilike", text),
            "post": Domain("job_name", "ilike", text),
        }
