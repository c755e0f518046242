"""The plugin as an ASGI application: what is answered at which path.

Whatever goes wrong is told as `{"error": ...}`, in words that a model can act on.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from richresp import AsyncPreviewer, InvalidCursor
from richresp.caching import MemoryCache
from richresp.links import Policy

from .answers import page_of, record_of
from .store import BadInputError, Draft, FullError, Store, UnknownError, user_name

MAX_BODY_BYTES = 40_000
"""Of a request. No to-do needs as many, with every character of it escaped."""

_HERE = "http://127.0.0.1:8000"
"""The address that the documents of the plugin name; callers get the one by which they called."""

_CORS = Middleware(
    CORSMiddleware,  # a plugin on the developer's own machine is called by the page of the chat
    allow_origins=["https://chat.openai.com", "https://chatgpt.com"],
    allow_methods=["GET", "POST", "DELETE"],
    allow_headers=[
        "content-type",
        "openai-conversation-id",
        "openai-ephemeral-user-id",
        "openai-subdivision-1-iso-code",
    ],
)


def todo_app(store: Store, *, policy: Policy | None = None, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The plugin over a store.

    Args:
        store: where the to-dos are.
        policy: which links are fetched beyond public addresses; by default none.
        routes: what else is answered.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with AsyncPreviewer(cache=MemoryCache(), policy=policy) as previewer:
            yield {"store": store, "previewer": previewer}

    return Starlette(
        routes=[
            Route("/todos/{username}", Todos),
            Route("/.well-known/ai-plugin.json", _document("ai-plugin.json", "application/json")),
            Route("/openapi.yaml", _document("openapi.yaml", "application/yaml")),
            Route("/logo.svg", _document("logo.svg", "image/svg+xml")),
            Route("/legal", lambda _: PlainTextResponse("To-dos live in memory, and end with the program.\n")),
            *routes,
        ],
        middleware=[_CORS],
        exception_handlers={HTTPException: _told, **dict.fromkeys(_STATUS, _told)},
        lifespan=lifespan,
    )


class Todos(HTTPEndpoint):
    """The to-dos of one person."""

    async def get(self, request: Request) -> Response:
        todos = request.state.store.todos(_user(request))
        cursor = request.query_params.get("cursor") or None
        return _json(await page_of(todos, request.state.previewer, cursor))

    async def post(self, request: Request) -> Response:
        user, draft = _user(request), Draft.read(await _body(request))
        todo = request.state.store.add(user, draft)
        return _json(await record_of("added", todo, request.state.previewer), 201)

    async def delete(self, request: Request) -> Response:
        user, number = _user(request), request.query_params.get("id", "")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadInputError("id: give the number of a to-do, as ?id=7")
        todo = request.state.store.delete(user, int(number))
        return _json(await record_of("deleted", todo, request.state.previewer))


def _user(request: Request) -> str:
    return user_name(request.path_params["username"])


async def _body(request: Request) -> object:
    """The JSON of a request."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "send JSON, as Content-Type: application/json says")
    body = b""
    async for piece in request.stream():  # to its end: who is hung up on while sending does not see the answer
        body += piece if len(body) <= MAX_BODY_BYTES else b""
    if len(body) > MAX_BODY_BYTES:
        raise HTTPException(413, f"the body has more than {MAX_BODY_BYTES} bytes; send less")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadInputError('the body is not JSON; send an object, as {"title": "Buy rope"}') from None


def _json(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="application/json")


_STATUS: dict[type[Exception], int] = {
    BadInputError: 400,
    InvalidCursor: 400,
    ClientDisconnect: 400,  # nobody reads it
    UnknownError: 404,
    FullError: 409,
}

_WORDS = {
    404: "nothing is here; /openapi.yaml tells which paths there are",
    405: "not a method of this path; /openapi.yaml tells which there are",
}


async def _told(_: Request, error: Exception) -> Response:
    """An error as its caller gets to know it."""
    if isinstance(error, HTTPException):
        answer = _json(json.dumps({"error": _WORDS.get(error.status_code, error.detail)}), error.status_code)
        answer.headers.update(error.headers or {})
        return answer
    return _json(json.dumps({"error": str(error)}), _STATUS[type(error)])


def _document(name: str, media_type: str) -> Any:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")

    async def document(request: Request) -> Response:
        return Response(text.replace(_HERE, str(request.base_url).rstrip("/")), media_type=media_type)

    return document
