"""The four ways of training in `/my/backbone`, in a real browser: member, mentor, manager,
host, trainer, management and a colleague. HR works in the backend, here over RPC."""

import hmac
import itertools
import time
from hashlib import sha256

import pytest
from ground import databases
from pool_case import (
    ACTIONS,
    MENTORSHIP,
    MONDAY,
    PAST,
    admit,
    begin_ago,
    get_resume,
    give_mentor,
    new_leader,
    run_job,
)
from portal_case import press

TALK = "hr.backbone.mentorship.session"
TRAINING = "hr.backbone.training"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"
CODE_SECONDS = 300
HOSTS = itertools.count(1)


@pytest.fixture(scope="module")
def pool(server):
    """Two members, each with a plan in force; the first one for the desktop."""
    return dict(zip(("desktop", "phone"), admit(server.rpc, server, 2), strict=True))


def see_in_plan(member, case, action, progress):
    """The action of the plan has moved by itself, and shows its document."""
    member.open(f"/my/backbone/plans/{case.plan}")
    box = member.page.locator("#wrap .border.rounded.p-3").filter(has_text=action).first
    assert f"{progress} %" in box.inner_text()
    return member


def see_on_card(member, case, *texts):
    return member.open(f"/my/backbone/members/{case.member}").see(*texts)


# -- mentor -------------------------------------------------------------------------------


def test_mentor_and_talks(portal, rpc, server, pool):
    case, mentor = pool["desktop"], new_leader(rpc, "Moritz")
    vals = {"member_id": case.member, "mentor_id": mentor.employee}
    mentorship = rpc("hr").call(MENTORSHIP, "create", vals)
    member = portal(case.login, "both").open()
    member.follow("Open the mentorship").check_accessible("mentorship-appointed")
    member.press("Accept").see_message("You have accepted")
    tutor = portal(mentor.login, "both").open()
    tutor.follow("Open the mentorship").press("Accept").see_state("Ongoing")
    plan_talk(tutor)
    hold_talk(rpc, server, mentorship, member, tutor)
    tutor.open("/my/backbone/mentees").see(case.name).check_accessible("mentees")
    see_in_plan(member, case, ACTIONS["mentoring"], 100).check_accessible("plan-of-a-member")
    see_on_card(member, case, mentor.name, "Talk").check_accessible("card")
    # one-to-one: whoever comes next gets another mentor
    press(rpc("hr"), MENTORSHIP, "action_end", [mentorship], "The journey ends here")
    # why, HR alone reads
    member.open(f"/my/backbone/mentorships/{mentorship}").see_state("Ended")
    member.see_not("The journey ends here")
    member.see_not("Plan a talk")


def plan_talk(tutor):
    tutor.unfold("Plan a talk")
    tutor.fill(date="", time="10:00", topics="Where to be in three years")
    tutor.press("Plan the talk").see_message("Choose the day", kind="danger")
    assert tutor.input("topics").input_value() == "Where to be in three years"
    tutor.fill(date=MONDAY, time="10:00")
    tutor.check_accessible("mentorship-talk-planned")
    tutor.press("Plan the talk").see_message("both of you have been notified")


def hold_talk(rpc, server, mentorship, member, tutor):
    [talk] = rpc("hr").call(TALK, "search", [("mentorship_id", "=", mentorship)])
    member.open(f"/my/backbone/talks/{talk}").see("Add to my calendar")
    begin_ago(server, "hr_backbone_mentorship_session", talk, 1, "date_start", "date_stop", "date")
    member.open().see("Write up the talk").follow("Open the talk")
    member.fill(agreements="Lead the archive project")
    member.press("Save").see_message("Saved.").check_accessible("talk-to-write-up")
    tutor.open(f"/my/backbone/talks/{talk}")
    assert tutor.input("agreements").input_value() == "Lead the archive project"
    tutor.fill(next_steps="A draft of the plan until the next talk")
    tutor.press("Save and mark as held").see_message("recorded as held").see_state("Held")
    member.open(f"/my/backbone/talks/{talk}").see("A draft of the plan until the next talk")
    member.check_accessible("talk-held")


# -- rotation -----------------------------------------------------------------------------


