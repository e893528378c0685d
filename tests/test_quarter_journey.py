"""A quarter and a year, in a real browser: members and mentors in `/my/backbone`, HR and a
colleague after them, HR in the backend."""

import pytest
from ground import databases
from helpers import Backend
from playwright.sync_api import expect
from pool_case import REPORT_TEXTS, admit, give_mentor, new_leader
from portal import SCREENSHOTS
from portal_case import press

REPORT = "hr.backbone.report"
ASSESSMENT = "hr.backbone.assessment"
LINE = "hr.backbone.assessment.line"
QUARTER = "hr.backbone.quarter"
COMMENT = "Which rooms, and what is left to move?"
LEAST_PDF = 10_000


@pytest.fixture(scope="module")
def tutor(server):
    """A mentor of three members of the pool; one of them for the desktop, one for the phone."""
    admin = server.rpc("admin")
    [company] = admin.call("res.users", "read", [admin.uid], ["company_id"])
    admin.call("res.company", "write", company["company_id"][0], {"backbone_mentor_cap": 3})
    mentor = new_leader(server.rpc, "Moritz")
    mentor.mentees = admit(server.rpc, server, 3)
    for case in mentor.mentees:
        give_mentor(server.rpc, case, mentor)
        of_member = [("member_id", "=", case.member)]
        [case.report] = server.rpc("hr").call(REPORT, "search", of_member)
        [case.assessment] = server.rpc("hr").call(ASSESSMENT, "search", of_member)
    return mentor


@pytest.fixture
def backend(new_page, login):
    """backend("hr") is that person's page of Odoo's backend."""

    def open_for(name):
        page = new_page()
        login(page, name)
        return Backend(page, "quarter")

    return open_for


def see_pdf(person, path, name):
    """The printed form opens; it is kept beside the screenshots."""
    answer = person.page.request.get(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    body = answer.body()
    assert body.startswith(b"%PDF")
    assert len(body) > LEAST_PDF
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / f"{name}.pdf").write_bytes(body)


# -- a member's quarter -----------------------------------------------------------------


def test_report_of_a_member(portal, rpc, tutor):
    case = tutor.mentees[0]
    member = portal(case.login, "both").open()
    member.follow("Open my report").see("What happened in the quarter")
    member.press("Submit my report").see_message("Fill in", kind="danger")
    member.fill(**REPORT_TEXTS)
    member.see("All changes saved").check_accessible("report-draft")
    member.open(f"/my/backbone/reports/{case.report}")
    for name, text in REPORT_TEXTS.items():
        assert member.input(name).input_value() == text, f"{name} was not saved"
    member.press("Submit my report").see_message("Your report was submitted.")
    member.see_state("Submitted")
    press(rpc("hr"), REPORT, "action_return", [case.report], COMMENT)
    member.open().see(COMMENT).follow("Open my report").see(COMMENT)
    member.check_accessible("report-returned").fill(work_done="Rooms 1 to 4; room 5 is left")
    member.press("Submit my report").see_message("Your report was submitted.")
    press(rpc("hr"), REPORT, "action_accept", [case.report], 87)
    member.open("/my/backbone/reports").see("accepted with 87 of 100 points")
    member.check_accessible("reports")
    see_pdf(member, f"/my/backbone/reports/{case.report}/pdf", "report")


# -- a mentor with three mentees ----------------------------------------------------------


def test_mentor_of_three(portal, rpc, backend, tutor):
    mentor = portal(tutor.login).open()
    tasks = mentor.page.locator("#wrap li").filter(has_text="Assess your mentees: 3 assessments")
    assert tasks.count() == 1, "one to-do, whatever the number of mentees"
    mentor.check_accessible("home-of-a-mentor")
    first = tutor.mentees[0]
    member = portal(first.login, "phone")
    assert member.page.goto(f"/my/backbone/assessments/{first.assessment}").status == 404
    mentor.open(f"/my/backbone/assessments/{first.assessment}")
    order = []
    while len(order) < len(tutor.mentees):
        order.append(int(mentor.page.url.rsplit("/", 1)[1]))
        assess(mentor, rpc, order[-1])
        if len(order) < len(tutor.mentees):
            mentor.page.locator("#wrap button[value='next']").click()
            mentor.page.wait_for_url(lambda url, last=order[-1]: not url.endswith(f"/{last}"))
            mentor.see_message("Saved: ")
    mentor.press("Save").see_message("Saved.")
    assert sorted(order) == sorted(case.assessment for case in tutor.mentees)
    for number in order:
        submit_assessment(mentor, rpc, number)
    mentor.open().see_not("Assess your mentee")
    member.open(f"/my/backbone/assessments/{first.assessment}").see("Total", "Led the move")
    member.check_accessible("assessment-read")
    see_pdf(member, f"/my/backbone/assessments/{first.assessment}/pdf", "assessment")
    see_pdf(member, f"/my/backbone/assessments/{first.assessment}/year", "assessment-year")
    decide_proposal(backend("hr"), first)


