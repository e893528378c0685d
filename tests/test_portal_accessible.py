"""axe-core on the whole of every kind of page of `/my/backbone`, Odoo's own header and footer
included: nothing that Odoo's `/my` does not have itself. Pages are found by their links, so
that a new one is looked at as well."""

import re
from urllib.parse import urlsplit

from portal import AXE

LOGINS = ("head", "candidate", "director", "committee1", "colleague", "worker", "hr")
START = "/my/backbone"
# what is no page of ours
NO_PAGE = re.compile(r"/(pdf|files|certificate|download|calendar|year)(/|$)")
LINKS = f"""() => [...document.querySelectorAll("#wrap a[href*='{START}']")].map((a) => a.href)"""
# the conversation is Odoo's own, and not on `/my`
VIOLATIONS = """async () => {
    const {violations} = await axe.run({exclude: [[".o_portal_chatter"]]});
    return violations.map((v) => [v.id, v.nodes.map((node) => node.html).join(" ")]);
}"""


def test_whole_pages(portal):
    """Every person's page of each kind on the desktop, on a phone the first person's."""
    seen, found = set(), []
    for login in LOGINS:
        person = portal(login, "both")
        person.page.goto("/my")
        accepted = {
            width: {rule for rule, _nodes in check(person.page)} for width in person.each_width()
        }
        for url in walk(person):
            for width in person.each_width():
                if width == "desktop" or kind_of(url) not in seen or url == START:
                    found += [
                        f"{login} {url} ({width}): {rule}: {nodes}"
                        for rule, nodes in check(person.page)
                        if rule not in accepted[width]
                    ]
            seen.add(kind_of(url))
    assert not found, "\n".join(found)
    # pages that the demo data certainly lead to
    for kind in ("recommend", "approvals", "notices", "notices/#", "meetings", "plans/#"):
        assert f"{START}/{kind}" in seen, f"{kind} was not found among {sorted(seen)}"


def walk(person):
    """Open one page of each kind; as long as it is open, its address."""
    waiting, met = [START], set()
    while waiting:
        url = waiting.pop(0)
        if kind_of(url) in met:
            continue
        met.add(kind_of(url))
        person.open(url)
        yield url
        links = [urlsplit(link) for link in person.page.evaluate(LINKS)]
        waiting += [link.path for link in links if not NO_PAGE.search(link.path)]


def kind_of(path):
    return re.sub(r"/\d+", "/#", path)


def check(page):
    page.evaluate(AXE.read_text())
    return page.evaluate(VIOLATIONS)
