"""What a cache file holds, for those who look after it: how much, how old, and how it is emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from richresp.caching import tables

PAGE_BYTES = 4_096

_PREVIEWS, _IMAGES = "rr:1:*", "rr:blocks:*"
"""How the keys of both look, for SQLite's GLOB."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a cache file holds.

    Attributes:
        entries: how many there are, those that expired among them.
        previews, images: of those what pages say, and the images that cards show.
        expired: of those the ones that are good for nothing but to be thrown away.
        value_bytes: of their values.
        oldest, newest: when they were written, in seconds since the epoch; None where there are none.
    """

    entries: int = 0
    previews: int = 0
    images: int = 0
    expired: int = 0
    value_bytes: int = 0
    oldest: float | None = None
    newest: float | None = None


def contents_of(db: Any, now: float) -> Contents:
    """What a database holds; `db` is its connection."""
    return Contents(*db.execute(tables.CONTENTS, (_PREVIEWS, _IMAGES, now)).fetchone())


def cleared(db: Any, _now: float) -> int:
    """How many entries there were. What they took is given back to the disk; leases stay, for somebody is fetching."""
    dropped = int(db.execute(tables.FORGET).rowcount)
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return dropped


def make_room(db: Any, now: float, most: float) -> None:
    """Drops what expired, then the oldest, until no more than so many bytes are in use."""
    for drop in tables.DROP_EXPIRED:
        db.execute(drop, (now,))
    while _used_bytes(db) > most and db.execute(tables.DROP_OLDEST).rowcount > 0:
        pass


def _used_bytes(db: Any) -> int:
    pages, free = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
    return int(pages - free) * PAGE_BYTES
