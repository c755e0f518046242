"""Connections of threads and of coroutines over wires of the mind: kept for their origin, never for another, and never lost."""

import asyncio
import ssl
import threading
from functools import partial

import anyio
import httpcore
import pytest

from richresp.links.connections import AsyncConnections, Connections
from richresp.links.idle import Full
from tests.links.wires import ANSWER, GIVEN_UP, AsyncBackend, Backend, Net

URL = "http://site.example.com/"
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
FINAL = ANSWER.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


class Threads:
    """The one for threads, as coroutines call it."""

    def __init__(self, net, most=4):
        self.mine = Connections(Backend(net), TLS, most)

    async def ask(self, url):
        return self.mine.handle_request(httpcore.Request("GET", url, headers={"Host": "x"}))

    async def read(self, response):
        return b"".join(response.iter_stream())

    async def leave(self, response):
        response.close()

    async def close(self):
        self.mine.close()


class Tasks:
    def __init__(self, net, most=4):
        self.mine = AsyncConnections(AsyncBackend(net), TLS, most)

    async def ask(self, url):
        return await self.mine.handle_async_request(httpcore.Request("GET", url, headers={"Host": "x"}))

    async def read(self, response):
        return b"".join([chunk async for chunk in response.aiter_stream()])

    async def leave(self, response):
        await response.aclose()

    async def close(self):
        await self.mine.aclose()


async def whole(client, url=URL):
    response = await client.ask(url)
    try:
        return await client.read(response)
    finally:
        await client.leave(response)


@pytest.fixture(params=[Threads, Tasks])
def kind(request):
    return request.param


@pytest.fixture
def run(kind):
    """Runs a test's coroutine with a client; nothing may be open after it was closed."""

    def go(body, *answers, most=4):
        async def all_of_it():
            net = Net(*answers)
            client = kind(net, most)
            await body(client, net)
            await client.close()
            assert net.open == []
            assert net.most <= most
            assert len(client.mine._idle) == 0
            assert asyncio.all_tasks() == {asyncio.current_task()}

        asyncio.run(all_of_it())

    return go


def test_a_connection_serves_its_origin_and_no_other(run):
    async def body(client, net):
        urls = [URL, "http://site.example.com:8080/", "https://site.example.com/", "http://www.site.example.com/"]
        for url in urls * 3:
            assert await whole(client, url) == b"ok"
        host = "site.example.com"
        assert [each.place for each in net.made] == [(host, 80), (host, 8080), (host, 443, host), (f"www.{host}", 80)]
        assert [each.asked for each in net.made] == [3] * 4

    run(body)


def test_the_last_one_given_back_is_used_first(run):
    async def body(client, net):
        first, second = await client.ask(URL), await client.ask(URL)
        for response in (second, first):
            await client.read(response)
            await client.leave(response)
        await whole(client)
        assert [each.asked for each in net.made] == [2, 1]

    run(body)


def test_the_longest_idle_makes_room(run):
    async def body(client, net):
        for host in "abcab":
            await whole(client, f"http://{host}/")
        assert [each.place[0] for each in net.made] == ["a", "b", "c", "a", "b"]
        assert [each.place[0] for each in net.open] == ["a", "b"]

    run(body, most=2)


def test_who_wants_more_than_there_are_is_told(run):
    async def body(client, net):
        answers = [await client.ask(URL), await client.ask(URL)]
        with pytest.raises(Full):
            await client.ask(URL)
        await client.leave(answers.pop())
        await whole(client)
        await client.leave(answers.pop())

    run(body, most=2)


def test_what_was_not_read_to_its_end_is_closed(run):
    async def body(client, net):
        await client.leave(await client.ask(URL))
        assert net.open == []
        await whole(client)
        assert [each.asked for each in net.made] == [1, 1]

    run(body)


def test_what_the_server_will_close_is_not_kept(run):
    async def body(client, net):
        await whole(client)
        assert net.open == []

    run(body, FINAL)


def test_what_the_server_closed_meanwhile_is_not_used(run):
    async def body(client, net):
        for response in [await client.ask(URL) for _ in range(3)]:
            await client.read(response)
            await client.leave(response)
        net.open[1].ended = net.open[2].ended = True
        await whole(client)
        assert [each.asked for each in net.made] == [2, 1, 1]
        assert net.open == net.made[:1]

    run(body)


def test_if_a_kept_one_breaks_none_of_its_like_is_used(run):
    async def body(client, net):
        other = "http://other.example.com/"
        await whole(client, other)
        for response in [await client.ask(URL) for _ in range(3)]:
            await client.read(response)
            await client.leave(response)
        with pytest.raises(httpcore.RemoteProtocolError):
            await client.ask(URL)
        assert net.open == net.made[:1]

    run(body, ANSWER, GIVEN_UP)


def test_what_is_in_use_while_all_is_closed_is_closed_when_it_is_done(run):
    async def body(client, net):
        await whole(client, "http://other.example.com/")
        response = await client.ask(URL)
        await client.close()
        assert net.open == net.made[1:]
        assert await client.read(response) == b"ok"
        await client.leave(response)
        await client.leave(response)
        assert net.open == []

    run(body)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("by_scope", [False, True])
def test_wherever_a_task_is_cancelled_nothing_is_lost(scheme, kept, by_scope):
    async def cancelled(after):
        """Whether a task was done before it was cancelled, so many turns after it began."""
        net = Net()
        client = Tasks(net, most=1)
        if kept:
            await whole(client, f"{scheme}://a/")
        scope = anyio.CancelScope()  # which cancels each wait, where a task is cancelled once

        async def work():
            with scope:
                await whole(client, f"{scheme}://a/")

        task = asyncio.create_task(work())
        for _ in range(after):
            await asyncio.sleep(0)
        done = task.done()
        scope.cancel() if by_scope else task.cancel()
        await asyncio.wait([task])
        assert len(net.open) == len(client.mine._idle) <= 1
        assert await whole(client, f"{scheme}://b/") == b"ok"
        await client.close()
        assert net.open == []
        return done

    turns = 0
    while not asyncio.run(cancelled(turns)):
        turns += 1
    assert turns > 6


def test_threads_share_connections_one_at_a_time():
    net = Net()
    client = Connections(Backend(net), TLS, 3)
    found = []

    def work(host):
        for _ in range(200):
            response = client.handle_request(httpcore.Request("GET", f"http://{host}/", headers={"Host": "x"}))
            found.append(b"".join(response.iter_stream()))
            response.close()

    threads = [threading.Thread(target=partial(work, host)) for host in "aab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.close()
    assert found == [b"ok"] * 600
    assert net.open == []
    assert len(client._idle) == 0
    assert net.most <= 3
    assert sum(each.asked for each in net.made) == 600
