"""The whole procedure in `/my/backbone`, in a real browser: a portal employee, the manager,
the director, the committee and a colleague who objects. HR alone works in the backend, here
over RPC."""

from portal_case import (
    ACTION,
    APPLICATION,
    COMMITTEE,
    EVALUATION,
    GOALS,
    ITEM,
    MEETING,
    NOTICE,
    convene,
    decide,
    get_state,
    get_submitted,
    press,
    publish,
    review,
)

# -- the whole way ------------------------------------------------------------------------


def test_from_recommendation_to_talent_pool(portal, rpc, case, time_passes):
    recommend(portal("head", "both"), case)
    write_plan(portal(case.login, "both"), case)
    submit(portal("head", "both"), case)
    approve(portal("director", "both"), case)
    review(rpc("hr"), case)
    convene(rpc, case)
    for member in COMMITTEE:
        vote(portal(member, "both"), case)
    close_meeting(portal(COMMITTEE[0], "both"), case)
    publish(rpc("hr"), case)
    raise_objection(portal("colleague", "both"), case)
    decide(rpc("hr"), case, "action_dismiss", "The clock was wrong")
    read_finding(portal("colleague", "both"), case, "Dismissed", "The clock was wrong")
    time_passes(case.notice)
    press(rpc("hr"), NOTICE, "action_close", [case.notice])
    see_place_in_pool(portal(case.login, "both"))


def recommend(head, case):
    head.open().follow("Recommend")
    head.input("search").fill(case.name)
    head.press("Search").check_accessible("recommend")
    head.press(f"Recommend: Second Echelon, {case.name}")
    case.application = int(head.page.url.rsplit("/", 1)[1])
    head.see("has not submitted it yet", "Before it can be submitted")
    head.fill(**{**EVALUATION, "score_potential": 880})
    head.press("Save").see_message("880", kind="danger")
    for name, text in EVALUATION.items():
        if name != "score_potential":
            assert head.input(name).input_value() == str(text), f"{name} was lost"
    head.fill(score_potential=88)
    head.press("Save").see_message("Saved.").check_accessible("application-draft")


def write_plan(employee, case):
    employee.open().check_accessible("home-with-a-task")
    employee.follow("Open my plan").see("recommends you", "Second Echelon")
    employee.press("Submit my plan").see_message("", kind="danger")
    employee.fill(**GOALS)
    employee.unfold("Add an action: ")
    employee.fill(**{"new-mentoring-action": ACTION})
    employee.see("All changes saved").check_accessible("plan-draft")
    employee.open(employee.page.url)
    for name, text in GOALS.items():
        assert employee.input(name).input_value() == text, f"{name} was not saved"
    employee.press("Submit my plan").see_message("Your plan was submitted.")
    employee.see_state("Submitted")
    employee.see(ACTION).check_accessible("plan-submitted")


def submit(head, case):
    head.open().follow("Open the application", within=f"Complete and submit: {case.name}")
    head.press("Submit to the director").see_message("submitted to the director")
    head.see_state("Director's Approval")


def approve(director, case):
    director.open().follow("To approve").check_accessible("approvals")
    director.follow(f"View the case of {case.name}")
    director.see(*GOALS.values(), ACTION, EVALUATION["training_direction"])
    director.see(EVALUATION["reason_potential"], "Your decision")
    director.check_accessible("application-to-decide")
    director.press("Approve").see_message("Approved").see_state("HR Review")


def vote(member, case):
    member.open().follow("Open the meeting", within=f"Vote on the names: {case.meeting_name}")
    member.unfold("Read the case")
    member.see(ACTION, EVALUATION["reason_motivation"]).check_accessible("meeting")
    member.press("For").see("You have voted on every name")


def close_meeting(member, case):
    member.open(f"/my/backbone/meetings/{case.meeting}")
    member.press("Close the meeting").see_message("The meeting is closed.")
    member.see_state("Selected")


def raise_objection(colleague, case):
    colleague.open().follow("Notices").check_accessible("notices")
    colleague.follow(case.notice_name).see(case.name, "Objections are taken until")
    colleague.see_not(EVALUATION["reason_potential"], "91")
    colleague.unfold("Object to a name")
    colleague.input("line_id").select_option(label=case.name)
    colleague.check_accessible("notice")
    colleague.press("Send my objection").see_message("Please write down", kind="danger")
    colleague.fill(text="Often late")
    colleague.press("Send my objection").see_message("Your objection was received")
    colleague.see("Human resources looks into it")


def read_finding(colleague, case, state, finding):
    colleague.open(f"/my/backbone/notices/{case.notice}").see(finding).see_state(state)


def see_place_in_pool(employee):
    employee.open().see("I am in the talent pool: Second Echelon", "Report progress")
    employee.check_accessible("home-in-the-pool")


# -- the branches -------------------------------------------------------------------------


def test_returned_and_submitted_again(portal, rpc, case):
    get_submitted(rpc, case)
    comment = "Name the project that she would lead"
    director = portal("director", "both").open(case.url)
    director.press("Return for correction").see_message("", kind="danger")
    director.fill(comment=comment)
    director.press("Return for correction").see_message("Returned")
    head = portal("head", "both").open(case.url).see("Returned for correction", comment)
    head.fill(training_direction="Leading the move of the archive")
    head.press("Submit to the director").see_message("submitted to the director")
    director.open(case.url).see("Leading the move of the archive", comment, "Your decision")


def test_refused(portal, rpc, case):
    get_submitted(rpc, case)
    director = portal("director", "both").open(case.url)
    director.press("Refuse")
    assert get_state(rpc, case) == "director"
    director.fill(comment="Next year, after the first project")
    director.press("Refuse").see_message("Refused").see_state("Refused")
    employee = (
        portal(case.login, "both").open().see("Refused", "Next year, after the first project")
    )
    employee.see_not("Open my plan").check_accessible("home-refused")
    assert get_state(rpc, case) == "refused"


def test_withdrawn_by_the_employee(portal, rpc, case):
    get_submitted(rpc, case)
    employee = portal(case.login, "both").open().follow("Application BT")
    employee.unfold("Withdraw this application")
    employee.input("withdraw").fill("I move to another town")
    employee.press("Withdraw the application").see_message("Withdrawn").see_state("Withdrawn")
    portal("director", "both").open(case.url).see("I move to another town").see_not("Your decision")
    assert get_state(rpc, case) == "withdrawn"


def test_objection_upheld(portal, rpc, case, time_passes):
    get_submitted(rpc, case)
    press(rpc("director"), APPLICATION, "action_approve", [case.application])
    review(rpc("hr"), case)
    convene(rpc, case)
    for member in COMMITTEE:
        items = rpc(member).call(ITEM, "search", [("meeting_id", "=", case.meeting)])
        press(rpc(member), ITEM, "action_vote_for", items)
    press(rpc(COMMITTEE[0]), MEETING, "action_close", [case.meeting])
    publish(rpc("hr"), case)
    raise_objection(portal("colleague", "both"), case)
    decide(rpc("hr"), case, "action_uphold", "The archive was closed on those days")
    read_finding(
        portal("colleague", "both"), case, "Upheld", "The archive was closed on those days"
    )
    time_passes(case.notice)
    press(rpc("hr"), NOTICE, "action_close", [case.notice])
    assert get_state(rpc, case) == "refused"
    portal(case.login, "both").open().see("Refused").see_not("I am in the talent pool")
