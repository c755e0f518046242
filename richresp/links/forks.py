"""What a child of a fork must not share with its parent: connections, on which both would hear the other's answers, and locks that a
thread held which the child does not have. Whoever has such things registers here, and forgets them in the child.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Forgetful(Protocol):
    """Who has what no child may use."""

    def after_fork(self) -> None:
        """Forgets it; called in the child, where no other thread runs."""


_all: WeakSet[Forgetful] = WeakSet()


def register(each: Forgetful) -> None:
    """Lets somebody know of each fork for as long as they live."""
    _all.add(each)


def _in_child() -> None:
    for each in list(_all):
        each.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
