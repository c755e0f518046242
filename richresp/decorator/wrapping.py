"""One call of a decorated handler: the cursor out, the function called, its answer shaped."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from inspect import Signature
from typing import Any

from richresp.decorator.answers import ANSWERS, TYPES
from richresp.decorator.promised import Promise, promised
from richresp.decorator.signature import NAME, CursorAt, cursor_at, dress, kind_of, signature_of
from richresp.exceptions import UsageError
from richresp.shaping.options import Options
from richresp.shaping.shape import shaped


@dataclass(frozen=True, slots=True)
class Wrapping:
    """Wraps functions.

    Attributes:
        options: how their answers are shaped.
        returns: "data", "text" or "shaped".
        add_cursor: whether a parameter is added.
        typed: whether answers are to fit the annotation of the function.
    """

    options: Options
    returns: str
    add_cursor: bool
    typed: bool

    def __call__(self, function: Callable[..., Any], /) -> Callable[..., Any]:
        """The function with answers that fit.

        Raises:
            MissingExtra: if jsonschema is needed for the return annotation and not installed.
            UsageError: for what is no function, has a cursor where one is to be added, or one that holds no text, or a
                return annotation that has no schema.
        """
        kind, signature = kind_of(function), signature_of(function)
        at = cursor_at(function, signature, add=self.add_cursor)
        promise = promised(function, signature.return_annotation) if self.typed and signature else _nothing
        answered = Answering(replace(self.options, pages=at is not None), self.returns, at, promise)
        call = _async(function, answered) if kind == "async" else _sync(function, answered, closes=kind == "stream")
        dress(call, function, signature, returned=TYPES.get(self.returns, Signature.empty), added=self.add_cursor)
        return call


@dataclass(frozen=True, slots=True)
class Answering:
    """Turns payloads into answers.

    Attributes:
        options: how they are shaped.
        returns: what is answered.
        at: where a call has its cursor.
        promise: gives what they have to fit beside the options.
    """

    options: Options
    returns: str
    at: CursorAt | None
    promise: Callable[[], Promise | None]

    def cursor(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The cursor of a call, taken out of it where the function does not know it."""
        if self.at is None:
            return None
        cursor = self.at.of(args, kwargs)
        if self.at.added:
            kwargs.pop(NAME, None)
        return cursor

    def answer(self, payload: Any, cursor: Any) -> Any:
        options = self.options
        if (promise := self.promise()) is not None:
            payload, options = promise.native(payload), promise.options(options)
        return ANSWERS[self.returns](shaped(payload, options, cursor))

    async def later(self, payload: Awaitable[Any], cursor: Any) -> Any:
        return self.answer(await payload, cursor)


def wrapping(*, returns: object, add_cursor: object, **options: Any) -> Wrapping:
    """What wraps functions with options that are checked.

    Raises:
        MissingExtra: for a schema, if jsonschema is not installed.
        UsageError: for options that cannot be right, whatever the function.
    """
    if returns not in tuple(ANSWERS):
        raise UsageError(f"returns={returns!r}: take one of {', '.join(ANSWERS)}")
    if add_cursor not in (True, False):
        raise UsageError(f"add_cursor={add_cursor!r}: give True or False")
    values = returns == "data"
    if values and options["format"] not in {"auto", "json"}:
        raise UsageError(f"format={options['format']!r}: data has no format; say returns='text' with it")
    read = Options.read(**{**options, "format": "json"} if values else options, quoted=values)
    read.check()
    typed = values and read.schema is None and read.inline
    return Wrapping(read, str(returns), bool(add_cursor), typed)


def _nothing() -> None:
    """No promise."""


def _sync(function: Callable[..., Any], answering: Answering, *, closes: bool) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        cursor = answering.cursor(args, kwargs)
        payload = function(*args, **kwargs)
        if closes:
            with closing(payload):
                return answering.answer(payload, cursor)
        if inspect.isawaitable(payload):  # a function that was wrapped by one that is not async
            return answering.later(payload, cursor)
        return answering.answer(payload, cursor)

    return call


def _async(function: Callable[..., Any], answering: Answering) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        cursor = answering.cursor(args, kwargs)
        return answering.answer(await function(*args, **kwargs), cursor)

    return call
