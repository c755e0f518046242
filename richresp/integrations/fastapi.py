"""FastAPI: a response class, and a dependency that documents the cursor. For a whole application there is `ShapeMiddleware`.

class Short(ShapedResponse, budget=800): ...

@app.get("/todos", response_class=Short)
async def todos() -> list[Todo]: ...

@app.get("/notes")
async def notes(shaped: Annotated[Shaper, Depends(Shaping(budget=800))]) -> Response:
    return shaped(await all_notes())
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, Signature
from typing import Annotated, Any, ClassVar, Unpack

from richresp.answering.http import Answer, presented
from richresp.answering.http_way import AnswerOptions, Way
from richresp.exceptions import InvalidCursor, MissingExtra, UsageError
from richresp.integrations.asgi import Receive, Scope, Send, asked, shaped_inside
from richresp.integrations.threads import in_thread
from richresp.limits.answering import MAX_PLAIN_VALUES

try:
    from fastapi import FastAPI, Query, Request
    from fastapi.responses import JSONResponse, Response
except ModuleNotFoundError as error:
    raise MissingExtra(extra="fastapi") from error


class ShapedResponse(JSONResponse):
    """A JSON answer within its budget, shaped when it is sent: as markdown for a request whose Accept names that, and from the
    cursor in its query on.

    Options are given once, by a subclass: `class Short(ShapedResponse, budget=800): ...`, or `ShapedResponse.of(budget=800)`.

    Args:
        content: the payload: what `shape` takes. It is read when the answer is sent: in a worker thread, unless it is small, of dicts, lists,
            strings and numbers alone, and the budget is small as well.
        status_code: of the answer.
        headers: of the answer.
        background: as any response has it.

    Raises:
        UsageError: for options that cannot be right, and for a response without any.
    """

    way: ClassVar[Way | None] = None

    def __init_subclass__(cls, **options: Unpack[AnswerOptions]) -> None:
        """Takes the options of `ShapeMiddleware`, but its routes."""
        super().__init_subclass__()
        if options:
            cls.way = Way.checked(**options)

    @classmethod
    def of(cls, **options: Unpack[AnswerOptions]) -> type[ShapedResponse]:
        """A class with these options."""
        return type("ShapedResponse", (cls,), {}, **options)

    def __init__(
        self,
        content: Any,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: Any = None,
    ) -> None:
        if self.way is None:
            raise UsageError("ShapedResponse has no budget: take ShapedResponse.of(budget=800), or a subclass")
        self.content = content
        super().__init__(None, status_code, headers, media_type, background)

    def render(self, content: Any) -> bytes:  # noqa: ARG002  # it waits until the request is known
        """Nothing yet."""
        return b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Shapes the content, and sends it."""
        way = self.way
        if way is None or scope["type"] != "http" or self.status_code in {204, 304}:
            await super().__call__(scope, receive, send)
            return
        headers = [(name, value) for name, value in self.raw_headers if name != b"content-length"]
        shaping = partial(presented, asked(scope), self.content, way, status=self.status_code, headers=headers)
        answer = await in_thread(shaping) if way.is_heavy or not _is_plain(self.content) else shaping()
        shaped_inside(scope)
        await _sent(answer, self.background)(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Shaper:
    """Shapes what a handler returns, for the request that it answers."""

    request: Request
    way: Way

    def __call__(self, payload: Any, *, status_code: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        """The answer that gives a payload within the budget.

        Args:
            payload: what `shape` takes. It is shaped here and now, so that a handler without `async` blocks nobody.
            status_code: of the answer.
            headers: of the answer.
        """
        given = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in (headers or {}).items()]
        answer = presented(asked(self.request.scope), payload, self.way, status=status_code, headers=given)
        shaped_inside(self.request.scope)
        return _sent(answer)


class Shaping:
    """A dependency: gives a handler a `Shaper`, and the OpenAPI document the cursor.

    A wrong cursor is answered with status 400. Where a handler calls `shape` itself, or is `@budgeted`, that takes
    `add_cursor_handler(app)`.

    Args:
        options: those of `ShapeMiddleware`, but its routes.

    Raises:
        UsageError: for an option that cannot be right.
    """

    def __init__(self, **options: Unpack[AnswerOptions]) -> None:
        self.way = Way.checked(**options)
        cursor = Query(alias=self.way.cursor_parameter, description=_CURSOR)
        self.__signature__ = Signature(  # what FastAPI reads: the name of the parameter is an option
            [
                Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request),
                Parameter("cursor", Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, cursor]),
            ]
        )

    def __call__(self, *, request: Request, cursor: str | None = None) -> Shaper:  # noqa: ARG002  # the query has it
        """Called by FastAPI."""
        return Shaper(request, self.way)


_CURSOR = "Of the page to return: the cursor that the notice or the Link header of the page before names. None for the first page."


def add_cursor_handler(app: FastAPI) -> None:
    """Answers with status 400 and `{"error": ...}` wherever a handler that calls `shape`, or is `@budgeted`, lets InvalidCursor pass."""

    async def invalid_cursor(request: Request, error: Exception) -> Response:  # noqa: ARG001  # as FastAPI calls it
        return JSONResponse({"error": str(error)}, 400)

    app.add_exception_handler(InvalidCursor, invalid_cursor)


def _is_plain(payload: Any) -> bool:
    """Whether a payload certainly has no iterator or object in it whose own code is run when it is read."""
    waiting, seen = [payload], 0
    while waiting:
        value = waiting.pop()
        made = type(value)
        if made is dict or made is list:
            seen += len(value)
            if seen > MAX_PLAIN_VALUES:
                return False
            waiting += value.values() if made is dict else value
        elif made not in _PLAIN:
            return False
    return True


_PLAIN = frozenset((str, int, float, bool, type(None)))


def _sent(answer: Answer, background: Any = None) -> Response:
    response = Response(answer.body, answer.status, background=background)
    response.raw_headers = list(answer.headers)
    return response
