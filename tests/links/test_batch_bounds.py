"""What bounds many previews at once: the caps, hosts that hang, the time of all; and that nothing is left, for threads and coroutines."""

import asyncio
import threading
import time
from collections import Counter

import httpx
import pytest

from richresp import AsyncPreviewer, DeadlineExceeded, Preview, Previewer, PreviewError
from richresp.links.batch import in_tasks, in_threads
from tests.links.remembering import URL, Clock, Site, World, both


def titled(request):
    text = f"<title>{request.url}</title>"
    return httpx.Response(200, headers={"content-type": "text/html"}, text=text)


def page(number, host="site"):
    return f"https://{host}.example.com/{number}"


class Counting:
    """An answer that says how many are open at once, in all and of each host. It waits until `enough` have met, while it can."""

    def __init__(self):
        self.lock = threading.Lock()
        self.now, self.most = Counter(), Counter()

    def enter(self, host):
        with self.lock:
            for name in (host, "all"):
                self.now[name] += 1
                self.most[name] = max(self.most[name], self.now[name])

    def leave(self, host):
        with self.lock:
            self.now.subtract([host, "all"])


def test_threads_keep_to_the_caps_and_use_them():
    counting, meet = Counting(), threading.Barrier(4)

    def site(request):
        counting.enter(request.url.host)
        meet.wait(60)
        counting.leave(request.url.host)
        return titled(request)

    urls = [page(number, host) for number in range(8) for host in "abcd"]
    with Previewer(
        transport=httpx.MockTransport(site), max_connections=4, max_connections_per_host=2, timeout=60
    ) as previewer:
        assert [each.title for each in previewer.previews(urls)] == urls
    assert counting.most["all"] == 4
    assert max(count for name, count in counting.most.items() if name != "all") <= 2


def test_coroutines_keep_to_the_caps_and_use_them():
    async def run():
        counting = Counting()

        async def site(request):
            counting.enter(request.url.host)
            for _ in range(20):
                await asyncio.sleep(0)
            counting.leave(request.url.host)
            return titled(request)

        urls = [page(number, host) for number in range(8) for host in "abcd"]
        async with AsyncPreviewer(
            transport=httpx.MockTransport(site), max_connections=5, max_connections_per_host=2
        ) as previewer:
            assert [each.title for each in await previewer.previews(urls)] == urls
        assert counting.most["all"] == 5
        assert max(count for name, count in counting.most.items() if name != "all") == 2

    asyncio.run(run())


def test_a_host_that_hangs_keeps_no_other_waiting():
    """A thousand links of it, and ten others: those are all there before any of the thousand is."""
    over = threading.Event()
    done = []

    def site(request):
        if request.url.host.startswith("slow"):
            assert over.wait(60)
        return titled(request)

    def on_done(url, result):
        done.append(url)
        if len(done) == len(quick):
            over.set()

    slow, quick = [page(number, "slow") for number in range(1_000)], [page(number, "quick") for number in range(10)]
    with Previewer(transport=httpx.MockTransport(site), timeout=60) as previewer:
        told = previewer.previews(slow + quick, on_done=on_done)
    assert set(done[: len(quick)]) == set(quick)
    assert len([each for each in told if isinstance(each, Preview)]) == 1_010


@both
def test_what_is_remembered_waits_for_no_host(kind):
    """Links that are known stand behind many of the same host that do not answer: all of them are told, and none of those."""
    with World(kind, max_connections_per_host=1) as world:
        known = [page(number) for number in range(40)]
        world.previews(known)
        asked = world.site.asked
        answer = refused_later if kind is AsyncPreviewer else refused_soon
        slow = world.beside(transport=httpx.MockTransport(answer), max_connections_per_host=1)
        told = slow.previews([*(page(f"slow{number}") for number in range(20)), *known], timeout=0.5)
        slow.close()
    assert asked == 40
    assert [type(each) for each in told] == [*[DeadlineExceeded] * 20, *[Preview] * 40]


