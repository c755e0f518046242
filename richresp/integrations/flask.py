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

from richresp.answering.http import Answer, Asked, fitted, presented, tell_too_long
from richresp.answering.http_headers import json_type
from richresp.answering.http_way import AnswerOptions, Way, ways
from richresp.exceptions import MissingExtra
from richresp.shaping.budget import Budget

try:
    from flask import Flask, Response, current_app, request
except ModuleNotFoundError as error:
    raise MissingExtra(extra="flask") from error

_SHAPED = "_richresp_shaped"


class ShapeAnswers:
    """Shapes JSON answers that are over their budget, as `ShapeMiddleware` does; streams and files pass.

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
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Shapes the answers of an application; of several, if it is called for several.

        Functions that are registered with `after_request` later come first: what compresses belongs before this.
        """
        app.extensions["richresp"] = self
        app.after_request(self._after)

    def _after(self, response: Response) -> Response:
        way = self._ways.find(request.path)
        if way is None or response.direct_passthrough or response.is_streamed or getattr(response, _SHAPED, False):
            return response
        headers = _pairs(response)
        if json_type(response.status_code, headers) is None:
            return response
        body, asked = response.get_data(), _asked()
        if len(body) > way.max_body:
            tell_too_long(asked, way)
            return response
        answer = fitted(asked, Answer(response.status_code, headers, body), way)
        response.status_code = answer.status
        if answer.body != body:
            response.set_data(answer.body)
        response.headers.clear()
        response.headers.extend(_texts(answer))
        return response


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
