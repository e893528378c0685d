"""Of many clients that press the same button at the same moment, one moves the record."""

import json
import threading
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

CLIENTS = 20
APPLICATION = "hr.backbone.application"


class Client:
    """One browser tab: a session of its own, talking JSON-RPC as the web client does."""

    def __init__(self, server, login):
        self.url = server.url
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        credentials = {"db": server.database, "login": login, "password": login}
        assert self.post("/web/session/authenticate", credentials)["result"]["uid"]

    def post(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=120) as response:
            assert response.status == 200
            return json.load(response)

    def press(self, model, button, record_id):
        params = {"model": model, "method": button, "args": [[record_id]], "kwargs": {}}
        return self.post(f"/web/dataset/call_kw/{model}/{button}", params)


def test_twenty_directors_approve_at_once(server, rpc):
    director = rpc("director")
    [record_id] = director.call(APPLICATION, "search", [("state", "=", "director")], limit=1)
    clients = [Client(server, "director") for _ in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)
    logged = server.log.stat().st_size

    def press(client):
        start.wait()
        return client.press(APPLICATION, "action_approve", record_id)

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(press, clients))

    errors = [answer["error"]["data"] for answer in answers if "error" in answer]
    assert len(errors) == CLIENTS - 1
    assert Counter(error["name"] for error in errors) == {"odoo.exceptions.UserError": CLIENTS - 1}
    for error in errors:
        assert "Somebody else is acting" in error["message"] or "is at" in error["message"]

    hr = rpc("hr")
    assert hr.call(APPLICATION, "read", [record_id], ["state"])[0]["state"] == "hr"
    decisions = hr.call(
        "hr.backbone.decision",
        "search_count",
        [("res_model", "=", APPLICATION), ("res_id", "=", record_id), ("move", "=", "approve")],
    )
    assert decisions == 1
    assert b"Traceback" not in server.log.read_bytes()[logged:]
