"""`/my/backbone` with the keyboard alone: from the recommendation to the director's approval,
without a mouse, with the focus always in sight and never caught."""

from playwright.sync_api import Error, expect
from portal_case import ACTION, EVALUATION, GOALS, get_state

# so many stops a page has at the most, Odoo's own header and footer among them
MOST_STOPS = 200
# Odoo's conversation lives in a shadow of its own, and answers for itself
NOT_SHOWN = """() => {
    const el = document.activeElement;
    if (el.shadowRoot) {
        return "";
    }
    const style = getComputedStyle(el);
    const box = el.getBoundingClientRect();
    const marked =
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
        style.boxShadow !== "none";
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
    return !el.closest("#wrap") || (marked && inside) ? "" : el.outerHTML.slice(0, 200);
}"""
# where Tab leads to, in the content of our page
STOPS = """() => [...document.querySelectorAll(
    "#wrap .container :is(a[href], button, input, select, textarea, summary)"
)].filter((el) =>
    el.checkVisibility({visibilityProperty: true}) && el.tabIndex >= 0 && !el.disabled &&
    el.type !== "hidden"
).map((el, index) => el.dataset.stop = String(index))"""


class Keyboard:
    """A person who has no mouse."""

    def __init__(self, person):
        self.person = person
        self.page = person.page

    def go_to(self, locator):
        """Tab until it has the focus; each stop on the way shows that it has it."""
        expect(locator).to_be_visible()
        for _ in range(MOST_STOPS):
            self.tab()
            if locator.evaluate("(el) => el === document.activeElement"):
                return self
        raise AssertionError(f"Tab never reaches {locator}")

    def tab(self):
        self.page.keyboard.press("Tab")
        # the page scrolls to the stop smoothly, and its mark fades in
        try:
            self.page.wait_for_function(f"() => !({NOT_SHOWN})()", timeout=5_000)
        except Error as error:
            hidden = self.page.evaluate(NOT_SHOWN)
            raise AssertionError(f"the focus is not seen on {hidden}") from error

    def enter(self, role, name):
        """Reach a link or button, and follow it."""
        self.go_to(self.page.locator("#wrap").get_by_role(role, name=name).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.person.look()
        return self

    def type(self, **values):
        """Fill in the inputs of a form in their order."""
        for name, value in values.items():
            self.go_to(self.person.input(name))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(value))

    def walk(self):
        """Tab through the whole page: every stop is reached, and one gets out again."""
        stops = set(self.page.evaluate(STOPS))
        reached = set()
        for _ in range(MOST_STOPS):
            self.tab()
            focus = self.page.evaluate(
                "() => [document.activeElement].map("
                "(at) => [at.dataset.stop, !!at.closest('#wrap')])[0]"
            )
            reached.add(focus[0])
            if stops <= reached and not focus[1]:
                return self
        raise AssertionError(f"{self.page.url}: not reached or caught: {stops - reached}")


def test_recommendation_to_approval(portal, rpc, case):
    head = Keyboard(portal("head"))
    head.enter("link", "Recommend")
    head.type(search=case.name)
    with head.page.expect_navigation():
        head.page.keyboard.press("Enter")
    head.enter("button", f"Recommend: Second Echelon, {case.name}")
    case.application = int(head.page.url.rsplit("/", 1)[1])
    head.type(**EVALUATION)
    head.enter("button", "Save")
    head.person.see_message("Saved.")
    head.walk()

    employee = Keyboard(portal(case.login))
    employee.enter("link", "Open my plan")
    employee.type(**GOALS)
    employee.go_to(employee.page.locator("#wrap summary").filter(has_text="Add an action: ").first)
    employee.page.keyboard.press("Space")
    employee.type(**{"new-mentoring-action": ACTION})
    employee.person.see("All changes saved")
    employee.enter("button", "Submit my plan")
    employee.person.see_message("Your plan was submitted.")
    employee.person.see(ACTION)
    employee.walk()

    head.person.open()
    head.enter("link", "Open the application")
    head.enter("button", "Submit to the director")
    head.person.see_message("submitted to the director")

    director = Keyboard(portal("director"))
    director.enter("link", "To approve")
    director.walk()
    director.person.open("/my/backbone/approvals")
    director.enter("link", f"View the case of {case.name}")
    director.walk()
    director.person.open(director.page.url)
    director.enter("button", "Approve")
    director.person.see_message("Approved")
    assert get_state(rpc, case) == "hr"