def assess(mentor, rpc, number):
    """Scores, a comment and a proposal; high scores want an example, said on submitting."""
    lines = get_lines(rpc, number)
    values = {f"{line}-score": 80 for line in lines}
    values[f"{lines[0]}-score"] = 93
    mentor.fill(**values, comment="Works with care, and asks when in doubt")
    mentor.input("proposal").select_option("adjust")


def submit_assessment(mentor, rpc, number):
    mentor.open(f"/my/backbone/assessments/{number}")
    mentor.press("Submit").see_message("Give an example", kind="danger")
    mentor.fill(**{f"{get_lines(rpc, number)[0]}-example": "Led the move of the archive"})
    mentor.check_accessible("assessment-draft")
    mentor.press("Submit").see_message("The assessment was submitted.").see_state("Submitted")


def get_lines(rpc, number):
    return rpc("hr").call(LINE, "search", [("assessment_id", "=", number)])


def decide_proposal(hr, case):
    """To adjust opens the revision of the plan."""
    hr.open("hr_backbone_assessment_action_proposal").shot("proposals")
    row = hr.page.locator(".o_data_row").filter(has_text=case.name)
    row.locator("button[name='action_decide_adjust']").click()
    expect(row).to_have_count(0)


# -- HR closes the quarter ----------------------------------------------------------------


def test_close_of_the_quarter(backend, rpc, server):
    [quarter] = rpc("hr").call(QUARTER, "search", [("state", "=", "open")])
    hr = backend("hr").open("hr_backbone_quarter_action", quarter)
    hr.shot("quarter")
    hr.press("Nudge All", confirm=True)
    hr.page.locator(".o_notification").first.wait_for()
    # a quarter that runs is not closed
    expect(hr.page.locator("button[name='action_close']")).to_be_hidden()
    [dates] = rpc("hr").call(QUARTER, "read", [quarter], ["date_start", "date_end"])
    last_day_passes(server, quarter)
    hr.open("hr_backbone_quarter_action", quarter).press("Close", confirm=True)
    hr.page.locator(".o_notification").filter(has_text="left").wait_for()
    hr.page.locator(".o_list_view .o_data_row").first.wait_for()
    hr.expect_text("Not due yet")
    hr.shot("quarter-left")
    due_dates_pass(server, quarter)
    for name in ("hr.backbone.report", "hr.backbone.assessment"):
        waits = rpc("hr").call(name, "search_count", [("state", "=", "submitted")])
        assert name == ASSESSMENT or not waits, "reports that wait for HR keep a quarter open"
    hr.open("hr_backbone_quarter_action", quarter).press("Close", confirm=True)
    hr.expect_state("Closed")
    hr.shot("quarter-closed")
    hr.press("Open Again")
    dialog = hr.page.locator(".modal")
    dialog.locator("[name='comment'] textarea").fill("Two mentors were ill")
    dialog.locator(".modal-footer .btn-primary").click()
    hr.expect_state("Open")
    hr.expect_text("Two mentors were ill")
    missed = [("quarter_id", "=", quarter), ("state", "=", "missed")]
    assert not rpc("hr").call(REPORT, "search_count", missed)
    hr.shot("quarter-open-again")
    # it runs again, for the journeys that come after
    databases.sql(
        f"UPDATE hr_backbone_quarter SET date_start = '{dates['date_start']}',"
        f" date_end = '{dates['date_end']}' WHERE id = {quarter}",
        server.database,
    )


def last_day_passes(server, quarter):
    databases.sql(
        "UPDATE hr_backbone_quarter SET date_end = CURRENT_DATE - 1,"
        f" date_start = LEAST(date_start, CURRENT_DATE - 90) WHERE id = {quarter}",
        server.database,
    )


