# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What holds after every step. Each method raises AssertionError with what is wrong, in words
and numbers that say where to look."""

import re

from odoo.exceptions import AccessError

from .waiting import may_act

# a case has at most one of these a person and company, whatever is archived
AT_MOST_ONE = {
    "plan in force": """
        SELECT employee_id, company_id FROM hr_backbone_plan WHERE state = 'active'""",
    "revision under way": """
        SELECT employee_id, company_id FROM hr_backbone_plan
         WHERE state IN ('draft', 'submitted') AND previous_id IS NOT NULL""",
    "row in the pool": "SELECT employee_id, company_id FROM hr_backbone_member",
    "open case": """
        SELECT employee_id, company_id FROM hr_backbone_application
         WHERE state IN ('director', 'hr', 'committee', 'selected', 'publicity')""",
    "active mentor": """
        SELECT member_id, company_id FROM hr_backbone_mentorship WHERE state = 'active'""",
    "appointed mentor": """
        SELECT member_id, company_id FROM hr_backbone_mentorship WHERE state = 'appointed'""",
    "report of a quarter": "SELECT member_id, quarter_id FROM hr_backbone_report",
    "assessment of a quarter": "SELECT member_id, quarter_id FROM hr_backbone_assessment",
}
# what must not be found
NEVER = {
    "the mentor of a member is the one of the active mentorship": """
        SELECT m.id, m.mentor_id, s.mentor_id FROM hr_backbone_member m
          LEFT JOIN hr_backbone_mentorship s ON s.member_id = m.id AND s.state = 'active'
         WHERE m.mentor_id IS DISTINCT FROM s.mentor_id""",
    "who has left the pool has nothing open in it": """
        SELECT m.id, o.what, o.id FROM hr_backbone_member m JOIN (
            SELECT 'mentorship' AS what, id, member_id FROM hr_backbone_mentorship
             WHERE state IN ('appointed', 'active')
            UNION ALL SELECT 'rotation', id, member_id FROM hr_backbone_rotation
             WHERE state IN ('draft', 'requested', 'agreed', 'running', 'evaluation')
            UNION ALL SELECT 'plan', p.id, n.id FROM hr_backbone_plan p
              JOIN hr_backbone_member n
                ON n.employee_id = p.employee_id AND n.company_id = p.company_id
             WHERE p.state = 'active' OR p.previous_id IS NOT NULL AND p.state != 'closed'
            UNION ALL SELECT 'place', r.id, r.member_id FROM hr_backbone_training_participant r
              JOIN hr_backbone_training t ON t.id = r.training_id AND t.state = 'planned'
             WHERE r.state IN ('invited', 'confirmed', 'waiting') AND t.date_start > now()
            ) o ON o.member_id = m.id
         WHERE m.state = 'exited'""",
    "a case on the notice has one notice that decides": """
        SELECT a.id, count(l.id) FROM hr_backbone_application a
          LEFT JOIN hr_backbone_publicity_line l ON l.application_id = a.id
               AND NOT COALESCE(l.is_off, FALSE)
               AND EXISTS (SELECT 1 FROM hr_backbone_publicity p
                            WHERE p.id = l.publicity_id AND p.state = 'published')
         WHERE a.state = 'publicity' GROUP BY a.id HAVING count(l.id) != 1""",
    "two rotations of a member never share a day": """
        SELECT a.id, b.id FROM hr_backbone_rotation a
          JOIN hr_backbone_rotation b ON a.member_id = b.member_id AND a.id < b.id
               AND a.date_start <= b.date_end AND b.date_start <= a.date_end
         WHERE a.state IN ('requested', 'agreed', 'running', 'evaluation', 'done')
           AND b.state IN ('requested', 'agreed', 'running', 'evaluation', 'done')""",
    "a department has no more guests than places": """
        SELECT a.id, count(*) FROM hr_backbone_rotation a
          JOIN hr_department d ON d.id = a.host_department_id
               AND d.backbone_rotation_capacity > 0
          JOIN hr_backbone_rotation b ON b.host_department_id = d.id
               AND a.date_start BETWEEN b.date_start AND b.date_end
               AND b.state IN ('agreed', 'running', 'evaluation', 'done')
         WHERE a.state IN ('agreed', 'running', 'evaluation', 'done')
         GROUP BY a.id, d.id HAVING count(*) > max(d.backbone_rotation_capacity)""",
    "no training has more confirmed than seats": """
        SELECT t.id, t.seats, count(*) FROM hr_backbone_training t
          JOIN hr_backbone_training_participant r ON r.training_id = t.id
               AND r.state = 'confirmed'
         WHERE t.seats > 0 AND t.state = 'planned' AND t.id != ALL(%(lowered)s)
         GROUP BY t.id HAVING count(*) > t.seats""",
    "no more are selected than an echelon has places": """
        SELECT l.id, l.quota, count(*) FROM hr_backbone_program_line l
          JOIN hr_backbone_application a ON a.program_id = l.program_id
               AND a.echelon_id = l.echelon_id
               AND a.state IN ('selected', 'publicity', 'admitted')
         GROUP BY l.id HAVING count(*) > l.quota""",
    "whoever is admitted is, or was, in the pool": """
        SELECT a.id FROM hr_backbone_application a
          LEFT JOIN hr_backbone_member m
            ON m.employee_id = a.employee_id AND m.company_id = a.company_id
         WHERE a.state = 'admitted' AND m.id IS NULL""",
    "a person in the pool has no open case": """
        SELECT a.id, m.id FROM hr_backbone_application a
          JOIN hr_backbone_member m
            ON m.employee_id = a.employee_id AND m.company_id = a.company_id
         WHERE m.state != 'exited' AND a.state IN
               ('director', 'hr', 'committee', 'selected', 'publicity')""",
    "what is closed in an open quarter is no open draft": """
        SELECT q.id, r.id FROM hr_backbone_report r
          JOIN hr_backbone_quarter q ON q.id = r.quarter_id
         WHERE q.state = 'closed' AND NOT COALESCE(r.is_closed, FALSE)""",
}
# a technical name that somebody would read
TECHNICAL = re.compile(r"\b(hr|mail|res|ir)\.[a-z_.]+|\b[a-z]+_[a-z_]+\b|\bFalse\b|\bNone\b|\{|\}")


def check_numbers(world):
    """At most one of each, and what must never be found."""
    for what, query in AT_MOST_ONE.items():
        world.cr.execute(f"SELECT x.*, count(*) FROM ({query}) x GROUP BY 1, 2 HAVING count(*) > 1")
        assert not (rows := world.cr.fetchall()), f"more than one {what}: {rows}"
    lowered = {"lowered": list(world.lowered)}
    for what, query in NEVER.items():
        world.cr.execute(query, lowered)
        assert not (rows := world.cr.fetchall()), f"not so: {what}: {rows}"


def check_sentence(error):
    """A refusal is a sentence in the words of the reader."""
    text = str(error)
    assert text.strip(), f"a refusal without words: {error!r}"
    if isinstance(error, AccessError):
        # Odoo's own, of rights and rules, name the model
        return
    found = TECHNICAL.search(text)
    assert not found, f"“{found[0]}” in a sentence for people: {text}"


# -- who waits ---------------------------------------------------------------------------


def check_waiting(world):
    """Whatever waits for people waits for somebody who can act."""
    for model in world.get_models_that_wait():
        documents = world.env[model].search([("company_id", "=", world.company.id)], order="id")
        for document, (_xmlid, users, _day) in documents._get_next_activity().items():
            # the job of the day finds another trainer's HR; a declined one waits for HR
            able = [user for user in users if user.active and may_act(world, document, user)]
            assert able or not world.get_hr(document), (
                f"{document} ({document.display_name}, {document.state}) waits for nobody who "
                f"can act: {users.mapped('login')}"
            )


def check_activities(world):
    """Whoever has a to-do can do it."""
    types = world.env["mail.activity.type"]._get_backbone()
    activities = world.env["mail.activity"].search([("activity_type_id", "in", types.ids)])
    for activity in activities:
        user, document = activity.user_id, world.env[activity.res_model].browse(activity.res_id)
        if not document.exists() or document.company_id != world.company:
            continue
        name = activity.activity_type_id.get_external_id()[activity.activity_type_id.id]
        label = f"{name.partition('.')[2]} on {document} ({document.display_name})"
        assert user.active, f"the to-do {label} is that of {user.login}, who has no login"
        theirs = document.with_user(user)
        assert theirs.has_access("read"), f"{user.login} cannot read the document of {label}"
        kind = name.rpartition("mail_activity_type_")[2]
        assert may_act(world, document, user, kind), f"{user.login} cannot do {label}"


# -- figures -----------------------------------------------------------------------------


def check_figures(world):
    """Cockpit, ledger, lists and “overdue” count the same drafts."""
    today = world.company._backbone_today()
    own = [("company_id", "=", world.company.id)]
    quarters = world.env["hr.backbone.quarter"].search(own)
    debts = world.env["hr.backbone.quarter.debt"].search([*own, ("what", "!=", "acceptance")])
    ledger = world.env["hr.backbone.obligation"].search(
        [
            *own,
            ("kind", "in", ["report", "assessment"]),
            ("delivered", "=", 0),
            ("document_state", "=", "draft"),
        ]
    )
    for name in ("report", "assessment"):
        model = world.env[f"hr.backbone.{name}"]
        documents = model.search(own)
        owed = documents.filtered(
            lambda d: d.state == "draft" and not d.is_closed and d.member_id.state == "active"
        )
        overdue = owed.filtered(lambda d: d.date_due < today)
        rows = ledger.filtered(lambda row, name=name: row.kind == name)
        late = debts.filtered("is_overdue")
        for place, expected, found in (
            ("closed quarters", model, owed.filtered(lambda d: d.quarter_id.state == "closed")),
            ("“still to write”", owed, documents.filtered_domain(model._get_owed_domain())),
            ("“overdue” of each", overdue, documents.filtered("is_overdue")),
            ("“overdue” searched for", overdue, model.search([*own, ("is_overdue", "=", True)])),
            ("the debts", owed, debts[f"{name}_id"]),
            ("the overdue debts", overdue, late[f"{name}_id"]),
            ("the ledger", owed, model.browse(rows.mapped("res_id"))),
            (
                "what the ledger misses",
                overdue,
                model.browse(rows.filtered("missing").mapped("res_id")),
            ),
        ):
            assert set(found) == set(expected), (
                f"on {today} {place} count {found.mapped('display_name')} where "
                f"{expected.mapped('display_name')} are meant ({name}s)"
            )
        asked = documents.filtered(lambda d: d.state != "draft") | owed
        for quarter in quarters.with_user(world.user_admin):
            meant = len(asked.filtered(lambda d, quarter=quarter: d.quarter_id == quarter))
            assert quarter[f"{name}_count"] == meant, (
                f"the cockpit of {quarter.name} counts {quarter[f'{name}_count']} {name}s "
                f"where {meant} were asked for"
            )
