# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The pool, and the ways of training."""

from datetime import timedelta

from odoo import Command

from .step import REASON, choose, employee_of, officers, plain, step
from .world import SUGGESTION as WORDS

MEMBER, MENTORSHIP = "hr.backbone.member", "hr.backbone.mentorship"
TALK, ROTATION = "hr.backbone.mentorship.session", "hr.backbone.rotation"
TRAINING, PLACE = "hr.backbone.training", "hr.backbone.training.participant"
ACHIEVEMENT, SUGGESTION = "hr.backbone.achievement", "hr.backbone.suggestion"
PARTS = ("technique", "benefit", "scope", "practicality")

plain("pool", MEMBER, ("active",), suspend=("suspend", "action_suspend", True))
plain("pool", MEMBER, ("suspended",), resume=("resume", "action_resume", True))
plain("pool", MEMBER, ("active", "suspended"), exit_pool=("exit", "action_exit", True))


@step("pool", MEMBER, ("active",), by=officers)
def promote(world, member, number):
    echelon = choose(world.echelon_1 | world.echelon_2 | world.echelon_3, number)
    member.action_promote(echelon, REASON)


# -- mentors -----------------------------------------------------------------------------


@step("mentor", MEMBER, ("active",), by=officers)
def appoint(world, member, number):
    people = world.people
    mentors = people["mentor"] | people["tutor"] | world.director | world.manager | world.leader
    world.env[MENTORSHIP].with_user(member.env.uid).create(
        {"member_id": member.id, "mentor_id": choose(mentors, number).id}
    )


plain(
    *("mentor", MENTORSHIP, ("appointed",)),
    accept_mentor=("accept", "action_accept", False),
    decline_mentor=("decline", "action_decline", True),
)
plain("mentor", MENTORSHIP, ("appointed", "active"), end_mentorship=("end", "action_end", True))


@step("mentor", MENTORSHIP, ("active",), by=employee_of("mentor_id"))
def plan_talk(world, mentorship, number):
    start = world.clock.now + timedelta(days=number % 20 - 3)
    world.env[TALK].with_user(mentorship.env.uid).create(
        {"mentorship_id": mentorship.id, "date_start": start}
    )


@step("mentor", TALK, ("planned",), by=employee_of("mentor_id"))
def hold_talk(world, talk, number):
    talk.topics = "The plan"
    talk.action_hold()


plain("mentor", TALK, ("planned",), cancel_talk=("cancel", "action_cancel", True))


# -- rotations ---------------------------------------------------------------------------


@step("rotation", MEMBER, ("active",), by=employee_of("employee_id"))
def draft_rotation(world, member, number):
    first = world.clock.now.date() + timedelta(days=number % 15)
    world.env[ROTATION].with_user(member.env.uid).create(
        {
            "member_id": member.id,
            "host_department_id": choose(world.stores | world.works | world.board, number).id,
            "host_job_id": world.job_manager.id,
            "date_start": first,
            "date_end": first + timedelta(days=number % 7 + 3),
            "objectives": "See how it is done",
        }
    )


plain("rotation", ROTATION, ("draft",), request_rotation=("request", "action_request", False))
plain(
    *("rotation", ROTATION, ("requested",)),
    agree_rotation=("agree", "action_agree", False),
    return_rotation=("return", "action_return", True),
    refuse_rotation=("refuse", "action_refuse", True),
)
plain(
    *("rotation", ROTATION, ("draft", "requested", "agreed", "running")),
    cancel_rotation=("cancel", "action_cancel", True),
)
plain("rotation", ROTATION, ("running",), end_rotation=("end_early", "action_end_early", True))
plain("rotation", ROTATION, ("evaluation",), finish_rotation=("finish", "action_finish", True))


def evaluators(world, rotation):
    return rotation._get_awaited_evaluators()._get_backbone_users()


@step("rotation", ROTATION, ("running", "evaluation"), by=evaluators)
def hand_in(world, rotation, number):
    if rotation._is_about_me():
        rotation.summary = "Learned a lot"
    else:
        rotation.write({"score": 80, "host_comment": "Quick"})
    rotation.action_hand_in()


@step("rotation", ROTATION, ("requested", "agreed", "running", "evaluation"), by=officers)
def name_host(world, rotation, number):
    hosts = world.people["keeper"] | world.manager | world.director
    rotation.host_id = choose(hosts, number)


# -- trainings ---------------------------------------------------------------------------


