"""A scene: one site on real sockets whose every answer is a script of bytes and acts, and what it saw of its client.

It listens on 127.0.0.1 (`plain`) and ::1 at the same port, on 127.0.0.1 with TLS (`tls`), and at addresses that the client is
not allowed, where nothing may arrive. Three more ports do not answer: `dead` refuses, `full` drops each SYN, `mute` takes
connections and says nothing. No script runs for ever: what a client without a deadline waits for comes in the end.
"""

from __future__ import annotations

import enum
import select
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Self

PAUSE_SECONDS = 0.02
SILENCE_SECONDS = 8.0
"""Longer than any deadline that a case gives; then a client that still waits is told so by an end."""

PRIVATE = "127.0.0.2"


class Act(enum.Enum):
    """What a script does between bytes. Each but CLOSE and RESET ends the script if the client has gone."""

    PAUSE = enum.auto()
    SILENCE = enum.auto()
    CLOSE = enum.auto()
    RESET = enum.auto()


@dataclass(frozen=True)
class Beneath:
    """Bytes sent under the TLS of a connection."""

    data: bytes


@dataclass(frozen=True)
class Visit:
    """A request as it arrived. `connection` numbers the scene's connections, `name` is the one that TLS was asked for."""

    address: str
    connection: int
    scheme: str
    name: str | None
    host: str
    path: str
    headers: Mapping[str, str]
    ports: Mapping[str, int]


Script = Callable[[Visit], Iterable[bytes | Act | Beneath]]


class _Gone(OSError):
    """The client has left, or the scene is over."""


class Scene:
    """The site of one case. Use as a context; `left()` tells which connections the client did not close by itself."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self.visits: list[Visit] = []
        self.accepted: Counter[str] = Counter()
        self.sent = 0
        self._script, self._tls = script, tls
        self._lock, self._threads = threading.Lock(), list[threading.Thread]()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._over, self._end = (self._stack.enter_context(sock) for sock in socket.socketpair())
        self._listeners = {}
        plain = self._listen("127.0.0.1")
        port = plain.getsockname()[1]
        for address in ("::1", PRIVATE):
            self._listen(address, port)
        mute, full, dead = (self._stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0)) for _ in "123")
        for _ in range(2):
            filler = self._stack.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(full.getsockname())
        self._mute = mute
        self.ports = {"plain": port, "mute": mute.getsockname()[1], "full": full.getsockname()[1]}
        self.ports["dead"] = dead.getsockname()[1]
        dead.close()
        if self._tls is not None:
            self.ports["tls"] = self._listen("127.0.0.1", tls=True).getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def _listen(self, address: str, port: int = 0, *, tls: bool = False) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listener = self._stack.enter_context(socket.create_server((address, port), family=family, backlog=128))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)  # so that what was sent was nearly read
        self._listeners[listener] = (address, tls)
        return listener

    def __exit__(self, *_: object) -> None:
        self._end.send(b"!")
        self._accepting.join()
        for thread in self._threads:
            thread.join()
        self._stack.close()

    def left(self, seconds: float = 5.0) -> int:
        """How many connections are still open after the client has had time to be done with them."""
        for thread in list(self._threads):
            thread.join(seconds)
        return sum(thread.is_alive() for thread in self._threads)

    def meet(self) -> socket.socket:
        """The mute end of a connection to `mute`, after what its client said first."""
        self._mute.settimeout(SILENCE_SECONDS)
        met = self._mute.accept()[0]
        met.settimeout(SILENCE_SECONDS)
        met.recv(1 << 16)
        return met

    def _accept(self) -> None:
        while True:
            ready, _, _ = select.select([self._over, *self._listeners], [], [])
            if self._over in ready:
                return
            for listener in ready:
                address, tls = self._listeners[listener]
                sock = listener.accept()[0]
                self.accepted[address] += 1
                arguments = (sock, address, sum(self.accepted.values()))
                self._threads = [thread for thread in self._threads if thread.is_alive()]
                thread = threading.Thread(target=self._serve, args=arguments, kwargs={"tls": tls}, daemon=True)
                thread.start()
                self._threads.append(thread)

    def _serve(self, sock: socket.socket, address: str, number: int, *, tls: bool) -> None:
        sock.settimeout(SILENCE_SECONDS)
        with suppress(OSError, ValueError), ExitStack() as stack:
            stack.callback(sock.close)
            if tls:
                sock = stack.enter_context(self._tls.wrap_socket(sock, server_side=True))
            while (asked := self._request(sock)) is not None:
                visit = _visit(asked, address, number, sock, self.ports)
                self.visits.append(visit)
                for step in self._script(visit):
                    self._perform(sock, step)

    def _request(self, sock: socket.socket) -> bytes | None:
        """The head of the next request; None if the client has closed, or does not speak HTTP."""
        head = b""
        while b"\r\n\r\n" not in head:
            self._wait(sock, SILENCE_SECONDS)
            piece = sock.recv(1 << 16)
            if not piece:
                return None
            head += piece
            if not head[:1].isalpha():
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return None
        return head

    def _perform(self, sock: socket.socket, step: bytes | Act | Beneath) -> None:
        if isinstance(step, bytes):
            sock.sendall(step)
            with self._lock:
                self.sent += len(step)
        elif isinstance(step, Beneath):
            with socket.fromfd(sock.fileno(), sock.family, sock.type) as raw:
                raw.sendall(step.data)
        elif step in (Act.PAUSE, Act.SILENCE):
            if self._wait(sock, PAUSE_SECONDS if step is Act.PAUSE else SILENCE_SECONDS):
                raise _Gone
        else:
            if step is Act.RESET:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise _Gone

    def _wait(self, sock: socket.socket, seconds: float) -> bool:
        """Whether the client sent something, or left, before that many seconds were over."""
        ready, _, _ = select.select([sock, self._over], [], [], seconds)
        if self._over in ready:
            raise _Gone
        return bool(ready)


def _visit(head: bytes, address: str, number: int, sock: socket.socket, ports: Mapping[str, int]) -> Visit:
    line, *fields = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {key.lower(): value.strip() for key, _, value in (field.partition(":") for field in fields)}
    scheme, name = ("https", getattr(sock, "asked", None)) if isinstance(sock, ssl.SSLSocket) else ("http", None)
    host = headers["host"].rpartition(":")[0]
    return Visit(address, number, scheme, name, host, line.split(" ")[1], headers, ports)
