"""A cache file: its handles, and what is done where it is locked, full, damaged or gone. The only file that knows sqlite3.

Each thread has its own handle; a fork's child leaves those of its parent alone. A handle whose file was replaced, emptied or
removed is opened anew, and a damaged file is set aside. Every call is one statement or may be done twice, so that it
can be tried again. A locked file is waited for here and not in SQLite, whose pauses grow to 100 ms: among eight processes
that write all the time some came away empty-handed after 250 ms.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar
from weakref import WeakSet

from richresp.caching import tables
from richresp.caching.beside import APPLICATION_ID
from richresp.caching.contents import PAGE_BYTES, Contents, cleared, contents_of, make_room
from richresp.caching.forks import ForkLock
from richresp.caching.place import Place, Unusable
from richresp.caching.wallclock import WallClock
from richresp.caching.watched import Watched
from richresp.limits import caching as limits

_T = TypeVar("_T")

_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_SET_BY_OTHERS: Final = ("application_id", "schema_version", "user_version")
_orphans: list[object] = []
"""Handles of a parent process: closing one in its child would meddle with locks that are not the child's."""


class Failed(Exception):
    """A call that came to nothing; `waited` where it took its time, as with a locked file."""

    def __init__(self, trouble: str, *, waited: bool = False) -> None:
        super().__init__(trouble)
        self.waited = waited


