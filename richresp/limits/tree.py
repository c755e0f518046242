"""Trees of markup."""

from __future__ import annotations

from typing import Final

MAX_TAG_CHARS: Final = 256
"""A tag up to this length is handed on as it is; libxml2 compares each two attributes of a tag, and such a one has at most 128."""

MAX_NAME_CHARS: Final = 64
"""Of an element in a long tag; no element of HTML has a longer one."""

MAX_TREE_DEPTH: Final = 200
"""Levels of a tree that is read whole. libxml2 ends one at 256 by itself, and puts in up to three of its own; browsers lay flat
what is deeper than 512. Of 120 saved pages the deepest has some 50."""
