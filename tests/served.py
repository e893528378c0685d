"""A running Odoo, and how to talk to it: over XML-RPC, or over HTTP as the web client does."""

import contextlib
import json
import re
import subprocess
import urllib.request
import xmlrpc.client
from http.cookiejar import CookieJar

from ground import odoo, paths, serve, supervise

SECONDS = 180


@contextlib.contextmanager
def running(database, program=None, env=None):
    """A server on a database, for the time of the block.

    :param list program: what runs Odoo; None: the project's own
    :param dict env: its environment; None: the project's own
    """
    port = odoo.free_port()
    log = paths.RUN / f"{database}.log"
    # of a server before, on a database of the same name
    log.unlink(missing_ok=True)
    args = ["-d", database, "--db-filter", f"^{database}$"]
    args += ["--workers", "0", "--max-cron-threads", "0", "--logfile", log]
    process = supervise.start(
        [*(program or odoo.command_line([])), *args, "--http-port", port],
        env=env or odoo.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        assert serve.wait_for(process, url, SECONDS), serve.last_words(log)
        yield Server(url, database, log)
    finally:
        serve.end(process)


class Server:
    """A running Odoo: where it is, and how to talk to it."""

    def __init__(self, url, database, log):
        self.url = url
        self.database = database
        self.log = log
        self.clients = {}
        self.cookies = {}

    def rpc(self, login, password=None):
        """That user's connection, made once: Odoo takes a third of a second for a password."""
        key = (login, password or login)
        if key not in self.clients:
            self.clients[key] = Rpc(self, *key)
        return self.clients[key]


class Rpc:
    """One user's XML-RPC connection."""

    def __init__(self, server, login, password):
        self.database = server.database
        self.password = password
        common = self._proxy(server, "common")
        self.uid = common.authenticate(self.database, login, password, {})
        assert self.uid, f"{login} cannot log in"
        self.object = self._proxy(server, "object")

    @staticmethod
    def _proxy(server, service):
        address = f"{server.url}/xmlrpc/2/{service}"
        return xmlrpc.client.ServerProxy(address, allow_none=True)

    def execute_kw(self, model, method, args=(), kwargs=None):
        return self.object.execute_kw(
            self.database,
            self.uid,
            self.password,
            model,
            method,
            list(args),
            kwargs or {},
        )

    def call(self, model, method, *args, **kwargs):
        return self.execute_kw(model, method, args, kwargs)


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

    def get(self, page):
        """:return: what the server answers, bytes"""
        with self.opener.open(self.url + page, timeout=120) as response:
            return response.read()

    def upload(self, page, field, content):
        """Send the form of a page of ours with a file, as a browser does."""
        html = self.get(page).decode()
        hidden = dict(re.findall(r'name="(csrf_token|version)" value="([^"]+)"', html))
        parts = [(f'name="{name}"', text.encode()) for name, text in hidden.items()]
        parts.append((f'name="{field}"; filename="file.pdf"', content))
        body = b"".join(
            f"--edge\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + value + b"\r\n"
            for name, value in parts
        )
        headers = {"Content-Type": "multipart/form-data; boundary=edge"}
        request = urllib.request.Request(self.url + page, body + b"--edge--\r\n", headers)
        with self.opener.open(request, timeout=120) as response:
            assert b"file.pdf" in response.read()

    def press(self, model, button, record_id):
        return self.call(model, button, [record_id])

    def call(self, model, method, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)
