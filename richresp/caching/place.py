"""Where a cache file stands: whose folder and file it is, and what becomes of a damaged one. Knows nothing of SQL.

A folder or a file that others may write to, be it their group, could hold whatever they want a preview to say, so it is refused, as
is every file that is not marked as ours. What is refused is never changed. A damaged file is set aside with its log, at most MAX_BAD_FILES of them; only those
that bear our mark are ever removed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from richresp.limits.caching import MAX_BAD_FILES, SQLITE_BUSY_SECONDS

if sys.platform != "win32":
    import fcntl

APPLICATION_ID = 0x52525350
"""What stands in the header of our files ("RRSP"), as SQLite's file format has it at byte 68."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_COMPANIONS = ("-wal", "-shm", "-journal")
_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.EINTR}
"""Errors that may be gone at the next call; all others of opening a file are there to stay."""


class Unusable(Exception):
    """A file cannot stand here, and waiting does not help; the text says why."""


class Place:
    """The folder and file of a cache. Without a path it is the user's cache folder."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        if path is None:
            from platformdirs import user_cache_path

            path = user_cache_path("richresp", appauthor=False) / "cache.sqlite"
        self.path = Path(os.path.realpath(path))

    def identity(self) -> tuple[int, int] | None:
        """What tells this file from another one at the same path; None where there is none."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - this is asked at every call, and Path takes twice as long
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Makes folder and file ready to be opened by SQLite, while no other process does.

        Raises:
            Unusable: if they are not ours, or cannot be written to.
            OSError: if it may work later.
        """
        with _explained(self.path):
            self._make_folder()
            folder = os.open(self.path.parent, os.O_RDONLY) if sys.platform != "win32" else -1
        try:
            _lock(folder)
            with _explained(self.path):
                self._make_file()
            yield
        finally:
            if folder >= 0:
                os.close(folder)

    def _make_folder(self) -> None:
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if not _is_ours(found):
            raise Unusable(f"{folder} belongs to another user")
        if _is_open(found):
            raise Unusable(f"{folder} can be written to by others: chmod go-w")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Unusable(f"{folder} is read-only")

    def _make_file(self) -> None:
        while True:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            handle = os.open(self.path, flags, 0o600)
            try:
                found = os.fstat(handle)
                if not stat.S_ISREG(found.st_mode) or not _is_ours(found):
                    raise Unusable(f"{self.path} is not a file of this user")
                if _is_open(found):
                    raise Unusable(f"{self.path} can be written to by others: chmod go-w")
                header = os.read(handle, _HEADER_BYTES)
            finally:
                os.close(handle)
            if header.startswith(_MAGIC) and not _is_marked(header):
                raise Unusable(f"{self.path} is a database of another program")
            if not header or header.startswith(_MAGIC):
                return
            self._set_aside()

    def set_aside(self, identity: tuple[int, int] | None) -> None:
        """Renames the damaged file, unless another process did, so that a new one can stand here."""
        with self.prepared():
            if identity is not None and self.identity() == identity:
                self._set_aside()

    def _set_aside(self) -> None:
        # The log goes first, for it must not be taken for that of the new file.
        target = self._free_name()
        for suffix in _COMPANIONS:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").replace(f"{target}{suffix}")
        self.path.replace(target)

    def _free_name(self) -> Path:
        names = [self.path.with_name(f"{self.path.name}.{number}.bad") for number in range(1, MAX_BAD_FILES + 1)]
        for name in names:
            if not name.exists():
                return name
        for name in sorted(names, key=lambda name: name.stat().st_mtime_ns):
            with name.open("rb") as file:
                marked = _is_marked(file.read(_HEADER_BYTES))
            if marked:
                for suffix in ("", *_COMPANIONS):
                    Path(f"{name}{suffix}").unlink(missing_ok=True)
                return name
        raise Unusable(f"{names[0]} and its like have to be removed first: they are not known to be ours")


def _is_ours(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def _is_open(found: os.stat_result) -> bool:
    return sys.platform != "win32" and bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _is_marked(header: bytes) -> bool:
    return header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _lock(folder: int) -> None:
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


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _PASSING:
            raise
        raise Unusable(f"{path}: {error.strerror}") from error
