"""Signing online in `/my/backbone`, drawn with the mouse, and the paper that comes of it."""

import re
import subprocess

from playwright.sync_api import expect
from portal_case import get_submitted

# a picture is before the word
BUTTON = re.compile(r"\bSign$")
IS_STILL = "() => !document.querySelector('#sign').getAnimations({subtree: true}).length"
STROKES = ([(0.2, 0.6), (0.35, 0.25), (0.45, 0.7)], [(0.5, 0.4), (0.65, 0.65), (0.8, 0.3)])


def test_employee_signs_the_plan(portal, rpc, case, tmp_path):
    get_submitted(rpc, case)
    url = f"/my/backbone/plans/{case.plan}"
    employee = portal(case.login, "both").open()
    employee.follow("Open and sign", within="Sign your development plan")
    signer = sign(employee)
    employee.open(url).see(f"Signed as {signer}")
    expect(employee.page.get_by_alt_text(f"Signature of {signer}")).to_be_visible()
    employee.check_accessible("plan-signed")
    assert signer in read_pdf(employee, f"{url}/pdf", tmp_path)
    # the application's form is the recommender's to sign: it has no signature yet
    employee.open(case.url)
    assert signer not in read_pdf(employee, f"{case.url}/pdf", tmp_path)


def test_recommender_signs_the_application(portal, rpc, case, tmp_path):
    get_submitted(rpc, case)
    head = portal("head").open(case.url)
    signer = sign(head)
    head.open(case.url).see(f"Signed as {signer}")
    assert signer in read_pdf(head, f"{case.url}/pdf", tmp_path)
    # who else reads the case sees the signature, and is not asked for it
    director = portal("director").open(case.url).see(f"Signed as {signer}")
    expect(director.page.locator("#wrap").get_by_role("button", name=BUTTON)).to_have_count(0)


def sign(person):
    """Draw a signature in Odoo's own form, and send it.

    :return: the user's own name as it was signed: in capitals, as it is nowhere else
    """
    page = person.page
    page.locator("#wrap").get_by_role("button", name=BUTTON).click()
    form = page.locator("#sign")
    name = form.locator(".o_web_sign_name_input")
    signer = name.input_value().upper()
    name.fill(signer)
    form.locator(".o_web_sign_draw_button").click()
    canvas = form.locator("canvas.o_web_sign_signature")
    # the dialog slides in and takes its canvas with it: wait until one can point at it
    page.wait_for_function(IS_STILL)
    canvas.hover(trial=True)
    box = canvas.bounding_box()
    for stroke in STROKES:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()
    form.locator(".o_portal_sign_submit").click()
    person.see_message("Thank you: the document is signed.")
    return signer


def read_pdf(person, url, folder):
    """The text of a PDF that the page offers to this person."""
    expect(person.page.locator(f"#wrap a[href='{url}']").first).to_be_visible()
    answer = person.page.request.get(url)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
    path = folder / "form.pdf"
    path.write_bytes(answer.body())
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True)
    assert text.returncode == 0, text.stderr
    return " ".join(text.stdout.split())