async def refused_later(_):
    await asyncio.Event().wait()


def refused_soon(_):
    threading.Event().wait(1.0)
    raise httpx.ReadError("late")


@pytest.mark.parametrize("run", [in_threads, in_tasks])
def test_nothing_begins_when_the_time_is_over(run):
    """Even what is done before anything is asked for takes part of the time of the batch."""
    seen, begun = [], []

    def address_of(url):
        seen.append(url)
        until = time.monotonic() + 0.35
        while time.monotonic() < until:
            pass
        return url

    def one(url, _):
        begun.append(url)

    urls = [page(number) for number in range(5_000)]
    options = {"timeout": 0.3, "total": 4, "per_host": 1, "address_of": address_of, "on_done": None}
    told = run(urls, one, **options) if run is in_threads else asyncio.run(run(urls, one, **options))
    assert {type(each) for each in told} == {DeadlineExceeded}
    assert [each.url for each in told] == urls
    assert (seen, begun) == (urls[:1], [])


def test_where_no_thread_is_to_be_had_the_caller_does_the_work():
    threads = set()

    def site(request):
        threads.add(threading.current_thread())
        return titled(request)

    urls = [page(number) for number in range(5)]
    with Previewer(transport=httpx.MockTransport(site)) as previewer:
        size = threading.stack_size(1 << 46)  # more than there is for the stack of a thread
        try:
            told = previewer.previews(urls)
        finally:
            threading.stack_size(size)
    assert [each.title for each in told] == urls
    assert threads == {threading.current_thread()}


def test_the_time_of_the_batch_is_that_of_all_its_links():
    over = threading.Event()

    def site(request):
        if "slow" in request.url.host:
            over.wait(60)
        return titled(request)

    urls = [page(1, "slow"), page(1), *(page(number, "slow") for number in range(2, 20))]
    done = []
    with Previewer(transport=httpx.MockTransport(site), timeout=60, max_connections_per_host=1) as previewer:
        told = previewer.previews(urls, timeout=0.5, on_done=lambda url, result: done.append(url))
        over.set()
    assert [type(each) for each in told] == [DeadlineExceeded, Preview, *[DeadlineExceeded] * 18]
    assert [each.url for each in told if isinstance(each, PreviewError)] == [url for url in urls if "slow" in url]
    assert sorted(done) == sorted(urls)


def test_and_so_for_coroutines_of_which_nothing_is_left():
    async def run():
        async def site(request):
            if "slow" in request.url.host:
                await asyncio.Event().wait()
            return titled(request)

        urls = [page(1, "slow"), page(1), *(page(number, "slow") for number in range(2, 20))]
        async with AsyncPreviewer(
            transport=httpx.MockTransport(site), timeout=60, max_connections_per_host=1
        ) as previewer:
            told = await previewer.previews(urls, timeout=0.5)
            assert [type(each) for each in told] == [DeadlineExceeded, Preview, *[DeadlineExceeded] * 18]
            assert [each.url for each in told if isinstance(each, PreviewError)] == [
                url for url in urls if "slow" in url
            ]
            nothing_is_left(previewer)
            task = asyncio.create_task(previewer.previews(urls))
            for _ in range(50):
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            nothing_is_left(previewer)

    asyncio.run(run())


def nothing_is_left(previewer):
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert len(previewer._options.slots) == len(previewer._shelf.flights) == len(previewer._shelf.cache._leases) == 0


@both
def test_a_link_that_is_late_is_what_it_was_where_that_is_remembered(kind):
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=0, stale-if-error=600"), clock=Clock(), timeout=60) as site:  # fmt: skip
        site.preview()
        site.later(601)

        def slow(request):
            raise httpx.ReadTimeout("slow")

        site.site.answer = slow
        told = site.previews([URL, page("other")], timeout=5)
        assert (told[0].title, told[0].stale) == ("One", True)
        assert isinstance(told[1], DeadlineExceeded)
