"""What the tests of the portal from outside share: one person's page of `/my/backbone`."""

import re

from ground import paths
from playwright.sync_api import expect

SCREENSHOTS = paths.RUN / "screenshots/portal"
AXE = paths.NODE / "node_modules/axe-core/axe.min.js"
# WCAG 2.5.5: a target for a finger, in CSS pixels
LEAST_TARGET = 44

# Odoo's own conversation is left out: it is not ours to mend
VIOLATIONS = """async () => {
    const where = {include: [["#wrap .container"]], exclude: [[".o_portal_chatter"]]};
    const {violations} = await axe.run(where);
    return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(" ")}`);
}"""
SMALL_TARGETS = """(least) => [...document.querySelectorAll("#wrap button, #wrap .btn")]
    .filter((el) => el.checkVisibility() && !el.classList.contains("visually-hidden"))
    .filter((el) => Math.round(el.getBoundingClientRect().height) < least)
    .map((el) => el.outerHTML.slice(0, 200))"""
OVERFLOW = """() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
}"""


# what reaches beyond the window, to say more than that something does
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((el) => el.checkVisibility())
    .filter((el) => el.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((el) => el.outerHTML.slice(0, 200)).slice(-3)"""


class Portal:
    """One person's window. Whatever page is opened is looked at as well."""

    def __init__(self, page, size):
        self.page = page
        self.size = size

    def log_in(self, login):
        """By the button of a mail: log in, and be where it leads to."""
        self.page.goto("/web/login?redirect=/my/backbone")
        self.page.fill("#login", login)
        self.page.fill("#password", login)
        self.page.click(".oe_login_form button[type=submit]")
        self.page.wait_for_url("**/my/backbone")
        return self

    # -- going somewhere ---------------------------------------------------------------

    def open(self, path="/my/backbone"):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.look()

    def follow(self, name, within=None):
        """A link or a row of a list, by what it says."""
        place = self.page.locator("#wrap")
        if within:
            place = place.locator("li").filter(has_text=within)
        place.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        self.page.wait_for_load_state()
        return self.look()

    def press(self, name, within=None):
        place = self.page.locator(within or "#wrap")
        place.get_by_role("button", name=name, exact=True).first.click()
        # a form saves what was typed last before it goes
        self.page.wait_for_function("!document.querySelector('form[aria-busy]')")
        self.page.wait_for_load_state()
        return self.look()

    # -- typing ------------------------------------------------------------------------

    def unfold(self, summary):
        self.page.locator("#wrap summary").filter(has_text=summary).first.click()

    def fill(self, **values):
        for name, value in values.items():
            self.input(name).fill(str(value))

    def input(self, name):
        return self.page.locator(f"#wrap [id='f-{name}']:visible")

    # -- what one sees -----------------------------------------------------------------

    def see(self, *texts):
        for text in texts:
            shown = self.page.locator("#wrap").get_by_text(text).locator("visible=true")
            expect(shown.first).to_be_visible()
        return self

    def see_not(self, *texts):
        for text in texts:
            expect(self.page.locator("#wrap").get_by_text(text)).to_have_count(0)
        return self

    def see_state(self, label):
        expect(self.page.locator("#wrap .badge").filter(has_text=label).first).to_be_visible()

    def see_message(self, text, kind="success"):
        expect(self.page.locator(f"#wrap .alert-{kind}").filter(has_text=text)).to_be_visible()
        return self

    # -- what holds for every page -----------------------------------------------------

    def look(self):
        """One heading; on a phone nothing scrolls sideways, nothing is too small to tap."""
        expect(self.page.locator("h1")).to_have_count(1)
        if self.size == "phone":
            where = self.page.url
            assert self.page.evaluate(OVERFLOW) <= 0, (
                f"{where} scrolls sideways: {self.page.evaluate(TOO_WIDE)}"
            )
            assert not (small := self.page.evaluate(SMALL_TARGETS, LEAST_TARGET)), (
                f"{where}: lower than {LEAST_TARGET} px: {small}"
            )
        return self

    def check_accessible(self, name):
        """No violation of axe-core's rules in the page's content; and a screenshot."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.size}.png", full_page=True)
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(VIOLATIONS)
        assert not found, f"{self.page.url}: " + "\n".join(found)
        return self
