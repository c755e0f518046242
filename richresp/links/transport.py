"""The one door to the network: httpx transports whose connections the guarded backend makes.

Rewriting a URL to an address would not do as a guard: hosts would then share a connection. A transport serves one policy, since
a kept connection outlives the check that let it be made. With backend.py and connections.py the only file that knows httpcore.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from functools import cache
from typing import Any, cast

import httpcore
import httpx

from richresp.limits.links import KEEP_ALIVE_SECONDS, MAX_CONNECTIONS, MAX_IDLE_CONNECTIONS
from richresp.links import lookup
from richresp.links.backend import AsyncGuardedBackend, Guard, GuardedBackend
from richresp.links.connections import AsyncConnections, Connections
from richresp.links.failures import StaleConnection
from richresp.links.idle import Full
from richresp.links.policy import Policy
from richresp.links.trip import TRIP, left
from richresp.typing import Resolve

_KINDS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.TimeoutException: httpx.ReadTimeout,
    TimeoutError: httpx.ReadTimeout,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.NetworkError: httpx.ReadError,
    httpcore.ProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable: httpx.ReadError,
    OSError: httpx.ReadError,
    Full: httpx.PoolTimeout,
}
_ERRORS = tuple(_KINDS)
_KEPT: dict[str, Any] = {"keepalive_expiry": KEEP_ALIVE_SECONDS, "max_keepalive_connections": MAX_IDLE_CONNECTIONS}
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, OSError)


class GuardedTransport(httpx.BaseTransport):
    """For threads. It opens at its first request, and may be used again after `close()`.

    Args:
        policy: which addresses may be connected to.
        resolve: looks names up; by default the system's resolver.
        ssl_context: what certificates are checked with, by default those that certifi trusts.
        proxy: the address of an HTTP proxy. It connects to what it likes: nothing but it guards addresses then.
        max_connections: how many are open at most, idle ones included. Nobody waits for one: who asks when all are in use
            is told httpx.PoolTimeout; previewers count for themselves.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        max_connections: int = MAX_CONNECTIONS,
    ) -> None:
        self._guard = _guard(policy, resolve, proxy)
        self._ssl_context = ssl_context
        self._proxy = proxy
        self._most = max_connections
        self._lock = threading.Lock()
        self._opened: Connections | httpcore.HTTPProxy | None = None

    def _open(self) -> Connections | httpcore.HTTPProxy:
        with self._lock:
            if self._opened is None:
                backend, tls = GuardedBackend(self._guard), self._ssl_context or _tls()
                if self._proxy is None:
                    self._opened = Connections(backend, tls, self._most)
                else:
                    self._opened = httpcore.HTTPProxy(
                        self._proxy, ssl_context=tls, max_connections=self._most, network_backend=backend, **_KEPT
                    )
            return self._opened

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = (self._opened or self._open()).handle_request(_core(request))
        except _ERRORS as error:
            raise _mapped(error) from None
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()


class AsyncGuardedTransport(httpx.AsyncBaseTransport):
    """For coroutines of one event loop. Arguments have the same meaning as for `GuardedTransport`."""

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        max_connections: int = MAX_CONNECTIONS,
    ) -> None:
        self._guard = _guard(policy, resolve, proxy)
        self._ssl_context = ssl_context
        self._proxy = proxy
        self._most = max_connections
        self._opened: AsyncConnections | httpcore.AsyncHTTPProxy | None = None

    def _open(self) -> AsyncConnections | httpcore.AsyncHTTPProxy:
        backend, tls = AsyncGuardedBackend(self._guard), self._ssl_context or _tls()
        if self._proxy is None:
            self._opened = AsyncConnections(backend, tls, self._most)
        else:
            self._opened = httpcore.AsyncHTTPProxy(
                self._proxy, ssl_context=tls, max_connections=self._most, network_backend=backend, **_KEPT
            )
        return self._opened

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = await (self._opened or self._open()).handle_async_request(_core(request))
        except _ERRORS as error:
            raise _mapped(error) from None
        return httpx.Response(response.status, headers=response.headers, stream=_AsyncBody(response))

    async def aclose(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        _head(response)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from cast("Iterable[bytes]", self._response.stream)
            if _is_spoilt():
                self._response.extensions["network_stream"].close()
        except _ERRORS as error:
            raise _mapped(error) from None

    def close(self) -> None:
        self._response.close()


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        _head(response)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in cast("AsyncIterable[bytes]", self._response.stream):
                yield chunk
            if _is_spoilt():
                await self._response.extensions["network_stream"].aclose()
        except _ERRORS as error:
            raise _mapped(error) from None

    async def aclose(self) -> None:
        await self._response.aclose()


def _guard(policy: Policy, resolve: Resolve | None, proxy: str | None) -> Guard:
    """What guards the connections: with a proxy they are to the proxy, the author's."""
    return Guard(policy, resolve or lookup.system) if proxy is None else Guard(None, lookup.system)


@cache
def _tls() -> ssl.SSLContext:
    """One context for all: it takes 20 ms to make."""
    return httpx.create_ssl_context(trust_env=False)


def _core(request: httpx.Request) -> httpcore.Request:
    """The same request for httpcore. Within a preview it waits for its place in the pool only until the deadline."""
    url, trip, extensions = request.url, TRIP.get(), request.extensions
    if trip is not None:
        trip.begin()
        extensions = {"timeout": {"pool": left(None)}}
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=extensions,
    )


def _head(response: httpcore.Response) -> None:
    trip = TRIP.get()
    if trip is not None:
        trip.head(response.status, response.headers)


def _is_spoilt() -> bool:
    """Whether more may have come than the answer: its connection is not kept then."""
    trip = TRIP.get()
    return trip is not None and not trip.ended


def _mapped(error: Exception) -> httpx.TransportError:
    """An error of httpcore as one of httpx, which a transport raises, without what a server sent."""
    if isinstance(error, TimeoutError):  # ours: the deadline passed before anything was asked for
        return httpx.PoolTimeout(str(error))
    trip = TRIP.get()
    if isinstance(error, _BROKEN) and trip is not None and not trip.connected and not trip.received:
        return StaleConnection("a kept connection was closed")
    kind = next(kind for base, kind in _KINDS.items() if isinstance(error, base))
    return kind(type(error).__name__)
