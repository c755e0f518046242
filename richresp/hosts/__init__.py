"""What the hosts of models send with a call, what they show of what is returned to them, and what they refuse.

`cards` and `lint` are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from richresp.hosts.caller import Caller

if TYPE_CHECKING:
    from types import ModuleType

    from richresp.hosts import cards, lint

__all__ = ["Caller", "cards", "lint"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module 'richresp.hosts' has no attribute {name!r}")
    return import_module(f"richresp.hosts.{name}")
