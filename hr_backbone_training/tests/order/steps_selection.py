# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Recommending, plans, meetings and notices."""

from odoo import Command

from .step import REASON, choose, employee_of, officers, plain, step
from .world import PLAN

APPLICATION, PLANS = "hr.backbone.application", "hr.backbone.plan"
MEETING, NOTICE = "hr.backbone.meeting", "hr.backbone.publicity"
OPEN = ("director", "hr", "committee", "selected", "publicity")
SCORES = {
    f"{kind}_{name}": value
    for name in ("performance", "potential", "motivation")
    for kind, value in (("score", 85), ("reason", "Seen at work"))
}


def managers(world, employee):
    departments = employee.department_id | employee.department_id.parent_id
    people = departments.manager_id - employee
    return people.filtered("active")._get_backbone_users() | officers(world, employee)


@step("case", find=lambda world: world.staff, by=managers)
def recommend(world, employee, number):
    model = world.env[APPLICATION].with_user(employee.env.uid)
    own = model._get_own_employee(world.company)
    model.create(
        {
            **SCORES,
            "employee_id": employee.id,
            "program_id": world.program.id,
            "echelon_id": (world.echelon_2 if number % 4 == 0 else world.echelon_3).id,
            "recommender_id": (own or world.leader).id,
            "main_results": "Cut the scrap rate by half",
            "training_direction": "Leading a shift",
        }
    )


@step("case", PLANS, ("draft",), by=employee_of("employee_id"))
def write_plan(world, plan, number):
    plan.write(PLAN)
    if not plan.line_ids:
        plan.line_ids = [Command.create({"method": "mentoring", "action": "Talks"})]
    plan.action_submit()


@step("case", PLANS, ("active",), by=employee_of("employee_id"))
def revise_plan(world, plan, number):
    plan.action_revise()


@step("case", PLANS, ("active",), by=employee_of("employee_id"))
def report_progress(world, plan, number):
    plan.line_ids[:1].progress = number % 101


plain(
    *("case", PLANS, ("submitted",)),
    take_back_plan=("return", "action_return", False),
    send_back_plan=("send_back", "action_send_back", True),
    activate_plan=("activate", "action_activate", False),
)
plain("case", APPLICATION, ("draft",), submit_case=("submit", "action_submit", False))
plain("case", APPLICATION, ("director",), approve_case=("approve", "action_approve", False))
plain(
    *("case", APPLICATION, OPEN),
    return_case=("return", "action_return", True),
    refuse_case=("refuse", "action_refuse", True),
)
plain(
    *("case", APPLICATION, ("draft", *OPEN)),
    withdraw_case=("withdraw", "action_withdraw", False),
)


@step("case", APPLICATION, ("draft", "director"), by=officers)
def find_director_again(world, case, number):
    case.action_update_approver()


@step("case", APPLICATION, ("hr",), by=officers)
def pass_review(world, case, number):
    case.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
    case.action_pass_review()


# -- meetings ----------------------------------------------------------------------------


@step("meeting", find=lambda world: world.program.sudo(), by=officers)
def convene(world, program, number):
    attendees = world.user_chair | world.user_member
    meeting = (
        world.env[MEETING]
        .with_user(program.env.uid)
        .create({"program_id": program.id, "attendee_ids": [Command.set(attendees.ids)]})
    )
    meeting.action_fill_agenda()


@step("meeting", MEETING, ("draft",), by=officers)
def fill_agenda(world, meeting, number):
    meeting.action_fill_agenda()


@step("meeting", MEETING, ("draft",), by=officers)
def copy_names(world, meeting, number):
    """A name that waits stands on two agendas."""
    cases = world.env[APPLICATION].search(
        [("state", "=", "committee"), ("company_id", "=", world.company.id)], order="id"
    )
    case = choose(cases - meeting.sudo().item_ids.application_id, number)
    meeting.item_ids = [Command.create({"application_id": row.id}) for row in case]


def voters(world, meeting):
    """Those whose vote is missing, before those who have voted."""
    users = meeting.attendee_ids.filtered("active")
    missing = users.filtered(
        lambda user: any(
            user not in item.vote_ids.user_id and user not in item._get_recused_users()
            for item in meeting.item_ids
        )
    )
    return missing | users


@step("meeting", MEETING, ("open",), by=voters)
def vote(world, meeting, number):
    items = meeting.item_ids.filtered(lambda item: not item._get_vote_refusal())
    items = items or meeting.item_ids
    match number % 5:
        case 0:
            items.action_vote_against()
        case 1:
            items.action_vote_abstain()
        case _:
            items.action_vote_for()


@step("meeting", MEETING, ("open",), by=officers)
def change_meeting(world, meeting, number):
    cases = meeting.sudo().item_ids.application_id.sorted("id")
    match number % 4:
        case 0:
            meeting.action_change(REASON, attendees=world.user_chair)
        case 1:
            meeting.action_change(REASON, attendees=world.user_chair | world.user_member)
        case 2:
            meeting.action_change(REASON, postponed=cases[:1])
        case 3:
            meeting.action_change(REASON, applications=cases[1:], postponed=cases.browse())


plain("meeting", MEETING, ("draft",), open_meeting=("open", "action_open", False))
plain(
    *("meeting", MEETING, ("draft", "open")),
    cancel_meeting=("cancel", "action_cancel", True),
)


@step("meeting", MEETING, ("open",), move="close", by=voters)
def close_meeting(world, meeting, number):
    meeting.action_close()


# -- notices -----------------------------------------------------------------------------


@step("notice", find=lambda world: world.program.sudo(), by=officers)
def draft_notice(world, program, number):
    notice = world.env[NOTICE].with_user(program.env.uid).create({"program_id": program.id})
    notice.action_fill_names()


plain("notice", NOTICE, ("draft",), publish=("publish", "action_publish", False))
plain("notice", NOTICE, ("published",), close_notice=("close", "action_close", False))


def colleagues(world, line):
    users = world.staff._get_backbone_users().filtered("active")
    return users - line.application_id._get_recused_users()


def published_names(world):
    return world.env["hr.backbone.publicity.line"].search(
        [("publicity_id.state", "=", "published"), ("company_id", "=", world.company.id)],
        order="id",
    )


@step("notice", find=published_names, by=colleagues)
def object_to_name(world, line, number):
    world.env["hr.backbone.objection"].with_user(line.env.uid).create(
        {"line_id": line.id, "text": "Often late", "hidden": number % 2 == 0}
    )


def deciders(world, objection):
    users = officers(world)
    return users.filtered(lambda user: not objection.with_user(user)._get_decide_refusal())


@step("notice", "hr.backbone.objection", ("open",), by=deciders)
def uphold(world, objection, number):
    objection.action_uphold(REASON)


@step("notice", "hr.backbone.objection", ("open",), by=deciders)
def dismiss(world, objection, number):
    objection.action_dismiss(REASON)
