"""The boxes of scores in the backend: an emptied one is empty, and a zero is typed into an empty
one, whatever key or button ends it."""

import pytest
from helpers import Backend
from playwright.sync_api import expect

ROW = "hr.backbone.training.participant"
ASSESSMENT = "hr.backbone.assessment"
LINE = "hr.backbone.assessment.line"
MENTORS = ("demo", "director", "head")


@pytest.fixture
def backend(new_page, login):
    def open_for(name):
        page = new_page()
        login(page, name)
        return Backend(page, "score")

    return open_for


def test_points_with_a_decimal(backend, rpc):
    client = rpc("hr")
    [row] = client.call(ROW, "search", [("state", "=", "attended")], limit=1)

    def stored():
        return client.call(ROW, "read", [row], ["score"])[0]["score"]

    [before] = client.call(ROW, "read", [row], ["score"])
    client.call(ROW, "write", [row], {"score": False})
    form = backend("hr").open("hr_backbone_training_participant_action", row)
    box = form.field("score").locator("input")
    expect(box).to_have_value("")
    for typed, key, shown, score in (
        ("0", "Tab", "0.0", 0.0),
        ("", "Tab", "", False),
        ("0", "Enter", "0.0", 0.0),
        ("", "Enter", "", False),
        ("62.5", "Tab", "62.5", 62.5),
        ("", "", "", False),
        ("0", "", "0.0", 0.0),
    ):
        box.fill(typed)
        if key:
            box.press(key)
            expect(box).to_have_value(shown)
        form.save()
        expect(box).to_have_value(shown)
        # False == 0
        assert repr(stored()) == repr(score), (typed, key)
    client.call(ROW, "write", [row], {"score": before["score"]})


def test_whole_points(backend, rpc):
    def find(name):
        client = rpc(name)
        found = client.call(ASSESSMENT, "search", [("state", "=", "draft")])
        read = client.call(ASSESSMENT, "read", found, ["can_edit", "line_ids"])
        return [(name, row) for row in read if row["can_edit"] and row["line_ids"]]

    name, assessment = next(row for name in MENTORS for row in find(name))
    client = rpc(name)
    lines = assessment["line_ids"]
    before = client.call(LINE, "read", lines, ["score"])
    client.call(LINE, "write", lines, {"score": False})
    form = backend(name).open("hr_backbone_assessment_action", assessment["id"])
    cell = form.page.locator(".o_data_row td[name='score']").first
    expect(cell).to_have_text("")
    for typed, score in (("0", 0), ("", False), ("85", 85), ("", False)):
        cell.click()
        cell.locator("input").fill(typed)
        cell.locator("input").press("Tab")
        form.save()
        expect(cell).to_have_text(typed)
        [stored] = client.call(LINE, "read", lines[:1], ["score"])
        assert repr(stored["score"]) == repr(score), typed
    for line in before:
        client.call(LINE, "write", [line["id"]], {"score": line["score"]})
