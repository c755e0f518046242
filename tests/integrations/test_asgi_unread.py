"""What is not held, or cannot be read: streams, files, what is compressed; and where something of it is never to be shown."""

import asyncio
import json

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from richresp import tokens
from richresp.integrations.asgi import ShapeMiddleware
from tests.integrations.apps import TODOS, todos
from tests.integrations.asgi_calls import acall, answering, call, scope, sending

BODY = json.dumps(TODOS).encode()
JSON = (b"content-type", b"application/json")
DROP = {"budget": 300, "drop": ["$..title"]}


def seen_behind(app, **options):
    """How many messages a client has after each one that the application sent."""

    async def run():
        seen, behind = [], []

        async def counted(asked, receive, send):
            async def counting(message):
                await send(message)
                behind.append(len(seen))

            await app(asked, receive, counting)

        sent = await acall(ShapeMiddleware(counted, **options), seen)
        return sent, behind

    return asyncio.run(run())


@pytest.mark.parametrize("first", [BODY[:9], b""])
def test_a_stream_is_not_held(first):
    sent, behind = seen_behind(sending(first, BODY[9:]), budget=300)
    assert behind == [0, 2, 3, 4]
    assert sent.body == first + BODY[9:]
    assert sent.headers == {"content-type": "application/json", "vary": "Accept"}


def test_pieces_of_a_stated_length_are_one_answer():
    headers = [JSON, (b"Content-Length", b"%d" % len(BODY))]
    sent, behind = seen_behind(sending(BODY[:9], BODY[9:], headers=headers), budget=300)
    assert behind == [0, 0, 0, 2]
    assert tokens.count(sent.body.decode()) <= 300


def test_a_stream_is_held_where_something_is_never_to_be_shown():
    sent, behind = seen_behind(sending(BODY[:9], BODY[9:]), **DROP)
    assert behind == [0, 0, 0, 2]
    assert b"title" not in sent.body
    assert sent.status == 200


@pytest.mark.parametrize(
    ("app", "says"),
    [
        (sending(BODY[:999], BODY[999:]), "max_body=1000"),
        (sending(BODY, headers=[JSON, (b"content-length", b"%d" % len(BODY))]), "max_body=1000"),
        (answering(BODY), "max_body=1000"),
        (answering(b'{"title": '), "not JSON"),
        (answering(b"\x1f\x8b", headers=[JSON, (b"content-encoding", b"br")]), "br"),
        (answering(b"{}", headers=[JSON], trailers=True), "trailers"),
        (answering(b"{}", headers=[(b"content-type", b"application/json; charset=utf-16")]), "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_one_error_where_something_is_never_to_be_shown(app, says, caplog):
    sent = call(ShapeMiddleware(app, max_body=1_000, **DROP))
    assert (sent.status, len(sent.messages), sent.is_complete) == (500, 2, True)
    assert says in json.loads(sent.body)["error"]
    assert says in caplog.text
    assert sent.headers["content-length"] == str(len(sent.body))
    assert call(ShapeMiddleware(ShapeMiddleware(app, max_body=1_000, **DROP), budget=10)).body == sent.body


@pytest.mark.parametrize(
    "app",
    [
        answering(BODY, status=404),
        answering(b'{"jsonrpc": "2.0", "title": 1}'),
        answering(b"<title>", headers=[(b"content-type", b"text/html")]),
        answering(BODY, headers=[JSON, (b"accept-ranges", b"bytes")]),
    ],
)
def test_what_is_untouched_all_the_same(app):
    assert call(ShapeMiddleware(app, **DROP)).body == call(app).body


def test_an_application_that_sends_without_end_stops_no_others():
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [JSON]})
        for _ in range(10_000):
            await send({"type": "http.response.body", "body": b" " * 100, "more_body": True})

    async def run():
        messages, ended = [], asyncio.Event()

        async def send(message):
            messages.append(message)
            if message["type"] == "http.response.body":
                ended.set()

        endless = asyncio.create_task(ShapeMiddleware(app, max_body=1_000, **DROP)(scope(), None, send))
        await ended.wait()
        endless.cancel()
        await asyncio.gather(endless, return_exceptions=True)
        return messages[0]["status"], endless.cancelled()

    assert asyncio.run(run()) == (500, True)


def test_files_of_starlette_are_whole(tmp_path):
    (tmp_path / "todos.json").write_bytes(BODY)

    async def file(_request):
        return FileResponse(tmp_path / "todos.json")

    routes = [Route("/file", file), Mount("/static", StaticFiles(directory=tmp_path))]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(ShapeMiddleware, budget=300)]))
    for path in ("/file", "/static/todos.json"):
        for accept in ("*/*", "text/markdown"):
            answer = client.get(path, headers={"accept": accept})
            assert answer.content == BODY
            assert "etag" in answer.headers


def test_json_that_is_compressed_further_in_passes_and_the_log_tells_once(caplog):
    inner = [Middleware(ShapeMiddleware, budget=300), Middleware(GZipMiddleware, minimum_size=10)]
    client = TestClient(Starlette(routes=[Route("/todos", todos)], middleware=inner))
    for _ in range(3):
        assert client.get("/todos", headers={"accept-encoding": "gzip"}).json() == TODOS
    (said,) = [record.getMessage() for record in caplog.records if record.name.startswith("richresp")]
    assert "gzip" in said
    assert "outside" in said


def test_a_stream_of_starlette_comes_as_it_is_sent():
    async def stream(_request):
        return StreamingResponse(iter([BODY[:9], BODY[9:]]), media_type="application/json")

    app = Starlette(routes=[Route("/", stream)], middleware=[Middleware(ShapeMiddleware, budget=300)])
    assert TestClient(app).get("/").content == BODY


CONDITIONS = [(b"if-none-match", b'"1"'), (b"if-modified-since", b"Wed, 21 Oct 2015 07:28:00 GMT")]


@pytest.mark.parametrize(
    ("accept", "options", "asked"),
    [
        (b"text/markdown", {}, False),
        (b"text/markdown, application/json;q=0.5", {}, False),
        (b"text/markdown;q=0.5, application/json", {}, True),
        (b"application/json", {}, True),
        (b"text/markdown", {"negotiate": False}, True),
        (b"text/markdown", {"routes": {"/": None}}, True),
    ],
)
def test_conditions_are_not_asked_of_markdown(accept, options, asked):
    seen = []

    async def app(asked, receive, send):
        seen.extend(asked["headers"])
        asked["state"]["met"] = True
        await answering(BODY)(asked, receive, send)

    headers, state = [(b"accept", accept), *CONDITIONS, (b"x", b"1")], {}
    sent = call(ShapeMiddleware(app, budget=300, **options), headers=headers, state=state)
    assert [one for one in seen if one in CONDITIONS] == (CONDITIONS if asked else [])
    assert (b"x", b"1") in seen
    assert len(headers) == 4
    assert (sent.status, state) == (200, {"met": True})
