"""Rubbish by the ten thousand: every route and every public method, as each demo login.

It takes a quarter of an hour and is no part of continuous integration, which makes the same in
small (`hr_backbone_training/tests/core/test_public_methods.py`):

    FUZZ=20000 make test ARGS="-n 0 -s -k test_fuzz"        (SEED=… for the same ones again)
"""

import ast
import json
import os
import random
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from served import Client

ROOT = Path(__file__).resolve().parent.parent
ADDON = ROOT / "hr_backbone_training"
REQUESTS = int(os.environ.get("FUZZ") or 0)
SEED = int(os.environ.get("SEED") or random.randrange(10**6))
VALUES = (
    *(None, False, True, 0, 1, -1, 7, 1.5, 2**31, 10**30),
    *("", "x", "1", "2026-13-45", "0000-00-00", "2026-03-02", "\x00", "ü" * 200, "x" * 10_001),
    *([], [1], ["x"], [[1]], [None], {}, {"a": 1}, [[6, 0, ["x"]]]),
)
IDS = ([], [0], [-1], ["x"], [[1]], [None], [2**31], [10**30], [1, 1], [True])
WORDS = (
    *("", "x", "-1", "9" * 30, "9" * 5000, "²", "%00", "<b>", "id desc;drop table x"),
    *("submit", "decline", "all", "name", "2026-03-02", "1e3", "ü" * 200, "x" * 10_001),
)
NUMBERS = ("0", "1", "2", "3", "5", "8", "13", "2147483647", "2147483648", "9" * 30, "x", "1e3")
# what Odoo turns into a sentence for the person
SENTENCES = re.compile(
    r"odoo\.exceptions\.|odoo\.addons\.hr_backbone_training\.|werkzeug\.exceptions\."
)


def read_routes():
    """The addresses of the addon's pages, with the method of each."""
    found = set()
    for path in (ADDON / "controllers").glob("*.py"):
        text = path.read_text()
        names = dict(re.findall(r'^(\w+) = f?"(/my[^"]*)"', text, re.M))
        for kind, args in re.findall(
            r"^    @(get|post|route)\((.*?)\)\n    def", text, re.M | re.S
        ):
            for url in re.findall(r'f?"(/[^"]*|\{\w+\}[^"]*)"', args):
                found.add((kind, re.sub(r"\{(\w+)\}", lambda m, n=names: n.get(m[1], ""), url)))
            for name in re.findall(r"\b([A-Z]{3,})\b", args):
                if name in names:
                    found.add((kind, names[name]))
    return sorted(found)


