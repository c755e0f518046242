"""Flask: an extension that shapes the JSON answers of an application, and a response helper for single views.

shaping = ShapeAnswers(budget=2_000, routes={"/search": 800, "/export/*": None})
shaping.init_app(app)

@app.get("/todos")
def todos():
    return shaped_response(all_todos(), budget=800)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack
from urllib.parse import quote

from richresp.answering.accept import prefers_markdown
from richresp.answering.http import Answer, Asked, fitted, presented, tell_hindered, too_long
from richresp.answering.http_headers import json_kind
from richresp.answering.http_way import AnswerOptions, Way, ways
from richresp.exceptions import InvalidCursor, MissingExtra
from richresp.shaping.budget import Budget

try:
    from flask import Flask, Response, current_app, request
except ModuleNotFoundError as error:
    raise MissingExtra(extra="flask") from error

_SHAPED = "_richresp_shaped"


class ShapeAnswers:
    """Shapes JSON answers that are over their budget, as `ShapeMiddleware` does; streams and files pass. Where a view calls `shape`
    itself, or is `@budgeted`, what it raises for a wrong cursor is answered with status 400 and `{"error": ...}`.

    Args:
        app: the application, or None where `init_app` gets it later.
        routes: budgets by path: see `ShapeMiddleware`. A path is that of the URL, below the application's root.
        options: those of `ShapeMiddleware`.

    Raises:
        UsageError: for an option that cannot be right.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        routes: Mapping[str, Budget | None] | None = None,
        **options: Unpack[AnswerOptions],
    ) -> None:
        self._ways = ways(routes, **options)
        self._told = set[str]()
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Shapes the answers of an application; of several, if it is called for several.

        Functions that are registered with `after_request` later come first: what compresses belongs before this.
        """
        app.extensions["richresp"] = self
        app.before_request(self._before)
        app.after_request(self._after)
        if InvalidCursor not in app.error_handler_spec[None][None]:
            app.register_error_handler(InvalidCursor, _invalid_cursor)

    def _before(self) -> None:
        """Takes the conditions from a request that gets markdown: that has no validators (RFC 9110, 13.1)."""
        way = self._ways.find(request.path)
        if way is not None and way.negotiate and prefers_markdown(",".join(request.headers.getlist("Accept"))):
            for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
                request.environ.pop(name, None)

    def _after(self, response: Response) -> Response:
        way = self._ways.find(request.path)
        if way is None or response.direct_passthrough or getattr(response, _SHAPED, False):
            return response
        headers = _pairs(response)
        kind, hindered = json_kind(response.status_code, headers)
        if kind is None or (response.is_streamed and not way.drops):
            return response
        asked = _asked()
        if hindered is not None and not way.drops:
            if hindered not in self._told:
                self._told.add(hindered)
                tell_hindered(asked, hindered)
            return response
        body = _body(response, way.max_body)
        answer = (
            too_long(asked, headers, way)
            if body is None
            else fitted(asked, Answer(response.status_code, headers, body), way)
        )
        return response if answer is None else _changed(response, answer, body)


def shaped_response(
    payload: Any, *, status: int = 200, headers: Mapping[str, str] | None = None, **options: Unpack[AnswerOptions]
) -> Response:
    """The answer to the request at hand that gives a payload within a budget, from the cursor in its query on.

    Args:
        payload: what `shape` takes.
        status: of the answer.
        headers: of the answer.
        options: those of `ShapeMiddleware`, but its routes.

    Raises:
        UsageError: for an option that cannot be right.
    """
    given = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in (headers or {}).items()]
    answer = presented(_asked(), payload, Way.checked(**options), status=status, headers=given)
    response: Response = current_app.response_class(answer.body, answer.status)
    response.headers.clear()
    response.headers.extend(_texts(answer))
    setattr(response, _SHAPED, True)
    return response


def _body(response: Response, most: int) -> bytes | None:
    """The body of a response, unless it has more bytes than that."""
    if not response.is_streamed:
        return body if len(body := response.get_data()) <= most else None
    pieces, size = list[bytes](), 0
    for piece in response.iter_encoded():
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
    return b"".join(pieces)


def _changed(response: Response, answer: Answer, body: bytes | None) -> Response:
    """A response as the answer says; what is the same stays as it is, such as a reason phrase of its own."""
    if response.status_code != answer.status:
        response.status_code = answer.status
    if answer.body != body or response.is_streamed:
        closing = getattr(response.response, "close", None)
        if closing is not None:
            response.call_on_close(closing)
        response.set_data(answer.body)
    response.headers.clear()
    response.headers.extend(_texts(answer))
    return response


def _invalid_cursor(error: InvalidCursor) -> tuple[dict[str, str], int]:
    return {"error": str(error)}, 400


def _asked() -> Asked:
    return Asked(
        request.method,
        quote(f"{request.root_path}{request.path}"),
        request.query_string.decode("latin-1"),
        ",".join(request.headers.getlist("Accept")),
    )


def _pairs(response: Response) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), text.encode("latin-1", "replace")) for name, text in response.headers]


def _texts(answer: Answer) -> list[tuple[str, str]]:
    """The fields as they are; our own, which are small as ASGI wants them, as they are seen in other answers of Flask."""
    named = [(name.decode("latin-1"), text.decode("latin-1")) for name, text in answer.headers]
    return [(name.title() if name.islower() else name, text) for name, text in named]
