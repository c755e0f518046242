"""Middleware for every ASGI application: FastAPI, Starlette, Quart, Litestar and others.

    app.add_middleware(ShapeMiddleware, budget=2_000, routes={"/search": 800, "/export/*": None})

It needs no framework. What it holds back is JSON alone, and no more of it than `max_body`; all else passes as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeAlias, Unpack
from urllib.parse import quote

from anyio.lowlevel import checkpoint

from richresp.answering.http import Answer, Asked, fitted, tell_hindered, too_long, undropped
from richresp.answering.http_headers import json_kind, varied
from richresp.answering.http_hold import Hold, may_want_markdown, unconditional
from richresp.answering.http_mount import below, outside
from richresp.answering.http_way import AnswerOptions, Way, ways
from richresp.integrations.threads import in_thread
from richresp.shaping.budget import Budget

# Each framework has types of its own for these: mappings, or unions of typed dicts that are no mappings to a type checker
Scope: TypeAlias = Any
Message: TypeAlias = Any
Receive: TypeAlias = Callable[[], Awaitable[Any]]
Send: TypeAlias = Callable[[Any], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

_SHAPED = "richresp.shaped"
"""In a scope: a list that gets an entry once the answer is shaped, so that what is further out lets it pass. It knows nothing of
the request, for a cycle of objects would be left to the garbage collector with each."""


class ShapeMiddleware:
    """Shapes the JSON answers of an application that are over their budget.

    What fits passes with the very same bytes, and so does what is no whole JSON answer that went well: errors, streams, files,
    ranges, what is compressed, an attachment or `Cache-Control: no-transform`. A stream is what comes in pieces without a
    Content-Length; a file offers ranges (`Accept-Ranges: bytes`) or has both an ETag and a Last-Modified. A request whose Accept
    names text/markdown gets markdown, and its If-None-Match and If-Modified-Since are not passed on, since markdown has no
    validators. Of an answer that is shortened, `Link: <...>; rel="next"` leads to the next page, whose cursor is a query parameter
    of the request; the application answers each page in full, and need not know of it. A cursor that is not of this library is
    the application's own: then its answer is cut to the budget, and no page of ours is offered. Where handlers are `@budgeted`
    themselves, `richresp.integrations.fastapi.add_cursor_handler` answers what they raise for a wrong cursor.

    Messages between programs pass as well, since they are of no use in part: JSON-RPC, OpenAPI documents, access tokens, sets of
    keys, patches, and what is below /.well-known/ (unless `routes` names that). So do more bytes than `max_body`, and what cannot
    be read as JSON, which the log tells. What compresses belongs outside of this middleware.

    Where `drop` names something, nothing passes unread: JSON that went well but is too long, compressed or broken is answered with
    status 500, and streams of JSON are held back. Untouched all the same are errors, files, ranges, attachments, `no-transform`,
    messages between programs, and whatever is not JSON.

    Args:
        app: the application.
        routes: budgets by path, which hold instead of `budget`: a whole number, a mapping of caps, or None for answers that
            are left untouched. A path is written as `/search`, `/items/{id}` (one part), `/export/*` (all below), as it
            is below the application's mount or root_path; the most precise one counts, whatever their order.
        options: `budget` or `profile`, and the other options of `shape`; `negotiate`, `cursor_parameter`, `max_body`: see
            `AnswerOptions`. `format` is "json" if it is left out. Previews go first: the paths of `drop_order` are followed
            by "$..preview".

    Raises:
        UsageError: for an option that cannot be right.

    At a request: a cursor of another payload or other options is answered with status 400 where the answer is over its budget, a budget that is too small for its answer with
    500 and a record in the log, both as `{"error": ...}`.
    """

    def __init__(
        self, app: ASGIApp, *, routes: Mapping[str, Budget | None] | None = None, **options: Unpack[AnswerOptions]
    ) -> None:
        self.app = app
        self._ways = ways(routes, **options)
        self._told = set[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; connections of other kinds are the application's."""
        way = None
        if scope["type"] == "http":
            root = scope.get("root_path")
            way = self._ways.find(below(scope["path"], root) if root else scope["path"])
        if way is None:
            await self.app(scope, receive, send)
            return
        looked = way.negotiate and may_want_markdown(scope["headers"])
        turn = _Turn(scope, send, way, self._told, looked)
        if looked and (headers := unconditional(scope["headers"])) is not scope["headers"]:
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, turn.send)


