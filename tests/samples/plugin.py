"""The plugin in a process of its own, started as its README says, and a site that its to-dos may link to."""

import json
import shlex
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import yaml
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from richresp.testing import assert_shaped

ROOT = Path(__file__).parents[2]
BLOCKS = [
    token
    for token in MarkdownIt().parse((ROOT / "samples" / "todo_plugin" / "README.md").read_text(encoding="utf-8"))
    if token.type == "fence"
]
ANSWER_SECONDS = 30.0
"""More than an answer may take, on a busy machine too; and a link that hangs would take for ever."""


class Plugin:
    """A client of the plugin. Of every answer it asserts what all answers promise."""

    def __init__(self, http):
        self.http = http
        self.address = str(http.base_url).rstrip("/")
        self.openapi = yaml.safe_load(self.http.get("/openapi.yaml").text)

    def ask(self, method, user, *, status=None, **request):
        """The JSON of an answer, which fits the budget and the schema that the OpenAPI document has for it."""
        response = self.http.request(method, f"/todos/{user}", **request)
        assert response.headers["content-type"] == "application/json"
        assert_shaped(response.text, budget=800, format="json")
        body = json.loads(response.text, parse_constant=self.fail)
        responses = self.openapi["paths"]["/todos/{username}"].get(method.lower(), {}).get("responses", {})
        described = responses.get(str(response.status_code), {"$ref": "#/components/responses/Error"})
        if "$ref" in described:
            described = self.openapi["components"]["responses"][described["$ref"].rpartition("/")[2]]
        schema = described["content"]["application/json"]["schema"]
        Draft202012Validator(schema | {"components": self.openapi["components"]}).validate(body)
        assert response.status_code == (status or {"POST": 201}.get(method, 200)), body
        return body

    def add(self, user, **todo):
        return self.ask("POST", user, json=todo)["added"]

    def page(self, user, cursor=None):
        return self.ask("GET", user, params={} if cursor is None else {"cursor": cursor})

    def pages(self, user):
        """All pages, by the cursors that the notices name."""
        cursor = ""
        while cursor is not None:
            page = self.page(user, cursor)
            yield page
            cursor = cursor_of(page)

    def fail(self, name):
        raise AssertionError(f"{name} is no JSON")


def cursor_of(page):
    """What a model reads of a notice."""
    _, found, cursor = page.get("_notice", "").partition("call again with cursor ")
    return cursor if found else None


@contextmanager
def started(*options):
    """The plugin by the first command of its README, on a free port."""
    [command] = [step for step in BLOCKS[0].content.split("&&") if "-m samples.todo_plugin" in step]
    documented = shlex.split(command)[1:]
    given = [*documented[:2], *(options or documented[2:]), "--port", "0"]
    process = subprocess.Popen(
        [sys.executable, *given], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        address, path, user = process.stdout.readline().strip().rpartition("/todos/")
        assert (path, user) == ("/todos/", "demo"), process.stderr.read()
        with httpx.Client(base_url=address, timeout=ANSWER_SECONDS) as http:
            yield Plugin(http)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert errors == ""


class Site:
    """Pages on loopback: `/page/N` is titled, `/odd/N` has the title of that number in `odd`, `/hang` never answers."""

    def __init__(self, odd=()):
        self.visits = Counter()
        self.odd = list(odd)
        self.over = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_GET(self):
                status, body = site.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 128

            def handle_error(self, *_):
                """The plugin has stopped waiting."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.address = f"http://{self.host}"

    def answer(self, path):
        self.visits[path] += 1
        kind, number = path.split("/")[1:3]
        if kind == "hang":
            self.over.wait()
        if kind == "gone":
            return 404, b""
        title = self.odd[int(number)] if kind == "odd" else self.title(number)
        return 200, _PAGE.format(title=title).encode()

    def title(self, number):
        return f"What page {number} is about"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="The Pages"><meta name="description" content="{title}: all that is known of it.">
<meta property="og:image" content="/picture.png"></head><body></body></html>"""