@step("training", find=lambda world: world.program.sudo(), by=officers)
def draft_training(world, program, number):
    start = world.clock.now + timedelta(days=number % 9)
    trainers = world.people["keeper"] | world.people["tutor"] | world.officer
    world.env[TRAINING].with_user(program.env.uid).create(
        {
            "name": "Quality",
            "kind": "external" if number % 3 == 0 else "internal",
            "date_start": start,
            "date_end": start + timedelta(hours=4 + 24 * (number % 2)),
            "trainer_id": choose(trainers, number).id,
            "seats": number % 3,
            "echelon_ids": [Command.set((world.echelon_2 | world.echelon_3).ids)],
        }
    )


plain("training", TRAINING, ("draft",), announce_training=("plan", "action_plan", False))
plain("training", TRAINING, ("planned",), close_training=("done", "action_done", False))
plain(
    *("training", TRAINING, ("draft", "planned")),
    cancel_training=("cancel", "action_cancel", True),
)


@step("training", TRAINING, ("draft", "planned"), by=officers)
def invite_echelons(world, training, number):
    training.echelon_ids = [Command.link(world.echelon_3.id)]
    training.action_invite_echelons()


@step("training", TRAINING, ("planned",), by=officers)
def change_training(world, training, number):
    if number % 2:
        training.seats = number % 4
    else:
        start = world.clock.now + timedelta(days=number % 9)
        training.write({"date_start": start, "date_end": start + timedelta(hours=3)})


@step("training", TRAINING, ("planned", "done"), by=officers)
def add_participant(world, training, number):
    members = world.env[MEMBER].search([("company_id", "=", world.company.id)], order="id")
    member = choose(members - training.sudo().participant_ids.member_id, number)
    world.env[PLACE].with_user(training.env.uid).create(
        [{"training_id": training.id, "member_id": row.id} for row in member]
    )


plain(
    *("training", PLACE, ("invited", "declined", "waiting")),
    confirm_place=("confirm", "action_confirm", False),
)
plain(
    *("training", PLACE, ("invited", "confirmed", "waiting")),
    decline_place=("decline", "action_decline", False),
    cancel_place=("cancel", "action_cancel", True),
)
plain(
    *("training", PLACE, ("cancelled", "declined")),
    invite_again=("invite", "action_invite", False),
)
plain(
    *("training", PLACE, ("invited", "confirmed", "waiting", "declined", "absent")),
    mark_present=("attend", "action_attend", False),
)
plain("training", PLACE, ("attended",), unmark=("unattend", "action_unattend", False))
plain(
    *("training", PLACE, ("invited", "confirmed", "attended")),
    mark_absent=("miss", "action_miss", False),
)

# -- personal promotion ------------------------------------------------------------------


@step("promotion", MEMBER, ("active",), by=employee_of("employee_id"))
def write_achievement(world, member, number):
    world.env[ACHIEVEMENT].with_user(member.env.uid).create(
        {"member_id": member.id, "kind": "book", "name": "On Leading", "notes": "Ask first"}
    )


@step("promotion", MEMBER, ("active",), by=employee_of("employee_id"))
def write_suggestion(world, member, number):
    world.env[SUGGESTION].with_user(member.env.uid).create(
        {"member_id": member.id, "name": "Less scrap", **WORDS}
    )


plain(
    *("promotion", ACHIEVEMENT, ("draft",)),
    submit_achievement=("submit", "action_submit", False),
)
plain(
    *("promotion", ACHIEVEMENT, ("submitted",)),
    verify_achievement=("verify", "action_verify", False),
    return_achievement=("return", "action_return", True),
    refuse_achievement=("refuse", "action_refuse", True),
)
plain(
    *("promotion", ACHIEVEMENT, ("draft", "submitted")),
    withdraw_achievement=("withdraw", "action_withdraw", False),
)
plain(
    *("promotion", SUGGESTION, ("draft",)),
    submit_suggestion=("submit", "action_submit", False),
)
plain(
    *("promotion", SUGGESTION, ("submitted",)),
    decline_suggestion=("decline", "action_decline", True),
    return_suggestion=("return", "action_return", True),
)
plain(
    *("promotion", SUGGESTION, ("draft", "submitted")),
    withdraw_suggestion=("withdraw", "action_withdraw", False),
)


def reviewers(world, suggestion):
    return suggestion.reviewer_id._get_backbone_users()


@step("promotion", SUGGESTION, ("submitted",), by=reviewers)
def adopt_suggestion(world, suggestion, number):
    for review in suggestion._get_reviews().values():
        review.write({f"score_{part}": 5 for part in PARTS})
    suggestion.action_adopt(REASON)
