"""One run of chaos: what callers ask for, when the fault strikes and ends, and what became of each preview.

Each caller asks for pages of a loopback site, new ones and known ones; a page is right if its title is its own. Beside them somebody
with little time asks for pages that never come, which must not last longer for the cache's troubles, and for others that come at once,
which must not be missed for them.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from richresp import AsyncPreviewer, DeadlineExceeded, Previewer
from tests.hostile.chaos_faults import Fault
from tests.hostile.chaos_stores import World

CALLERS = 8
SHORT_TIMEOUT = 0.5
"""Seconds of somebody with little time."""

_WINDOW = 12
_HOSTS = 4
_STRIKE, _HEAL = 1 / 3, 2 / 3
_SLACK = 2 * CALLERS


@dataclass(frozen=True)
class Work:
    """How much is done: previews of each caller, seconds for one, and previews of somebody with little time."""

    each: int
    timeout: float
    hurried: int


@dataclass
class Outcome:
    """What became of a run.

    Attributes:
        asked: previews that were asked for by those who have time.
        right: those that gave the title of their page.
        wrong: what the others gave.
        missed: what somebody with little time gave for a page that he should have had, or should not.
        pages: different pages among them.
        fetched: requests that the site saw for them.
        errors: what the cache counts.
        slowest: seconds of the slowest.
        late: seconds that somebody with too little time waited beyond the deadline, at most.
        left: what is open that was not before.
    """

    asked: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    pages: int = 0
    fetched: int = 0
    errors: int = 0
    slowest: float = 0.0
    late: float = 0.0
    left: dict[str, int] = field(default_factory=dict)


class Run:
    """The work of one run. `port` is that of the site."""

    def __init__(self, fault: Fault, world: World, port: int, work: Work) -> None:
        self.outcome = Outcome()
        self.work = work
        self._fault, self._world, self._port = fault, world, port
        total = work.each * CALLERS
        self._acts = [(int(total * _STRIKE), fault.strike), (int(total * _HEAL), fault.heal)]
        self._done = self._acted = 0
        self._due = threading.Condition()

    def timed(self, previewer: Any) -> Any:
        """A previewer that goes by the clock of this world."""
        options = previewer._options
        previewer._options = replace(options, memory=replace(options.memory, clock=self._world.clock.wall))
        return previewer

    def paths(self, caller: int) -> Iterator[str]:
        draw = random.Random(caller)
        return (f"/{draw.randrange(max(0, turn - _WINDOW), turn + 1)}" for turn in range(self.work.each))

    def hurried_paths(self) -> Iterator[str]:
        both = (f"/{kind}/{number}" for number in range(self.work.hurried) for kind in ("quick", "never"))
        return islice(both, self.work.hurried)

    def url(self, path: str) -> str:
        return f"http://h{sum(path.encode()) % _HOSTS}.example.com:{self._port}{path}"

    def note(self, path: str, found: object, seconds: float) -> None:
        outcome = self.outcome
        with self._due:
            outcome.asked += 1
            outcome.right += self._is_right(path, found, outcome.wrong)
            outcome.slowest = max(outcome.slowest, seconds)
            self._done += 1
            self._due.notify_all()

    def note_hurried(self, path: str, found: object, seconds: float) -> None:
        with self._due:
            self._is_right(path, found, self.outcome.missed)
            self.outcome.late = max(self.outcome.late, seconds - SHORT_TIMEOUT)

    def _is_right(self, path: str, found: object, others: list[str]) -> bool:
        title = getattr(found, "title", None)
        right = isinstance(found, DeadlineExceeded) if path.startswith("/never") else title == f"Page {path}"
        if not right:
            others.append(f"{path}: {title or repr(found)}")
        return right

    @property
    def is_ahead(self) -> bool:
        """Whether so much is done that the next act should be over by now."""
        return self._acted < len(self._acts) and self._done >= self._acts[self._acted][0] + _SLACK

    def wait(self) -> None:
        """Lets the conductor catch up, so that a fault comes while there is something to be harmed."""
        with self._due:
            self._due.wait_for(lambda: not self.is_ahead)

    def conduct(self) -> None:
        """Strikes and heals while the others ask. What goes wrong here ends nothing, but is told."""
        for when, act in self._acts:
            with self._due:
                self._due.wait_for(lambda when=when: self._done >= when)
            try:
                act(self._world)
                if self._fault.lasts and act is self._fault.strike:
                    self._world.stands = self._world.path.read_bytes()
            except Exception as error:  # noqa: BLE001 - the others must not be waited for in vain
                self.outcome.wrong.append(f"{self._fault.name}: {error!r}")
            with self._due:
                self._acted += 1
                self._due.notify_all()


def in_threads(run: Run, cache: Any, options: dict[str, Any]) -> None:
    def ask(previewer: Previewer, paths: Iterator[str], note: Callable[[str, object, float], None]) -> None:
        for path in paths:
            began = time.monotonic()
            try:
                found: object = previewer.preview(run.url(path))
            except Exception as error:  # noqa: BLE001 - it is what is looked for
                found = error
            note(path, found, time.monotonic() - began)
            run.wait()

    with (
        run.timed(Previewer(cache=cache, timeout=run.work.timeout, **options)) as patient,
        run.timed(Previewer(cache=cache, timeout=SHORT_TIMEOUT, **options)) as impatient,
    ):
        threads = [threading.Thread(target=run.conduct)]
        threads += [
            threading.Thread(target=ask, args=(patient, run.paths(caller), run.note)) for caller in range(CALLERS)
        ]
        threads.append(threading.Thread(target=ask, args=(impatient, run.hurried_paths(), run.note_hurried)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    cache.close()


def in_tasks(run: Run, cache: Any, options: dict[str, Any]) -> None:
    async def ask(previewer: AsyncPreviewer, paths: Iterator[str], note: Callable[[str, object, float], None]) -> None:
        for path in paths:
            note(path, *await _outlived(previewer, run.url(path)))
            if run.is_ahead:
                await asyncio.to_thread(run.wait)

    async def main() -> None:
        conductor = threading.Thread(target=run.conduct)
        conductor.start()
        async with (
            run.timed(AsyncPreviewer(cache=cache, timeout=run.work.timeout, **options)) as patient,
            run.timed(AsyncPreviewer(cache=cache, timeout=SHORT_TIMEOUT, **options)) as impatient,
        ):
            everybody = [ask(patient, run.paths(caller), run.note) for caller in range(CALLERS)]
            await asyncio.gather(*everybody, ask(impatient, run.hurried_paths(), run.note_hurried))
        closed = cache.close()
        if closed is not None:
            await closed
        if tasks := len(asyncio.all_tasks()) - 1:
            run.outcome.left["tasks"] = tasks
        await asyncio.to_thread(conductor.join)

    asyncio.run(main())


async def _outlived(previewer: AsyncPreviewer, url: str) -> tuple[object, float]:
    """What a preview gives, and its seconds; one that the fault cancels is asked for again."""
    while True:
        began = time.monotonic()
        asked = asyncio.ensure_future(previewer.preview(url))
        await asyncio.wait([asked])
        if not asked.cancelled():
            return asked.exception() or asked.result(), time.monotonic() - began
