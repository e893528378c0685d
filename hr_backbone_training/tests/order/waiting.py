# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Who can act on what waits: asked of the documents themselves, as that user, whatever is
still missing in their content."""

from ..organization import OFFICER

# model: state → the moves of which one is enough
MOVES = {
    "hr.backbone.application": {
        "director": ("approve", "return"),
        "hr": ("return",),
        "committee": ("return",),
        "selected": ("return",),
    },
    "hr.backbone.plan": {"submitted": ("activate", "send_back")},
    "hr.backbone.rotation": {"requested": ("agree", "return", "refuse")},
    "hr.backbone.achievement": {"submitted": ("verify",)},
    "hr.backbone.suggestion": {"submitted": ("decline", "return")},
}


def may_act(world, document, user, kind=None):
    """Whether the user can take one of the steps that are awaited on the document.

    :param document: a record, as superuser
    :param str kind: the type of the to-do, where it says more than the document's state
    """
    theirs = document.with_user(user)
    if not theirs.has_access("read"):
        return False
    state = document.state if "state" in document._fields else None
    moves = MOVES.get(document._name, {}).get(state, ())
    if any(theirs not in theirs._get_refusals(move) for move in moves):
        return True
    ask = ASKS.get(document._name)
    return ask(world, theirs, user, kind) if ask else not moves


def _is_hr(user):
    return user.has_group(OFFICER)


def _ask_application(world, case, user, kind):
    if case.state != "draft":
        # HR finds another director where nobody can approve
        return case.state == "director" and case._is_hr() and not case._get_able_approvers()
    sentences = case._get_refusals("submit").get(case, [])
    return case._get_recommender_refusal(case) not in sentences


def _ask_plan(world, plan, user, kind):
    return plan.state == "draft" and not plan._get_edit_refusal()


def _ask_meeting(world, meeting, user, kind):
    items = meeting.item_ids._filter_awaiting()
    if user in meeting.sudo().attendee_ids:
        return meeting.state == "open" and (
            not items or any(not item._get_vote_refusal() for item in items)
        )
    # HR looks after one in which nobody has a vote
    return meeting.state == "open" and meeting not in meeting._get_refusals("cancel")


def _ask_publicity(world, notice, user, kind):
    open_ones = notice.sudo().objection_ids.filtered(lambda row: row.state == "open")
    return any(not row._get_decide_refusal() for row in open_ones.with_user(user))


def _ask_mentorship(world, mentorship, user, kind):
    if mentorship.state == "appointed":
        return bool(mentorship._get_my_parts())
    # HR looks for another mentor
    return mentorship._is_hr()


def _ask_rotation(world, rotation, user, kind):
    if rotation.state == "requested" or rotation.sudo().date_host_missing:
        return not rotation._get_host_refusal()
    if rotation.state == "evaluation":
        return not (rotation._get_summary_refusal() and rotation._get_score_refusal())
    return False


def _ask_training(world, training, user, kind):
    trainer = training.sudo().trainer_id
    return training.state == "planned" and (_is_hr(user) or trainer in _employees(user))


def _ask_report(world, report, user, kind):
    """Or a second opinion."""
    return report.state == "draft" and not report._get_edit_refusal()


def _ask_quarter(world, quarter, user, kind):
    """The mentors' to-do stands on the quarter."""
    drafts = quarter.sudo().assessment_ids.filtered(
        lambda row: row.state == "draft" and not row.is_closed
    )
    return any(row.with_user(user)._is_assessor() for row in drafts)


def _ask_promotion(world, document, user, kind):
    if document.state == "draft":
        return not document._get_edit_refusal()
    # an expiring qualification is renewed by the member
    return document.state == "verified"


def _ask_login(world, login, user, kind):
    return not login._get_decide_refusal()


def _ask_program(world, program, user, kind):
    return _is_hr(user)


def _employees(user):
    return user.env["hr.employee"].sudo().browse(user._get_backbone_own())


ASKS = {
    "hr.backbone.application": _ask_application,
    "hr.backbone.plan": _ask_plan,
    "hr.backbone.meeting": _ask_meeting,
    "hr.backbone.publicity": _ask_publicity,
    "hr.backbone.mentorship": _ask_mentorship,
    "hr.backbone.rotation": _ask_rotation,
    "hr.backbone.training": _ask_training,
    "hr.backbone.report": _ask_report,
    "hr.backbone.second.opinion": _ask_report,
    "hr.backbone.quarter": _ask_quarter,
    "hr.backbone.achievement": _ask_promotion,
    "hr.backbone.suggestion": _ask_promotion,
    "hr.backbone.login": _ask_login,
    "hr.backbone.program": _ask_program,
}
