# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.hr_backbone_training.const import OFFICER

APPROVED = ("validate",)
# whoever goes within these days is told of, so that somebody can stand in from the first day
AHEAD = timedelta(days=7)


class HrBackboneAbsenceMixin(models.AbstractModel):
    """A document that waits for one person, who may be away: approved time off that has begun,
    or begins within a week, is said on it, as a suggestion that somebody has to stand in. Dates
    only, never the kind of time off or its reason.

    Who then stands in is found by whoever extends `_get_awaited`: a document that waits for
    somebody's deputy waits for the somebody no more.
    """

    _name = "hr.backbone.absence.mixin"
    _description = "Backbone Document that Waits for Somebody"

    absence_notice = fields.Text(
        "Stand-in",
        compute="_compute_absence_notice",
        help="Who is away while this waits for them, and when: somebody has to stand in.",
    )
    is_awaited_away = fields.Boolean(
        "Stand-in needed",
        compute="_compute_is_awaited_away",
        search="_search_is_awaited_away",
        groups=OFFICER,
        help="It waits for somebody who is away now, or will be within a week.",
    )

    @api.model
    def _get_awaiting_states(self):
        """:return: (the field of the person, the states in which the document waits for them)"""
        raise NotImplementedError

    def _get_awaited(self):
        """{document: the employee for whom it waits, as superuser}, of those that do"""
        field, states = self._get_awaiting_states()
        # sudo: who is waited for decides; the sentence names them to who reads the document
        return {row: row.sudo()[field] for row in self if row.state in states and row.sudo()[field]}

    @api.depends_context("lang")
    @api.depends("state")
    def _compute_absence_notice(self):
        awaited = self._get_awaited()
        periods = self._get_awaited_absences(awaited)
        for record in self:
            sentences = [
                record._say_absence(awaited[record], start, end)
                for start, end in periods.get(record, ())
            ]
            record.absence_notice = "\n".join(sentences) or False

    @api.depends("state")
    def _compute_is_awaited_away(self):
        away = self._get_awaited_absences(self._get_awaited())
        for record in self:
            record.is_awaited_away = record in away

    @api.model
    def _get_awaited_absences(self, awaited):
        """{document: [(first day, last day)]} of those who are away: in one search for all."""
        # sudo: when somebody is away is told to who reads the document, never why
        people = self.env["hr.employee"].sudo().union(*awaited.values())
        today = self._get_first_today(people.company_id)
        found = defaultdict(list)
        if people:
            for leave in people._find_backbone_leaves(today, today + AHEAD, APPROVED):
                found[leave.employee_id].append((leave.request_date_from, leave.request_date_to))
        return {
            row: self.env["hr.employee"]._join_backbone_periods(found[person])
            for row, person in awaited.items()
            if person in found
        }

    @api.model
    def _get_first_today(self, companies):
        """Today where it is the earliest, of these companies of people who may be away."""
        days = [company._backbone_today() for company in companies or self.env.company]
        return min(days)

    def _say_absence(self, person, start, end):
        """One sentence for one absence."""
        self.ensure_one()
        values = {"name": person.name, "start": format_date(self.env, start)}
        if start == end:
            return self.env._("%(name)s is away on %(start)s: let somebody stand in.", **values)
        values["end"] = format_date(self.env, end)
        return self.env._(
            "%(name)s is away from %(start)s to %(end)s: let somebody stand in.", **values
        )

    @api.model
    def _search_is_awaited_away(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        field, states = self._get_awaiting_states()
        # sudo: that somebody is away HR reads on the documents that it finds
        people = self.sudo().search([("state", "in", states)])[field]
        today = self._get_first_today(people.company_id)
        away = people._find_backbone_leaves(today, today + AHEAD, APPROVED).employee_id
        return Domain("state", "in", states) & Domain(field, "in", away.ids)