def test_rotation(portal, rpc, server, pool):
    case, host = pool["phone"], new_leader(rpc, "Hanna")
    department = f"Archive {next(HOSTS)}"
    vals = {"name": department, "manager_id": host.employee}
    room = rpc("admin").call("hr.department", "create", vals)
    member = portal(case.login, "phone").open()
    ask(member.follow("Rotations"), room)
    rotation = int(member.page.url.rsplit("/", 1)[1])
    for login in ("head", host.login):
        person = portal(login, "phone").open()
        person.follow("Open the rotation", within=case.name).see("Your decision")
        person.check_accessible(f"rotation-to-agree-{'head' if login == 'head' else 'host'}")
        person.press("Agree").see_message("You have agreed")
    member.open(f"/my/backbone/rotations/{rotation}").see_state("Agreed")
    begin_ago(server, "hr_backbone_rotation", rotation, 30, "date_start", "date_end")
    run_job(rpc, "rotation")
    run_job(rpc, "rotation")
    evaluate(portal(host.login, "phone"), member, case)
    assert any(department in line for line in get_resume(rpc, case))
    see_in_plan(member, case, ACTIONS["rotation"], 100)
    see_on_card(member, case, department)
    portal(host.login, "phone").open("/my/backbone/rotations").see(case.name).see_state("Done")


def ask(member, room):
    member.check_accessible("rotations")
    member.press("Ask for a rotation")
    member.press("Ask for the rotation").see_message("Choose the host department", kind="danger")
    member.input("host_department_id").select_option(value=str(room))
    member.input("host_job_id").select_option(label="Consultant")
    member.fill(date_start=MONDAY, date_end=PAST, objectives="Order the archive of a year")
    member.input("plan_line_id").select_option(label=ACTIONS["rotation"])
    member.press("Save").see_message("ends on or after", kind="danger")
    member.fill(date_end="2033-05-20")
    member.check_accessible("rotation-draft")
    member.press("Ask for the rotation").see_message("asked for").see_state("Requested")


def evaluate(host, member, case):
    host.open().follow("Open the rotation", within=case.name)
    host.fill(score=880, host_comment="Ordered more than was asked")
    host.press("Hand in").see_message("between 0 and 100", kind="danger")
    host.fill(score=88)
    host.check_accessible("rotation-score")
    host.press("Hand in").see_message("handed in")
    member.open().follow("Open the rotation").see("My summary")
    member.fill(summary="I file what I write on the same day")
    member.check_accessible("rotation-summary")
    member.press("Hand in").see_message("handed in").see_state("Done")
    member.see("This stay has been added to the résumé", "88 of 100").check_accessible(
        "rotation-done"
    )


# -- training -----------------------------------------------------------------------------


def test_training_with_one_seat(portal, rpc, server, pool):
    trainer = new_leader(rpc, "Tom")
    name = "Leading a Team"
    training = rpc("hr").call(
        TRAINING,
        "create",
        {
            "name": name,
            "date_start": f"{MONDAY} 09:00:00",
            "date_end": f"{MONDAY} 12:00:00",
            "seats": 1,
            "place": "Room 3",
            "trainer_id": trainer.employee,
            "participant_ids": [(0, 0, {"member_id": case.member}) for case in pool.values()],
        },
    )
    press(rpc("hr"), TRAINING, "action_plan", [training])
    url = f"/my/backbone/trainings/{training}"
    first, second = (portal(case.login, size) for size, case in pool.items())
    answer(first, second, name)
    rpc("hr").call(TRAINING, "write", [training], {"seats": 2})
    first.open(url).press("I will come").see_message("You have a seat")
    first.open("/my/backbone/trainings").see(name).see_state("Confirmed")
    first.check_accessible("trainings")
    begin(server, training)
    take_attendance(portal(trainer.login, "phone"), url, pool["desktop"])
    check_in(server, second, training, url)
    end(server, training)
    press(rpc("hr"), TRAINING, "action_done", [training])
    for case in pool.values():
        assert name in get_resume(rpc, case)
    give_feedback(first, url, name)
    see_on_card(second, pool["phone"], name)


def answer(first, second, name):
    for person in (first, second):
        person.open().follow("Open the training", within=name)
    first.check_accessible("training-invited")
    first.press("I will come").see_message("You have a seat")
    second.open(second.page.url).press("Put me on the waiting list").see_message("waiting list")
    second.check_accessible("training-waiting")
    first.unfold("I cannot come")
    first.fill(comment="I am with a customer")
    first.press("Decline").see_message("You have declined")
    first.check_accessible("training-declined")
    second.open(second.page.url).see("You have a seat", "1 of 1 taken")


def begin(server, training):
    """It is going on now, wherever the company's midnight is."""
    databases.sql(
        "UPDATE hr_backbone_training SET date_start = now() AT TIME ZONE 'UTC' - interval '1 hour',"
        " date_end = now() AT TIME ZONE 'UTC' + interval '1 hour',"
        f" day_start = current_date - 1, day_end = current_date + 1 WHERE id = {training}",
        server.database,
    )


