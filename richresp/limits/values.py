"""How values of other makes are adapted."""

from __future__ import annotations

from typing import Final

MAX_INT_DIGITS: Final = 4_300
"""Python neither prints nor reads longer integers (CVE-2020-10735), so no such JSON could be read back."""

MAX_WRAPPERS: Final = 8
"""How often a value or key may hold another (an Enum's member may) before it is taken for one that holds itself."""

KNOWN_TYPES: Final = 256
"""How many types are remembered with the way they are adapted; a payload has a few."""

CHUNK_ROWS: Final = 64
"""Rows of a table are taken out together: one by one, each of pandas costs fifty times what it costs in a chunk."""

MAX_COPIED_CHARS: Final = 1 << 16
"""A longer text is searched rather than encoded for lone surrogates: it takes twice as long, but no memory."""
