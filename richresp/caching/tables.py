"""The tables of a cache file, in SQL. Their names bear a version, so that another one can stand beside them.

Rows come in the order they were written: REPLACE gives a row a new number. A checksum covers key, times and value, since SQLite
has none: what comes out of a file that was overwritten is what was put in, or nothing.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from richresp.limits.caching import CLOCK_SLACK_SECONDS, SQLITE_WAL_BYTES

PRAGMAS: Final = (
    "PRAGMA synchronous = NORMAL",  # a power cut may cost the last entries, never the file
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    f"PRAGMA journal_size_limit = {SQLITE_WAL_BYTES}",
)
TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS entry_1 (key TEXT PRIMARY KEY, value BLOB, written REAL, expires REAL, sum INTEGER)",
    "CREATE INDEX IF NOT EXISTS entry_1_expires ON entry_1 (expires)",
    "CREATE TABLE IF NOT EXISTS lease_1 (key TEXT PRIMARY KEY, token TEXT, taken REAL, expires REAL)",
)

READ: Final = "SELECT value, written, expires, sum FROM entry_1 WHERE key = ? AND length(value) <= ?"
WRITE: Final = "INSERT OR REPLACE INTO entry_1 (key, value, written, expires, sum) VALUES (?, ?, ?, ?, ?)"
DELETE: Final = "DELETE FROM entry_1 WHERE key = ?"

HELD: Final = "SELECT 1 FROM lease_1 WHERE key = ?1 AND taken - ?3 <= ?2 AND ?2 < expires AND expires <= ?2 + ?4"
TAKE: Final = "INSERT OR REPLACE INTO lease_1 (key, token, taken, expires) VALUES (?, ?, ?, ?)"
GIVE_BACK: Final = "DELETE FROM lease_1 WHERE key = ?1 AND token = ?2 AND taken - ?4 <= ?3 AND ?3 < expires"
DROP_LEASE: Final = "DELETE FROM lease_1 WHERE key = ? AND token = ?"

FORGET: Final = "DELETE FROM entry_1"
CONTENTS: Final = """SELECT count(*), count(*) FILTER (WHERE key GLOB ?), count(*) FILTER (WHERE key GLOB ?),
count(*) FILTER (WHERE expires <= ?), coalesce(sum(length(value)), 0), min(written), max(written) FROM entry_1"""
LAST_WRITTEN: Final = "SELECT written FROM entry_1 ORDER BY rowid DESC LIMIT 1"
DROP_EXPIRED: Final = ("DELETE FROM entry_1 WHERE expires <= ?", "DELETE FROM lease_1 WHERE expires <= ?")
DROP_OLDEST: Final = """DELETE FROM entry_1 WHERE rowid <= (SELECT min(rowid) FROM entry_1)
+ ((SELECT max(rowid) FROM entry_1) - (SELECT min(rowid) FROM entry_1)) / 8"""


def new_row(key: str, value: bytes, written: float, expires: float) -> tuple[str, bytes, float, float, int]:
    """What WRITE takes."""
    return key, value, written, expires, _checksum(key, value, written, expires)


def remaining(row: tuple[bytes, float, float, int], now: float) -> float:
    """The seconds that a row has left; none where it was written at a time that is still to come."""
    _, written, expires, _ = row
    return expires - now if written - CLOCK_SLACK_SECONDS <= now else 0.0


def is_whole(key: str, row: tuple[object, ...]) -> bool:
    """Whether what READ gave is what was written."""
    value, written, expires, checksum = row
    return (
        isinstance(value, bytes)
        and isinstance(written, float)
        and isinstance(expires, float)
        and _checksum(key, value, written, expires) == checksum
    )


def _checksum(key: str, value: bytes, written: float, expires: float) -> int:
    return zlib.crc32(value, zlib.crc32(struct.pack("<dd", written, expires) + key.encode()))
