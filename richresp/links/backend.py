"""How connections are made: the lowest place there is, where nothing gets past the guard.

The backend looks a name up once, judges every address, and connects to one that was judged. TLS comes after that and still
checks the certificate against the name. The streams it gives count what arrives, and wait for nothing beyond the deadline.
With connections.py, mapping.py and transport.py the only file that knows httpcore.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from weakref import WeakSet

import anyio
import httpcore

from richresp.limits.links import MAX_CONNECT_ADDRESSES
from richresp.links import lookup
from richresp.links.failures import ConnectFailed
from richresp.links.policy import Policy, check_addresses
from richresp.links.streams import AsyncSocket
from richresp.links.trip import begun, counted, left, secured
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
        self._open: WeakSet[_Stream] = WeakSet()

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
                found = self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(found, self._open)
        raise _connect_failed(failed) from failed

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)

    def abort(self) -> None:
        """Closes all that it connected, whoever uses it, without a word of TLS."""
        for each in list(self._open):
            each.close()


class AsyncGuardedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._open: WeakSet[AsyncSocket] = WeakSet()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  # never given
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
                with _mapped(httpcore.ConnectError, httpcore.ConnectTimeout):
                    with anyio.fail_after(_share(left(timeout), len(addresses) - tried)):
                        found = await AsyncSocket.connected(address, port, socket_options or ())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                self._open.add(found)
                return _AsyncStream(found)
        raise _connect_failed(failed) from failed

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)

    def abort(self) -> None:
        """As that for threads; nothing has to be awaited."""
        for each in list(self._open):
            each.close()


class _Stream(httpcore.NetworkStream):
    """A stream on which no wait goes beyond the deadline, however many waits there are."""

    def __init__(self, inner: httpcore.NetworkStream, known: WeakSet[_Stream]) -> None:
        self._inner = inner
        self._known = known
        known.add(self)

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
            found = _Stream(self._inner.start_tls(ssl_context, server_hostname, wait), self._known)
        except _BROKEN as error:
            raise _tls_failed(error) from error
        except BaseException:  # httpcore closes it for errors, not for interrupts
            self._inner.close()
            raise
        secured()
        return found

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and (tls := self._inner.get_extra_info("ssl_object")) is not None and tls.pending():
            return True  # what was decrypted and not read is not in the socket any more
        return self._inner.get_extra_info(info)


class _AsyncStream(httpcore.AsyncNetworkStream):
    """The same for coroutines, whose waits end when they are cancelled."""

    def __init__(self, inner: AsyncSocket) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _mapped(httpcore.ReadError, httpcore.ReadTimeout), anyio.fail_after(timeout):
            return counted(await self._inner.read(max_bytes))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _mapped(httpcore.WriteError, httpcore.WriteTimeout), anyio.fail_after(timeout):
            await self._inner.write(buffer)

    async def aclose(self) -> None:
        self._inner.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with _mapped(httpcore.ConnectError, httpcore.ConnectTimeout), anyio.fail_after(timeout):
                await self._inner.start_tls(ssl_context, server_hostname)
        except BaseException as error:  # a cancelled handshake leaves it open as well as a failed one
            self._inner.close()
            if isinstance(error, _BROKEN):
                raise _tls_failed(error) from error
            raise
        secured()
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._inner.has_more
        return {"ssl_object": self._inner.tls, "socket": self._inner.raw}.get(info)


@contextmanager
def _mapped(broken: type[Exception], late: type[Exception]) -> Iterator[None]:
    """Errors of a socket as those of httpcore."""
    try:
        yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except OSError as error:
        raise broken(str(error)) from error


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
