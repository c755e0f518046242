"""What passes the middleware: at once and piece by piece, or held back no longer than it may be."""

import asyncio
import json

import pytest

from richresp.integrations.asgi import ShapeMiddleware
from tests.integrations.asgi_calls import Sent, acall, call, scope, sending

LARGE = json.dumps({"todos": [{"id": n, "title": f"Check the lines of berth {n}"} for n in range(200)]}).encode()
JSON = (b"content-type", b"application/json")


@pytest.mark.parametrize(
    ("headers", "start"),
    [
        ([(b"content-type", b"text/event-stream")], {}),
        ([(b"content-type", b"text/html")], {}),
        ([], {}),
        ([JSON, (b"content-encoding", b"gzip")], {}),
        ([JSON], {"status": 404}),
        ([JSON], {"trailers": True}),
        ([JSON, (b"accept-ranges", b"bytes"), (b"content-length", b"901")], {}),
    ],
)
def test_what_is_not_for_us_passes_piece_by_piece_and_untouched(headers, start):
    plain = sending(b"{" * 900, b"{", headers=headers, **start)
    assert call(ShapeMiddleware(plain, budget=100)).messages == call(plain).messages

    async def at_once():
        seen, behind = [], []

        async def app(_scope, _receive, send):
            async def counted(message):
                await send(message)
                behind.append(len(seen))

            await plain(_scope, _receive, counted)

        await acall(ShapeMiddleware(app, budget=100), seen)
        return behind

    assert asyncio.run(at_once()) == [1, 2, 3, 4]


def test_json_is_held_back_until_it_is_whole():
    async def held():
        seen = []
        stated = [JSON, (b"content-length", b"%d" % len(LARGE))]
        sent = await acall(ShapeMiddleware(sending(LARGE[:50], LARGE[50:], headers=stated), budget=300), seen)
        return sent, seen

    sent, seen = asyncio.run(held())
    assert [message["type"] for message in sent.messages] == ["http.response.start", "http.response.body"]
    assert seen == [1, 2]


def test_a_body_past_the_cap_passes_whole_and_no_more_of_it_is_held():
    held = []

    async def app(_scope, _receive, send):
        headers = [JSON, (b"etag", b'"1"'), (b"content-length", b"200")]  # less than it is
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number in range(100):
            await send({"type": "http.response.body", "body": b"%09d," % number, "more_body": True})
            held.append(10 * (number + 1) - len(sent.body))
        await send({"type": "http.response.body", "body": b"]"})

    sent = Sent()

    async def run():
        async def send(message):
            sent.messages.append(message)

        await ShapeMiddleware(app, budget=10, max_body=255)(scope(), None, send)

    asyncio.run(run())
    assert sent.body == b"".join(b"%09d," % number for number in range(100)) + b"]"
    assert max(held) <= 255
    assert held[-1] == 0
    assert {**sent.headers, "content-length": None} == {
        "content-type": "application/json", "etag": '"1"', "content-length": None, "vary": "Accept",
    }  # fmt: skip


def test_a_body_that_is_said_to_be_too_long_is_not_held_at_all(caplog):
    async def seen_behind():
        seen, behind = [], []

        async def app(_scope, _receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": [JSON, (b"content-length", b"501")]})
            for number in range(501):
                await send({"type": "http.response.body", "body": b"1", "more_body": number < 500})
                behind.append(len(seen))

        await acall(ShapeMiddleware(app, budget=300, max_body=500), seen, path="/many")
        return behind

    assert asyncio.run(seen_behind()) == list(range(2, 503))
    assert "'/many': the answer passes unshaped: more than max_body=500 bytes" in caplog.text


def test_a_handler_that_raises_leaves_no_half_a_body():
    async def app(_scope, _receive, send):
        headers = [JSON, (b"content-length", b"%d" % len(LARGE))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": LARGE[:999], "more_body": True})
        raise ZeroDivisionError

    sent = call(ShapeMiddleware(app, budget=300))
    assert isinstance(sent.error, ZeroDivisionError)
    assert sent.messages == []


def test_a_client_that_is_gone_is_the_applications_to_see():
    async def app(_scope, receive, _send):
        assert (await receive())["type"] == "http.disconnect"
        raise ConnectionResetError

    async def run():
        async def receive():
            return {"type": "http.disconnect"}

        async def send(_message):
            raise AssertionError("nobody is there")

        with pytest.raises(ConnectionResetError):
            await ShapeMiddleware(app, budget=300)(scope(), receive, send)

    asyncio.run(run())


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_connections_of_other_kinds_are_the_applications(kind):
    calls = []

    async def app(*given):
        calls.append(given)

    connection = {"type": kind, "path": "/"}, object(), object()
    asyncio.run(ShapeMiddleware(app, budget=300)(*connection))
    assert calls == [connection]


@pytest.mark.parametrize("extension", ["pathsend", "zerocopysend"])
def test_a_file_that_does_not_pass_through_here_is_sent(extension):
    file = {"type": f"http.response.{extension}", "path": "/srv/a.json"}

    async def app(_scope, _receive, send):
        await send({"type": "http.response.debug", "info": 1})
        await send({"type": "http.response.start", "status": 200, "headers": [JSON]})
        await send(file)

    sent = call(ShapeMiddleware(app, budget=300))
    assert [message["type"] for message in sent.messages] == [
        "http.response.debug",
        "http.response.start",
        file["type"],
    ]
    assert sent.messages[-1] is file


def test_the_messages_of_the_application_are_not_changed():
    start = {"type": "http.response.start", "status": 200, "headers": [JSON, (b"vary", b"Origin")]}
    copy = {**start, "headers": list(start["headers"])}

    async def app(_scope, _receive, send):
        await send(start)
        await send({"type": "http.response.body", "body": b"{}"})

    for _ in range(2):
        assert call(ShapeMiddleware(app, budget=300)).headers["vary"] == "Origin, Accept"
    assert start == copy
