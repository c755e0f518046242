"""What an operating system knows of a file or a folder: whose it is, who may write to it, who has it, and what it is now."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from richresp.caching.beside import HEADER_BYTES
from richresp.limits.caching import SQLITE_BUSY_SECONDS

if sys.platform != "win32":
    import fcntl

OPENED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""How files are opened: no link is followed, and nobody is waited for."""


class Watched:
    """A file that is looked at again and again. It stays open as long as somebody who has it open in SQLite has this as well, for
    to close it would be to let go of SQLite's locks on it (sqlite.org, How To Corrupt 2.2).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = os.open(path, os.O_RDONLY | OPENED)
        self.found = os.fstat(self._handle)
        self.identity = self.found.st_dev, self.found.st_ino

    def header(self) -> bytes:
        if sys.platform == "win32":
            with self._path.open("rb") as file:
                return file.read(HEADER_BYTES)
        return os.pread(self._handle, HEADER_BYTES, 0)

    def __del__(self) -> None:
        with suppress(AttributeError):  # it was never opened
            os.close(self._handle)


def is_ours(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def is_open(found: os.stat_result) -> bool:
    return sys.platform != "win32" and bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def lock(folder: int) -> None:
    """Holds off other processes until the folder is closed; what is left of a killed one holds nothing."""
    if sys.platform == "win32":
        return
    deadline = time.monotonic() + SQLITE_BUSY_SECONDS
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return
