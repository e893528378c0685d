"""A company in China: a database whose only language is Chinese, its people, and what in a text is
not Chinese."""

import contextlib
import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import served
from ground import cluster, databases
from lxml import html
from pypdf import PdfReader

CODE = "zh_CN"
ZONE = "Asia/Shanghai"
CONTEXT = {"lang": CODE, "tz": ZONE}
ADDON = "hr_backbone_training"
# what is written so in Chinese, too: names of things, kinds of files, units
ALLOWED = {
    *("odoo", "pdf", "png", "jpg", "jpeg", "docx", "xlsx", "pptx", "odt", "ods", "mb", "csv"),
    *("bt", "id", "ids", "url", "html", "json", "xml", "rpc", "api", "email", "cny", "hr", "px"),
    *("asia", "shanghai", "utc", "example", "com", "http", "https", "localhost", "www"),
    # the names of the system's user, and of quarters
    *("odoobot", "system"),
    # the example of a code that other systems know a rank by
    *("team", "leader"),
    *("q1", "q2", "q3", "q4"),
}
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
# what is read out or shown besides the text
ATTRIBUTES = ("placeholder", "title", "alt", "aria-label", "data-confirm", "value")


@contextlib.contextmanager
def served_database():
    """A server on a copy of the installed addon, without demo data, in which Chinese is all that
    there is."""
    with cluster.used():
        name = databases.own_copy(databases.template(demo=False), "chinese")
        try:
            with served.running(name) as server:
                make_chinese(server.rpc("admin"))
                yield server
        finally:
            databases.drop(name)


def make_chinese(admin):
    """As an administrator sets such a database up: its language, country, currency and hours."""
    everybody = {"context": {"active_test": False}}
    [code] = admin.call("res.lang", "search", [("code", "=", CODE)], **everybody)
    wizard = admin.call("base.language.install", "create", {"lang_ids": [(6, 0, [code])]})
    admin.call("base.language.install", "lang_install", [wizard])
    users = admin.call("res.users", "search", [], **everybody)
    admin.call("res.users", "write", users, {"lang": CODE, "tz": ZONE})
    partners = admin.call("res.partner", "search", [], **everybody)
    admin.call("res.partner", "write", partners, {"lang": CODE, "tz": ZONE})
    [china] = admin.call("res.country", "search", [("code", "=", "CN")])
    [yuan] = admin.call("res.currency", "search", [("name", "=", "CNY")], **everybody)
    admin.call("res.currency", "write", [yuan], {"active": True})
    [company] = admin.call("res.company", "search", [])
    values = {"name": "长江机械有限公司", "country_id": china, "currency_id": yuan}
    admin.call("res.company", "write", [company], {**values, "email": "gs@example.com"})
    calendars = admin.call("resource.calendar", "search", [])
    admin.call("resource.calendar", "write", calendars, {"tz": ZONE})
    [english] = admin.call("res.lang", "search", [("code", "=", "en_US")])
    admin.call("res.lang", "write", [english], {"active": False})
    admin.call("res.users", "write", [admin.uid], {"name": "管理员"})


class Person(served.Client):
    """One person's browser: the web client speaks with the reader's language and time zone."""

    def call(self, model, method, *args, **kwargs):
        kwargs["context"] = {**CONTEXT, **kwargs.get("context", {})}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.post(f"/web/dataset/call_kw/{model}/{method}", params)
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]

    def get(self, path):
        """:return: (status, bytes)"""
        try:
            with self.opener.open(
                self.url + urllib.parse.quote(path, "/?=&%"), timeout=120
            ) as page:
                return page.status, page.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def page(self, path):
        """The page, which opens."""
        status, body = self.get(path)
        assert status == 200, f"{path}: {status}"
        return html.fromstring(body.decode())

    def send(self, path, **values):
        """Send the form of that address on the page of that address; the page that follows."""
        where = path.rsplit("/", 1)[0] if path not in self.forms(path) else path
        token = self.page(where).xpath("//input[@name='csrf_token']/@value")[0]
        body = urllib.parse.urlencode({"csrf_token": token, **values}).encode()
        with self.opener.open(self.url + path, body, timeout=120) as page:
            return html.fromstring(page.read().decode())

    def forms(self, path):
        status, body = self.get(path)
        return [path] if status == 200 and b"csrf_token" in body else []

    def pdf(self, path):
        status, body = self.get(path)
        assert status == 200 and body.startswith(b"%PDF"), f"{path}: {status}"
        return body


class Refused(Exception):
    """What the server says to the person."""


# -- what is not Chinese --------------------------------------------------------------------


def find_english(text, allowed=frozenset(ALLOWED)):
    """The words in Latin letters, without those that are written so in Chinese."""
    text = re.sub(r"[\w.+-]+@[\w.-]+|https?://\S+|/my/\S*|%\(\w+\)s|&\w+;", " ", text)
    words = [word for word in WORD.findall(text) if word.lower() not in allowed]
    # figures that are no words: of a fingerprint
    return [word for word in words if not re.fullmatch("[a-f]+", word)]


def texts_of(page):
    """What a page of ours shows and reads out, of its own part."""
    found = []
    for wrap in page.xpath("//*[@id='wrap']"):
        for node in wrap.xpath(".//*[not(self::script or self::style)]"):
            hidden = node.tag == "input" and node.get("type") == "hidden"
            own = () if hidden else [node.get(name) for name in ATTRIBUTES if node.tag != "option"]
            if node.tag == "input" and node.get("type") != "submit":
                own = [node.get("placeholder"), node.get("title"), node.get("aria-label")]
            if node.tag in ("button", "li", "meter", "progress"):
                own = [node.get("title"), node.get("aria-label")]
            found += [node.text, *own]
        found += wrap.xpath(".//text()[not(parent::script or parent::style)]")
    return [" ".join(text.split()) for text in found if text and text.strip()]


def english_on(page):
    return sorted({word for text in texts_of(page) for word in find_english(text)})


def text_of_pdf(body):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def english_in_json(value):
    return find_english(json.dumps(value, ensure_ascii=False))
