"""A connection for coroutines that hides nothing: all that came and was not read is in the system's buffer, or in those of its TLS.

The streams of event loops read ahead, and nobody can ask them what they hold. What a server sends behind its answer would be taken
for the next one on a connection that is kept, so it must be seen. A connection is closed without a wait, and so wherever nothing can
be awaited: once its event loop is over, in a child of a fork, and where the garbage collector ends a coroutine.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from anyio import wait_readable, wait_writable
from anyio.lowlevel import checkpoint

_T = TypeVar("_T")
_RECORDS_BYTES = 1 << 16
_UNDER_WAY = frozenset((errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN))


class AsyncSocket:
    """A TCP connection, with TLS from where it is started.

    Attributes:
        raw: the socket.
        tls: what encrypts, once it does.
    """

    def __init__(self, raw: socket.socket) -> None:
        self.raw = raw
        self.tls: ssl.SSLObject | None = None
        self._received, self._sending = ssl.MemoryBIO(), ssl.MemoryBIO()

    @classmethod
    async def connected(cls, address: str, port: int, options: Iterable[Any] = ()) -> AsyncSocket:
        """A connection to a numeric address.

        Raises:
            OSError: if nobody listens there, or it is no address.
        """
        family, kind, protocol, _, place = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )[0]
        raw = socket.socket(family, kind, protocol)
        try:
            raw.settimeout(0)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for option in options:
                raw.setsockopt(*option)
            error = raw.connect_ex(place)
            if error in _UNDER_WAY:
                await wait_writable(raw)
                error = raw.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, os.strerror(error))  # noqa: TRY301  # the socket is closed in any case
        except BaseException:
            raw.close()
            raise
        return cls(raw)

    async def start_tls(self, context: ssl.SSLContext, name: str | None) -> None:
        """Shakes hands.

        Raises:
            OSError: if that fails; ssl.SSLError is one.
        """
        tls = context.wrap_bio(self._received, self._sending, server_hostname=name)
        await self._over_tls(tls.do_handshake)
        self.tls = tls

    async def read(self, most: int) -> bytes:
        """What comes next, so many bytes at most; nothing at the end. Others have their turn even where there is something."""
        if self.tls is None:
            return await self._receive(most)
        if self._received.pending or self.tls.pending():
            await checkpoint()
        try:
            return await self._over_tls(self.tls.read, most)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def write(self, data: bytes) -> None:
        if self.tls is None:
            await self._send(data)
        else:
            await self._over_tls(self.tls.write, data)

    @property
    def has_more(self) -> bool:
        """Whether there is something to read, if only the end."""
        if self._received.pending or (self.tls is not None and self.tls.pending()):
            return True
        try:
            self.raw.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True
        return True

    def close(self) -> None:
        """Closes it, without a word of TLS."""
        self.raw.close()

    async def _over_tls(self, call: Callable[..., _T], *given: object) -> _T:
        while True:
            try:
                done = call(*given)
            except ssl.SSLWantReadError:
                await self._flush()
                data = await self._receive(_RECORDS_BYTES)
                if data:
                    self._received.write(data)
                else:
                    self._received.write_eof()
            else:
                await self._flush()
                return done

    async def _flush(self) -> None:
        if self._sending.pending:
            await self._send(self._sending.read())

    async def _receive(self, most: int) -> bytes:
        waited = False
        while True:
            try:
                data = self.raw.recv(most)
            except (BlockingIOError, InterruptedError):
                await wait_readable(self.raw)
                waited = True
            else:
                if not waited:
                    await checkpoint()
                return data

    async def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.raw.send(rest) :]
            except (BlockingIOError, InterruptedError):
                await wait_writable(self.raw)
