"""The connections of a transport, for threads and for coroutines: each is used by one request at a time, and kept for the next.

httpcore's own pools are left to proxies: at each request they ask every connection they have whether its server closed it, which was
measured to take longer than the request. What is in use belongs to whoever took it, until it is given back or dropped; which
of the others is used or closed, idle.py decides. With backend.py, mapping.py and transport.py the only file that knows httpcore.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import cast

import anyio
import httpcore

from richresp.limits.links import KEEP_ALIVE_SECONDS, MAX_IDLE_CONNECTIONS
from richresp.links.idle import Idle, Origin

_PORTS = {b"http": 80, b"https": 443}
_ALPN = ["http/1.1"]
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError)


class Connections:
    """For threads.

    Args:
        backend: connects, to what may be connected to.
        ssl_context: what certificates are checked with.
        most: how many are open at once, idle ones included.
    """

    def __init__(self, backend: httpcore.NetworkBackend, ssl_context: ssl.SSLContext, most: int) -> None:
        self._backend = backend
        self._ssl_context = ssl_context
        self._lock = threading.Lock()
        self._idle: Idle[httpcore.HTTP11Connection] = Idle(most, MAX_IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, _is_dead)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Asks on a kept connection, or on a new one.

        Raises:
            Full: if all places are in use.
        """
        origin = _origin(request)
        loan, kept, closing = _Loan(self, origin), False, list[httpcore.HTTP11Connection]()
        try:
            with self._lock:
                loan.connection, closing = self._idle.take(loan, origin, time.monotonic())
            kept = loan.connection is not None
            _close(closing)
            if loan.connection is None:
                loan.connection = self._connected(origin, request)
            response = loan.response = loan.connection.handle_request(request)
        except BaseException as error:
            with self._lock:
                self._idle.drop(loan)
                stale = kept and isinstance(error, _BROKEN)  # its like may be as well: another try gets a new one
                closing = self._idle.leave(origin) if stale else []
            _close(closing if loan.connection is None else [loan.connection, *closing])
            raise
        return httpcore.Response(
            response.status, headers=response.headers, content=loan, extensions=response.extensions
        )

    def _connected(self, origin: Origin, request: httpcore.Request) -> httpcore.HTTP11Connection:
        scheme, host, port = origin
        name, seconds = host.decode("ascii"), request.extensions.get("timeout", {}).get("connect")
        stream = self._backend.connect_tcp(name, port, seconds)
        if scheme == b"https":
            self._ssl_context.set_alpn_protocols(_ALPN)
            stream = stream.start_tls(self._ssl_context, name, seconds)
        return httpcore.HTTP11Connection(httpcore.Origin(scheme, host, port), stream)

    def give_back(self, loan: _Loan) -> None:
        """That an answer is done with; its connection is kept if it was read to its end."""
        connection, loan.connection = loan.connection, None
        if connection is None:
            return
        idle, closing = connection.is_idle(), [connection]
        with self._lock:
            if idle:
                closing = self._idle.give(loan, loan.origin, connection, time.monotonic())
            else:
                self._idle.drop(loan)
        _close(closing)

    def close(self) -> None:
        """Closes what is idle; what is in use is closed as soon as it is given back."""
        with self._lock:
            closing = self._idle.close()
        _close(closing)

    def after_fork(self) -> None:
        self._lock = threading.Lock()
        self._idle.close()


class AsyncConnections:
    """The same for coroutines of one event loop. Whatever has to be closed is closed even where they are cancelled."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, ssl_context: ssl.SSLContext, most: int) -> None:
        self._backend = backend
        self._ssl_context = ssl_context
        self._idle: Idle[httpcore.AsyncHTTP11Connection] = Idle(
            most, MAX_IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, _is_dead
        )

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        origin = _origin(request)
        loan, kept, closing = _AsyncLoan(self, origin), False, list[httpcore.AsyncHTTP11Connection]()
        try:
            loan.connection, closing = self._idle.take(loan, origin, time.monotonic())
            kept = loan.connection is not None
            await _aclose(closing)
            if loan.connection is None:
                loan.connection = await self._connected(origin, request)
            response = loan.response = await loan.connection.handle_async_request(request)
        except BaseException as error:
            self._idle.drop(loan)
            closing = self._idle.leave(origin) if kept and isinstance(error, _BROKEN) else []
            await _aclose(closing if loan.connection is None else [loan.connection, *closing])
            raise
        return httpcore.Response(
            response.status, headers=response.headers, content=loan, extensions=response.extensions
        )

    async def _connected(self, origin: Origin, request: httpcore.Request) -> httpcore.AsyncHTTP11Connection:
        scheme, host, port = origin
        name, seconds = host.decode("ascii"), request.extensions.get("timeout", {}).get("connect")
        stream = await self._backend.connect_tcp(name, port, seconds)
        if scheme == b"https":
            self._ssl_context.set_alpn_protocols(_ALPN)
            stream = await stream.start_tls(self._ssl_context, name, seconds)
        return httpcore.AsyncHTTP11Connection(httpcore.Origin(scheme, host, port), stream)

    async def give_back(self, loan: _AsyncLoan) -> None:
        connection, loan.connection = loan.connection, None
        if connection is None:
            return
        if connection.is_idle():
            await _aclose(self._idle.give(loan, loan.origin, connection, time.monotonic()))
        else:
            self._idle.drop(loan)
            await _aclose([connection])

    async def aclose(self) -> None:
        await _aclose(self._idle.close())

    def after_fork(self) -> None:
        self._idle.close()


class _Loan:
    """The body of an answer, which holds the place of its connection; once it is closed, that is given back."""

    def __init__(self, owner: Connections, origin: Origin) -> None:
        self.origin = origin
        self.connection: httpcore.HTTP11Connection | None = None
        self.response = httpcore.Response(0)
        self._owner = owner

    def __iter__(self) -> Iterator[bytes]:
        return iter(cast("Iterable[bytes]", self.response.stream))

    def close(self) -> None:
        try:
            self.response.close()
        finally:
            self._owner.give_back(self)


class _AsyncLoan:
    def __init__(self, owner: AsyncConnections, origin: Origin) -> None:
        self.origin = origin
        self.connection: httpcore.AsyncHTTP11Connection | None = None
        self.response = httpcore.Response(0)
        self._owner = owner

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(cast("AsyncIterable[bytes]", self.response.stream))

    async def aclose(self) -> None:
        try:
            await self.response.aclose()
        finally:
            await self._owner.give_back(self)


def _origin(request: httpcore.Request) -> Origin:
    url = request.url
    return url.scheme, url.host, url.port or _PORTS[url.scheme]


def _is_dead(connection: httpcore.HTTP11Connection | httpcore.AsyncHTTP11Connection) -> bool:
    """Whether there is something to read where nothing was asked for: the end, or what nobody wants."""
    return connection.has_expired()


def _close(connections: Iterable[httpcore.HTTP11Connection]) -> None:
    for each in connections:
        each.close()


async def _aclose(connections: list[httpcore.AsyncHTTP11Connection]) -> None:
    if connections:
        with anyio.CancelScope(shield=True):
            for each in connections:
                await each.aclose()
