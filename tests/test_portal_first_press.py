"""A form that was refused, in the browser: the very next press of a button does its work."""

from playwright.sync_api import expect
from portal_case import APPLICATION, EVALUATION, PLAN


def new_plan(rpc, case):
    """The empty plan of somebody who was just recommended."""
    head = rpc("head")
    [person] = rpc("admin").call("hr.employee", "search", [("name", "=", case.name)])
    [echelon] = head.call("hr.backbone.echelon", "search", [("name", "=", "Second Echelon")])
    vals = {"employee_id": person, "echelon_id": echelon, **EVALUATION}
    head.call(APPLICATION, "create", vals)
    return rpc(case.login).call(PLAN, "search", [])[0]


def test_saved_in_another_window_meanwhile(portal, rpc, case):
    plan = new_plan(rpc, case)
    employee = portal(case.login).open(f"/my/backbone/plans/{plan}")
    rpc(case.login).call(PLAN, "write", [plan], {"strengths": "Typed in the other window"})
    employee.fill(strengths="Typed in this window")
    status = employee.page.locator(".o_backbone_status")
    expect(status).to_contain_text("another window", timeout=15_000)
    employee.press("Save")
    employee.see_message("another window", kind="danger")
    employee.see("Typed in the other window")
    employee.press("Save")
    employee.see_message("Saved.")
    [stored] = rpc(case.login).call(PLAN, "read", [plan], ["strengths"])
    assert stored["strengths"] == "Typed in this window"


def test_new_action_without_what_is_to_be_done(portal, rpc, case):
    plan = new_plan(rpc, case)
    employee = portal(case.login).open(f"/my/backbone/plans/{plan}")
    employee.unfold("Add an action")
    employee.fill(**{"new-mentoring-gap": "Has led no project yet"})
    employee.press("Submit my plan")
    employee.see_message("Say what you will do, or remove the action.", kind="danger")
    assert employee.input("new-mentoring-gap").input_value() == "Has led no project yet"
