"""ASGI called directly: what an application sends, message by message, as a server sees it."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Sent:
    """What came of one request.

    Attributes:
        messages: all that was sent, in order.
        error: what the application raised.
    """

    messages: list = field(default_factory=list)
    error: Exception | None = None

    @property
    def status(self):
        return self._start["status"]

    @property
    def headers(self):
        return {name.decode(): value.decode("latin-1") for name, value in self._start["headers"]}

    @property
    def body(self):
        return b"".join(m.get("body", b"") for m in self.messages if m["type"] == "http.response.body")

    @property
    def is_complete(self):
        return bool(self.messages) and not self.messages[-1].get("more_body")

    @property
    def _start(self):
        return next(message for message in self.messages if message["type"] == "http.response.start")


def scope(path="/", query="", method="GET", accept=None, **more):
    headers = [(b"host", b"shop.example"), *([(b"accept", accept.encode())] if accept else [])]
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    } | more  # fmt: skip


async def acall(app, seen=None, **asked):
    """One request, awaited; `seen` gets the number of messages sent so far whenever there is one more."""
    sent = Sent()

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.messages.append(message)
        if seen is not None:
            seen.append(len(sent.messages))

    try:
        await app(scope(**asked), receive, send)
    except Exception as error:  # noqa: BLE001  # whatever an application raises, a server sees it
        sent.error = error
    return sent


def call(app, **asked):
    """One request."""
    return asyncio.run(acall(app, **asked))


def sending(*pieces, status=200, headers=((b"content-type", b"application/json"),), **start):
    """An application that sends a body in pieces."""

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": list(headers), **start})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return app


def answering(body, status=200, headers=((b"content-type", b"application/json"),), **start):
    """An application that sends a body at once."""

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": list(headers), **start})
        await send({"type": "http.response.body", "body": body})

    return app
