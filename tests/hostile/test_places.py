"""How many answers of a site are open at once, and that those who wait for a place do it within their deadline."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from richresp import AsyncPreviewer, DeadlineExceeded, Previewer, PreviewError
from tests.hostile.answers import PLAIN, page, says
from tests.hostile.case import Case
from tests.hostile.wire import Act

PATIENCE = 10.0


def threads(urls, options):
    def one(url):
        try:
            return previewer.preview(url)
        except PreviewError as error:
            return error

    with Previewer(**options) as previewer, ThreadPoolExecutor(len(urls)) as pool:
        return list(pool.map(one, urls))


def tasks(urls, options):
    async def run():
        async with AsyncPreviewer(**options) as previewer:
            return await asyncio.gather(*map(previewer.preview, urls), return_exceptions=True)

    return asyncio.run(run())


class Gate:
    """Opens for so many at once, and remembers how many there were."""

    def __init__(self, size):
        self.together = threading.Barrier(size)
        self.lock, self.inside, self.most = threading.Lock(), 0, 0

    def __call__(self, visit):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            self.together.wait(PATIENCE)
        except threading.BrokenBarrierError:
            yield page(body=b"<title>Too few</title>")
            return
        finally:
            with self.lock:
                self.inside -= 1
        yield PLAIN


@pytest.fixture(params=[threads, tasks])
def side_by_side(request):
    return request.param


@pytest.mark.parametrize(
    ("hosts", "size", "options"),
    [(1, 4, {}), (1, 2, {"max_connections_per_host": 2}), (12, 3, {"max_connections": 3}), (2, 8, {})],
)
def test_so_many_are_open_and_no_more(side_by_side, hosts, size, options):
    gate = Gate(size)
    case = Case("", gate, timeout=PATIENCE, options=options)
    with case.scene() as scene:
        urls = [f"http://h{number % hosts}.example.com:{scene.ports['plain']}/{number}" for number in range(24)]
        found = side_by_side(urls, case.previewer(scene.ports))
        assert [preview.title for preview in found] == ["Title"] * 24
        assert gate.most == size
        assert scene.left() == 0


def test_to_wait_for_a_place_counts(side_by_side):
    case = Case("", says(Act.SILENCE), timeout=0.3)
    with case.scene() as scene:
        urls = [f"http://site.example.com:{scene.ports['plain']}/{number}" for number in range(12)]
        found = side_by_side(urls, case.previewer(scene.ports))
        assert {type(error) for error in found} == {DeadlineExceeded}
        assert scene.left() == 0


def test_a_host_that_is_silent_holds_up_no_other(side_by_side):
    def script(visit):
        return [Act.SILENCE] if visit.host == "silent.example.com" else [PLAIN]

    case = Case("", script, timeout=2.0)
    with case.scene() as scene:
        hosts = ["silent.example.com"] * 8 + ["site.example.com"] * 4
        urls = [f"http://{host}:{scene.ports['plain']}/" for host in hosts]
        found = side_by_side(urls, case.previewer(scene.ports))
        assert [getattr(each, "title", None) for each in found] == [None] * 8 + ["Title"] * 4
