"""The one door to the network, and the only file that knows httpcore.

An httpx transport whose connections are guarded at the lowest place there is: the backend looks the name up once, judges
every address, and connects to one that was judged. TLS comes after that and still checks the certificate against the
name. Rewriting the URL to an address would not do: the pool would then share a connection between hosts.

A deadline travels in a context variable, and bounds every wait below httpcore; the async driver has cancellation for it.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import httpcore
import httpx

from richresp.limits.links import KEEP_ALIVE_SECONDS, MAX_CONNECT_ADDRESSES, MAX_CONNECTIONS
from richresp.links import lookup
from richresp.links.policy import Policy, check_addresses
from richresp.typing import Resolve

DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)
"""When the preview at hand must be done, on the clock of time.monotonic; None outside of one."""

_ERRORS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.TimeoutException: httpx.ReadTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.NetworkError: httpx.ReadError,
    httpcore.ProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
}


class GuardedTransport(httpx.BaseTransport):
    """Sync; one pool per policy, since a kept connection outlives the check that let it be made.

    Args:
        policy: which addresses may be connected to.
        resolve: looks names up; by default the system's resolver.
        ssl_context: what certificates are checked with, by default those that certifi trusts.
    """

    def __init__(
        self, policy: Policy, *, resolve: Resolve | None = None, ssl_context: ssl.SSLContext | None = None
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context or _tls(),
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=_Backend(policy, resolve or lookup.system),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with _mapped():
            response = self._pool.handle_request(_core(request))
        return _http(response, _Stream(response))

    def close(self) -> None:
        self._pool.close()


class AsyncGuardedTransport(httpx.AsyncBaseTransport):
    """The same for asyncio and trio. Arguments have the same meaning as for `GuardedTransport`."""

    def __init__(
        self, policy: Policy, *, resolve: Resolve | None = None, ssl_context: ssl.SSLContext | None = None
    ) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or _tls(),
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=_AsyncBackend(policy, resolve or lookup.system),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with _mapped():
            response = await self._pool.handle_async_request(_core(request))
        return _http(response, _AsyncStream(response))

    async def aclose(self) -> None:
        await self._pool.aclose()


def _core(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _http(response: httpcore.Response, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    return httpx.Response(response.status, headers=response.headers, stream=stream, extensions=response.extensions)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._inner = httpcore.SyncBackend()
        self._policy = policy
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        with _lookup_mapped():
            addresses = lookup.within(self._resolve, host, _left(timeout))
        check_addresses(host, host, addresses, self._policy)
        error: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses[:MAX_CONNECT_ADDRESSES]:
            try:
                stream = self._inner.connect_tcp(address, port, _left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _DeadlineStream(stream)
        raise error

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._policy = policy
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        with _lookup_mapped():
            addresses = await lookup.until_cancelled(self._resolve, host)
        check_addresses(host, host, addresses, self._policy)
        error: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses[:MAX_CONNECT_ADDRESSES]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _DeadlineStream(httpcore.NetworkStream):
    """A stream on which no wait goes beyond the deadline, however many waits there are."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _DeadlineStream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _mapped():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _mapped():
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


@cache
def _tls() -> ssl.SSLContext:
    """One context for all: it takes 20 ms to make."""
    return httpx.create_ssl_context(trust_env=False)


def _left(timeout: float | None) -> float | None:
    deadline = DEADLINE.get()
    if deadline is None:
        return timeout
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(timeout, left)


@contextmanager
def _mapped() -> Iterator[None]:
    """httpcore's errors as those of httpx, which a transport raises. What a server sent is not in their text."""
    try:
        yield
    except tuple(_ERRORS) as error:
        kind = next(kind for base, kind in _ERRORS.items() if isinstance(error, base))
        raise kind(type(error).__name__) from error


@contextmanager
def _lookup_mapped() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout("the name was not looked up in time") from error
    except OSError as error:
        raise httpcore.ConnectError("the name cannot be looked up") from error