class _Handle:
    """A thread's connection, which only opens when it is needed."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.lock = ForkLock()
        self.connection: sqlite3.Connection | None = None
        self.identity: tuple[int, int] | None = None
        self.file: Watched | None = None

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                if self.identity is None or self.identity != self._place.identity():
                    connection.interrupt()  # or the log would be written into whatever stands in the file now
                connection.close()
        self.file = None

    def __del__(self) -> None:
        self.close()


class Database:
    """The tables.

    Args:
        place: where the file is.
        max_bytes: what it may grow to.
        clock: the time that processes share.
    """

    def __init__(self, place: Place, *, max_bytes: int, clock: WallClock) -> None:
        self._place = place
        self._max_bytes = max_bytes
        self._clock = clock
        self._outdated = False
        self._lock = ForkLock(self._after_fork)
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()

    def _after_fork(self, _whole: bool) -> None:  # noqa: FBT001 - the one thing a fork has to say
        _orphans.extend(self._handles)
        self._local = threading.local()
        self._handles = WeakSet()

    def read(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left. All methods raise Failed, and OSError or Unusable where it cannot be opened."""
        row, now = self._run(lambda db, now: (db.execute(tables.READ, (key, limits.MAX_VALUE_BYTES)).fetchone(), now))
        if row is None:
            return None
        if not tables.is_whole(key, row):
            raise Failed("an entry was damaged")
        left = tables.remaining(row, now)
        return (row[0], left) if left > 0 else None

    def write(self, key: str, value: bytes, ttl: float) -> None:
        self._run(lambda db, now: db.execute(tables.WRITE, tables.new_row(key, value, now, now + ttl)))

    def delete(self, key: str) -> None:
        self._run(lambda db, _: db.execute(tables.DELETE, (key,)))

    def take(self, key: str, token: str, ttl: float) -> bool:
        def held(db: sqlite3.Connection, now: float) -> bool:
            longest = limits.MAX_LEASE_SECONDS + limits.CLOCK_SLACK_SECONDS
            return db.execute(tables.HELD, (key, now, limits.CLOCK_SLACK_SECONDS, longest)).fetchone() is not None

        def work(db: sqlite3.Connection, now: float) -> bool:
            # Those who wait for a lease ask again and again, and reading keeps nobody from writing.
            if held(db, now):
                return False
            with db:
                db.execute("BEGIN IMMEDIATE")
                now = self._now()  # another may have taken it since, at a later time than the first
                free = not held(db, now)
                if free:
                    db.execute(tables.TAKE, (key, token, now, now + ttl))
            return free

        return self._run(work)

    def give_back(self, key: str, token: str) -> bool:
        def work(db: sqlite3.Connection, now: float) -> bool:
            was_held = db.execute(tables.GIVE_BACK, (key, token, now, limits.CLOCK_SLACK_SECONDS)).rowcount > 0
            if not was_held:  # a clock that is set on and back again would bring it back to life
                db.execute(tables.DROP_LEASE, (key, token))
            return was_held

        return self._run(work)

    def contents(self) -> Contents:
        """What there is. A file is neither made nor set aside by asking, nor by `clear`."""
        return self._run(contents_of) if self._place.is_filled() else Contents()

    def clear(self) -> int:
        return self._run(cleared) if self._place.is_filled() else 0

    def close(self) -> None:
        """Closes the handles of all threads."""
        with self._lock.raw:
            handles = list(self._handles)
        for handle in handles:
            with handle.lock.raw:
                handle.close()

    def _run(self, work: Callable[[sqlite3.Connection, float], _T]) -> _T:
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = _Handle(self._place)
            with self._lock.raw:
                self._handles.add(handle)
        with handle.lock.raw:
            try:
                return self._attempt(handle, work)
            except sqlite3.Error as error:
                code = _code(error)
            if code in _BUSY:
                raise Failed("the file is locked", waited=True)
            if code != sqlite3.SQLITE_FULL:
                handle.close()
        if code in _DAMAGED:
            self._place.set_aside(handle.identity)

        def again(db: sqlite3.Connection, now: float) -> _T:
            if code == sqlite3.SQLITE_FULL:
                make_room(db, now, limits.SQLITE_KEPT_SHARE * self._max_bytes)
            return work(db, now)

        with handle.lock.raw:  # a file that was set aside, emptied or removed is made anew by opening it
            try:
                return self._attempt(handle, again)
            except sqlite3.Error as error:
                handle.close()
                full = _code(error) == sqlite3.SQLITE_FULL
                raise Failed("the disk is full" if full else "the file fails", waited=_code(error) in _BUSY) from error

    def _attempt(self, handle: _Handle, work: Callable[[sqlite3.Connection, float], _T]) -> _T:
        deadline = time.monotonic() + limits.SQLITE_BUSY_SECONDS
        while True:
            try:
                return self._once(handle, work)
            except sqlite3.Error as error:
                if _code(error) not in _BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(limits.SQLITE_PAUSE_SECONDS * random.random())  # noqa: S311 - it has to differ, not to be secret

    def _once(self, handle: _Handle, work: Callable[[sqlite3.Connection, float], _T]) -> _T:
        connection = handle.connection
        if connection is None or handle.identity != self._place.identity():
            handle.close()
            connection = self._open(handle)
        now = self._now()
        if self._outdated:
            connection.execute(tables.FORGET)
            self._outdated = False
        return work(connection, now)

    def _now(self) -> float:
        now, was_set_back = self._clock.read()
        self._outdated = self._outdated or was_set_back
        return now

    def _open(self, handle: _Handle) -> sqlite3.Connection:
        with self._place.prepared() as handle.file:
            handle.identity = self._place.identity()  # of the file that is set aside if it turns out to be damaged
            connection = sqlite3.connect(self._place.path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                self._set_up(connection)
            except BaseException:  # an interrupt leaves it open as well as an error
                connection.interrupt()
                connection.close()
                raise
        handle.connection = connection
        return connection

    def _set_up(self, db: sqlite3.Connection) -> None:
        for pragma in tables.PRAGMAS:
            db.execute(pragma)
        if db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            # In one transaction before there is a log, so that whatever stands in the file bears the mark.
            db.execute("BEGIN IMMEDIATE")
            if any(db.execute(f"PRAGMA {name}").fetchone() != (0,) for name in _SET_BY_OTHERS):
                raise Unusable(f"{self._place.path} was filled by another program")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(tables.TABLES[0])
            db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA max_page_count = {self._max_bytes // PAGE_BYTES}")
        for table in tables.TABLES:
            db.execute(table)
        last = db.execute(tables.LAST_WRITTEN).fetchone()
        latest = self._now() + limits.CLOCK_SLACK_SECONDS
        if last is not None and not (isinstance(last[0], float) and last[0] <= latest):
            db.execute(tables.FORGET)  # the clock was set back since, nobody knows how far


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 for what Python itself refuses, such as a closed connection."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
