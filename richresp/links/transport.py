"""The one door to the network: httpx transports whose connections the guarded backend makes.

Rewriting a URL to an address would not do as a guard: hosts would then share a connection. A transport serves one policy, since
a kept connection outlives the check that let it be made. With backend.py, connections.py and mapping.py the only file that knows httpcore.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from functools import cache
from typing import Any, cast
from urllib.parse import unquote_to_bytes, urlsplit

import httpcore
import httpx

from richresp.exceptions import UsageError
from richresp.limits.links import KEEP_ALIVE_SECONDS, MAX_CONNECTIONS, MAX_IDLE_CONNECTIONS
from richresp.links import resolvers
from richresp.links.backend import AsyncGuardedBackend, Guard, GuardedBackend
from richresp.links.connections import AsyncConnections, Connections
from richresp.links.forks import register
from richresp.links.mapping import ERRORS, mapped
from richresp.links.policy import Policy
from richresp.links.trip import TRIP, left
from richresp.links.waking import is_over, running
from richresp.typing import Resolve

_KEPT: dict[str, Any] = {"keepalive_expiry": KEEP_ALIVE_SECONDS, "max_keepalive_connections": MAX_IDLE_CONNECTIONS}


class GuardedTransport(httpx.BaseTransport):
    """For threads. It opens at its first request, and may be used again after `close()`.

    Args:
        policy: which addresses may be connected to.
        resolve: looks names up; by default the system's resolver.
        ssl_context: what certificates are checked with, by default those that certifi trusts.
        proxy: the address of an HTTP proxy, with name and password if it wants some. It connects to what it likes: nothing but it guards addresses then.
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
        self._backend = GuardedBackend(self._guard)
        self._opened: Connections | httpcore.HTTPProxy | None = None
        register(self)

    def _open(self) -> Connections | httpcore.HTTPProxy:
        with self._lock:
            if self._opened is None:
                backend, tls = self._backend, self._ssl_context or _tls()
                if self._proxy is None:
                    self._opened = Connections(backend, tls, self._most)
                else:
                    self._opened = httpcore.HTTPProxy(
                        **_proxied(self._proxy, self._most), ssl_context=tls, network_backend=backend
                    )
            return self._opened

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = (self._opened or self._open()).handle_request(_core(request))
        except ERRORS as error:
            raise mapped(error) from None
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    def after_fork(self) -> None:
        """Forgets the connections, which are the parent's. A child of a fork calls it."""
        self._lock = threading.Lock()
        opened, self._opened = self._opened, None
        self._backend.abort()
        if isinstance(opened, Connections):
            opened.after_fork()


class AsyncGuardedTransport(httpx.AsyncBaseTransport):
    """For coroutines of one event loop at a time. Arguments have the same meaning as for `GuardedTransport`.

    What an event loop that was closed has left open is closed at the next request, in whatever loop that is made.
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
        self._backend = AsyncGuardedBackend(self._guard)
        self._opened: AsyncConnections | httpcore.AsyncHTTPProxy | None = None
        self._loop: object = None
        register(self)

    def _open(self) -> AsyncConnections | httpcore.AsyncHTTPProxy:
        """
        Raises:
            UsageError: in an event loop while another one has the connections.
        """
        loop = running()
        if self._opened is not None and loop is self._loop:
            return self._opened
        if self._opened is not None:
            if not is_over(self._loop):
                raise UsageError("an AsyncPreviewer serves one event loop at a time: make another, or close() this one")
            self._backend.abort()
        self._loop = loop
        backend, tls = self._backend, self._ssl_context or _tls()
        if self._proxy is None:
            self._opened = AsyncConnections(backend, tls, self._most)
        else:
            self._opened = httpcore.AsyncHTTPProxy(
                **_proxied(self._proxy, self._most), ssl_context=tls, network_backend=backend
            )
        return self._opened

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = await self._open().handle_async_request(_core(request))
        except ERRORS as error:
            raise mapped(error) from None
        return httpx.Response(response.status, headers=response.headers, stream=_AsyncBody(response))

    async def aclose(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()

    def after_fork(self) -> None:
        """As that for threads."""
        self._opened = None
        self._backend.abort()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        _head(response)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from cast("Iterable[bytes]", self._response.stream)
            if _is_spoilt():
                self._response.extensions["network_stream"].close()
        except ERRORS as error:
            raise mapped(error) from None

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
        except ERRORS as error:
            raise mapped(error) from None

    async def aclose(self) -> None:
        await self._response.aclose()

    def abort(self) -> None:
        """Closes its connection without a wait."""
        self._response.extensions["network_stream"].get_extra_info("socket").close()


def _guard(policy: Policy, resolve: Resolve | None, proxy: str | None) -> Guard:
    """What guards the connections: with a proxy they are to the proxy, the author's."""
    return Guard(policy, resolve or resolvers.system) if proxy is None else Guard(None, resolvers.system)


def _proxied(proxy: str, most: int) -> dict[str, Any]:
    """How httpcore is told of a proxy, and of the name and the password in its address."""
    given, at, _ = urlsplit(proxy).netloc.rpartition("@")
    name, _, password = given.partition(":")
    secret = (unquote_to_bytes(name), unquote_to_bytes(password)) if at else None
    return {"proxy_url": proxy, "proxy_auth": secret, "max_connections": most, **_KEPT}


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
    """Whether more may have come than the answer, as outside of a preview, where nobody counts: its connection is not kept then."""
    trip = TRIP.get()
    return trip is None or not trip.ended
