"""What a cache file holds, for those who look after it: how much, how old, and how it is emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from richresp.caching import tables


@dataclass(frozen=True, slots=True)
class Contents:
    """What a cache file holds.

    Attributes:
        entries: how many there are, those that expired among them.
        expired: of those the ones that are good for nothing but to be thrown away.
        value_bytes: of their values.
        oldest, newest: when they were written, in seconds since the epoch; None where there are none.
    """

    entries: int = 0
    expired: int = 0
    value_bytes: int = 0
    oldest: float | None = None
    newest: float | None = None


def contents_of(db: Any, now: float) -> Contents:
    """What a database holds; `db` is its connection."""
    entries, expired, value_bytes, oldest, newest = db.execute(tables.CONTENTS, (now,)).fetchone()
    return Contents(entries, expired, value_bytes, oldest, newest)


def cleared(db: Any, _now: float) -> int:
    """How many entries there were. What they took is given back to the disk; leases stay, for somebody is fetching."""
    dropped = int(db.execute(tables.FORGET).rowcount)
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return dropped