def end(server, training):
    """The same hours, a day before: what was going on is over, at any hour of the day."""
    moved = ", ".join(
        f"{name} = {name} - interval '1 day'"
        for name in ("date_start", "date_end", "day_start", "day_end")
    )
    databases.sql(f"UPDATE hr_backbone_training SET {moved} WHERE id = {training}", server.database)


def take_attendance(trainer, url, case):
    trainer.open(url).follow("Mark the attendance")
    trainer.page.get_by_label(case.name).check()
    trainer.check_accessible("attendance")
    trainer.press("Save the attendance").see_message("The attendance was saved").see("1 of 2")
    trainer.follow("Show the code to scan").see("Scan to check in")
    trainer.check_accessible("code-in-the-room")


def check_in(server, participant, training, url):
    participant.page.goto(f"{url}/checkin?code=1-guessed")
    participant.look().see("not valid any more")
    participant.open(f"{url}/checkin?code={get_code(server, training)}")
    participant.check_accessible("check-in")
    participant.press("I am here").see_message("You are marked as present")


def get_code(server, training):
    """What the picture on the trainer's screen says: signed with the database's secret."""
    secret = "SELECT value FROM ir_config_parameter WHERE key = 'database.secret'"
    [secret] = databases.sql(secret, server.database)
    slot = int(time.time()) // CODE_SECONDS
    message = repr(("hr_backbone_training-checkin", (training, slot)))
    return f"{slot}-{hmac.new(secret.encode(), message.encode(), sha256).hexdigest()[:32]}"


def give_feedback(participant, url, name):
    participant.open().see(f"What did you think of: {name}")
    participant.open(url)
    participant.press("Send my feedback").see_message("between 1 and 5", kind="danger")
    participant.input("rating").select_option(value="4")
    participant.fill(feedback="More examples, please")
    participant.check_accessible("training-feedback")
    participant.press("Send my feedback").see_message("Thank you")


# -- personal promotion -------------------------------------------------------------------


def test_qualification_and_suggestion(portal, rpc, pool):
    case, mentor = pool["desktop"], new_leader(rpc, "Mona")
    give_mentor(rpc, case, mentor)
    member = portal(case.login).open()
    hand_in(member)
    tutor = portal(mentor.login).open()
    tutor.follow("", within="Project Manager, Level C").check_accessible("achievement-to-verify")
    tutor.press("Verify").see_message("").see_state("Verified")
    see_in_plan(member, case, ACTIONS["promotion"], 100)
    suggest(member)
    review_suggestion(portal("director", "phone"), case)
    member.open("/my/backbone/suggestions").follow("A box for returned files")
    member.see("We buy the box", "22 of 30").see_state("Adopted")
    member.check_accessible("suggestion-adopted")
    colleague = portal("colleague").open().follow("Adopted suggestions")
    colleague.follow("A box for returned files").see("We buy the box", case.name)
    colleague.see_not("22", "of 30").check_accessible("adopted")
    see_on_card(
        member, case, mentor.name, "Project Manager, Level C", "A box for returned files"
    ).check_accessible("card-with-everything")


def hand_in(member):
    member.follow("Achievements").unfold("Hand in an achievement")
    member.check_accessible("achievements")
    member.fill(name="Project Manager, Level C")
    member.press("Go on to the details")
    member.press("Submit").see_message("", kind="danger")
    member.fill(authority="Association of Project Managers", date_obtained=PAST)
    member.input("plan_line_id").select_option(label=ACTIONS["promotion"])
    file = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": PDF}
    member.page.locator("#wrap input[name=files]").set_input_files(file)
    member.check_accessible("achievement-draft")
    member.press("Submit").see_message("Your achievement was submitted").see_state("Submitted")
    member.see("certificate.pdf")


def suggest(member):
    member.open().follow("Work suggestions")
    member.unfold("Write a work suggestion report")
    member.fill(name="A box for returned files")
    member.press("Go on to the report")
    member.fill(
        current_state="Returned files lie on any desk",
        proposal="One box beside the door",
        expected_effect="Nobody searches",
        expected_benefit="An hour a week",
    )
    member.check_accessible("suggestion-draft")
    member.press("Submit to the management").see_message("submitted to the management")


def review_suggestion(director, case):
    director.open().follow("", within="A box for returned files").see("Your review")
    director.press("Adopt").see_message("", kind="danger")
    director.fill(
        score_technique=22,
        score_benefit=25,
        score_scope=15,
        score_practicality=18,
        answer="We buy the box",
    )
    director.check_accessible("suggestion-to-review")
    director.press("Adopt").see_message("").see_state("Adopted")
    director.see("22 of 30")
