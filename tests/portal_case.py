"""What happens outside the portal, over RPC: people are made, HR and the others act."""

import itertools
import xmlrpc.client
from types import SimpleNamespace

APPLICATION = "hr.backbone.application"
CHECK = "hr.backbone.application.check"
MEETING = "hr.backbone.meeting"
ITEM = "hr.backbone.meeting.item"
NOTICE = "hr.backbone.publicity"
OBJECTION = "hr.backbone.objection"
PLAN = "hr.backbone.plan"
MODEL_EMPLOYEE = "Beth Evans"
COMMITTEE = ("committee1", "committee2")
EVALUATION = {
    "score_performance": 91,
    "reason_performance": "Kept the archive running through two moves",
    "score_potential": 88,
    "reason_potential": "Learns whatever the project needs",
    "score_motivation": 90,
    "reason_motivation": "Teaches the newcomers without being asked",
    "training_direction": "Leading technical projects",
}
GOALS = {
    "strengths": "Patient and exact",
    "gaps": "Has not led a project yet",
    "goal_short": "Lead one small project",
    "goal_long": "Lead the archive team",
}
ACTION = "A talk with my mentor every two weeks"
NUMBERS = itertools.count(1)


def new_case(rpc, first_name="Petra", **values):
    """An employee with a portal login, next to Beth Evans in the head's department; later
    the ids of the documents.

    :param values: of the employee, where they differ from hers
    """
    name = f"{first_name} Portal {next(NUMBERS)}"
    login = name.lower().replace(" ", "_")
    admin = rpc("admin")
    [beth] = admin.call("hr.employee", "search", [("name", "=", MODEL_EMPLOYEE)])
    [like] = admin.call("hr.employee", "read", [beth], ["department_id", "job_id", "company_id"])
    # all journeys share one demo company: there is a place for everybody
    lines = admin.call("hr.backbone.program.line", "search", [])
    admin.call("hr.backbone.program.line", "write", lines, {"quota": 100})
    group = [("module", "=", "base"), ("name", "=", "group_portal")]
    [group] = admin.call("ir.model.data", "search_read", group, ["res_id"])
    user = admin.call(
        "res.users",
        "create",
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@example.com",
            "group_ids": [(6, 0, [group["res_id"]])],
        },
        context={"no_reset_password": True},
    )
    employee = admin.call(
        "hr.employee",
        "create",
        {
            "name": name,
            "user_id": user,
            "date_version": "2018-01-01",
            "contract_date_start": "2018-01-01",
            **{field: like[field][0] for field in ("department_id", "job_id", "company_id")},
            **values,
        },
    )
    return SimpleNamespace(name=name, login=login, employee=employee)


def get_submitted(rpc, case, actions=({"action": ACTION},)):
    """A case at the director, made over RPC by those who would make it.

    :param actions: the lines of the plan
    """
    head, employee = rpc("head"), rpc(case.login)
    [person] = rpc("admin").call("hr.employee", "search", [("name", "=", case.name)])
    [echelon] = head.call("hr.backbone.echelon", "search", [("name", "=", "Second Echelon")])
    vals = {"employee_id": person, "echelon_id": echelon, **EVALUATION}
    case.application = head.call(APPLICATION, "create", vals)
    case.plan = plan = employee.call(PLAN, "search", [])[0]
    lines = [(0, 0, action) for action in actions]
    employee.call(PLAN, "write", [plan], {**GOALS, "line_ids": lines})
    press(employee, PLAN, "action_submit", [plan])
    press(head, APPLICATION, "action_submit", [case.application])
    case.url = f"/my/backbone/applications/{case.application}"


def press(client, model, button, ids, *args):
    """A button answers nothing, which XML-RPC cannot say: it is done all the same."""
    try:
        client.call(model, button, ids, *args)
    except xmlrpc.client.Fault as fault:
        if "cannot marshal None" not in fault.faultString:
            raise


def get_state(rpc, case):
    return rpc("hr").call(APPLICATION, "read", [case.application], ["state"])[0]["state"]


def review(hr, case):
    mine = [("application_id", "=", case.application), ("kind", "=", "manual")]
    hr.call(CHECK, "write", hr.call(CHECK, "search", mine), {"answer": "yes"})
    press(hr, APPLICATION, "action_pass_review", [case.application])


def convene(rpc, case):
    case.meeting_name = f"Meeting on {case.name}"
    case.meeting = rpc("hr").call(
        MEETING,
        "create",
        {
            "name": case.meeting_name,
            "attendee_ids": [(6, 0, [rpc(member).uid for member in COMMITTEE])],
            "item_ids": [(0, 0, {"application_id": case.application})],
        },
    )
    press(rpc("hr"), MEETING, "action_open", [case.meeting])


def publish(hr, case):
    case.notice_name = f"Notice on {case.name}"
    lines = [(0, 0, {"application_id": case.application})]
    vals = {"name": case.notice_name, "line_ids": lines}
    case.notice = hr.call(NOTICE, "create", vals)
    press(hr, NOTICE, "action_publish", [case.notice])


def decide(hr, case, action, finding):
    raised = hr.call(OBJECTION, "search", [("publicity_id", "=", case.notice)])
    assert len(raised) == 1
    press(hr, OBJECTION, action, raised, finding)
