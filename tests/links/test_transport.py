"""The guarded transport against a server on loopback that counts its connections, and with a proxy in front of it."""

import asyncio
import socket
import threading
from contextlib import contextmanager

import pytest

from richresp import AsyncPreviewer, Blocked, FetchError, Previewer, UsageError
from richresp.links import Policy
from richresp.links.trip import Trip

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<title>Title"
HALF = PAGE[:20]


def sync_previews(urls, **options):
    with Previewer(**options) as previewer:
        return [previewer.preview(url) for url in urls]


def async_previews(urls, **options):
    async def run():
        async with AsyncPreviewer(**options) as previewer:
            return [await previewer.preview(url) for url in urls]

    return asyncio.run(run())


@pytest.fixture(params=[sync_previews, async_previews], ids=["sync", "async"])
def previews(request):
    return request.param


class Server:
    """Says `answer(target, number)` to each request of each connection; None closes the connection instead, HALF as well."""

    def __init__(self, answer):
        self.answer = answer
        self.connections = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def run(self):
        threads = []
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                break
            lines = []
            self.connections.append(lines)
            threads.append(threading.Thread(target=self.serve, args=(connection, lines)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def serve(self, connection, lines):
        with connection, connection.makefile("rb") as reader:
            connection.settimeout(10)
            while line := reader.readline():
                while reader.readline() not in (b"\r\n", b""):
                    pass
                lines.append(line.split()[:2])
                answer = self.answer(line.split()[1].decode(), len(lines))
                connection.sendall(answer or b"")
                if answer in (None, HALF):
                    return

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def policy(self):
        return Policy(allow_networks=("127.0.0.0/8",), allow_ports=(self.port,))


@contextmanager
def serving(answer):
    server = Server(answer)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()
        thread.join()


def test_a_connection_is_kept_from_preview_to_preview_and_across_empty_redirects(previews):
    empty = b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"
    with serving(lambda target, _: empty if target == "/away" else PAGE) as server:
        found = previews([server.url("/page"), server.url("/away"), server.url("/page?2")], policy=server.policy)
    assert [each.title for each in found] == ["Title"] * 3
    assert [len(lines) for lines in server.connections] == [4]


def test_a_redirect_with_a_body_costs_its_connection_and_nothing_else(previews):
    long = b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 999999999\r\n\r\n"
    with serving(lambda target, _: long if target == "/away" else PAGE) as server:
        (found,) = previews([server.url("/away")], policy=server.policy)
    assert found.title == "Title"
    assert [len(lines) for lines in server.connections] == [1, 1]


def test_a_kept_connection_that_the_server_gave_up_is_tried_anew_once(previews):
    with serving(lambda target, number: PAGE if number == 1 else None) as server:
        found = previews([server.url("/1"), server.url("/2"), server.url("/3")], policy=server.policy)
    assert [each.title for each in found] == ["Title"] * 3
    assert [len(lines) for lines in server.connections] == [2, 2, 1]


def test_a_new_connection_that_is_closed_is_not_tried_anew(previews):
    with serving(lambda target, number: None) as server, pytest.raises(FetchError, match="broke"):
        previews([server.url("/1")], policy=server.policy)
    assert [len(lines) for lines in server.connections] == [1]


def test_a_kept_connection_that_broke_in_the_middle_of_a_head_is_not_tried_anew(previews):
    with (
        serving(lambda target, number: PAGE if number == 1 else HALF) as server,
        pytest.raises(FetchError, match="broke"),
    ):
        previews([server.url("/1"), server.url("/2")], policy=server.policy)
    assert [len(lines) for lines in server.connections] == [2]


def test_a_proxy_is_asked_and_its_own_address_not_judged(previews):
    with serving(lambda target, _: PAGE) as proxy:
        url = "http://site.example.com/page"
        (found,) = previews([url], proxy=f"http://127.0.0.1:{proxy.port}")
    assert (found.title, found.final_url) == ("Title", url)
    assert proxy.connections == [[[b"GET", url.encode()]]]


def test_a_proxy_that_does_not_connect_is_told_as_such(previews):
    refused = b"HTTP/1.1 403 Forbidden secret\r\nContent-Length: 0\r\n\r\n"
    with serving(lambda target, _: refused) as proxy, pytest.raises(FetchError, match="the proxy") as caught:
        previews(["https://site.example.com/page"], proxy=f"http://127.0.0.1:{proxy.port}")
    assert proxy.connections[0][0] == [b"CONNECT", b"site.example.com:443"]
    assert "secret" not in str(caught.value)


def test_rules_for_urls_hold_behind_a_proxy(previews):
    with serving(lambda target, _: PAGE) as proxy, pytest.raises(Blocked):
        previews(["http://127.0.0.1/page"], proxy=f"http://127.0.0.1:{proxy.port}")
    assert proxy.connections == []


def test_a_resolver_that_gives_no_list_is_the_authors_mistake(previews):
    with pytest.raises(UsageError, match="resolve"):
        previews(["http://site.example.com/"], resolve=lambda host: "93.184.216.34")


@pytest.mark.parametrize(
    ("head", "status", "length", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", 200, b"5", 30),
        (b"HTTP/1.1 200 OK\nA: b\n\n", 200, b"5", 27),
        (b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 200, b"0", 47),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", 304, b"5", 29),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", 27),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", 200, b"x", None),
        (b"SSH-2.0\r\n\r\n", 200, b"5", None),
    ],
)
def test_an_answer_is_as_long_as_its_heads_and_its_body(head, status, length, whole):
    trip = Trip(deadline=0.0)
    trip.begin()
    trip.opening += head + b"whatever follows"
    trip.head(status, [(b"Content-Length", length)])
    assert trip.end == whole
    for trip.received in range(60):
        assert trip.ended is (trip.received == whole)
