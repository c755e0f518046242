"""Threads for what cannot be cancelled, only waited for no longer.

They die with the program, so that what hangs holds up nobody, and wait a moment for the next call, which is cheaper than a new
thread. How many there are is up to whoever calls: as many as there are calls at once.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

from richresp.links.forks import register

_T = TypeVar("_T")


class Workers:
    """
    Args:
        name: of the threads.
        patience: seconds for which one waits for its next call before it ends.
    """

    def __init__(self, name: str, patience: float) -> None:
        self._name = name
        self._patience = patience
        self.after_fork()
        register(self)

    def after_fork(self) -> None:
        """Forgets all threads: none but one lives on in the child of a fork."""
        self._lock = threading.Lock()
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._free = 0  # threads that wait and to which no call is on its way

    def start(self, work: Callable[[], _T], ended: Callable[[], object]) -> Future[_T]:
        """What a call will have returned or raised.

        Args:
            work: called in another thread.
            ended: called there when that has come to its end, before the result can be seen.

        Raises:
            RuntimeError: if there are no more threads to be had.
        """
        found: Future[_T] = Future()

        def call() -> None:
            try:
                told = work()
            except BaseException as error:  # noqa: BLE001  # whatever it is, it is raised where it is waited for
                self._done(ended)
                found.set_exception(error)
            else:
                self._done(ended)
                found.set_result(told)

        with self._lock:
            waits = self._free > 0
            self._free -= waits
        if waits:
            self._calls.put(call)
        else:
            threading.Thread(target=self._run, args=(call,), name=self._name, daemon=True).start()
        return found

    def _done(self, ended: Callable[[], object]) -> None:
        with self._lock:
            self._free += 1
        ended()

    def _run(self, call: Callable[[], None] | None) -> None:
        while call is not None:
            call()
            del call  # a result is not kept until the next one comes
            call = self._next()

    def _next(self) -> Callable[[], None] | None:
        with suppress(queue.Empty):
            return self._calls.get(timeout=self._patience)
        with self._lock:
            if self._free:
                self._free -= 1
                return None
        return self._calls.get()
