"""What a development plan asks for becomes a training: HR in the backend, the members in
`/my/backbone`, in a real browser."""

import pytest
from helpers import Backend
from playwright.sync_api import expect
from pool_case import ACTIONS, MONDAY, admit
from portal_case import press

TRAINING = "hr.backbone.training"
NEEDS = "hr_backbone_plan_line_action_need"
NAME = "Leading a Shift"


@pytest.fixture(scope="module")
def pool(server):
    return admit(server.rpc, server, 2)


def test_training_for_what_plans_ask(new_page, login, portal, pool):
    """HR finds what the plans of two members ask for, and plans one training for both."""
    page = new_page()
    login(page, "hr")
    hr = Backend(page, "training").open(NEEDS)
    for case in pool:
        row = page.locator(".o_data_row").filter(has_text=case.name)
        expect(row).to_contain_text(ACTIONS["internal"])
        row.locator(".o_list_record_selector input").check()
    hr.shot("needs")
    page.locator("button[name='action_plan_training']:visible").first.click()
    window = page.locator(".modal")
    window.locator("[name='name'] input").fill(NAME)
    window.locator("[name='date_start'] input, [name='date_start'] button").first.click()
    window.locator("[name='date_start'] input").first.fill("05/02/2033 09:00:00")
    window.locator("[name='name'] input").click()
    hr.shot("needs-window")
    window.locator("button[name='action_confirm']").click()
    hr.expect_state("Draft")
    for case in pool:
        hr.expect_text(case.name)
    hr.expect_text(ACTIONS["internal"])
    hr.fill(provider="Academy")
    hr.save()
    hr.press("Announce")
    hr.expect_state("Announced")
    hr.shot("needs-training")
    hr.open(NEEDS)
    for case in pool:
        expect(page.locator(".o_data_row").filter(has_text=case.name)).to_have_count(0)
    member = portal(pool[0].login, "phone").open(f"/my/backbone/plans/{pool[0].plan}")
    member.see(NAME, "Invited").check_accessible("plan-with-a-training")


def test_member_says_which_action(portal, rpc, pool):
    """From the action of the plan to the trainings, and back with one of them."""
    case = pool[0]
    name = "An offer for one member"
    vals = {
        "name": name,
        "date_start": f"{MONDAY} 09:00:00",
        "provider": "Academy",
        "participant_ids": [(0, 0, {"member_id": case.member})],
    }
    press(rpc("hr"), TRAINING, "action_plan", [rpc("hr").call(TRAINING, "create", vals)])
    member = portal(case.login, "both").open(f"/my/backbone/plans/{case.plan}")
    member.follow("View the trainings").see("plans them and invites you")
    member.check_accessible("trainings-for-an-action").follow(name)
    member.see("In my development plan").check_accessible("training-action")
    member.input("plan_line_id").select_option(label=ACTIONS["internal"])
    member.press("Save the action").see_message("Saved.")
    member.open(f"/my/backbone/plans/{case.plan}").see(name)


def test_rotation_and_suggestion_from_an_action(portal, pool):
    """What is begun from an action serves it without being asked again."""
    case = pool[1]
    member = portal(case.login).open(f"/my/backbone/plans/{case.plan}")
    member.follow("Ask for a rotation").press("Ask for a rotation")
    chosen = member.input("plan_line_id").locator("option:checked")
    expect(chosen).to_have_text(ACTIONS["rotation"])
    member.open(f"/my/backbone/plans/{case.plan}").follow("Write a work suggestion")
    chosen = member.input("plan_line_id").locator("option:checked")
    expect(chosen).to_have_text(ACTIONS["promotion"])


def test_yearly_revision(new_page, login, portal, pool):
    """The member begins it on the plan's page, with what is open; HR brings it into force."""
    case = pool[0]
    path = f"/my/backbone/plans/{case.plan}"
    member = portal(case.login, "both").open(path).see("Revise the plan")
    member.check_accessible("plan-to-revise").press("Begin a revision")
    member.see_message("The revision is begun").see("This is revision 2 of the plan")
    revision = member.page.url
    member.open(path).see("A revision of it is open").see_not("Begin a revision")
    member.open(revision).fill(goal_short="Lead the early shift")
    member.press("Submit my plan").see_message("Your plan was submitted.")
    page = new_page()
    login(page, "hr")
    hr = Backend(page, "training").open("hr_backbone_plan_action", revision.rsplit("/", 1)[1])
    hr.expect_text("Lead the early shift")
    hr.press("Bring into Force")
    hr.expect_state("In Force")
    member.open(revision).see("Your plan is in force", "The plan before it").see_state("In Force")
