"""Members of the talent pool, admitted over RPC, and what time does to their documents."""

from ground import databases
from portal_case import (
    APPLICATION,
    COMMITTEE,
    ITEM,
    MEETING,
    NOTICE,
    get_submitted,
    new_case,
    press,
    review,
)

MEMBER = "hr.backbone.member"
MENTORSHIP = "hr.backbone.mentorship"
# a Monday to come, and a day that has been
MONDAY = "2033-05-02"
PAST = "2026-01-05"
# one action of the plan for each way of training
ACTIONS = {
    "mentoring": "A talk with my mentor every two weeks",
    "rotation": "A month in another department",
    "internal": "A course on leading a team",
    "promotion": "The exam of a project manager",
}
# what a member writes into the report of a quarter
REPORT_TEXTS = {
    "work_done": "Moved the archive to the new rooms",
    "study": "A course on leading a team",
    "plan_progress": "Two of four actions are under way",
    "problems": "None",
    "next_quarter": "The exam of a project manager",
}


def admit(rpc, server, count):
    """So many new members of the talent pool, each with a plan in force.

    :return: [case], each with the ids of the employee, the member and the plan
    """
    cases = [new_case(rpc, "Minna") for _ in range(count)]
    actions = [{"method": method, "action": text} for method, text in ACTIONS.items()]
    for case in cases:
        get_submitted(rpc, case, actions)
        press(rpc("director"), APPLICATION, "action_approve", [case.application])
        review(rpc("hr"), case)
    hr, ids = rpc("hr"), [case.application for case in cases]
    lines = [(0, 0, {"application_id": application}) for application in ids]
    attendees = [(6, 0, [rpc(member).uid for member in COMMITTEE])]
    meeting = hr.call(MEETING, "create", {"attendee_ids": attendees, "item_ids": lines})
    press(hr, MEETING, "action_open", [meeting])
    for member in COMMITTEE:
        items = rpc(member).call(ITEM, "search", [("meeting_id", "=", meeting)])
        press(rpc(member), ITEM, "action_vote_for", items)
    press(rpc(COMMITTEE[0]), MEETING, "action_close", [meeting])
    notice = hr.call(NOTICE, "create", {"line_ids": lines})
    press(hr, NOTICE, "action_publish", [notice])
    begin_ago(server, "hr_backbone_publicity", notice, 14, "date_start", "date_end")
    press(hr, NOTICE, "action_close", [notice])
    for case in cases:
        [case.member] = hr.call(MEMBER, "search", [("employee_id", "=", case.employee)])
    return cases


def new_leader(rpc, name):
    """Somebody of the rank of a director with a portal login, who leads nobody yet."""
    [job] = rpc("admin").call("hr.job", "search", [("backbone_rank_id.name", "=", "Director")])
    [department] = rpc("admin").call("hr.department", "search", [("name", "=", "Administration")])
    return new_case(rpc, name, job_id=job, department_id=department)


def give_mentor(rpc, case, mentor):
    """A mentorship that both have accepted."""
    vals = {"member_id": case.member, "mentor_id": mentor.employee}
    mentorship = rpc("hr").call(MENTORSHIP, "create", vals)
    for person in (case, mentor):
        press(rpc(person.login), MENTORSHIP, "action_accept", [mentorship])
    return mentorship


def begin_ago(server, table, record, days, *columns):
    """The first column lies so many days back, the others as far from it as before: nobody can
    wait that long, and no door of the product leads there."""
    gap = f"({columns[0]}::date - CURRENT_DATE + {days}) * interval '1 day'"
    moved = ", ".join(f"{name} = {name} - {gap}" for name in columns)
    databases.sql(f"UPDATE {table} SET {moved} WHERE id = {record}", server.database)


def run_job(rpc, name):
    """The daily job, which the server of these tests does not run by itself."""
    reference = [("module", "=", "hr_backbone_training"), ("name", "=", f"ir_cron_backbone_{name}")]
    [found] = rpc("admin").call("ir.model.data", "search_read", reference, ["res_id"])
    press(rpc("admin"), "ir.cron", "method_direct_trigger", [found["res_id"]])


def get_resume(rpc, case):
    """The names of the lines of the résumé."""
    lines = rpc("admin").call(
        "hr.resume.line", "search_read", [("employee_id", "=", case.employee)], ["name"]
    )
    return [line["name"] for line in lines]
