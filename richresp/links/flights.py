"""Who asks for a page that several callers want at once: one leads, the others wait for what the leader finds.

One table serves threads and coroutines, of however many previewers share a cache: it only says who leads and what was found, and
each waits in its own way. A leader that gives up hands over to whoever has waited longest. A key has an entry as long as somebody
leads, so that the table does not grow.

A ticket may be left from anywhere, even from where the garbage collector ends a forgotten coroutine in the middle of a call into
this table: leaving waits for no lock. It is noted, and done by whoever has the lock.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from richresp.links.forks import register
from richresp.links.stored import Outcome


class Ticket:
    """One caller's part in a flight. Leave it in the end, or use it as a context manager.

    Attributes:
        key: what for.
        wake: called once when the ticket leads or is told, if it had to wait; perhaps in another caller's thread. A RuntimeError,
            as of an event loop that is closed, means that nobody is there any more. So does a true `is_over`, if it has that:
            a leader whose loop was closed never ends by itself, and hands over when the next one comes.
        leads: whether it is the one that asks. It ends with `finish`, or by leaving.
        outcome: what the leader found; None as long as nothing was.
        asked: whether it was found by asking, and not remembered.
        abandoned: a lease that was still held when this leader ended the flight; to be released by whoever led.
        flight: the table's own note of where it belongs; None once it is over.
    """

    __slots__ = ("_table", "abandoned", "asked", "flight", "key", "leads", "outcome", "wake")

    def __init__(self, table: Flights, key: str, wake: Callable[[], None]) -> None:
        self._table = table
        self.flight: _Flight | None = None
        self.key = key
        self.wake = wake
        self.leads = False
        self.outcome: Outcome | None = None
        self.asked = False
        self.abandoned: str | None = None

    @property
    def lease(self) -> str | None:
        """What the leader holds of the right to ask that processes share; whoever leads next holds it on."""
        return None if self.flight is None else self.flight.lease

    @lease.setter
    def lease(self, token: str | None) -> None:
        if self.flight is not None:
            self.flight.lease = token

    def finish(self, outcome: Outcome, *, asked: bool = True) -> bool:
        """Tells everybody who waits, and ends the flight. False, and nothing, for a ticket that does not lead."""
        return self._table.finish(self, outcome, asked=asked)

    def leave(self) -> None:
        """Waits no longer; a leader hands over to the next. Once more, or after the end, does nothing."""
        self._table.leave(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


class _Flight:
    __slots__ = ("leader", "lease", "waiting")

    def __init__(self, leader: Ticket) -> None:
        self.leader = leader
        self.lease: str | None = None
        self.waiting: OrderedDict[Ticket, None] = OrderedDict()


class Flights:
    """The table of one cache; see `flights_of`."""

    def __init__(self) -> None:
        self.after_fork()
        register(self)

    def after_fork(self) -> None:
        """Forgets everybody: in the child of a fork the others do not exist, and must not be woken."""
        self._flights: dict[str, _Flight] = {}
        self._lock = threading.Lock()
        self._leaving: SimpleQueue[Ticket] = SimpleQueue()

    def __len__(self) -> int:
        """How many keys have an entry."""
        return len(self._flights)

    def join(self, key: str, wake: Callable[[], None]) -> Ticket:
        """A ticket for a key: it leads at once, or is woken when it does or is told."""
        ticket = Ticket(self, key, wake)
        led: list[Ticket] = []
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                flight = self._flights[key] = _Flight(ticket)
                ticket.leads = True
            else:
                flight.waiting[ticket] = None
                gone = flight.leader
                if getattr(gone.wake, "is_over", False):
                    gone.leads, gone.flight = False, None
                    led = [self._handed_over(flight)]
            ticket.flight = flight
        self._wake([each for each in led if each is not ticket])
        self._settle()
        return ticket

    def finish(self, ticket: Ticket, outcome: Outcome, *, asked: bool = True) -> bool:
        """As `Ticket.finish`."""
        with self._lock:
            flight = self._flight_of(ticket)
            leads = flight is not None and ticket.leads
            told: list[Ticket] = []
            if flight is not None and leads:
                told = list(flight.waiting)
                ticket.abandoned = flight.lease
                del self._flights[ticket.key]
                for each in (ticket, *told):
                    each.leads, each.outcome, each.asked, each.flight = False, outcome, asked, None
        self._wake(told)
        self._settle()
        return leads

    def leave(self, ticket: Ticket) -> None:
        """As `Ticket.leave`."""
        self._leaving.put(ticket)
        self._settle()

    def _settle(self) -> None:
        """Lets those go who are leaving, and wakes who leads then. Who finds the lock taken is seen to by who has it."""
        while not self._leaving.empty() and self._lock.acquire(blocking=False):
            try:
                leaders = self._let_go()
            finally:
                self._lock.release()
            self._wake(leaders)

    def _let_go(self) -> list[Ticket]:
        leaders: list[Ticket] = []
        while True:
            try:
                ticket = self._leaving.get_nowait()
            except Empty:
                return [each for each in leaders if each.leads]
            flight = self._flight_of(ticket)
            if flight is None:
                continue
            ticket.flight = None
            if not ticket.leads:
                del flight.waiting[ticket]
                continue
            ticket.leads = False
            if flight.waiting:
                leaders.append(self._handed_over(flight))
            else:
                ticket.abandoned = flight.lease
                del self._flights[ticket.key]

    def _handed_over(self, flight: _Flight) -> Ticket:
        """The ticket that has waited longest, which leads now."""
        flight.leader, _ = flight.waiting.popitem(last=False)
        flight.leader.leads = True
        return flight.leader

    def _flight_of(self, ticket: Ticket) -> _Flight | None:
        """The flight that a ticket is part of, None once either is over, or where it was begun before a fork."""
        flight = ticket.flight
        return flight if flight is not None and self._flights.get(ticket.key) is flight else None

    def _wake(self, tickets: list[Ticket]) -> None:
        for ticket in tickets:
            try:
                ticket.wake()
            except RuntimeError:  # its event loop is closed
                self._leaving.put(ticket)


class _Known:
    """The tables of all caches, by the identity of the cache."""

    def __init__(self) -> None:
        self._tables: dict[int, tuple[weakref.ref[object], Flights]] = {}
        self.after_fork()
        register(self)

    def after_fork(self) -> None:
        """A thread that a fork has not copied may have held the lock."""
        self._lock = threading.Lock()

    def table_of(self, cache: object) -> Flights:
        def forget(gone: weakref.ref[object], at: int = id(cache)) -> None:
            known = self._tables.get(at)
            if known is not None and known[0] is gone:
                del self._tables[at]

        try:
            reference = weakref.ref(cache, forget)
        except TypeError:
            return Flights()
        with self._lock:
            known = self._tables.get(id(cache))
            if known is None or known[0]() is not cache:
                known = self._tables[id(cache)] = reference, Flights()
            return known[1]


_KNOWN = _Known()


def flights_of(cache: object) -> Flights:
    """The table of a cache, which lives as long as that: the same for all who share it, by identity.

    A cache that takes no weak references gets a new table each time.
    """
    return _KNOWN.table_of(cache)
