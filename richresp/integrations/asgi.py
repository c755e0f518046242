"""Middleware for every ASGI application: FastAPI, Starlette, Quart, Litestar and others.

    app.add_middleware(ShapeMiddleware, budget=2_000, routes={"/search": 800, "/export/*": None})

It needs no framework. What it holds back is JSON alone, and no more of it than `max_body`; all else passes as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import partial
from typing import Any, TypeAlias, Unpack
from urllib.parse import quote

from anyio import to_thread

from richresp.answering.http import Answer, Asked, fitted, tell_too_long
from richresp.answering.http_headers import json_type, varied
from richresp.answering.http_hold import Hold, asks_for_nothing
from richresp.answering.http_way import AnswerOptions, Way, ways
from richresp.shaping.budget import Budget

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_SHAPED = "richresp.shaped"
"""In a scope: a list that gets an entry once the answer is shaped, so that what is further out lets it pass. It knows nothing of
the request, for a cycle of objects would be left to the garbage collector with each."""


class ShapeMiddleware:
    """Shapes the JSON answers of an application that are over their budget.

    What fits passes with the very same bytes, and so does what is no whole JSON answer that went well: errors, streams, files,
    ranges, what is compressed, an attachment or `Cache-Control: no-transform`. A request whose Accept names text/markdown gets
    markdown. Of an answer that is shortened, `Link: <...>; rel="next"` leads to the next page, whose cursor is a query parameter
    of the request; the application answers each page in full, and need not know of it.

    Messages between programs pass as well, since they are of no use in part: JSON-RPC, OpenAPI documents, and what is below
    /.well-known/ (unless `routes` names that). So do more bytes than `max_body`, and what cannot be read as JSON, which the log
    tells.

    Args:
        app: the application.
        routes: budgets by path, which hold instead of `budget`: a whole number, a mapping of caps, or None for answers that
            are left untouched. A path is written as `/search`, `/items/{id}` (one part), `/export/*` (all below); the most
            precise one counts, whatever their order.
        options: `budget` or `profile`, and the other options of `shape`; `negotiate`, `cursor_parameter`, `max_body`: see
            `AnswerOptions`. `format` is "json" if it is left out. Previews go first: the paths of `drop_order` are followed
            by "$..preview".

    Raises:
        UsageError: for an option that cannot be right.

    At a request: a cursor that does not belong to it is answered with status 400, a budget that is too small for its answer with
    500 and a record in the log, both as `{"error": ...}`.
    """

    def __init__(
        self, app: ASGIApp, *, routes: Mapping[str, Budget | None] | None = None, **options: Unpack[AnswerOptions]
    ) -> None:
        self.app = app
        self._ways = ways(routes, **options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; connections of other kinds are the application's."""
        way = self._ways.find(scope["path"]) if scope["type"] == "http" else None
        if way is None:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Turn(scope, send, way).send)


class _Turn:
    """One request: what its application sends, held back or passed on."""

    __slots__ = ("_hold", "_passing", "_scope", "_send", "_shaped", "_start", "_way")

    def __init__(self, scope: Scope, send: Send, way: Way) -> None:
        self._scope = scope
        self._send = send
        self._way = way
        self._start: Message | None = None
        self._hold: Hold | None = None
        self._shaped: list[bool] = scope.setdefault(_SHAPED, [])
        self._passing = False

    async def send(self, message: Message) -> None:
        """Takes what the application sends. What most answers need stands here in one piece, since every call takes its time."""
        if self._passing:
            await self._send(message)
            return
        kind, start, way = message["type"], self._start, self._way
        if kind == "http.response.start":
            if type(message.get("headers")) is not list:  # any iterable will do, and may be read once
                message = {**message, "headers": list(message.get("headers", ()))}
            kept = json_type(message["status"], message["headers"]) is not None
            if kept and not self._shaped and not message.get("trailers"):
                self._start = message
            else:
                self._passing = True
                await self._send(message)
        elif start is None:  # early hints, what a test client wants to know
            await self._send(message)
        elif (
            kind == "http.response.body"
            and (
                self._hold is not None
                or message.get("more_body")
                or not 0 < len(message.get("body", b"")) <= way.floor
                or not asks_for_nothing(self._scope["query_string"], self._scope["headers"], way)
            )
            and self._takes(start, message)
        ):
            if not message.get("more_body") and self._hold is not None:
                await self._end(self._hold)
        else:  # all of it fits, or is too long; or it is a file, which does not pass through here
            self._passing = True
            await self._send({**start, "headers": varied(start["headers"])} if way.negotiate else start)
            if self._hold is not None and (held := self._hold.pieces):
                await self._send({"type": "http.response.body", "body": held, "more_body": True})
            await self._send(message)

    def _takes(self, start: Message, message: Message) -> bool:
        """Takes a piece of the body that is not all of it, or has to be looked at, unless it is too long by now."""
        if self._hold is None:
            self._hold = Hold(start["status"], start["headers"], self._way)
        taken = self._hold.add(message.get("body", b""))
        if not taken:
            tell_too_long(asked(self._scope), self._way)
        return taken

    async def _end(self, hold: Hold) -> None:
        """Sends what is whole now."""
        self._passing = True
        whole = hold.whole()
        shaping = partial(fitted, asked(self._scope), whole, self._way)
        answer = await to_thread.run_sync(shaping) if hold.is_heavy else shaping()
        if answer.body is not whole.body:
            self._shaped.append(True)
        await send_answer(answer, self._send)


def asked(scope: Scope) -> Asked:
    """What of a request its answer depends on."""
    raw = scope.get("raw_path")
    accepts = [value for name, value in scope["headers"] if name == b"accept"]
    return Asked(
        scope["method"],
        raw.partition(b"?")[0].decode("latin-1") if raw else quote(scope["path"], errors="replace"),
        scope["query_string"].decode("latin-1"),
        b",".join(accepts).decode("latin-1") if accepts else "",
    )


def shaped_inside(scope: Scope) -> None:
    """Tells the middleware around an answer that it is shaped already."""
    scope.setdefault(_SHAPED, []).append(True)


async def send_answer(answer: Answer, send: Send) -> None:
    """Sends an answer."""
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
