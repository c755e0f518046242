"""How type checkers see a decorated handler: the same parameters, and what it returns now.

What returns Any comes as Any: of overloads that all fit, mypy else makes a function that typed code may not call. Nothing but
Any, or a function that never returns, fits those of Never. With `add_cursor=True` the parameters are not checked, for a
ParamSpec takes no keyword beside its own (PEP 612).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, Never, ParamSpec, Protocol, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Out = TypeVar("Out", covariant=True)  # noqa: PLC0105  # it is what comes out


class Keeps(Protocol):
    """Returns the values: their type stays, but the items of a generator come as a list."""

    @overload
    def __call__(self, function: Callable[P, Never], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[P, Iterator[T]], /) -> Callable[P, list[T]]: ...
    @overload
    def __call__(self, function: Callable[P, R], /) -> Callable[P, R]: ...


class KeepsPaged(Protocol):
    """The same, called with a cursor as well."""

    @overload
    def __call__(self, function: Callable[..., Never], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[..., Iterator[T]], /) -> Callable[..., list[T]]: ...
    @overload
    def __call__(self, function: Callable[..., R], /) -> Callable[..., R]: ...


class Turns(Protocol[Out]):
    """Returns something else: the text, or the result."""

    @overload
    def __call__(self, function: Callable[P, Never], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[P, Coroutine[Any, Any, Never]], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[P, Awaitable[object]], /) -> Callable[P, Coroutine[Any, Any, Out]]: ...
    @overload
    def __call__(self, function: Callable[P, object], /) -> Callable[P, Out]: ...


class TurnsPaged(Protocol[Out]):
    """The same, called with a cursor as well."""

    @overload
    def __call__(self, function: Callable[..., Never], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[..., Coroutine[Any, Any, Never]], /) -> Any: ...
    @overload
    def __call__(self, function: Callable[..., Awaitable[object]], /) -> Callable[..., Coroutine[Any, Any, Out]]: ...
    @overload
    def __call__(self, function: Callable[..., object], /) -> Callable[..., Out]: ...
