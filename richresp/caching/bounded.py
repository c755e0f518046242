"""A deadline for all that a blocking client does in one call, however slowly the other side sends.

The timeout of a socket bounds each wait, and somebody who sends a byte at a time makes endless ones. The deadline travels
in a context variable, for a blocking client works in its caller's thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_deadline: ContextVar[float] = ContextVar("_deadline")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Sockets that are read inside raise TimeoutError when the time is over."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


class BoundedSocket:
    """A socket whose calls end at the deadline. What is not here is the socket's own."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def recv(self, *arguments: Any) -> Any:
        return self._call(self._socket.recv, arguments)

    def recv_into(self, *arguments: Any) -> Any:
        return self._call(self._socket.recv_into, arguments)

    def sendall(self, *arguments: Any) -> Any:
        return self._call(self._socket.sendall, arguments)

    def _call(self, method: Any, arguments: tuple[Any, ...]) -> Any:
        deadline = _deadline.get(None)
        own = self._socket.gettimeout()
        if deadline is None or own == 0:
            return method(*arguments)
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if own is not None and own <= left:
            return method(*arguments)
        self._socket.settimeout(left)
        try:
            return method(*arguments)
        finally:
            self._socket.settimeout(own)


class BoundedConnection:
    """To be put before a connection class of redis-py, whose sockets come from `_connect`."""

    def _connect(self) -> BoundedSocket:
        following: Any = super()
        return BoundedSocket(following._connect())  # noqa: SLF001 - redis-py has no other place for it
