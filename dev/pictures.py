#!/usr/bin/env python3
"""The pictures of the addon's page in the list of apps, made from the demo that `make run` serves.

make run            # in another terminal
dev/exec dev/pictures.py http://localhost:8069
"""

import os
import sys
from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "hr_backbone_training/static/description"
BACKEND = "/odoo/action-hr_backbone_training."
CARD = ".o_kanban_record"
# name: (login, page, what is there when it has been drawn)
PAGES = {
    "screenshot_overview": ("hr", f"{BACKEND}hr_backbone_overview_action", CARD),
    "screenshot_applications": ("hr", f"{BACKEND}hr_backbone_application_action", CARD),
    "screenshot_portal": ("candidate", "/my/backbone", "#wrap h1, #wrap h2"),
}
SIZE = {"width": 1280, "height": 720}
BANNER = {"width": 1120, "height": 560}
SETTLE = 2000  # milliseconds: charts are drawn in steps
# what the banner says, beside the first of the pictures
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
    * {{margin: 0; box-sizing: border-box}}
    body {{width: 1120px; height: 560px; overflow: hidden; position: relative; color: #fff;
        font-family: "Noto Sans", sans-serif;
        background: linear-gradient(120deg, #3d3557, #71639e)}}
    header {{position: absolute; left: 56px; top: 96px; width: 380px}}
    img.icon {{width: 88px; border-radius: 16px; margin-bottom: 28px}}
    h1 {{font-size: 46px; line-height: 1.1; margin-bottom: 22px}}
    p {{font-size: 21px; line-height: 1.45; opacity: .92}}
    img.page {{position: absolute; left: 470px; top: 76px; width: 860px; border-radius: 10px;
        box-shadow: 0 18px 50px rgba(0, 0, 0, .45)}}
</style>
<header><img class="icon" src="{icon}"><h1>Backbone Training</h1>
<p>Recommend, select and train your core employees in three echelons</p></header>
<img class="page" src="{page}">"""


def main(url):
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, page in PAGES.items():
            save(name, shoot(browser, url, *page))
        save("banner", draw_banner(browser))
        browser.close()


def shoot(browser, url, login, path, drawn):
    page = browser.new_page(viewport=SIZE, locale="en-US", timezone_id="UTC")
    page.goto(f"{url}/web/login?redirect=/my/backbone")
    page.fill("#login", login)
    page.fill("#password", login)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url("**/my/backbone")
    page.goto(url + path)
    page.wait_for_selector(drawn)
    page.wait_for_timeout(SETTLE)
    return page.screenshot()


def draw_banner(browser):
    sources = {"icon": FOLDER / "icon.png", "page": FOLDER / f"{next(iter(PAGES))}.png"}
    data = {
        name: f"data:image/png;base64,{b64encode(file.read_bytes()).decode()}"
        for name, file in sources.items()
    }
    page = browser.new_page(viewport=BANNER)
    page.set_content(PAGE.format(**data))
    return page.screenshot()


def save(name, png):
    """With the colours that a screen of Odoo has: a third of the bytes."""
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
