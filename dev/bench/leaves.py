"""The peer: what Odoo's own approval of as many documents costs, in its cheapest form: no
meeting in the calendar, and no change tracked in the chatter."""

from datetime import date, timedelta

from company import Company
from harness import Operation, settle


def approvals(env, n):
    """n leaves of one day, of n employees, approved in one call."""
    employees = Company(env, n).employees
    monday = date.today() + timedelta(days=14 - date.today().weekday())
    kind = env["hr.leave.type"].create(
        {
            "name": "Bench",
            "requires_allocation": False,
            "leave_validation_type": "hr",
            "create_calendar_meeting": False,
        }
    )
    leaves = env["hr.leave"].create(
        [
            {
                "employee_id": employee.id,
                "holiday_status_id": kind.id,
                "request_date_from": monday,
                "request_date_to": monday,
            }
            for employee in employees
        ]
    )
    approver = env.ref("base.user_admin")
    leaves = leaves.with_user(approver).with_context(tracking_disable=True)
    settle(env)
    # once: it takes longer than all of ours
    yield Operation("hr.leave.action_approve", n, leaves.action_approve, repeat=1)
