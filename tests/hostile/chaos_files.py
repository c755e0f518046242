"""What is done to a cache file, and to the clock, while previews run."""

from __future__ import annotations

import ctypes
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from richresp.caching import SQLiteCache
from richresp.limits.caching import BREAKER_SECONDS, MIN_SQLITE_BYTES
from tests.hostile.chaos_faults import Fault
from tests.hostile.chaos_stores import World

_DAY = 86_400.0
_READ_ONLY_MOUNT = 1


def _fold(world: World) -> None:
    """Brings what is in the log into the file, where the harm goes."""
    with closing(sqlite3.connect(world.path, timeout=60)) as db:
        assert db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def _cut(world: World, *, share: float) -> None:
    _fold(world)
    os.truncate(world.path, int(world.path.stat().st_size * share))


def _cut_to(world: World, *, size: int) -> None:
    _fold(world)
    os.truncate(world.path, size)


def _overwrite(world: World, *, start: float, stop: float) -> None:
    _fold(world)
    _scribble(world.path, start, stop)


def _overwrite_log(world: World) -> None:
    _scribble(world.path.with_name(world.path.name + "-wal"), 0.0, 1.0)


def _scribble(path: Path, start: float, stop: float) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(size * start))
        file.write(random.Random(3).randbytes(int(size * (stop - start))))


def _text(world: World) -> None:
    _fold(world)
    text = b"This is not a database.\n" * 500
    with world.path.open("r+b") as file:  # at once: an empty file might be filled meanwhile
        file.write(text)
        file.truncate()


def _remove(world: World) -> None:
    world.path.unlink()


def _replace(world: World) -> None:
    other = world.path.with_name("other")
    other.write_bytes(b"")
    other.replace(world.path)


_LOCKS = """
import sqlite3, sys
for what in sys.stdin:
    db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
    if what == "everything\\n":
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
    while True:
        try:
            db.execute("BEGIN EXCLUSIVE")
            break
        except sqlite3.OperationalError:
            pass
    print("locked", flush=True)
    sys.stdin.readline()
    db.execute("COMMIT")
    db.close()
"""


def _start_locker(world: World) -> None:
    command = [sys.executable, "-c", _LOCKS, str(world.path)]
    world.locker = world.stack.enter_context(
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    )


def _lock(world: World, *, what: str = "writing") -> None:
    _say(world, what)
    assert world.locker.stdout.readline() == "locked\n"


def _unlock(world: World) -> None:
    _say(world, "no more")
    world.clock.pass_by(BREAKER_SECONDS)


def _say(world: World, word: str) -> None:
    world.locker.stdin.write(f"{word}\n")
    world.locker.stdin.flush()


def _lock_new(world: World) -> None:
    """A file of another cache, which another process keeps to itself, in the mode in which even readers are kept out."""
    other = SQLiteCache(world.path)
    other.set("key", b"value", 60)
    other.close()
    _start_locker(world)
    _lock(world, what="everything")


def _small(world: World) -> None:
    world.max_bytes = MIN_SQLITE_BYTES


def _read_only(world: World) -> None:
    """For root, whom modes do not bind, an empty disk that is read-only comes over the folder."""
    folder = world.path.parent
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0 and libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", _READ_ONLY_MOUNT, b"mode=700") == 0:
        world.stack.callback(libc.umount2, os.fsencode(folder), 2)
    else:
        folder.chmod(0o500)
        world.stack.callback(folder.chmod, 0o700)


def _open_to_all(world: World) -> None:
    world.path.parent.chmod(0o777)
    _remove(world)


def _jump(world: World, *, seconds: float) -> None:
    world.clock.set_by(seconds)


FILE_FAULTS = (
    Fault("none", "-", is_felt=False),
    Fault("cut in half", "truncate", partial(_cut, share=0.5)),
    Fault("cut to a page and a half", "truncate", partial(_cut_to, size=6_000)),
    Fault("emptied", "truncate to 0, twice", partial(_cut, share=0.0), partial(_cut, share=0.0)),
    Fault("head overwritten", "random bytes", partial(_overwrite, start=0.0, stop=0.1), is_felt=False, lasts=True),
    Fault("middle overwritten", "random bytes", partial(_overwrite, start=0.3, stop=0.7), is_felt=False),
    Fault("all overwritten", "random bytes", partial(_overwrite, start=0.0, stop=1.0), lasts=True),
    Fault("log overwritten", "random bytes", _overwrite_log),
    Fault("a text in its place", "write", _text, lasts=True),
    Fault("removed", "unlink, twice", _remove, _remove),
    Fault("replaced", "rename of an empty file", _replace),
    Fault("locked for writers", "BEGIN EXCLUSIVE by another process", _lock, _unlock, before=_start_locker),
    Fault("locked for all", "the same before the first call", heal=_unlock, before=_lock_new),
    Fault("size limit reached", "max_bytes 64 KB", before=_small, is_felt=False),
    Fault("folder made read-only", "read-only mount or chmod", _read_only),
    Fault("folder read-only from the start", "read-only mount or chmod", before=_read_only),
    Fault("folder opened to everybody", "chmod 0777, unlink", _open_to_all),
    Fault("clock set on and back", "by a day", partial(_jump, seconds=_DAY), partial(_jump, seconds=-_DAY)),
    Fault("clock set back and on", "by a day", partial(_jump, seconds=-_DAY), partial(_jump, seconds=_DAY)),
    Fault("clock set a little", "by 30 s", partial(_jump, seconds=-30.0), partial(_jump, seconds=60.0)),
)  # fmt: skip
