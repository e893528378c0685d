# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.core.public import public

# the stations of an application that is under way
UNDER_WAY = ("draft", "director", "hr", "committee", "selected", "publicity")
# an id is made of the company's and the echelon's: so many echelons have room
ROOM = 2**16


class HrBackboneOverview(models.Model):
    """HR's landing page: one card for each echelon of a company, with the pipeline of
    applications, the members, the quarter's compliance, the plans and the training."""

    _name = "hr.backbone.overview"
    _description = "Backbone Overview"
    _auto = False
    _order = "company_id, level, id"
    _depends = {
        "res.company": ["active"],
        "hr.backbone.echelon": ["active", "company_id", "level"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    level = fields.Integer(readonly=True, aggregator=None)
    name = fields.Char(related="echelon_id.name")
    application_count = fields.Integer("Applications under way", compute="_compute_pipeline")
    awaiting_hr_count = fields.Integer("Awaiting HR", compute="_compute_pipeline")
    member_count = fields.Integer("Members", compute="_compute_members")
    unmentored_count = fields.Integer("Without a Mentor", compute="_compute_members")
    plan_progress = fields.Float("Progress of the Plans", compute="_compute_plans")
    quarter_id = fields.Many2one("hr.backbone.quarter", compute="_compute_quarter")
    report_count = fields.Integer("Reports", compute="_compute_quarter")
    report_done = fields.Integer("Reports submitted", compute="_compute_quarter")
    assessment_count = fields.Integer("Assessments", compute="_compute_quarter")
    assessment_done = fields.Integer("Assessments submitted", compute="_compute_quarter")
    report_share = fields.Float("Reports (%)", compute="_compute_quarter")
    assessment_share = fields.Float("Assessments (%)", compute="_compute_quarter")
    to_accept_count = fields.Integer("Reports to accept", compute="_compute_quarter")
    training_hours = fields.Float(compute="_compute_training")
    kanban_dashboard_graph = fields.Text(compute="_compute_graph")

    @property
    def _table_query(self):
        return SQL(
            """SELECT c.id::bigint * %s + e.id AS id, c.id AS company_id, e.id AS echelon_id,
                      e.level
                 FROM res_company c
                 JOIN hr_backbone_echelon e
                      ON e.active AND (e.company_id IS NULL OR e.company_id = c.id)
                WHERE c.active""",
            ROOM,
        )

    def _get_key(self):
        self.ensure_one()
        return self.company_id, self.echelon_id

    def _read_counts(self, model, domain, groupby=None, aggregate="__count"):
        """{(company, echelon): {group: number}} in one query for all cards."""
        rows = self.env[model]._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("echelon_id", "in", self.echelon_id.ids)
            & Domain(domain),
            ["company_id", "echelon_id", *([groupby] if groupby else [])],
            [aggregate],
        )
        counts = {}
        for company, echelon, *group, number in rows:
            counts.setdefault((company, echelon), {})[group[0] if group else None] = number
        return counts

    @api.depends("company_id", "echelon_id")
    def _compute_pipeline(self):
        counts = self._read_counts("hr.backbone.application", [("state", "in", UNDER_WAY)], "state")
        for card in self:
            states = counts.get(card._get_key(), {})
            card.application_count = sum(states.values())
            card.awaiting_hr_count = states.get("hr", 0) + states.get("selected", 0)

    @api.depends("company_id", "echelon_id")
    def _compute_members(self):
        living = [("state", "in", ["active", "suspended"])]
        members = self._read_counts("hr.backbone.member", living)
        alone = self._read_counts(
            "hr.backbone.member", [("state", "=", "active"), ("mentor_id", "=", False)]
        )
        for card in self:
            card.member_count = members.get(card._get_key(), {}).get(None, 0)
            card.unmentored_count = alone.get(card._get_key(), {}).get(None, 0)

    @api.depends("company_id", "echelon_id")
    def _compute_plans(self):
        rows = self.env["hr.backbone.plan"]._read_group(
            [("state", "=", "active"), ("company_id", "in", self.company_id.ids)],
            ["company_id", "application_id.echelon_id"],
            ["progress:avg"],
        )
        means = {(company, echelon): mean for company, echelon, mean in rows}
        for card in self:
            card.plan_progress = means.get(card._get_key()) or 0.0

    @api.depends("company_id", "echelon_id")
    def _compute_quarter(self):
        """The compliance of the last quarter that was opened."""
        quarters = {}
        for quarter in self.env["hr.backbone.quarter"].search(
            [("company_id", "in", self.company_id.ids)], order="date_start"
        ):
            quarters[quarter.company_id] = quarter
        # what was excused counts nowhere, see `_get_asked_domain`
        domain = Domain("quarter_id", "in", [quarter.id for quarter in quarters.values()])
        domain &= self.env["hr.backbone.report"]._get_asked_domain()
        reports = self._read_counts("hr.backbone.report", domain, "state")
        # sudo: numbers for HR, their own case included, which HR does not read
        assessments = self.sudo()._read_counts("hr.backbone.assessment", domain, "state")
        for card in self:
            states = reports.get(card._get_key(), {})
            given = assessments.get(card._get_key(), {})
            card.quarter_id = quarters.get(card.company_id)
            card.report_count = sum(states.values())
            card.report_done = states.get("submitted", 0) + states.get("accepted", 0)
            card.assessment_count = sum(given.values())
            card.assessment_done = given.get("submitted", 0)
            card.to_accept_count = states.get("submitted", 0)
            card.report_share = 100.0 * card.report_done / (card.report_count or 1)
            card.assessment_share = 100.0 * card.assessment_done / (card.assessment_count or 1)

    @api.depends("company_id", "echelon_id")
    def _compute_training(self):
        """Hours of training that the present members attended."""
        rows = self.env["hr.backbone.training.participant"]._read_group(
            [("state", "=", "attended"), ("company_id", "in", self.company_id.ids)],
            ["company_id", "member_id.echelon_id"],
            ["hours:sum"],
        )
        hours = {(company, echelon): total for company, echelon, total in rows}
        for card in self:
            card.training_hours = hours.get(card._get_key()) or 0.0

    @api.depends_context("lang")
    @api.depends("company_id", "echelon_id")
    def _compute_graph(self):
        """The mean of the assessments, by quarter, as the graph of the card takes it."""
        counts = self._read_counts(
            "hr.backbone.assessment", [("state", "=", "submitted")], "quarter_id", "total:avg"
        )
        for card in self:
            means = counts.get(card._get_key(), {})
            quarters = sorted(means, key=lambda quarter: quarter.date_start)[-6:]
            values = [
                {"label": quarter.name, "value": round(means[quarter], 2), "type": "past"}
                for quarter in quarters
            ]
            card.kanban_dashboard_graph = json.dumps(
                [
                    {
                        "key": self.env._("Mean of the assessments"),
                        "title": "",
                        "values": values,
                        "is_sample_data": not values,
                    }
                ]
            )

    # -- what a card opens ---------------------------------------------------------------

    def _open(self, xmlid, domain=(), context=None):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"hr_backbone_training.{xmlid}")
        action["domain"] = [
            ("company_id", "=", self.company_id.id),
            ("echelon_id", "=", self.echelon_id.id),
            *domain,
        ]
        action["context"] = context or {}
        return action

    @public(one=True)
    def action_open_applications(self):
        """The applications of this echelon that are under way."""
        return self._open("hr_backbone_application_action", [("state", "in", UNDER_WAY)])

    @public(one=True)
    def action_open_members(self):
        """The members of this echelon."""
        return self._open("hr_backbone_member_action", [("state", "!=", "exited")])

    @public(one=True)
    def action_open_obligations(self):
        """What is promised and delivered in this echelon."""
        return self._open("hr_backbone_obligation_action")
