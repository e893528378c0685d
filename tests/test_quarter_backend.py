"""What HR does with a quarter in the backend, and what the member and the mentors see of it in
`/my/backbone`: all of it with buttons, in a real browser."""

import pytest
from helpers import Backend
from playwright.sync_api import expect
from pool_case import REPORT_TEXTS, admit, give_mentor, new_leader

ASSESSMENT = "hr.backbone.assessment"
LINE = "hr.backbone.assessment.line"
REPORT = "hr.backbone.report"
RETURNED = "Which rooms, and what is left to move?"
PRAISE = "Now one can see what was done"
NOTED = "Has found a way to sort the old files"


@pytest.fixture(scope="module")
def case(server):
    """A member with a mentor, whom another one will follow."""
    admin = server.rpc("admin")
    [company] = admin.call("res.users", "read", [admin.uid], ["company_id"])
    admin.call("res.company", "write", company["company_id"][0], {"backbone_mentor_cap": 3})
    [case] = admit(server.rpc, server, 1)
    case.mentor, case.follower = (new_leader(server.rpc, name) for name in ("Moira", "Nadia"))
    give_mentor(server.rpc, case, case.mentor)
    of_member = [("member_id", "=", case.member)]
    [case.report] = server.rpc("hr").call(REPORT, "search", of_member)
    [case.assessment] = server.rpc("hr").call(ASSESSMENT, "search", of_member)
    return case


@pytest.fixture
def hr(new_page, login):
    """HR's page of the backend."""
    page = new_page()
    login(page, "hr")
    return Backend(page, "quarter")


def answer(hr, button, **values):
    """Press a button and fill in the window that it opens."""
    hr.press(button)
    dialog = hr.page.locator(".modal")
    for name, value in values.items():
        dialog.locator(f"[name='{name}']").locator("input, textarea").first.fill(str(value))
    dialog.locator(".modal-footer .btn-primary").click()
    expect(dialog).to_have_count(0)


# -- HR returns and accepts a report ----------------------------------------------------


def test_hr_returns_and_accepts_a_report(portal, hr, case):
    member = portal(case.login, "both").open(f"/my/backbone/reports/{case.report}")
    member.fill(**REPORT_TEXTS)
    member.press("Submit my report").see_message("Your report was submitted.")
    hr.open("hr_backbone_report_action").open_row(case.name)
    hr.expect_text(REPORT_TEXTS["work_done"])
    hr.press("Return")
    # the step needs a comment: without one the window stays
    hr.page.locator(".modal .modal-footer .btn-primary").click()
    expect(hr.page.locator(".modal .o_field_invalid").first).to_be_attached()
    hr.page.locator(".modal [name='comment'] textarea").fill(RETURNED)
    hr.page.locator(".modal .modal-footer .btn-primary").click()
    hr.expect_state("Draft")
    member.open().see("Your report was returned", RETURNED).follow("Open my report")
    member.see(RETURNED).fill(work_done="Rooms 1 to 4; room 5 is left")
    member.press("Submit my report").see_message("Your report was submitted.")
    hr.open("hr_backbone_report_action", case.report)
    hr.expect_text("Rooms 1 to 4; room 5 is left")
    answer(hr, "Accept", score=87, comment=PRAISE)
    hr.expect_state("Accepted")
    hr.shot("report-accepted")
    member.open("/my/backbone/reports").see("accepted with 87 of 100 points")
    member.open(f"/my/backbone/reports/{case.report}").see(PRAISE)
    member.see_state("Accepted")
    member.check_accessible("report-accepted")


# -- a mentor takes over in the middle of the quarter -------------------------------------


def test_a_mentor_takes_over(portal, rpc, case):
    path = f"/my/backbone/assessments/{case.assessment}"
    lines = rpc("hr").call(LINE, "search", [("assessment_id", "=", case.assessment)])
    former = portal(case.mentor.login, "both").open(path)
    former.fill(**{f"{lines[0]}-score": 81}, comment=NOTED)
    former.press("Save").see_message("Saved.")
    give_mentor(rpc, case, case.follower)
    # what was typed is the former mentor's; the assessment is no longer
    assert former.page.goto(path).status == 404
    former.open().see_not("Assess your mentee: " + case.name)
    mentor = portal(case.follower.login, "both").open().see("Assess your mentee")
    mentor.open(path).see("Notes of earlier mentors", case.mentor.name, NOTED, "81 points")
    assert mentor.input(f"{lines[0]}-score").input_value() == "", "the new mentor scores afresh"
    mentor.check_accessible("assessment-taken-over")
    mentor.fill(**{f"{line}-score": 84 for line in lines}, comment="Sorts what nobody dared to")
    mentor.input("proposal").select_option("adjust")
    mentor.press("Submit").see_message("The assessment was submitted.").see_state("Submitted")
    member = portal(case.login, "both").open(path).see("Sorts what nobody dared to")
    member.see_not(NOTED)
    [written] = rpc("hr").call(ASSESSMENT, "read", [case.assessment], ["mentor_id", "total"])
    assert (written["mentor_id"][0], written["total"]) == (case.follower.employee, 84)


# -- the proposal to adjust becomes a revision of the plan ----------------------------------


def test_adjust_leads_to_a_revision(portal, hr, case):
    """HR agrees with the mentor; the member revises, HR returns it once, then it is in force
    and the old plan is kept."""
    hr.open("hr_backbone_assessment_action_proposal")
    row = hr.page.locator(".o_data_row").filter(has_text=case.name)
    row.locator("button[name='action_decide_adjust']").click()
    expect(row).to_have_count(0)
    member = portal(case.login, "both").open()
    member.see("Revise and submit your personal development plan").follow("Open my plan")
    member.see("This is revision 2 of the plan").check_accessible("revision-to-write")
    path = member.page.url
    member.fill(strengths="Sorts what nobody dared to")
    member.press("Submit my plan").see_message("Your plan was submitted.")
    hr.open("hr_backbone_plan_action", path.rsplit("/", 1)[1])
    hr.expect_text("Sorts what nobody dared to")
    answer(hr, "Return", comment="Which exam do you mean?")
    hr.expect_state("Draft")
    member.open().see("Which exam do you mean?").follow("Open my plan")
    member.see("returned the revision", "Which exam do you mean?")
    member.check_accessible("revision-returned").fill(goal_short="The exam in May")
    member.press("Submit my plan").see_message("Your plan was submitted.")
    hr.open("hr_backbone_plan_action", path.rsplit("/", 1)[1])
    hr.press("Bring into Force")
    hr.expect_state("In Force")
    hr.shot("revision-in-force")
    member.open(path).see("Your plan is in force", "The plan before it").see_state("In Force")
    member.check_accessible("revision-in-force")
    member.open(f"/my/backbone/plans/{case.plan}").see_state("Closed")
