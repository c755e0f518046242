"""A page in pieces that are all there at once: other coroutines have their turn meanwhile, and the deadline holds."""

from itertools import pairwise

import anyio
import httpx
import pytest
from anyio.lowlevel import checkpoint

from richresp import AsyncPreviewer, DeadlineExceeded
from richresp.limits.links import READS_PER_TURN
from richresp.links.trip import TRIP
from tests.hostile.drivers import DRIVERS

PIECES = 10_000
URL = "http://site.example.com/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Flood(httpx.AsyncByteStream):
    """A byte at a time, without a wait; at one of them the deadline passes."""

    def __init__(self, late_at: int | None = None) -> None:
        self.late_at, self.taken = late_at, 0

    async def __aiter__(self):
        for self.taken in range(1, PIECES + 1):
            if self.taken == self.late_at:
                TRIP.get().deadline = 0.0
            yield b"a"


def previewer(flood: Flood) -> AsyncPreviewer:
    site = httpx.MockTransport(lambda request: httpx.Response(200, headers=HTML, stream=flood))
    return AsyncPreviewer(transport=site)


@pytest.mark.parametrize("backend", [name for name in DRIVERS if name != "sync"])
def test_others_have_their_turn_while_pieces_are_taken(backend):
    async def run() -> None:
        flood, seen = Flood(), []

        async def beat() -> None:
            while flood.taken < PIECES:
                seen.append(flood.taken)
                await checkpoint()

        async with previewer(flood) as asked, anyio.create_task_group() as tasks:
            tasks.start_soon(beat)
            await asked.preview(URL)
        steps = [after - before for before, after in pairwise(seen)]
        assert max(steps) <= READS_PER_TURN

    anyio.run(run, backend=backend)


@pytest.mark.parametrize("backend", [name for name in DRIVERS if name != "sync"])
def test_no_piece_is_taken_after_the_deadline(backend):
    async def run() -> None:
        flood = Flood(late_at=5)
        async with previewer(flood) as asked:
            with pytest.raises(DeadlineExceeded):
                await asked.preview(URL)
        assert flood.taken == 5

    anyio.run(run, backend=backend)
