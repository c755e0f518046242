"""What stands beside a database, and whether SQLite may have it: it removes what it finds there beside a new file.

So before a file is filled whatever is there has to be ours, or nothing that anybody could miss: a log of which the first page
bears our mark; a journal of a database that was empty, or is done with; an index of a log, which is only ever derived
from it (sqlite.org: Database File Format 3, WAL-mode File Format 2).
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

from richresp.limits.caching import MAX_LOG_FRAMES

SUFFIXES = ("-wal", "-shm", "-journal")

APPLICATION_ID = 0x52525350
"""What stands in the header of our files ("RRSP"), as SQLite's file format has it at byte 68."""

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100

_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_LOG_BYTES = 32
_FRAME_BYTES = 24
_FIRST_PAGE = (1).to_bytes(4, "big")
_INDEXES = ((3_007_000).to_bytes(4, sys.byteorder), bytes(4))
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_JOURNAL_BYTES = 28


def is_marked(header: bytes) -> bool:
    """Whether a file with this header certainly was ours. What stands behind the mark must be zero, so that no text has it."""
    return header[68:72] == APPLICATION_ID.to_bytes(4, "big") and (
        header.startswith(MAGIC) or header[72:92] == bytes(20)
    )


def is_whole(header: bytes) -> bool:
    """Whether a file with this header is ours and can be opened."""
    return header.startswith(MAGIC) and is_marked(header)


def odd_ones(path: Path) -> tuple[Path, ...]:
    """What stands beside a database and is no file, so that it belongs to none."""
    found = (Path(f"{path}{suffix}") for suffix in SUFFIXES)
    return tuple(each for each in found if (mode := _mode(each)) is not None and not stat.S_ISREG(mode))


def foreign_ones(path: Path, *, was_ours: bool) -> tuple[Path, ...]:
    """What would be lost from beside a database that is begun anew, and may be somebody's.

    Args:
        path: of the database.
        was_ours: whether this process had it open, so that a log is one of ours whichever pages are in it.
    """
    log, index, journal = (Path(f"{path}{suffix}") for suffix in SUFFIXES)
    found = ((log, _is_a_log if was_ours else _is_our_log), (index, _is_an_index), (journal, _is_a_spent_journal))
    return tuple(each for each, is_nobodys in found if _mode(each) is not None and not is_nobodys(each))


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _begins(openings: tuple[bytes, ...]) -> Callable[[Path], bool]:
    def begins(path: Path) -> bool:
        with path.open("rb") as file:
            head = file.read(4)
        return not head or head in openings

    return begins


_is_a_log, _is_an_index = _begins(_LOGS), _begins(_INDEXES)


def _is_our_log(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_LOG_BYTES)
        if not head:
            return True
        page_bytes = int.from_bytes(head[8:12], "big")
        if head[:4] not in _LOGS or not page_bytes:
            return False
        for number in range(MAX_LOG_FRAMES):
            file.seek(_LOG_BYTES + number * (_FRAME_BYTES + page_bytes))
            frame = file.read(_FRAME_BYTES + HEADER_BYTES)
            if len(frame) < _FRAME_BYTES + HEADER_BYTES:
                return False
            if frame.startswith(_FIRST_PAGE):
                return is_whole(frame[_FRAME_BYTES:])
    return False


def _is_a_spent_journal(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_JOURNAL_BYTES)
    was_empty = head.startswith(_JOURNAL) and head[16:20] == bytes(4)
    return not head or was_empty or head == bytes(_JOURNAL_BYTES)
