"""What several tests from outside share: Odoo's backend, operated as a person does."""

import re

from ground import paths
from playwright.sync_api import expect
from portal import VIEWPORTS

SCREENSHOTS = paths.RUN / "screenshots"
# the web client has taken notice of its width, and drawn what follows from it
IS_DRAWN = """(isSmall) => odoo.__WOWL_DEBUG__.root.env.isSmall === isSmall && new Promise(
    (resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))
)"""


class Backend:
    """One person's page of the backend, with the form that is open on it."""

    def __init__(self, page, folder):
        self.page = page
        self.folder = SCREENSHOTS / folder

    def open(self, action, record="", module="hr_backbone_training"):
        """Open an action by its external id; `record` is an id, or "new"."""
        self.page.goto(f"/odoo/action-{module}.{action}/{record}".rstrip("/"))
        self.page.wait_for_selector(".o_action_manager .o_view_controller")
        return self

    def open_row(self, text):
        """From a list or kanban, open the record that shows `text`."""
        row = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
        self.page.locator(row).filter(has_text=text).first.click()
        self.page.wait_for_selector(".o_form_view")
        return self

    # -- fields ------------------------------------------------------------------------

    def field(self, name):
        return self.page.locator(f".o_form_view div[name='{name}'].o_field_widget").first

    def fill(self, **values):
        for name, value in values.items():
            self.field(name).locator("input, textarea").first.fill(str(value))

    def pick(self, name, *texts):
        """Choose records by their name in a relational field."""
        box = self.field(name).locator("input").first
        for text in texts:
            box.click()
            box.fill(text)
            item = self.page.locator(".o-autocomplete--dropdown-item").filter(has_text=text)
            item.first.click()

    def tab(self, label):
        self.page.locator(".o_notebook_headers .nav-link", has_text=label).click()

    # -- buttons -----------------------------------------------------------------------

    def press(self, label, confirm=False):
        """Press a button above the form, and the dialog's answer where it asks."""
        button = self.page.locator(".o_statusbar_buttons button:enabled")
        button.filter(has_text=re.compile(rf"^\s*{label}\s*$")).first.click()
        if confirm:
            self.page.locator(".modal .modal-footer .btn-primary").click()

    def save(self):
        self.page.locator(".o_form_button_save").click()
        saved = self.page.locator(".o_form_status_indicator_buttons.invisible")
        expect(saved.first).to_be_attached()

    # -- what one sees -----------------------------------------------------------------

    def expect_state(self, label):
        current = self.page.locator(".o_statusbar_status .o_arrow_button_current").first
        expect(current).to_contain_text(label)

    def expect_text(self, text):
        expect(self.page.locator(".o_action_manager").get_by_text(text).first).to_be_visible()

    def expect_greyed_out(self, label):
        button = self.page.locator(".o_statusbar_buttons button", has_text=label).first
        expect(button).to_be_disabled()

    def record_id(self):
        """The id of the open record, from the address."""
        self.page.wait_for_url(re.compile(r"/\d+(\?.*)?$"))
        return int(re.search(r"/(\d+)(?:\?.*)?$", self.page.url)[1])

    def shot(self, name):
        """The screen as it is now, on a desktop and on a phone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for size in ("phone", "desktop"):
            self.page.set_viewport_size(VIEWPORTS[size])
            self.page.wait_for_function(IS_DRAWN, arg=size == "phone")
            self.page.screenshot(path=self.folder / f"{name}-{size}.png")
