"""How long a path may be, and what following it may cost."""

from __future__ import annotations

from typing import Final

MAX_PATH_CHARS: Final = 1_024
"""Paths are written by hand; this leaves room for a long key or two, and bounds what a stranger's path may cost."""

MAX_SEGMENTS: Final = 64
"""Documents that people name paths into are some ten levels deep; behind `..` any depth is one step."""

MAX_PATHS: Final = 64
"""The automaton has a bit for each step of each path: at most 4,096, an integer that is combined in well under 1 us."""

MAX_TRANSITIONS: Final = 4_096
"""Steps that a matcher remembers. Real paths need some tens; those like `$..a.*.*.*` have exponentially many, and what is
beyond this is worked out anew each time."""
