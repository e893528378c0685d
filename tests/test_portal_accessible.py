"""axe-core on the whole of every kind of page of `/my/backbone`, Odoo's own header and footer
included: nothing that Odoo's `/my` does not have itself. Pages are found by their links, so
that a new one is looked at as well."""

import re
from urllib.parse import urlsplit

import pytest
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


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_whole_pages(portal, size):
    seen, found = set(), []
    for login in LOGINS:
        person = portal(login, size)
        person.page.goto("/my")
        accepted = {rule for rule, _nodes in check(person.page)}
        for url in walk(person, seen if size == "phone" else set()):
            found += [
                f"{login} {url}: {rule}: {nodes}"
                for rule, nodes in check(person.page)
                if rule not in accepted
            ]
            seen.add(kind_of(url))
    assert not found, "\n".join(found)
    # pages that the demo data certainly lead to
    for kind in ("recommend", "approvals", "notices", "notices/#", "meetings", "plans/#"):
        assert f"{START}/{kind}" in seen, f"{kind} was not found among {sorted(seen)}"


def walk(person, known):
    """Open one page of each kind that is not known yet; as long as it is open, its address."""
    waiting, met = [START], {kind for kind in known if kind != START}
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
