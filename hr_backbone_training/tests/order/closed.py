# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What is closed prints the same for good: a digest of what its form shows."""

import json
from hashlib import sha256

# model: (report, domain of what is closed)
CLOSED = {
    "hr.backbone.meeting": ("meeting", [("state", "=", "closed")]),
    "hr.backbone.plan": ("plan", [("state", "=", "closed")]),
    "hr.backbone.report": (
        "report",
        [("state", "in", ("accepted", "missed")), ("quarter_id.state", "=", "closed")],
    ),
    "hr.backbone.assessment": (
        "assessment",
        [("state", "in", ("submitted", "missed")), ("quarter_id.state", "=", "closed")],
    ),
    "hr.backbone.application": (
        "application",
        [("state", "in", ("refused", "withdrawn", "admitted"))],
    ),
}
# what may follow later: a signature, the portrait of today, HR's decision on a proposal, and the
# result of the year
LATER = {"signed", "photo", "decision", "evaluation", "trend", "chart", "history"}


def read_closed(world):
    """{(model, id): (digest, what the form shows)} of all that is closed."""
    found = {}
    for model, (report, domain) in CLOSED.items():
        records = world.env[model].search([("company_id", "=", world.company.id), *domain])
        forms = world.env[f"report.hr_backbone_training.report_{report}"]._get_forms(records)
        for record in records:
            shown = {key: value for key, value in forms[record.id].items() if key not in LATER}
            found[model, record.id] = shown
    notices = world.env["hr.backbone.publicity"].search(
        [("company_id", "=", world.company.id), ("state", "=", "closed")]
    )
    for notice in notices:
        found[notice._name, notice.id] = {
            "name": notice.name,
            "notice": notice.notice,
            "dates": [notice.date_start, notice.date_end],
            "names": [
                [line[f"{name}_name"] for name in ("employee", "department", "job")]
                + [line.echelon_id.name, line.is_off]
                for line in notice.line_ids.sorted("id")
            ],
        }
    return {key: (_digest(shown), shown) for key, shown in found.items()}


def _digest(shown):
    text = json.dumps(shown, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def check_closed(world):
    """:raise AssertionError: what was closed, and is, shows something else"""
    before, now = world.closed, read_closed(world)
    # what was opened again is forgotten
    world.closed = now
    for key, (digest, shown) in now.items():
        if key in before and before[key][0] != digest:
            was = before[key][1]
            for name, value in shown.items():
                if _digest(was.get(name)) != _digest(value):
                    raise AssertionError(
                        f"{key[0]} {key[1]} was closed, and prints something else: {name} was "
                        f"{was.get(name)}, is {value}"
                    )
