# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What was decided is printed as it stood: what is decided already stays as it is now, or as the
history says that it was."""

from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.hr_backbone_training.models.selection.hr_backbone_program_line import PLACE_TAKEN

BATCH = 1000


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "active_test": False})
    keep_meetings(env)
    for documents in find(env["hr.backbone.application"], Domain("state", "!=", "draft")):
        documents._keep_facts()
    for plans in find(env["hr.backbone.plan"], Domain("state", "=", "closed")):
        keep_plans(plans)
    keep_quarters(env)


def find(model, domain):
    """The documents that have no facts yet, in batches."""
    records = model.search(domain & Domain("facts", "=", False))
    return split_every(BATCH, records.ids, model.browse)


def keep_meetings(env):
    """Those who attended may have lost their login since."""
    for meetings in find(env["hr.backbone.meeting"], Domain("state", "=", "closed")):
        meetings.item_ids._keep_facts()
        meetings._keep_facts()
        for meeting in meetings:
            places = meeting._count_places(find_places_taken(meeting))
            meeting._write_moved({"facts": {**meeting.facts, "places": places}})


def find_places_taken(meeting):
    """The applications of the program that held a place when the meeting was closed."""
    applications = meeting.env["hr.backbone.application"].search(
        [("program_id", "=", meeting.program_id.id)]
    )
    decisions = meeting.env["hr.backbone.decision"].search_fetch(
        [
            ("res_model", "=", applications._name),
            ("res_id", "in", applications.ids),
            ("date", "<=", meeting.date_closed or meeting.write_date),
        ],
        ["res_id", "to_state"],
        order="date, id",
    )
    states = {decision.res_id: decision.to_state for decision in decisions}
    return applications.filtered(lambda record: states.get(record.id) in PLACE_TAKEN)


def keep_plans(plans):
    """Echelon and mentor of the day on which each was closed, where it has been in force."""
    env, people = plans.env, [("employee_id", "in", plans.employee_id.ids)]
    movements = env["hr.backbone.movement"].search(people).grouped(get_person)
    mentorships = env["hr.backbone.mentorship"].search([*people, ("date_start", "!=", False)])
    mentorships = mentorships.grouped(get_person)
    for plan, facts in plans._get_facts().items():
        closed = plan.decision_ids.filtered(lambda row: row.move == "close")[:1].date
        if closed and plan.date_activated:
            day, person = plan.company_id._backbone_local_date(closed), get_person(plan)
            echelon = find_echelon(movements.get(person, ()), day)
            facts["echelon_id"] = echelon or facts["echelon_id"]
            facts["mentor"] = find_mentor(mentorships.get(person, ()), day)
        plan._write_moved({"facts": facts})


def get_person(row):
    return row.employee_id, row.company_id


def find_echelon(movements, day):
    """
    :param movements: of one person, the last first
    :return: the id of the echelon in which the person was on that day; None where no movement says
    """
    later = [row.from_echelon_id.id for row in movements if row.date > day]
    earlier = [row.to_echelon_id.id for row in movements if row.date <= day]
    return next(filter(None, (*later[::-1], *earlier)), None)


def find_mentor(mentorships, day):
    """
    :param mentorships: of one person, the last first
    """
    return next(
        (
            row.mentor_name
            for row in mentorships
            if row.date_start <= day and not (row.date_end and row.date_end < day)
        ),
        False,
    )


def keep_quarters(env):
    """The reports name whoever owed the assessment of the quarter."""
    settled = Domain("report_ids", "any", [("is_closed", "=", True)])
    quarters = env["hr.backbone.quarter"].search(
        (Domain("state", "=", "closed") | settled) & Domain("facts", "=", False)
    )
    quarters._keep_facts()
    done = Domain("state", "in", ("submitted", "accepted"))
    for assessments in find(env["hr.backbone.assessment"], Domain("state", "=", "submitted")):
        assessments._keep_facts()
    for reports in find(env["hr.backbone.report"], done):
        owed = env["hr.backbone.assessment"].search(
            [
                ("quarter_id", "in", reports.quarter_id.ids),
                ("member_id", "in", reports.member_id.ids),
            ]
        )
        mentors = {(row.quarter_id, row.member_id): row.mentor_id.name for row in owed}
        for report, facts in reports._get_facts().items():
            name = mentors.get((report.quarter_id, report.member_id), facts["mentor"])
            report._write_moved({"facts": {**facts, "mentor": name}})
