"""Odoo's own clickbot opens every menu, view and filter of the apps that the addon makes or
extends: here as a user, in `test_apps` as an administrator, and beside other apps. Through all
others it goes in `test_odoo_suites`, menu by menu, as both."""

import pytest
from playwright.sync_api import expect

APPS = ("hr_backbone_training.menu_hr_backbone_root", "hr.menu_hr_root")
LOADER = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
DONE = "clickbot test succeeded"
MINUTES = 10
LEAST_MENUS = 3


@pytest.mark.takes(60)
@pytest.mark.parametrize("app", APPS)
def test_every_menu_and_filter(new_page, login, rpc, app):
    rpc("admin").call("res.users", "write", [rpc("demo").uid], {"tour_enabled": False})
    page = new_page()
    login(page, "demo")
    click_everything(page, app)


def click_everything(page, app):
    """Let the bot go through an app, on the page of somebody who is logged in."""
    page.goto("/odoo")
    expect(page.locator(".o_web_client")).to_be_visible()
    page.wait_for_function("odoo.isReady === true")
    said, errors = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    with page.expect_console_message(is_the_end, timeout=MINUTES * 60_000) as ended:
        page.evaluate(f"{LOADER}.startClickEverywhere('{app}')")
    assert ended.value.text == DONE, "\n".join(said[-10:])
    assert not errors
    # so that nothing clicked is no success
    assert sum(text.startswith("Testing menu") for text in said) >= LEAST_MENUS


def is_the_end(message):
    """The bot tells what it clicks; an error is the end, too. A picture that is not there is
    none: only the server's answers to the bot's own requests count, and these it reads."""
    is_error = message.type == "error" and not message.text.startswith("Failed to load resource")
    return is_error or message.text == DONE
