"""Locks that a fork cannot leave held for ever.

A thread that holds a lock at a fork does not exist in the child, so nobody would let go. Every lock of the caches is
therefore taken before a fork, which waits for what is under way and leaves whole what the locks guard; the parent then lets
go, and the child gets new locks. No two of these locks are ever held by one call, so that their order cannot matter.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from richresp.limits.caching import FORK_SECONDS


class ForkLock:
    """A lock, as `raw`, and what is to be done in the child after a fork.

    Args:
        after_fork: called in the child; with False where the lock could not be had in time, so that what it guards may be
            half changed.
        make: makes the lock.
    """

    __slots__ = ("__weakref__", "after_fork", "make", "raw")

    def __init__(
        self, after_fork: Callable[[bool], None] | None = None, *, make: Callable[[], Any] = threading.Lock
    ) -> None:
        self.make = make
        self.raw = make()
        self.after_fork = after_fork
        with _registry:
            _locks.add(self)


_locks: WeakSet[ForkLock] = WeakSet()
_registry = threading.RLock()
_held: list[tuple[ForkLock, bool]] = []
"""Strong references: without them the child would destroy what its vanished threads held, before it is asked."""


def _before() -> None:
    _registry.acquire()
    deadline = time.monotonic() + FORK_SECONDS
    _held.extend((lock, False) for lock in _locks)
    for at, (lock, _) in enumerate(_held):
        _held[at] = lock, lock.raw.acquire(timeout=max(0.0, deadline - time.monotonic()))


def _in_parent() -> None:
    for lock, whole in _held:
        if whole:
            lock.raw.release()
    _held.clear()
    _registry.release()


def _in_child() -> None:
    global _registry  # noqa: PLW0603 - an RLock taken by the parent's thread is not the child's to let go
    _registry = threading.RLock()
    for lock, whole in _held:
        lock.raw = lock.make()
        if lock.after_fork is not None:
            lock.after_fork(whole)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
