"""Bodies that are large, slow or strange: bounded memory, an event loop that goes on, and never half an answer."""

import asyncio
import json
import tracemalloc
from importlib.util import find_spec

import anyio
import pytest

from richresp import tokens
from richresp.integrations.asgi import ShapeMiddleware
from richresp.limits.answering import THREAD_BYTES
from tests.integrations.asgi_calls import acall, answering, call, scope, sending

MB = 1_000_000
JSON = (b"content-type", b"application/json")


def huge(piece, times, *, stated):
    async def app(_scope, _receive, send):
        length = [(b"content-length", b"%d" % (len(piece) * times))] if stated else []
        await send({"type": "http.response.start", "status": 200, "headers": [JSON, *length]})
        for number in range(times):
            await send({"type": "http.response.body", "body": piece, "more_body": number < times - 1})

    return app


@pytest.mark.parametrize(
    ("stated", "drop", "sent", "most"),
    [(True, [], 100 * MB, MB // 2), (False, [], 100 * MB, MB // 2), (False, ["$..secret"], 0, 3 * MB)],
)
def test_a_hundred_megabytes_take_no_more_memory_than_the_cap(stated, drop, sent, most):
    size = 0
    app = ShapeMiddleware(huge(b" " * 100_000, 1_000, stated=stated), budget=300, max_body=MB, drop=drop)

    async def run():
        async def send(message):
            nonlocal size
            size += len(message.get("body", b""))

        await app(scope(), None, send)

    tracemalloc.start()
    try:
        asyncio.run(run())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size // 1_000 == sent // 1_000  # an error is a line
    assert peak < most


def test_a_storm_of_chunks_is_one_answer():
    body = json.dumps([{"id": number, "text": "word " * 9} for number in range(4_000)]).encode()
    pieces = [body[at : at + 1] for at in range(len(body))]
    stated = [JSON, (b"content-length", b"%d" % len(body))]
    sent = call(ShapeMiddleware(sending(*pieces, headers=stated), budget=300))
    assert len(sent.messages) == 2
    assert tokens.count(sent.body.decode()) <= 300
    assert sent.body == call(ShapeMiddleware(answering(body), budget=300)).body


def test_empty_chunks_without_end_are_not_kept():
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [JSON, (b"content-length", b"0")]})
        for _ in range(100_000):
            await send({"type": "http.response.body", "body": b"", "more_body": True})
        await send({"type": "http.response.body"})

    sent = call(ShapeMiddleware(app, budget=300))
    assert (len(sent.messages), sent.body) == (2, b"")


@pytest.mark.parametrize("length", [b"5", b"999999", b"-1", b"x", b"", b"9" * 40, b"\xb2"])
def test_a_wrong_content_length_ends_with_the_body(length):
    body = json.dumps(["word"] * 900).encode()
    sent = call(ShapeMiddleware(answering(body, headers=[JSON, (b"content-length", length)]), budget=300))
    assert sent.headers["content-length"] == str(len(sent.body))
    assert tokens.count(sent.body.decode()) <= 300


def test_bytes_of_other_makes_are_bytes():
    for make in (bytearray, memoryview):
        body = json.dumps(["word"] * 900).encode()
        stated = [JSON, (b"content-length", b"%d" % len(body))]
        whole, pieces = answering(make(body)), sending(make(body[:99]), make(body[99:]), headers=stated)
        sent = [call(ShapeMiddleware(app, budget=300)).body for app in (whole, pieces)]
        assert sent[0] == sent[1]
        assert tokens.count(bytes(sent[0]).decode()) <= 300
        assert call(ShapeMiddleware(sending(make(b"{"), make(b"}")), budget=300)).body == b"{}"


@pytest.mark.parametrize("backend", ["asyncio", "trio"] if find_spec("trio") else ["asyncio"])
def test_a_large_body_is_shaped_beside_the_event_loop(backend):
    body = json.dumps([{"id": number, "text": "word " * 9} for number in range(THREAD_BYTES // 20)]).encode()
    turns = []

    async def turn():
        turns.append(anyio.get_current_task().id)

    def counter(text):  # on the event loop itself it could not wait for a turn of it
        if len(text) > 200:
            anyio.from_thread.run(turn)
        return tokens.count(text)

    sent = anyio.run(acall, ShapeMiddleware(answering(body), budget=300, counter=counter), backend=backend)
    assert (sent.error, sent.status) == (None, 200)
    assert tokens.count(sent.body.decode()) <= 300
    assert turns


def test_many_requests_at_once_get_their_own_answers():
    async def app(scope, _receive, send):
        items = [{"of": scope["path"], "n": number} for number in range(3_000)]
        await send({"type": "http.response.start", "status": 200, "headers": [JSON]})
        await send({"type": "http.response.body", "body": json.dumps(items).encode()})

    async def run():
        shaped = ShapeMiddleware(app, budget=300)
        return await asyncio.gather(*(acall(shaped, path=f"/{number}") for number in range(30)))

    for number, sent in enumerate(asyncio.run(run())):
        assert {item["of"] for item in json.loads(sent.body)[1:]} == {f"/{number}"}
        assert sent.headers["link"].startswith(f"</{number}?")
