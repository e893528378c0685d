"""The length of a text is said below its box and counted as one nears it: in the backend, for
plain texts and for texts with formats, before and after they are saved."""

import pytest
from helpers import Backend
from playwright.sync_api import expect

LONGEST = 10_000
RED = "text-danger"


@pytest.fixture
def meeting(new_page, login, rpc):
    """A meeting that HR convenes, on HR's page."""
    client = rpc("hr")
    [program] = client.call("hr.backbone.program", "search", [("state", "=", "running")], limit=1)
    record = client.call(
        "hr.backbone.meeting", "create", {"name": "Counted", "program_id": program}
    )
    page = new_page()
    login(page, "hr")
    backend = Backend(page, "length").open("hr_backbone_meeting_action", record)
    yield backend
    client.call("hr.backbone.meeting", "unlink", [record])


def say(backend, name):
    return backend.field(name).locator(".o_backbone_length")


def test_a_text_with_formats(meeting):
    meeting.tab("Minutes")
    box = meeting.field("minutes").locator(".odoo-editor-editable")
    expect(say(meeting, "minutes")).to_be_hidden()
    box.click()
    meeting.page.keyboard.insert_text("Discussed.")
    expect(say(meeting, "minutes")).to_have_text(
        "At most 10,000 characters, formatting not counted"
    )
    expect(say(meeting, "minutes")).to_be_visible()
    # what is bold is no longer than what is not
    meeting.page.keyboard.press("Control+b")
    meeting.page.keyboard.insert_text("x" * 8_000)
    counted = "8,010 of 10,000 characters, formatting not counted"
    expect(say(meeting, "minutes")).to_have_text(counted)
    meeting.save()
    meeting.page.locator(".o_form_view .oe_title, .o_form_view h1").first.click()
    expect(say(meeting, "minutes")).to_have_text(counted)
    expect(say(meeting, "minutes")).to_be_visible()


def test_a_text_with_formats_that_is_too_long(meeting):
    meeting.tab("Minutes")
    meeting.field("minutes").locator(".odoo-editor-editable").click()
    meeting.page.keyboard.insert_text("x" * (LONGEST + 1))
    hint = say(meeting, "minutes")
    expect(hint).to_have_text("10,001 of 10,000 characters, formatting not counted")
    assert RED in hint.get_attribute("class")
    meeting.page.locator(".o_form_button_save").click()
    said = meeting.page.locator(".modal, .o_notification").filter(has_text="10,001 characters")
    expect(said.first).to_be_visible()


def test_a_text_without_formats(meeting):
    meeting.press("Cancel Meeting")
    box = meeting.page.locator(".modal div[name='comment']")
    box.locator("textarea").first.fill("x" * 8_000)
    expect(box.locator(".o_backbone_length")).to_have_text("8,000 of 10,000 characters")
    expect(meeting.page.locator(".modal div[name='readers']")).not_to_be_empty()
