"""How connections are made: the lowest place there is, where nothing gets past the guard.

The backend looks a name up once, judges every address, and connects to one that was judged. TLS comes after that and still
checks the certificate against the name. The streams it gives count what arrives, and wait for nothing beyond the deadline.
With connections.py and transport.py the only file that knows httpcore.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import anyio
import httpcore

from richresp.limits.links import MAX_CONNECT_ADDRESSES
from richresp.links import lookup
from richresp.links.failures import ConnectFailed
from richresp.links.policy import Policy, check_addresses
from richresp.links.trip import begun, counted, left
from richresp.typing import Resolve

_BROKEN = (httpcore.ConnectError, ssl.SSLError, ConnectionError)


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses a name may be connected to, and how they are found. Without a policy none is judged: those of a proxy."""

    policy: Policy | None
    resolve: Resolve

    def judged(self, host: str, addresses: list[str]) -> list[str]:
        if self.policy is not None:
            check_addresses(host, host, addresses, self.policy)
        if not addresses:
            raise ConnectFailed("the name has no address")
        return addresses[:MAX_CONNECT_ADDRESSES]


class GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        begun()
        addresses = _literal(host)
        if addresses is None:
            try:
                addresses = lookup.within(self._guard.resolve, host, left(timeout))
            except OSError as error:
                raise _lookup_failed(error) from error
        addresses = self._guard.judged(host, addresses)
        failed: Exception | None = None
        for tried, address in enumerate(addresses):
            try:
                share = _share(left(timeout), len(addresses) - tried)
                return _Stream(self._inner.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise _connect_failed(failed) from failed

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class AsyncGuardedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        begun()
        addresses = _literal(host)
        if addresses is None:
            try:
                addresses = await lookup.until_cancelled(self._guard.resolve, host)
            except OSError as error:
                raise _lookup_failed(error) from error
        addresses = self._guard.judged(host, addresses)
        failed: Exception | None = None
        for tried, address in enumerate(addresses):
            try:
                share = _share(left(timeout), len(addresses) - tried)
                return _AsyncStream(await self._inner.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise _connect_failed(failed) from failed

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A stream on which no wait goes beyond the deadline, however many waits there are."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return counted(self._inner.read(max_bytes, left(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = left(timeout)
        try:
            return _Stream(self._inner.start_tls(ssl_context, server_hostname, wait))
        except _BROKEN as error:
            raise _tls_failed(error) from error
        except BaseException:
            self._inner.close()  # httpcore does so for errors, not for interrupts
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _AsyncStream(httpcore.AsyncNetworkStream):
    """The same for coroutines, whose waits end when they are cancelled."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return counted(await self._inner.read(max_bytes, timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except _BROKEN as error:
            raise _tls_failed(error) from error
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()  # httpcore does so for errors, not for cancellation
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _share(seconds: float | None, addresses: int) -> float | None:
    """How long one of several addresses is waited for, so that a dead one does not take all the time."""
    return None if seconds is None else seconds / addresses


def _literal(host: str) -> list[str] | None:
    """The address that a host is, which needs no lookup."""
    if host[-1:].isdigit() or ":" in host:
        try:
            return [str(ip_address(host))]
        except ValueError:
            return None
    return None


def _lookup_failed(error: OSError) -> Exception:
    if isinstance(error, TimeoutError):
        return httpcore.ConnectTimeout("the name was not looked up in time")
    return ConnectFailed("the name cannot be looked up")


def _connect_failed(error: Exception | None) -> Exception:
    if isinstance(error, httpcore.ConnectTimeout):
        return error
    return ConnectFailed("nobody listens there", again=True)


def _tls_failed(error: Exception) -> ConnectFailed:
    """Why TLS failed: a certificate that is not believed will not be at a second try."""
    chain = (error, error.__cause__, error.__context__)
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in chain):
        return ConnectFailed("TLS failed, the certificate is not one for this name that can be trusted")
    return ConnectFailed("TLS failed", again=True)
