"""How many answers are open at once: so many for a host, so many in all. Who comes too late waits in a queue of its host.

One table serves threads and coroutines: it only says who is next, and each waits for that in its own way. A host has an entry
as long as somebody is there or waits, so that the table does not grow.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable


class Place:
    """One caller's place, at a host or in its queue.

    Attributes:
        host: which.
        wake: called once the place is at the host, if it had to wait; perhaps in another caller's thread.
        held: whether it is at the host.
    """

    __slots__ = ("held", "host", "wake")

    def __init__(self, host: str, wake: Callable[[], None]) -> None:
        self.host = host
        self.wake = wake
        self.held = False


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
        self._held = 0
        self._hosts: dict[str, _Host] = {}
        self._ready: OrderedDict[str, None] = OrderedDict()  # hosts with a queue that only the total keeps waiting
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many hosts have an entry."""
        return len(self._hosts)

    def ask(self, place: Place) -> bool:
        """Whether a place is held at once; else it is in the queue until it is woken. Either way it has to be left."""
        with self._lock:
            host = self._hosts.get(place.host)
            if host is None:
                host = self._hosts[place.host] = _Host()
            if not host.waiting and host.held < self._per_host and self._held < self._total:
                self._hold(place, host)
                return True
            host.waiting[place] = None
            if host.held < self._per_host:
                self._ready[place.host] = None
            return False

    def leave(self, place: Place) -> None:
        """Gives a place up, or one in the queue. Once more does nothing."""
        with self._lock:
            host = self._hosts.get(place.host)
            if host is None or not (place.held or place in host.waiting):
                return
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
            woken = self._next()
        for each in woken:
            each.wake()

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