def read_methods():
    """(model, method, its arguments) of all that a client can call."""
    found = set()
    for path in [*ADDON.glob("models/*/*.py"), *ADDON.glob("*/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef):
                continue
            model = None
            for row in node.body:
                if isinstance(row, ast.Assign) and getattr(row.targets[0], "id", "") in (
                    "_name",
                    "_inherit",
                ):
                    value = getattr(row.value, "value", None)
                    model = model or (value if isinstance(value, str) else None)
            for row in node.body:
                if isinstance(row, ast.FunctionDef) and any(
                    isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "public"
                    for mark in row.decorator_list
                ):
                    is_static = any(
                        isinstance(mark, ast.Attribute) and mark.attr == "model"
                        for mark in row.decorator_list
                    )
                    names = tuple(argument.arg for argument in row.args.args[1:])
                    found.add((model, row.name, names, is_static))
    return sorted(row for row in found if row[0])


def read_logins():
    rows = (ROOT / "dev" / "logins.txt").read_text().splitlines()[2:]
    return sorted({row[25:36].strip() for row in rows} - {""})


class Fuzz:
    def __init__(self, server, draw):
        self.server = server
        self.draw = draw
        self.clients = {login: Client(server, login) for login in read_logins()}
        self.tokens = {}
        self.routes = read_routes()
        self.methods = read_methods()
        self.results = Counter()
        self.wrong = []

    def open(self, login, url, data=None, headers=None):
        """:return: status, and what was answered"""
        request = urllib.request.Request(self.server.url + url, data, headers or {})
        try:
            with self.clients[login].opener.open(request, timeout=120) as response:
                return response.status, response.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def get_token(self, login):
        if login not in self.tokens:
            found = re.search(r'csrf_token:\s*"([^"]+)"', self.open(login, "/my")[1])
            self.tokens[login] = found[1] if found else ""
        return self.tokens[login]

    def call(self, login, url, params):
        """:return: status, and the name of the error that came as JSON"""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        status, text = self.open(login, url, body, {"Content-Type": "application/json"})
        answer = json.loads(text) if status == 200 else {}
        return status, answer.get("error", {}).get("data", {}).get("name", "")

    def ask_page(self, login):
        kind, url = self.draw.choice(self.routes)
        url = re.sub(
            r"<(\w+):\w+>",
            lambda found: self.draw.choice(NUMBERS if found[1] == "int" else WORDS[:12]),
            url,
        )
        names = "sortby filterby groupby page search search_in comment answer text step version"
        sent = {name: self.draw.choice(WORDS) for name in names.split() if self.draw.random() < 0.4}
        url = urllib.parse.quote(url, safe="/")
        if kind == "get":
            url += "?" + urllib.parse.urlencode({k: v[:1000] for k, v in sent.items()})
            status, _text = self.open(login, url)
        elif kind == "post":
            sent["csrf_token"] = self.get_token(login)
            status, _text = self.open(login, url, urllib.parse.urlencode(sent).encode())
        else:
            sent = {key: self.draw.choice(VALUES) for key in ("name", "signature")}
            status, error = self.call(login, url, sent)
            if error:
                self.results[f"{kind} {error}"] += 1
                if not SENTENCES.match(error):
                    self.wrong.append((login, kind, url, sent, error))
        self.results[f"{kind} {status}"] += 1
        if status >= 500:
            self.wrong.append((login, kind, url, sent, status))

    def ask_method(self, login):
        model, name, arguments, is_static = self.draw.choice(self.methods)
        ids = self.draw.choice(([self.draw.randrange(1, 40)],) * 12 + IDS)
        args = [] if is_static else [ids]
        args += [self.draw.choice(VALUES) for _ in range(self.draw.choice((0, 0, 0, 1, 2, 4)))]
        kwargs = {key: self.draw.choice(VALUES) for key in arguments if self.draw.random() < 0.4}
        params = {"model": model, "method": name, "args": args, "kwargs": kwargs}
        status, error = self.call(login, f"/web/dataset/call_kw/{model}/{name}", params)
        self.results[f"call {status} {error or 'done'}"] += 1
        if status >= 500 or (error and not SENTENCES.match(error)):
            self.wrong.append((login, model, name, args, kwargs, error or status))


@pytest.mark.skipif(not REQUESTS, reason="takes long: FUZZ=20000 for so many requests")
def test_rubbish_is_answered_by_sentences(server):
    fuzz = Fuzz(server, random.Random(SEED))
    logins = sorted(fuzz.clients)
    for number in range(REQUESTS):
        ask = fuzz.ask_method if number % 2 else fuzz.ask_page
        ask(logins[number // 2 % len(logins)])
    tracebacks = Path(server.log).read_text(errors="replace").count("Traceback (most recent")
    print(f"\nseed {SEED}, {REQUESTS} requests, {len(logins)} logins,")
    print(f"{len(fuzz.routes)} routes, {len(fuzz.methods)} public methods")
    for what, count in sorted(fuzz.results.items()):
        print(f"{count:7} {what}")
    print(f"{tracebacks:7} tracebacks in the log")
    assert fuzz.wrong[:20] == [], f"seed {SEED}"
    assert not tracebacks, server.log
