"""How many answers are open at once: so many for a host, so many in all. The others wait in a queue of their host.

One table serves threads and coroutines: it only says who is next, and each waits for that in its own way. A host has an
entry as long as somebody is there or waits, so that the table does not grow.

A place may be left from anywhere, even from where the garbage collector ends a forgotten coroutine in the middle of a
call into this table: leaving waits for no lock. It is noted, and done by whoever has the lock.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from richresp.links.forks import register


class Place:
    """One caller's place, at a host or in its queue.

    Attributes:
        host: which.
        wake: called once the place is at the host, if it had to wait; perhaps in another caller's thread. A
            RuntimeError, as of an event loop that is closed, means that nobody is there any more.
        held: whether it is at the host.
        at: the table's own note of where it belongs; None once it is left.
    """

    __slots__ = ("at", "held", "host", "wake")

    def __init__(self, host: str, wake: Callable[[], None]) -> None:
        self.host = host
        self.wake = wake
        self.held = False
        self.at: _Host | None = None


class _Host:
    __slots__ = ("held", "waiting")

    def __init__(self) -> None:
        self.held = 0
        self.waiting: OrderedDict[Place, None] = OrderedDict()


class Slots:
    """The table."""

    def __init__(self, total: int, per_host: int) -> None:
        self._total = total
        self._per_host = per_host
        self.after_fork()
        register(self)

    def after_fork(self) -> None:
        """Forgets everybody: in the child of a fork the others do not exist, and would never leave."""
        self._held = 0
        self._hosts: dict[str, _Host] = {}
        self._ready: OrderedDict[str, None] = OrderedDict()  # hosts with a queue that only the total keeps waiting
        self._lock = threading.Lock()
        self._leaving: SimpleQueue[Place] = SimpleQueue()

    def __len__(self) -> int:
        """How many hosts have an entry."""
        return len(self._hosts)

    def ask(self, place: Place) -> bool:
        """Whether a place is held at once; else it is in the queue until it is woken. Either way it has to be left."""
        with self._lock:
            host = self._hosts.get(place.host)
            if host is None:
                host = self._hosts[place.host] = _Host()
            place.at = host
            held = not host.waiting and host.held < self._per_host and self._held < self._total
            if held:
                self._hold(place, host)
            else:
                host.waiting[place] = None
                if host.held < self._per_host:
                    self._ready[place.host] = None
        self._settle()
        return held

    def leave(self, place: Place) -> None:
        """Gives a place up, or one in the queue. Once more does nothing."""
        self._leaving.put(place)
        self._settle()

    def _settle(self) -> None:
        """Lets those go who are leaving, and wakes who is next. Who finds the lock taken is seen to by who has it."""
        while not self._leaving.empty() and self._lock.acquire(blocking=False):
            try:
                woken = self._let_go()
            finally:
                self._lock.release()
            for each in woken:
                try:
                    each.wake()
                except RuntimeError:  # its event loop is closed
                    self._leaving.put(each)

    def _let_go(self) -> list[Place]:
        while True:
            try:
                place = self._leaving.get_nowait()
            except Empty:
                return self._next()
            host, place.at = place.at, None
            if host is None or self._hosts.get(place.host) is not host:  # left before, or begun before a fork
                continue
            if place.held:
                place.held = False
                host.held -= 1
                self._held -= 1
            else:
                del host.waiting[place]
            if host.waiting and host.held < self._per_host:
                self._ready[place.host] = None
            else:
                self._ready.pop(place.host, None)
            if not host.waiting and not host.held:
                del self._hosts[place.host]

    def _next(self) -> list[Place]:
        """Who may go on now: the queues in turn, the first of each first."""
        woken = []
        while self._ready and self._held < self._total:
            name, _ = self._ready.popitem(last=False)
            host = self._hosts[name]
            place, _ = host.waiting.popitem(last=False)
            self._hold(place, host)
            woken.append(place)
            if host.waiting and host.held < self._per_host:
                self._ready[name] = None
        return woken

    def _hold(self, place: Place, host: _Host) -> None:
        place.held = True
        host.held += 1
        self._held += 1


def host_of(url: str) -> str:
    """The host of a URL, as places are shared out; empty where it has none.

    Raises:
        ValueError: for what is no URL.
    """
    return urlsplit(url).hostname or ""
