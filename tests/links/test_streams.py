"""What a server sent behind its answer is seen before its connection is used again, wherever it waits."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress

import anyio
import httpx
import pytest
from anyio import to_thread

from richresp.links import Policy
from richresp.links.streams import AsyncSocket
from richresp.links.transport import GuardedTransport
from tests.hostile.authority import client_context, server_context
from tests.hostile.drivers import DRIVERS, ask

BACKENDS = [name for name in DRIVERS if name != "sync"]
SIZE = 1 << 16
"""As much as httpcore reads at once."""

NAME = "site.example.com"


class Secret:
    """The server's end of TLS: `records` are sealed apart, and sent by one call."""

    def __init__(self, raw):
        self.raw = raw
        self.received, self.sending = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = server_context().wrap_bio(self.received, self.sending, server_side=True)

    def do(self, call, *given):
        while True:
            try:
                done = call(*given)
            except ssl.SSLWantReadError:
                self.raw.sendall(self.sending.read())
                came = self.raw.recv(SIZE)
                if not came:
                    return b""
                self.received.write(came)
            else:
                return done

    def shake(self):
        self.do(self.tls.do_handshake)
        self.raw.sendall(self.sending.read())

    def read(self):
        return self.do(self.tls.read, SIZE)

    def send(self, *records):
        for record in records:
            self.tls.write(record)
        self.raw.sendall(self.sending.read())


@contextmanager
def pair():
    mine, theirs = socket.socketpair()
    with mine, theirs:
        mine.settimeout(0)
        theirs.settimeout(10)
        yield AsyncSocket(mine), theirs


async def read(stream, size):
    """Exactly so many bytes, as they come."""
    data = b""
    while len(data) < size:
        data += await stream.read(size - len(data))
    return data


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_waits_in_the_system_is_seen(backend):
    async def run():
        with pair() as (stream, server):
            assert not stream.has_more
            await to_thread.run_sync(server.sendall, b"a" * SIZE + b"b")
            assert await read(stream, SIZE) == b"a" * SIZE
            assert stream.has_more
            assert await stream.read(SIZE) == b"b"
            assert not stream.has_more
            server.close()
            assert stream.has_more
            assert await stream.read(SIZE) == b""

    anyio.run(run, backend=backend)


@pytest.mark.parametrize("records", [[b"answer", b"more"], [b"answermore"], [b"ans", b"wer", b"", b"m", b"ore"]])
@pytest.mark.parametrize("backend", BACKENDS)
def test_so_is_what_waits_in_tls(backend, records):
    async def run():
        with pair() as (stream, server):
            secret = Secret(server)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(to_thread.run_sync, secret.shake)
                await stream.start_tls(client_context(), NAME)
            await to_thread.run_sync(secret.send, *records)
            assert await read(stream, len(b"answer")) == b"answer"
            assert stream.has_more
            assert await read(stream, len(b"more")) == b"more"
            assert not stream.has_more

    anyio.run(run, backend=backend)


def titled(title, size=0):
    body = b"<title>%s</title>" % title
    body += b" " * (size - len(body))
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


@contextmanager
def talking(talk):
    """A server that talks to one connection after the other."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                raw, _ = listening.accept()
            except OSError:
                return
            with raw, suppress(OSError):
                raw.settimeout(10)
                talk(raw)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def policy(port):
    return Policy(allow_networks=("127.0.0.0/8",), allow_ports=(port,))


def titles(driver, scheme, port):
    options = {"policy": policy(port), "ssl_context": client_context(), "resolve": lambda host: ["127.0.0.1"]}
    return [each.title for each in ask(driver, [f"{scheme}://{NAME}:{port}/{at}" for at in range(3)], options)]


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_surplus_behind_a_whole_read_is_no_answer(driver):
    long = titled(b"right", 2 * SIZE - len(titled(b"right", SIZE)))
    assert len(long) == SIZE

    def talk(raw):
        answer = long + titled(b"wrong")
        while raw.recv(SIZE):
            raw.sendall(answer)
            answer = titled(b"right")

    with talking(talk) as port:
        assert titles(driver, "http", port) == ["right"] * 3


@pytest.mark.parametrize("surplus", ["record", "text"])
@pytest.mark.parametrize("driver", DRIVERS)
def test_nor_is_one_behind_an_answer_over_tls(driver, surplus):
    def talk(raw):
        secret = Secret(raw)
        secret.shake()
        answers = [titled(b"right"), titled(b"wrong")]
        while secret.read():
            secret.send(*(answers if surplus == "record" else [b"".join(answers)]))
            answers = [titled(b"right")]

    with talking(talk) as port:
        assert titles(driver, "https", port) == ["right"] * 3


@pytest.mark.parametrize("driver", DRIVERS)
def test_behind_a_proxy_that_wants_a_password_a_connection_is_kept(driver):
    heads = []

    def talk(raw):
        heads.append(raw.recv(SIZE))
        raw.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        secret = Secret(raw)
        secret.shake()
        while head := secret.read():
            heads.append(head)
            secret.send(titled(b"right"))

    with talking(talk) as port:
        options = {"proxy": f"http://me:a%40b@127.0.0.1:{port}", "ssl_context": client_context()}
        found = ask(driver, [f"https://{NAME}/{at}" for at in range(3)], options)
    assert [each.title for each in found] == ["right"] * 3
    assert [head.split()[0] for head in heads] == [b"CONNECT", b"GET", b"GET", b"GET"]
    assert b"\r\nProxy-Authorization: Basic bWU6YUBi\r\n" in heads[0]
    assert b"Proxy" not in b"".join(heads[1:])


def test_outside_of_a_preview_where_nobody_counts_no_connection_is_kept():
    connections = []

    def talk(raw):
        connections.append(raw)
        while raw.recv(SIZE):
            raw.sendall(titled(b"right"))

    with talking(talk) as port, httpx.Client(transport=GuardedTransport(policy(port))) as client:
        for _ in range(3):
            assert "right" in client.get(f"http://127.0.0.1:{port}/").text
    assert len(connections) == 3
