# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The pool shows department, post and rank of today; and nobody has two plans, nor one after
    they have left the pool: what was left open is closed."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    members = env["hr.backbone.member"].search([])
    for name in ("department_id", "job_id", "rank_id"):
        env.add_to_compute(members._fields[name], members)
    members.flush_recordset()
    # whoever works in another company by now is no member there
    employees = members.employee_id
    for name in ("backbone_member_id", "backbone_echelon_id", "backbone_mentor_id"):
        env.add_to_compute(employees._fields[name], employees)
    employees.flush_recordset()
    members.filtered(lambda member: member.state == "exited")._close_plans()
    active = env["hr.backbone.plan"].search([("state", "=", "active")], order="id desc")
    for plans in active.grouped(lambda plan: (plan.employee_id, plan.company_id)).values():
        plans[1:]._on_application_ended()
