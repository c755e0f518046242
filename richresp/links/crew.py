"""The threads of a batch: as many as there are links at once, and no more than can be had; without any the caller does the work."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Crew(Generic[_T]):
    """
    Args:
        work: done for each link, in a thread.
        most: how many threads there are at most.
    """

    def __init__(self, work: Callable[[str], _T], most: int) -> None:
        self._work = work
        self._most = most
        self._threads = 0
        self._busy = 0
        self._todo: SimpleQueue[str | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[str, _T | BaseException]] = SimpleQueue()

    def begin(self, url: str) -> None:
        """Has the work done; where no thread can be had for it, when one is free, and where there is none, at once."""
        self._busy += 1
        if self._threads < min(self._most, self._busy):
            thread = threading.Thread(target=self._run, name="richresp-batch", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the process, or what it runs in, has as many as it may have
                self._most = self._threads
            else:
                self._threads += 1
        if self._threads:
            self._todo.put(url)
        else:
            self._do(url)

    def done(self, seconds: float) -> tuple[str, _T | BaseException] | None:
        """The next link that is done, and what came of it or was raised; None where none is within so many seconds."""
        try:
            told = self._done.get(timeout=None if seconds == math.inf else max(0.0, seconds))
        except Empty:
            return None
        self._busy -= 1
        return told

    def end(self) -> None:
        """Lets the threads go when they are done."""
        for _ in range(self._threads):
            self._todo.put(None)

    def _run(self) -> None:
        while (url := self._todo.get()) is not None:
            self._do(url)

    def _do(self, url: str) -> None:
        try:
            self._done.put((url, self._work(url)))
        except BaseException as error:  # noqa: BLE001 - it is raised where the batch is waited for
            self._done.put((url, error))
