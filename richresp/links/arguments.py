"""What callers may give: mistakes are told here, with what to give instead, before anything is kept or asked."""

from __future__ import annotations

import inspect
import re
from typing import TypeVar

from richresp.exceptions import UsageError
from richresp.limits.links import MAX_TIMEOUT_SECONDS
from richresp.links.normal import split_url
from richresp.typing import Resolve

_T = TypeVar("_T")
_PROXY = re.compile(r"http://(?:[^/?#@\s]*@)?([^/?#@\s]+:[0-9]{1,5}/?)", re.ASCII)


def checked_url(url: object) -> str:
    """A URL, if it is a text.

    Raises:
        UsageError: if it is not.
    """
    if not isinstance(url, str):
        raise UsageError(f"a URL is a text, not a {type(url).__name__}")
    return url


def checked_seconds(name: str, value: object, most: float = MAX_TIMEOUT_SECONDS) -> float:
    """Seconds, more than 0 and at most so many.

    Raises:
        UsageError: for anything else.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= most:
        raise UsageError(f"{name}={_shown(value)}: give seconds, more than 0 and at most {most:,.0f}")
    return float(value)


def checked_count(name: str, value: object) -> int:
    """A whole number from 1 on.

    Raises:
        UsageError: for anything else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UsageError(f"{name}={_shown(value)}: give a whole number, 1 or more")
    return value


def checked_kind(name: str, value: object, kind: type[_T]) -> _T | None:
    """A value of a kind, or None.

    Raises:
        UsageError: for anything else.
    """
    if value is not None and not isinstance(value, kind):
        raise UsageError(
            f"{name} is a {type(value).__name__}: give {kind.__module__.partition('.')[0]}'s {kind.__name__}"
        )
    return value


def checked_resolve(resolve: object) -> Resolve | None:
    """A resolver, or None.

    Raises:
        UsageError: for what cannot be called, or has to be awaited.
    """
    if resolve is None:
        return None
    if callable(resolve) and not any(map(inspect.iscoroutinefunction, _calls(resolve))):
        return resolve
    raise UsageError(
        "resolve: give a function, no coroutine, that takes a host name and gives the list of its addresses"
    )


def _calls(function: object) -> tuple[object, object]:
    return function, getattr(type(function), "__call__", None)  # noqa: B004 - `callable` says nothing of coroutines


def check_transport(transport: object, *, awaited: bool) -> None:
    """
    Raises:
        UsageError: for what is neither None nor an httpx transport of the kind that is wanted.
    """
    method, kind = ("handle_async_request", "AsyncBaseTransport") if awaited else ("handle_request", "BaseTransport")
    if transport is None or (callable(getattr(transport, method, None)) and not isinstance(transport, type)):
        return
    told = f"the class {transport.__name__}" if isinstance(transport, type) else f"a {type(transport).__name__}"
    raise UsageError(f"transport is {told}: give an httpx.{kind}, made for {'coroutines' if awaited else 'threads'}")


def check_proxy(proxy: object) -> None:
    """
    Raises:
        UsageError: for what is no address of an HTTP proxy. It is not shown: it may hold a password.
    """
    try:
        if isinstance(proxy, str) and proxy.isascii() and (found := _PROXY.fullmatch(proxy)):
            split_url(f"http://{found[1]}")
            return
    except ValueError:
        pass
    raise UsageError(
        "proxy: give the address of an HTTP proxy, as 'http://host:port' or 'http://user:password@host:port'"
    )


def _shown(value: object) -> str:
    """A value in a message; of a number with too many digits only that."""
    try:
        return f"{value!r:.50}"
    except ValueError:  # Python writes no int of more than 4,300 digits
        return "(a very large number)"
