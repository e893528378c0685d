"""The main job, in a real browser: an employee of Odoo's demo company goes from the
department's recommendation to a published place in the talent pool."""

import xmlrpc.client

import pytest
from helpers import Backend
from playwright.sync_api import expect

PERSON = "Beth Evans"
APPLICATION = "hr.backbone.application"
NOTICE = "hr.backbone.publicity"
REPORTS = "hr_backbone_training.report_"
LEAST_PDF = 10_000


@pytest.fixture
def backend(new_page, login):
    """backend("hr") is that person's page; each one has a browser window of their own."""
    people = {}

    def open_for(name):
        if name not in people:
            page = new_page()
            login(page, name)
            people[name] = Backend(page, "journey")
        return people[name]

    return open_for


def test_from_recommendation_to_talent_pool(backend, rpc, time_passes):
    application = recommend(backend("head"))
    write_plan(backend("candidate"))
    submit(backend("head"), application)
    approve(backend("director"))
    review(backend("hr"), application)
    meeting = convene(backend("hr"))
    for member in ("committee1", "committee2"):
        vote(backend(member), meeting, member)
    close_meeting(backend("committee1"), meeting)
    notice = publish(backend("hr"))
    read_notice(backend("colleague"), notice)
    refuse_to_close_early(backend("hr"), rpc("hr"), notice)
    time_passes(notice)
    admit(backend("hr"), notice)
    look_into_pool(backend("hr"), rpc("hr"))
    print_forms(backend("hr"), rpc("hr"), application)


def recommend(head):
    head.open("hr_backbone_application_action_mine", "new")
    head.pick("employee_id", PERSON)
    head.pick("echelon_id", "Second Echelon")
    head.tab("Comprehensive Evaluation")
    head.fill(
        score_performance=91,
        reason_performance="Kept the archive running through two moves",
        score_potential=88,
        reason_potential="Learns whatever the project needs",
        score_motivation=90,
        reason_motivation="Teaches the newcomers on her own initiative",
    )
    head.tab("Training Direction")
    head.fill(training_direction="Leading technical projects")
    head.save()
    head.expect_text("writes the personal development plan")
    head.expect_greyed_out("Submit")
    head.shot("01-recommended")
    return head.record_id()


def write_plan(candidate):
    candidate.open("hr_backbone_plan_action_mine")
    candidate.open_row(PERSON)
    candidate.fill(strengths="Patient and exact", gaps="Has not led a project yet")
    candidate.fill(goal_short="Lead one small project", goal_long="Lead the archive team")
    candidate.tab("Actions")
    candidate.page.get_by_text("Add a line").first.click()
    candidate.fill(action="A talk with my mentor every two weeks")
    candidate.save()
    candidate.shot("02-plan-written")
    candidate.press("Submit")
    candidate.expect_state("Submitted")


def submit(head, application):
    head.open("hr_backbone_application_action_mine", application)
    head.press("Submit")
    head.expect_state("Director's Approval")
    head.shot("03-submitted")


def approve(director):
    director.open("hr_backbone_application_action_to_approve").open_row(PERSON)
    director.press("Approve")
    director.expect_state("HR Review")
    director.shot("04-approved")


def review(hr, application):
    hr.open("hr_backbone_application_action", application)
    hr.tab("HR Review")
    hr.expect_greyed_out("Pass Review")
    row = hr.page.locator("div[name='check_ids'] .o_data_row").filter(has_text="Not answered")
    row.locator("td[name='answer']").click()
    answer = hr.page.locator("div[name='check_ids'] .o_selected_row [name='answer']").last
    answer.locator("input, select").first.click()
    hr.page.locator(".o_select_menu_item", has_text="Met").first.click()
    hr.save()
    hr.shot("05-checklist")
    hr.press("Pass Review")
    hr.expect_state("Top Management")


def convene(hr):
    hr.open("hr_backbone_meeting_action", "new")
    hr.fill(name="Third Selection Meeting")
    hr.pick("attendee_ids", "Sharlene Rhodes", "Jeffrey Kelly")
    hr.save()
    hr.press("Fill the Agenda")
    hr.expect_text(PERSON)
    hr.press("Open the Session")
    hr.expect_state("In Session")
    hr.shot("06-meeting-open")
    return hr.record_id()


def vote(member, meeting, name):
    member.open("hr_backbone_meeting_action", meeting)
    row = member.page.locator("div[name='item_ids'] .o_data_row").filter(has_text=PERSON)
    row.locator("button[name='action_vote_for']").click()
    expect(row.locator("td[name='my_vote']")).to_contain_text("For")
    member.shot(f"07-vote-of-{name}")


def close_meeting(member, meeting):
    member.open("hr_backbone_meeting_action", meeting)
    member.press("Close and Decide", confirm=True)
    member.expect_state("Closed")
    member.shot("08-meeting-closed")


def publish(hr):
    hr.open("hr_backbone_publicity_action", "new")
    hr.save()
    hr.press("Fill in the Names")
    hr.expect_text(PERSON)
    hr.press("Publish", confirm=True)
    hr.expect_state("Published")
    hr.shot("09-published")
    return hr.record_id()


def read_notice(colleague, notice):
    colleague.open("hr_backbone_publicity_action", notice)
    colleague.expect_text(PERSON)
    colleague.shot("10-colleague-reads")


def refuse_to_close_early(hr, hr_rpc, notice):
    hr.expect_greyed_out("Close")
    with pytest.raises(xmlrpc.client.Fault, match="The publicity lasts until"):
        hr_rpc.call(NOTICE, "action_close", [notice])


def admit(hr, notice):
    hr.open("hr_backbone_publicity_action", notice)
    hr.press("Close")
    hr.expect_state("Closed")
    hr.shot("11-publicity-closed")


def look_into_pool(hr, hr_rpc):
    hr.open("hr_backbone_member_action").open_row(PERSON)
    hr.expect_state("Active")
    hr.expect_text("Second Echelon")
    hr.shot("12-in-the-pool")
    [person] = hr_rpc.call("hr.employee", "search", [("name", "=", PERSON)])
    hr.open("open_view_employee_list_my", person, module="hr")
    hr.expect_text("Talent Pool")
    hr.expect_text("Second Echelon")
    hr.shot("13-employee")


def print_forms(hr, hr_rpc, application):
    [case] = hr_rpc.call(APPLICATION, "read", [application], ["plan_id", "state"])
    assert case["state"] == "admitted"
    for report, record in (("application", application), ("plan", case["plan_id"][0])):
        answer = hr.page.request.get(f"/report/pdf/{REPORTS}{report}/{record}")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF")
        assert len(answer.body()) > LEAST_PDF