class _Turn:
    """One request: what its application sends, held back or passed on."""

    __slots__ = ("_hold", "_looked", "_passing", "_scope", "_send", "_shaped", "_start", "_told", "_way")

    def __init__(self, scope: Scope, send: Send, way: Way, told: set[str], looked: bool) -> None:  # noqa: FBT001  # a name costs time
        self._scope = scope
        self._send = send
        self._way = way
        self._told = told
        self._looked = looked
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
            json, hindered = json_kind(message["status"], message["headers"])
            if json is None or self._shaped:
                self._passing = True
                await self._send(message)
            elif hindered is None and not message.get("trailers"):
                self._start = message
            else:
                await self._hinder(message, hindered)
        elif start is None:  # early hints, what a test client wants to know
            await self._send(message)
        elif (
            kind == "http.response.body"
            and (
                self._looked
                or self._hold is not None
                or message.get("more_body")
                or not 0 < len(message.get("body", b"")) <= way.floor
            )
            and await self._takes(start, message)
        ):
            if not message.get("more_body") and self._hold is not None and not self._passing:
                await self._end(self._hold)
        else:  # all of it fits, or is too long; or it is a stream, or a file, which does not pass through here
            self._passing = True
            await self._send({**start, "headers": varied(start["headers"])} if way.negotiate else start)
            if self._hold is not None and (held := self._hold.pieces):
                await self._send({"type": "http.response.body", "body": held, "more_body": True})
            await self._send(message)

    async def _takes(self, start: Message, message: Message) -> bool:
        """Takes a piece of the body that is not all of it, or has to be looked at, unless it is a stream or too long by now."""
        if self._hold is None:
            self._hold = Hold(start["status"], start["headers"], self._way)
            if self._hold.is_stream and message.get("more_body"):
                return False
        if self._hold.add(message.get("body", b"")):
            return True
        instead = too_long(asked(self._scope), start["headers"], self._way)
        if instead is not None:
            await self._refuse(instead)
        return instead is not None

    async def _hinder(self, start: Message, reason: str | None) -> None:
        """Passes JSON that cannot be read, which the log tells once; or refuses it, where something is never to be shown."""
        if self._way.drops and self._scope["method"] != "HEAD":
            refused = undropped(asked(self._scope), start["headers"], reason or "it has trailers")
            await self._refuse(refused)
            return
        if reason is not None and reason not in self._told:
            self._told.add(reason)
            tell_hindered(asked(self._scope), reason)
        self._passing = True
        await self._send(start)

    async def _refuse(self, answer: Answer) -> None:
        """Sends an error, and none of what the application sends from here on."""
        self._passing = True
        self._shaped.append(True)
        await send_answer(answer, self._send)
        self._send = _lost

    async def _end(self, hold: Hold) -> None:
        """Sends what is whole now."""
        self._passing = True
        whole = hold.whole()
        shaping = partial(fitted, asked(self._scope), whole, self._way)
        answer = await in_thread(shaping) if hold.is_heavy else shaping()
        if answer.body is not whole.body:
            self._shaped.append(True)
        await send_answer(answer, self._send)


async def _lost(_message: Message) -> None:
    await checkpoint()  # an application that sends without end shall not stop all others


def asked(scope: Scope) -> Asked:
    """What of a request its answer depends on."""
    raw = scope.get("raw_path")
    path = raw.partition(b"?")[0].decode("latin-1") if raw else quote(scope["path"], errors="replace")
    root = scope.get("app_root_path", scope.get("root_path"))  # Starlette: without the mounts, which the path has
    accepts = [value for name, value in scope["headers"] if name == b"accept"]
    return Asked(
        scope["method"],
        outside(path, root) if root else path,
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
