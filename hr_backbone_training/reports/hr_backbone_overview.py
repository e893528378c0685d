# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ..models.core.public import public
from ..models.core.scores import Score

# the stations of an application that is under way
UNDER_WAY = ("draft", "director", "hr", "committee", "selected", "publicity")
# an id is made of the company's and the echelon's: so many echelons have room
ROOM = 2**16


class HrBackboneOverview(models.Model):
    """HR's landing page: one card for each echelon of a company, with the pipeline of
    applications, the members, the quarter's compliance, the plans and the training.

    It is about who is active in the echelon today: a member who was promoted counts where they
    are, with all that is theirs, and who is suspended or has left is not among "3 of 5". What
    was asked for and handed in whoever is there stands in the cockpit and in the ledger."""

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
    suspended_count = fields.Integer("Suspended", compute="_compute_members")
    untrained_count = fields.Integer(
        "Without Internal Training", compute="_compute_members", help="In the quarter of today."
    )
    unoffered_count = fields.Integer(
        "Without an External Opportunity", compute="_compute_members", help="In this year."
    )
    unmentored_count = fields.Integer("Without a Mentor", compute="_compute_members")
    plan_count = fields.Integer("Plans in Force", compute="_compute_plans")
    plan_progress = Score("Progress of the Plans", compute="_compute_plans")
    quarter_id = fields.Many2one("hr.backbone.quarter", compute="_compute_quarter")
    report_count = fields.Integer("Reports", compute="_compute_quarter")
    report_done = fields.Integer("Reports submitted", compute="_compute_quarter")
    assessment_count = fields.Integer("Assessments", compute="_compute_quarter")
    assessment_done = fields.Integer("Assessments submitted", compute="_compute_quarter")
    report_share = Score("Reports (%)", compute="_compute_quarter")
    assessment_share = Score("Assessments (%)", compute="_compute_quarter")
    to_accept_count = fields.Integer("Reports to accept", compute="_compute_quarter")
    training_hours = fields.Float(compute="_compute_training")
    kanban_dashboard_graph = fields.Text(compute="_compute_graph")
    assessment_means = fields.Char(compute="_compute_graph", help="The figures of the graph.")

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

    def _read_counts(self, model, domain, groupby=None, aggregate="__count", echelon="echelon_id"):
        """{(company, echelon): {group: number}} in one query for all cards.

        :param str echelon: "member_id.echelon_id" for the one in which the member is today
        """
        rows = self.env[model]._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain(echelon, "in", self.echelon_id.ids)
            & Domain(domain),
            ["company_id", echelon, *([groupby] if groupby else [])],
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
        active = Domain("state", "=", "active")
        found = {
            name: self._read_counts("hr.backbone.member", domain)
            for name, domain in {
                "member_count": active,
                "suspended_count": Domain("state", "=", "suspended"),
                "unmentored_count": active & Domain("mentor_id", "=", False),
                "untrained_count": active & Domain("internal_trained_quarter", "=", False),
                "unoffered_count": active & Domain("external_offered_year", "=", False),
            }.items()
        }
        for card in self:
            for name, counts in found.items():
                card[name] = counts.get(card._get_key(), {}).get(None, 0)

    @api.depends("company_id", "echelon_id")
    def _compute_plans(self):
        """The mean of the plans in force of the active members."""
        plans, members = self.env["hr.backbone.plan"], self.env["hr.backbone.member"]
        rows = self.env.execute_query(
            SQL(
                """SELECT m.company_id, m.echelon_id, count(*), avg(p.progress)
                     FROM hr_backbone_plan p
                     JOIN hr_backbone_member m
                       ON m.employee_id = p.employee_id AND m.company_id = p.company_id
                    WHERE p.state = 'active' AND m.state = 'active' AND m.company_id = ANY(%s)
                    GROUP BY m.company_id, m.echelon_id""",
                self.company_id.ids,
                to_flush=[
                    *(plans._fields[name] for name in ("employee_id", "state", "progress")),
                    *(members._fields[name] for name in ("employee_id", "state", "echelon_id")),
                ],
            )
        )
        found = {(company, echelon): figures for company, echelon, *figures in rows}
        for card in self:
            key = (card.company_id.id, card.echelon_id.id)
            card.plan_count, card.plan_progress = found.get(key, (0, False))

    @api.depends("company_id", "echelon_id")
    def _compute_quarter(self):
        """The compliance of the last quarter that was opened, of who is active; what waits for
        HR, of all."""
        quarters = {}
        for quarter in self.env["hr.backbone.quarter"].search(
            [("company_id", "in", self.company_id.ids)], order="date_start"
        ):
            quarters[quarter.company_id] = quarter
        last = Domain("quarter_id", "in", [quarter.id for quarter in quarters.values()])
        active = Domain("member_id", "any!", [("state", "=", "active")])
        # sudo: numbers for HR, their own case included, which HR does not read
        cards = self.sudo()
        echelon = "member_id.echelon_id"

        def count(name, domain, *groupby):
            # what was excused counts nowhere
            domain = last & self.env[name]._get_asked_domain() & domain
            return cards._read_counts(name, domain, *groupby, echelon=echelon)

        reports = count("hr.backbone.report", active, "state")
        assessments = count("hr.backbone.assessment", active, "state")
        submitted = count("hr.backbone.report", Domain("state", "=", "submitted"))
        for card in self:
            states = reports.get(card._get_key(), {})
            given = assessments.get(card._get_key(), {})
            card.quarter_id = quarters.get(card.company_id)
            card.report_count = sum(states.values())
            card.report_done = states.get("submitted", 0) + states.get("accepted", 0)
            card.assessment_count = sum(given.values())
            card.assessment_done = given.get("submitted", 0)
            card.to_accept_count = submitted.get(card._get_key(), {}).get(None, 0)
            card.report_share = self._get_share(card.report_done, card.report_count)
            card.assessment_share = self._get_share(card.assessment_done, card.assessment_count)

    @staticmethod
    def _get_share(part, whole):
        """In percent; none of nothing."""
        return bool(whole) and 100.0 * part / whole

    @api.depends("company_id", "echelon_id")
    def _compute_training(self):
        """Hours of training that the active members attended."""
        domain = Domain("state", "=", "attended")
        domain &= Domain("member_id", "any!", [("state", "=", "active")])
        hours = self._read_counts(
            "hr.backbone.training.participant",
            domain,
            aggregate="hours:sum",
            echelon="member_id.echelon_id",
        )
        for card in self:
            card.training_hours = hours.get(card._get_key(), {}).get(None) or 0.0

    @api.depends_context("lang")
    @api.depends("company_id", "echelon_id")
    def _compute_graph(self):
        """The mean of the assessments, by quarter, as the graph of the card takes it: in the
        echelon in which each member was assessed then."""
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
            card.assessment_means = " · ".join(
                f"{row['label']} {formatLang(self.env, row['value'], digits=2)}" for row in values
            )
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

    def _open(self, xmlid, domain):
        """:param domain: besides the company"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"hr_backbone_training.{xmlid}")
        action["domain"] = list(Domain("company_id", "=", self.company_id.id) & Domain(domain))
        action["context"] = {}
        return action

    def _is_here(self, path="echelon_id"):
        """:return: a domain, the echelon of the card"""
        return Domain(path, "=", self.echelon_id.id)

    @public(one=True)
    def action_open_applications(self):
        """The applications of this echelon that are under way."""
        under_way = self._is_here() & Domain("state", "in", UNDER_WAY)
        return self._open("hr_backbone_application_action", under_way)

    @public(one=True)
    def action_open_members(self):
        """The members whom the card counts."""
        return self._open(
            "hr_backbone_member_action", self._is_here() & Domain("state", "=", "active")
        )

    @public(one=True)
    def action_open_obligations(self):
        """What is promised, planned and delivered to whoever is in this echelon today, or is
        recommended for it."""
        theirs = self._is_here("member_id.echelon_id")
        theirs |= Domain("member_id", "=", False) & self._is_here()
        return self._open("hr_backbone_obligation_action", theirs)
