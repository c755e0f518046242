"""Where a cache file stands: whose folder and file it is, and what becomes of a damaged one. Knows nothing of SQL.

A folder or a file that others may write to, be it their group, could hold whatever they want a preview to say, so it is refused.

Only a file that certainly was ours is ever moved: one that bears our mark, or anything but a database of another program under
our own name in the user's cache folder. At a path that somebody gave, what does not bear the mark stays as it is, were it our own
file with its head overwritten: nobody can tell that from a text. A damaged file is set aside with its log, at most
MAX_BAD_FILES of them; only those that bear the mark are ever removed.
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
_OPENED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_COMPANIONS = {
    "-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"),
    "-shm": ((3_007_000).to_bytes(4, sys.byteorder), bytes(4)),
    "-journal": (b"\xd9\xd5\x05\xf9", bytes(4)),
}
"""What stands beside a database, and how it begins (sqlite.org, Database File Format 3 and 4.1, WAL-mode File Format 2.1). SQLite removes
what it finds there beside a new file."""

_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.EINTR}
"""Errors that may be gone at the next call; all others of opening a file are there to stay."""


class Unusable(Exception):
    """A file cannot stand here, and waiting does not help; the text says why."""


class Place:
    """The folder and file of a cache.

    Args:
        path: of the file; without one it is in the user's cache folder.

    Attributes:
        has_news: whether a file was set aside, until somebody who told of it says so.
    """

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self.has_news = False
        self.path = _default_path() if path is None else Path(os.path.realpath(path))

    def refusal(self) -> str | None:
        """Why no cache can stand here; None where one does, or could. Nothing is changed by asking."""
        try:
            with _explained(self.path):
                if not self.path.parent.exists():
                    return None if self._is_default() else f"there is no folder {self.path.parent}"
                self._check_folder()
                try:
                    handle = os.open(self.path, os.O_RDONLY | _OPENED)
                except FileNotFoundError:
                    self._check_beside()
                else:
                    self._check_file(handle)
        except Unusable as error:
            return str(error)
        except OSError:
            return None
        return None

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
                if not self.path.exists():
                    self._check_beside()
                while not self._check_file(os.open(self.path, os.O_RDWR | os.O_CREAT | _OPENED, 0o600)):
                    self._set_aside()
            yield
        finally:
            if folder >= 0:
                os.close(folder)

    def _make_folder(self) -> None:
        folder = self.path.parent
        if not folder.exists():
            if not self._is_default():
                raise Unusable(f"there is no folder {folder}")
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check_folder()

    def _check_folder(self) -> None:
        folder = self.path.parent
        found = folder.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise Unusable(f"{folder} is not a folder")
        if not _is_ours(found):
            raise Unusable(f"{folder} belongs to another user")
        if _is_open(found):
            raise Unusable(f"{folder} can be written to by others: chmod go-w")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Unusable(f"{folder} is read-only")

    def _check_file(self, handle: int) -> bool:
        """Whether a cache can be here; False where what is here has to be set aside first. Closes the handle."""
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or not _is_ours(found):
                raise Unusable(f"{self.path} is not a file of this user")
            if _is_open(found):
                raise Unusable(f"{self.path} can be written to by others: chmod go-w")
            header = os.read(handle, _HEADER_BYTES)
        finally:
            os.close(handle)
        if not header:
            self._check_beside()
            return True
        is_database = header.startswith(_MAGIC)
        if _is_marked(header):
            return is_database
        if is_database:
            raise Unusable(f"{self.path} is a database of another program")
        if not self._is_default():
            raise Unusable(f"{self.path} is no cache of richresp, and stays as it is")
        return False

    def _check_beside(self) -> None:
        """Raises Unusable where what stands beside a file that is still to be filled would be lost."""
        for suffix, openings in _COMPANIONS.items():
            beside = Path(f"{self.path}{suffix}")
            if not beside.exists():
                continue
            if not beside.is_file():
                raise Unusable(f"{beside} is not a file")
            with beside.open("rb") as file:
                opening = file.read(4)
            if opening and opening not in openings and not self._is_default():
                raise Unusable(f"{beside} belongs to no cache, and would be lost beside one")

    def _is_default(self) -> bool:
        return self.path == _default_path()

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
        self.has_news = True

    def _free_name(self) -> Path:
        names = [self.path.with_name(f"{self.path.name}.{number}.bad") for number in range(1, MAX_BAD_FILES + 1)]
        for name in names:
            if not any(Path(f"{name}{suffix}").exists() for suffix in ("", *_COMPANIONS)):
                return name
        for name in sorted(filter(Path.exists, names), key=lambda name: name.stat().st_mtime_ns):
            with name.open("rb") as file:
                marked = _is_marked(file.read(_HEADER_BYTES))
            if marked:
                for suffix in ("", *_COMPANIONS):
                    Path(f"{name}{suffix}").unlink(missing_ok=True)
                return name
        raise Unusable(f"{names[0]} and its like have to be removed first: they are not known to be ours")


def _default_path() -> Path:
    from platformdirs import user_cache_path

    return Path(os.path.realpath(user_cache_path("richresp", appauthor=False) / "cache.sqlite"))


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
