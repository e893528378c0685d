# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.tools import SQL

from ..models.core.public import public
from ..models.training.hr_backbone_member import OFFERED_BY

KINDS = [
    ("report", "Work and Study Report"),
    ("assessment", "Mentor's Assessment"),
    ("acceptance", "Acceptance by HR"),
    ("mentor", "One-to-one Mentor"),
    ("internal", "Internal Training"),
    ("external", "External Opportunity"),
    ("management", "Management Training"),
    ("skill", "Skills Training"),
    ("talk", "Counselling Talk"),
    ("approval", "Director's Approval"),
    ("appointment", "Mentor after Admission"),
]


class HrBackboneObligation(models.Model):
    """The ledger of obligations: what the scheme promises each member in a quarter, what of it
    is planned, and what was delivered; members, mentors, directors and HR alike stand in it with
    what they owe.

    Report and assessment "every quarter", "one-to-one tutor", management and skills training
    "every quarter", external training "at least once a year" (in the last quarter of the year);
    a talk every quarter, the director's approval, the acceptance and the first mentor within the
    days of the settings. What is promised is in `hr_backbone_obligation_promise`.
    """

    _name = "hr.backbone.obligation"
    _description = "Backbone Obligation"
    _auto = False
    _order = "quarter_id desc, member_id, id"
    _rec_name = "kind"
    _depends = {
        "hr.backbone.report": [
            "quarter_id",
            "company_id",
            "member_id",
            "employee_id",
            "echelon_id",
            "department_id",
            "state",
            "is_closed",
            "date_due",
            "is_late",
            "is_owed_by_hr",
            "date_submitted",
            "date_accepted",
        ],
        "hr.backbone.login": ["employee_id", "date_to", "state"],
        "hr.employee": ["user_id", "active"],
        "res.users": ["active", "company_ids"],
        "hr.backbone.assessment": [
            "quarter_id",
            "member_id",
            "mentor_id",
            "state",
            "is_closed",
            "date_due",
            "is_late",
            "date_submitted",
        ],
        "hr.backbone.quarter": [
            "name",
            "year",
            "number",
            "state",
            "company_id",
            "date_start",
            "date_end",
        ],
        "hr.backbone.assessment.line": ["assessment_id"],
        "hr.backbone.member": [
            "company_id",
            "employee_id",
            "echelon_id",
            "department_id",
            "state",
            "date_admitted",
        ],
        "hr.backbone.movement": ["member_id", "company_id", "kind", "date"],
        "hr.backbone.mentorship": [
            "member_id",
            "company_id",
            "state",
            "date_appointed",
            "date_start",
            "date_end",
        ],
        "hr.backbone.mentorship.session": ["member_id", "company_id", "state", "date"],
        "hr.backbone.application": [
            "company_id",
            "employee_id",
            "echelon_id",
            "department_id",
            "approver_id",
            "state",
        ],
        "hr.backbone.decision": ["res_model", "res_id", "move", "from_state", "to_state", "date"],
        **OFFERED_BY,
        "res.company": [
            "resource_calendar_id",
            "partner_id",
            "backbone_fiscal_month",
            "backbone_internal_training",
            "backbone_owes_talk",
            "backbone_acceptance_days",
            "backbone_approval_days",
            "backbone_mentor_days",
        ],
        "resource.calendar": ["tz"],
        "res.partner": ["tz"],
    }

    quarter_id = fields.Many2one("hr.backbone.quarter", readonly=True)
    # in the order of time, from left to right: the records come the newest first
    quarter_name = fields.Char("Quarter by Name", readonly=True)
    year = fields.Integer("Fiscal Year", readonly=True, aggregator=None)
    quarter_state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")], "Quarter's Status", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    member_id = fields.Many2one("hr.backbone.member", readonly=True)
    employee_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        help="Whom it concerns: the member, or whoever is recommended.",
    )
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    kind = fields.Selection(KINDS, "Obligation", readonly=True)
    debtor = fields.Selection(
        [
            ("member", "Member"),
            ("mentor", "Mentor"),
            ("director", "Director of the Center"),
            ("hr", "Human Resources"),
        ],
        "Owed by",
        readonly=True,
    )
    debtor_id = fields.Many2one(
        "hr.employee", "Person who owes", readonly=True, help="Empty where HR as such owes it."
    )
    date_due = fields.Date("Due", readonly=True)
    promised = fields.Integer(readonly=True, aggregator="sum")
    planned = fields.Integer(
        readonly=True,
        aggregator="sum",
        help="Announced or appointed, and not delivered yet.",
    )
    delivered = fields.Integer(readonly=True, aggregator="sum")
    due = fields.Integer(
        "Due so far",
        readonly=True,
        aggregator="sum",
        help="Delivered, or due before today: what the percentage is of.",
    )
    missing = fields.Integer(
        readonly=True, aggregator="sum", help="Due, and not delivered to this day."
    )
    late = fields.Integer(
        readonly=True, aggregator="sum", help="Delivered late, or due and not delivered."
    )
    unmanaged = fields.Integer(
        "Not by Management",
        readonly=True,
        aggregator="sum",
        help="An internal training that is planned or was held, but by nobody of a managerial "
        "rank.",
    )
    share = fields.Float(
        "Delivered (%)",
        readonly=True,
        aggregator="avg",
        help="Of what is due so far; empty before.",
    )
    days_late = fields.Integer(readonly=True, aggregator="max")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    document_state = fields.Char("Technical Status of the Document", readonly=True)

    @property
    def _table_query(self):
        selects = [self._select(place, row) for place, row in enumerate(self._get_promises())]
        return SQL(" UNION ALL ").join(selects)

    @public(one=True)
    def action_open_document(self):
        """The record behind a row: the report, the assessment, the application or the member."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    @public(one=True)
    def action_open_person(self):
        """The person who owes what a row promises: the member in the pool, the mentor or the
        director."""
        self.ensure_one()
        if self.debtor == "member":
            return self.member_id._get_records_action()
        return self.debtor_id._get_records_action()