def due_dates_pass(server, quarter):
    """Nobody can wait until the reports are overdue."""
    for table in ("report", "assessment"):
        databases.sql(
            f"UPDATE hr_backbone_{table} SET date_due = CURRENT_DATE - 3"
            f" WHERE quarter_id = {quarter} AND state = 'draft'",
            server.database,
        )


# -- HR's year ----------------------------------------------------------------------------


@pytest.fixture
def year_over(server, rpc):
    """The year of the demo is last year's, with its quarters closed: for as long as this lasts."""
    company = [("backbone_quarter_ids.state", "=", "open")]
    [found] = rpc("admin").call("res.company", "search", company)
    least = {"backbone_least_quarters": 1}
    rpc("admin").call("res.company", "write", [found], least)
    running = rpc("hr").call(QUARTER, "search", [("state", "=", "open")])
    of_these = f"id IN ({', '.join(map(str, running))})"

    def move(years, state):
        for table in ("program", "quarter"):
            databases.sql(f"UPDATE hr_backbone_{table} SET year = year + {years}", server.database)
        databases.sql(
            f"UPDATE hr_backbone_quarter SET state = '{state}' WHERE {of_these}", server.database
        )

    move(-1, "closed")
    yield
    move(1, "open")


def test_year(backend, portal, rpc, year_over):
    hr = backend("hr").open("hr_backbone_evaluation_run_action", "new")
    hr.fill(label="the year")
    hr.save()
    hr.press("Compute")
    hr.page.locator(".oe_stat_button[name='action_open_evaluations']").first.wait_for()
    hr.shot("evaluation")
    run = hr.record_id()
    adjust(hr, "Keith Byrd")
    hr.open("hr_backbone_evaluation_run_action", run).press("Freeze", confirm=True)
    hr.expect_state("Frozen")
    hr.press("Announce", confirm=True)
    hr.expect_state("Announced")
    hr.shot("evaluation-announced")
    see_outstanding(portal, rpc, run)
    # beyond the scope of the echelon, an administrator does
    admin = open_evaluations(backend("admin"), run)
    admin.open_row("Keith Byrd")
    promote(admin)
    open_evaluations(hr, run).open_row("Audrey Peterson")
    hr.press("Keep")
    hr.expect_state("Decided")
    hr.shot("evaluation-keep")


def promote(hr):
    """It asks for the reason, and says what it would break."""
    hr.press("Promote")
    dialog = hr.page.locator(".modal")
    expect(dialog).to_contain_text("outside the scope of the First Echelon")
    dialog.locator("[name='reason'] textarea").fill("Leads the archive already")
    hr.shot("evaluation-promote-window")
    dialog.locator(".modal-footer .btn-primary").click()
    hr.expect_state("Decided")
    hr.shot("evaluation-promote")


def open_evaluations(hr, run):
    hr.open("hr_backbone_evaluation_run_action", run)
    hr.page.locator(".oe_stat_button[name='action_open_evaluations']").first.click()
    # the list is there before its rows are
    hr.page.locator(".o_data_row, .o_group_header").first.wait_for()
    if hr.page.locator(".o_data_row").count() == 0:
        for group in hr.page.locator(".o_group_header").all():
            group.click()
    hr.page.locator(".o_data_row").first.wait_for()
    return hr


def adjust(hr, name):
    """By some points, with a reason."""
    open_evaluations(hr, hr.record_id()).shot("evaluations")
    hr.open_row(name).fill(adjustment=3)
    hr.fill(adjustment_reason="Stood in for the head of the archive")
    hr.save()
    hr.shot("evaluation-adjusted")


def see_outstanding(portal, rpc, run):
    of_keith = [("run_id", "=", run), ("employee_name", "=", "Keith Byrd")]
    [found] = rpc("hr").call(
        "hr.backbone.evaluation", "search_read", of_keith, ["total", "is_outstanding"]
    )
    assert found["is_outstanding"]
    keith = portal("keith", "phone").open().follow("My evaluation")
    keith.see("Outstanding of the year", "Stood in for the head of the archive")
    keith.check_accessible("evaluation")
    see_pdf(keith, f"/my/backbone/evaluations/{found['id']}/pdf", "evaluation")
    see_pdf(keith, f"/my/backbone/evaluations/{found['id']}/certificate", "certificate")
    colleague = portal("colleague").open("/my/backbone/outstanding").see("Keith Byrd")
    colleague.see_not(f"{found['total']:.2f}", "Rank").check_accessible("outstanding")
    assert colleague.page.goto(f"/my/backbone/evaluations/{found['id']}").status == 404
