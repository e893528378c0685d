# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Quarters; people who come, go and change; the days that pass."""

from datetime import timedelta

from ..organization import COMMITTEE, OFFICER
from .step import choose, employee_of, officers, plain, step
from .world import REPORT as REPORT_TEXTS

QUARTER, REPORT = "hr.backbone.quarter", "hr.backbone.report"
ASSESSMENT = "hr.backbone.assessment"
OPINION = "hr.backbone.second.opinion"


@step("quarter", REPORT, ("draft",), by=employee_of("employee_id"))
def write_report(world, report, number):
    report.write(dict.fromkeys(REPORT_TEXTS, "As planned"))
    report.action_submit()


@step("quarter", REPORT, ("submitted",), move="accept", by=officers)
def accept_report(world, report, number):
    report.action_accept(number % 101)


plain(
    *("quarter", REPORT, ("submitted",)),
    return_report=("return", "action_return", True),
)
plain("quarter", REPORT, ("missed",), reopen_report=("reopen", "action_reopen", True))


@step("quarter", ASSESSMENT, ("draft",), by=employee_of("mentor_id"))
def assess(world, assessment, number):
    assessment.line_ids.write({"score": 60 + number % 30})
    proposal = choose(("keep", "adjust", "withdraw"), number)
    assessment.write({"comment": "Well done", "proposal": proposal})
    assessment.action_submit()


plain(
    *("quarter", ASSESSMENT, ("submitted",)),
    return_assessment=("return", "action_return", True),
    decide_keep=("decide_keep", "action_decide_keep", False),
    decide_adjust=("decide_adjust", "action_decide_adjust", False),
    decide_withdraw=("decide_withdraw", "action_decide_withdraw", True),
)
plain("quarter", ASSESSMENT, ("missed",), reopen_assessment=("reopen", "action_reopen", True))


@step("quarter", ASSESSMENT, ("draft",), by=officers)
def reassign(world, assessment, number):
    mentors = world.people["mentor"] | world.people["tutor"] | world.director | world.manager
    assessment.action_reassign(choose(mentors, number))


@step("quarter", OPINION, ("draft",), by=employee_of("rater_id"))
def give_second_opinion(world, opinion, number):
    opinion.line_ids.write({"score": 60 + number % 30})
    opinion.write({"comment": "Reliable"})
    opinion.action_submit()


plain(
    *("quarter", OPINION, ("submitted",)),
    return_second_opinion=("return", "action_return", True),
)
plain(
    *("quarter", OPINION, ("draft",)),
    cancel_second_opinion=("cancel", "action_cancel", True),
)
plain(
    *("quarter", OPINION, ("cancelled",)),
    reopen_second_opinion=("reopen", "action_reopen", False),
)


plain("quarter", QUARTER, ("open",), close_quarter=("close", "action_close", False))
plain("quarter", QUARTER, ("closed",), reopen_quarter=("reopen", "action_reopen", True))


@step("quarter", QUARTER, ("open",), by=officers)
def nudge(world, quarter, number):
    quarter.action_nudge()


@step("quarter", QUARTER, ("open",), by=officers)
def move_due_dates(world, quarter, number):
    day = quarter.date_end + timedelta(days=number % 40)
    quarter.write({"date_due_report": day, "date_due_assessment": day + timedelta(days=7)})


@step("quarter", find=lambda world: world.program.sudo(), by=officers)
def open_current_quarter(world, program, number):
    world.env[QUARTER].with_user(program.env.uid).action_open_current()


# -- people ------------------------------------------------------------------------------
# What HR and the administrators of Odoo do there is not the addon's: the system writes it.


def system(world, record):
    return world.env.user


def staff(world):
    return world.staff


@step("people", find=staff, by=system)
def leave_company(world, employee, number):
    employee.active = False


@step("people", find=staff, by=system)
def come_back(world, employee, number):
    gone = world.staff.filtered(lambda person: not person.active)
    choose(gone, number).active = True


@step("people", find=staff, by=system)
def change_department(world, employee, number):
    employee.department_id = choose(world.line | world.works | world.board | world.stores, number)


@step("people", find=staff, by=system)
def change_job(world, employee, number):
    jobs = world.job_worker | world.job_leader | world.job_manager | world.job_director
    employee.job_id = choose(jobs, number)


@step("people", find=staff, by=system)
def give_notice(world, employee, number):
    employee.departure_date = world.clock.now.date() + timedelta(days=number % 10)


@step("people", find=lambda world: world.line | world.works | world.stores | world.board, by=system)
def change_manager(world, department, number):
    department.manager_id = choose(world.staff, number) if number % 7 else False


@step("people", find=lambda world: world.everyone - world.user_admin, by=system)
def close_login(world, user, number):
    user.active = False


@step("people", find=lambda world: world.everyone, by=system)
def open_login(world, user, number):
    shut = world.everyone.filtered(lambda row: not row.active)
    choose(shut, number).active = True


@step("people", find=lambda world: world.user_officer | world.user_second, by=system)
def change_officer(world, user, number):
    group = world.groups[OFFICER]
    user.group_ids = [(3 if group in user.group_ids else 4, group.id)]


@step("people", find=lambda world: world.user_chair | world.user_member, by=system)
def change_committee(world, user, number):
    group = world.groups[COMMITTEE]
    user.group_ids = [(3 if group in user.group_ids else 4, group.id)]


# -- time --------------------------------------------------------------------------------


def nothing_else(world):
    return world.program.sudo()


@step("time", find=nothing_else, by=system)
def one_job(world, program, number):
    world.pass_days(0, (choose(world.jobs, number),))


@step("time", find=nothing_else, by=system)
def a_day_passes(world, program, number):
    world.pass_days(1 + number % 6, world.jobs)


@step("time", find=nothing_else, by=system)
def weeks_pass(world, program, number):
    world.pass_days(5 + number % 20, world.jobs)


@step("time", find=nothing_else, by=system)
def time_without_jobs(world, program, number):
    world.pass_days(1 + number % 15, ())
