"""What the tests of the portal from outside share: one person's page of `/my/backbone`."""

import re

from ground import paths
from playwright.sync_api import expect

SCREENSHOTS = paths.RUN / "screenshots/portal"
AXE = paths.NODE / "node_modules/axe-core/axe.min.js"
VIEWPORTS = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 375, "height": 812},
}
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
    """One person's window. Whatever page is opened is looked at as well.

    :param size: "desktop", "phone", or "both": a window that goes from one width to the other
        with every step. What is there to be used or seen has to be so at both.
    """

    def __init__(self, page, size):
        self.page = page
        self.size = "desktop" if size == "both" else size
        self.is_both = size == "both"

    def each_width(self):
        """As it is now, then at the other width, where it stays."""
        yield self.size
        if self.is_both:
            self.size = "phone" if self.size == "desktop" else "desktop"
            self.page.set_viewport_size(VIEWPORTS[self.size])
            yield self.size

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
        self.click(place.get_by_role("link", name=re.compile(re.escape(name))).first)
        self.page.wait_for_load_state()
        return self.look()

    def press(self, name, within=None):
        place = self.page.locator(within or "#wrap")
        self.click(place.get_by_role("button", name=name, exact=True).first)
        # a form saves what was typed last before it goes
        self.page.wait_for_function("!document.querySelector('form[aria-busy]')")
        self.page.wait_for_load_state()
        return self.look()

    def click(self, locator):
        """It could be clicked at each width; it is at the last one."""
        for _width in self.each_width():
            locator.click(trial=True)
        locator.click()

    # -- typing ------------------------------------------------------------------------

    def unfold(self, summary):
        self.click(self.page.locator("#wrap summary").filter(has_text=summary).first)

    def fill(self, **values):
        for _width in self.each_width():
            for name in values:
                expect(self.input(name)).to_be_editable()
        for name, value in values.items():
            self.input(name).fill(str(value))

    def input(self, name):
        return self.page.locator(f"#wrap [id='f-{name}']:visible")

    # -- what one sees -----------------------------------------------------------------

    def see(self, *texts):
        for _width in self.each_width():
            for text in texts:
                shown = self.page.locator("#wrap").get_by_text(text).locator("visible=true")
                expect(shown.first).to_be_visible()
        return self

    def see_not(self, *texts):
        for text in texts:
            expect(self.page.locator("#wrap").get_by_text(text)).to_have_count(0)
        return self

    def see_state(self, label):
        badge = self.page.locator("#wrap .badge").filter(has_text=label).first
        for _width in self.each_width():
            expect(badge).to_be_visible()
        return self

    def see_message(self, text, kind="success"):
        message = self.page.locator(f"#wrap .alert-{kind}").filter(has_text=text)
        for _width in self.each_width():
            expect(message).to_be_visible()
        return self

    # -- what holds for every page -----------------------------------------------------

    def look(self):
        """One heading; on a phone nothing scrolls sideways, nothing is too small to tap."""
        expect(self.page.locator("h1")).to_have_count(1)
        for width in self.each_width():
            if width == "phone":
                self._look_at_phone()
        return self

    def _look_at_phone(self):
        where = self.page.url
        assert self.page.evaluate(OVERFLOW) <= 0, (
            f"{where} scrolls sideways: {self.page.evaluate(TOO_WIDE)}"
        )
        assert not (small := self.page.evaluate(SMALL_TARGETS, LEAST_TARGET)), (
            f"{where}: lower than {LEAST_TARGET} px: {small}"
        )

    def check_accessible(self, name):
        """No violation of axe-core's rules in the page's content; and a screenshot."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width in self.each_width():
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            self.page.evaluate(AXE.read_text())
            found = self.page.evaluate(VIOLATIONS)
            assert not found, f"{self.page.url} ({width}): " + "\n".join(found)
        return self
