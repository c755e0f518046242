"""Where a cache file stands: whose folder and file it is, and what becomes of a damaged one. Knows nothing of SQL.

A folder or a file that others may write to, be it their group, could hold whatever they want a preview to say, so it is refused.

Only a file that certainly was ours is ever moved: one that bears our mark, or anything but a database of another program under
our own name in the user's cache folder. At a path that somebody gave what does not bear the mark stays as it is, were it our own
file with its head overwritten: nobody can tell that from a text. Nor are its folders made, or a link followed. A damaged file is set aside with its log, at most
MAX_BAD_FILES of them; only those that bear the mark are ever removed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from weakref import ref

from richresp.caching.beside import HEADER_BYTES, MAGIC, SUFFIXES, foreign_ones, is_marked, is_whole, odd_ones
from richresp.caching.watched import OPENED, Watched, is_open, is_ours, lock
from richresp.limits.caching import MAX_BAD_FILES

_PASSING = {
    errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.EINTR,
    errno.ENOENT, errno.EEXIST,
}  # fmt: skip
"""Errors that may be gone at the next call; all others of opening a file are there to stay."""


class Unusable(Exception):
    """A file cannot stand here, and waiting does not help; the text says why."""


class Place:
    """The folder and file of a cache.

    Args:
        path: of the file; without one it is in the user's cache folder.

    Attributes:
        path: of the file, without a link among its folders. It is no link itself.
        has_news: whether a file was set aside, until somebody who told of it says so.
    """

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self._shown = _default_path() if path is None else Path(path)
        self.has_news = False
        self.path = _real(self._shown)
        self._was_ours = False
        self._watched: Callable[[], Watched | None] = _nobody

    def refusal(self) -> str | None:
        """Why no cache can stand here; None where one does, or could. Nothing is changed by asking."""
        try:
            with _explained(self.path):
                if self._has_folder():
                    self._state()
        except Unusable as error:
            return str(error)
        except OSError:
            return None
        return None

    def is_filled(self) -> bool:
        """Whether a cache stands here that can be opened; nothing is changed by asking. Errors are those of `prepared`."""
        with _explained(self.path):
            return self._has_folder() and self._state()[0] == "ours"

    def identity(self) -> tuple[int, int] | None:
        """What tells this file from another one at the same path; None where there is none, or it is ours no more."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - this is asked at every call, and Path takes twice as long
        except OSError:
            return None
        identity, file = (found.st_dev, found.st_ino), self._watched()
        if file is None or file.identity != identity:
            return None
        header = file.header()
        return identity if not header or is_whole(header) else None  # SQLite itself sees best that one was emptied

    @contextmanager
    def prepared(self) -> Iterator[Watched]:
        """Makes folder and file ready to be opened by SQLite, while no other process does.

        Whoever opens the file keeps what this gives until it is closed.

        Raises:
            Unusable: if they are not ours, or cannot be written to.
            OSError: if it may work later.
        """
        with _explained(self.path):
            if not self._has_folder():
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._has_folder()
            folder = os.open(self.path.parent, os.O_RDONLY) if sys.platform != "win32" else -1
        try:
            lock(folder)
            with _explained(self.path):
                state, file = self._state()
                while file is None or state == "damaged":
                    if file is None:
                        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | OPENED, 0o600))
                    else:
                        self._set_aside()
                    state, file = self._state()
                if state == "empty":
                    self.path.chmod(0o600)
            self._was_ours = True
            yield file
        finally:
            if folder >= 0:
                os.close(folder)

    def _has_folder(self) -> bool:
        """Whether there is a folder, which has to be one that a cache can stand in; False where it may be made."""
        folder = self.path.parent
        try:
            found = folder.stat()
        except FileNotFoundError:
            if self._is_default():
                return False
            raise Unusable(f"there is no folder {folder}") from None
        if not stat.S_ISDIR(found.st_mode):
            raise Unusable(f"{folder} is not a folder")
        if not is_ours(found):
            raise Unusable(f"{folder} belongs to another user")
        if is_open(found):
            raise Unusable(f"{folder} can be written to by others: chmod go-w")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Unusable(f"{folder} is read-only")
        return True

    def _state(self) -> tuple[Literal["absent", "empty", "ours", "damaged"], Watched | None]:
        """What is here, and the file unless it is absent.

        Raises:
            Unusable: if that is nothing that a cache can be made of, and has to stay as it is.
        """
        for beside in odd_ones(self.path):
            raise Unusable(f"{beside} is not a file")
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            self._check_beside()
            return "absent", None
        self._check(found)  # before it is opened, for whoever waits at a FIFO would see that
        file = self._watched()
        if file is None or file.identity != (found.st_dev, found.st_ino):
            file = Watched(self.path)
            self._check(file.found)
            self._watched = ref(file)
        header = file.header()
        if not header:
            if found.st_nlink > 1:
                raise Unusable(f"{self._shown} has another name, and stays empty")
            self._check_beside()
            return "empty", file
        if is_marked(header):
            return "ours" if is_whole(header) else "damaged", file
        if header.startswith(MAGIC):
            raise Unusable(f"{self._shown} is a database of another program, and stays as it is")
        if not self._is_default():
            raise Unusable(f"{self._shown} is no cache of richresp, and stays as it is")
        return "damaged", file

    def _check(self, found: os.stat_result) -> None:
        if stat.S_ISLNK(found.st_mode):
            raise Unusable(f"{self._shown} is a link, which is not followed")
        if not stat.S_ISREG(found.st_mode) or not is_ours(found):
            raise Unusable(f"{self._shown} is not a file of this user")
        if is_open(found):
            raise Unusable(f"{self._shown} can be written to by others: chmod go-w")
        if not os.access(self.path, os.R_OK | os.W_OK):
            raise Unusable(f"{self._shown} is read-only")

    def _check_beside(self) -> None:
        for beside in foreign_ones(self.path, was_ours=self._was_ours):
            if not self._is_default():
                raise Unusable(f"{beside} is not known to be of a cache, and would be lost beside one")

    def _is_default(self) -> bool:
        return self.path == _real(_default_path())

    def set_aside(self, identity: tuple[int, int] | None) -> None:
        """Renames the damaged file, unless another process did, so that a new one can stand here."""
        with self.prepared():
            if identity is not None and self.identity() == identity:
                self._set_aside()

    def _set_aside(self) -> None:
        # The log goes first, for it must not be taken for that of the new file.
        target = self._free_name()
        for suffix in SUFFIXES:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").replace(f"{target}{suffix}")
        self.path.replace(target)
        self.has_news = True

    def _free_name(self) -> Path:
        names = [self.path.with_name(f"{self.path.name}.{number}.bad") for number in range(1, MAX_BAD_FILES + 1)]
        for name in names:
            if not any(os.path.lexists(f"{name}{suffix}") for suffix in ("", *SUFFIXES)):
                return name
        for name in sorted(filter(_is_plain, names), key=lambda name: name.stat().st_mtime_ns):
            with name.open("rb") as file:
                marked = is_marked(file.read(HEADER_BYTES))
            if marked:
                for suffix in ("", *SUFFIXES):
                    Path(f"{name}{suffix}").unlink(missing_ok=True)
                return name
        raise Unusable(f"{names[0]} and its like have to be removed first: they are not known to be ours")


def _nobody() -> None:
    """What a reference to nothing gives."""


def _default_path() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("richresp", appauthor=False) / "cache.sqlite"


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path.parent)) / path.name


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _PASSING:
            raise
        raise Unusable(f"{path}: {error.strerror}") from error
