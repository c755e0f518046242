"""Tables, lists and what is rendered."""

from __future__ import annotations

from typing import Final

MAX_JSON_DEPTH: Final = 100
"""Levels of a value that a cell, item or field shows as JSON: nobody reads more of them in a line."""

MAX_JSON_PARTS: Final = 100_000
"""Values and keys of it; a generator in a cell may never end."""

READ_AHEAD: Final = 128
"""Rows that `iter_table` reads before it writes the first line, and that it holds at any time. A column is seldom empty for
longer; below half of it the speed falls (measured)."""

TABLE_BLOCK: Final = 1_024
"""Rows whose cells `table` makes together; more is no faster (measured)."""

REMEMBERED_CELLS: Final = 512
"""Escaped texts that a table remembers: names and states come again and again."""

REMEMBERED_CHARS: Final = 200
"""Longer texts do not, and would be held for nothing."""

CELL_PATTERNS: Final = 64
"""How many sets of marks are remembered with their pattern; the columns of a table have a few."""

LIST_LEVELS: Final = 8
"""Deeper items are shown on the deepest of these levels. markdown-it stops at 20 blocks inside each other and shows nothing of
the tenth level, of which a quote around the list takes one; GitHub and chat windows indent beyond their width."""

MAX_ITEM_NUMBER: Final = 999_999_999
"""The number of an item has at most nine digits (CommonMark 5.2), for browsers overflow on more."""

MAX_CARD_TITLE: Final = 200
"""Characters; hosts cut titles between 60 and 200."""

MAX_CARD_DESCRIPTION: Final = 300
"""Characters; hosts show some two to four lines."""

MAX_RENDER_CHARS: Final = 1_000_000
"""The longest markdown that `to_html` takes. It is linear, but a megabyte of nothing but `[` takes markdown-it-py 15 s."""

MAX_BLOCK_NESTING: Final = 50
"""Quotes count one, lists two. markdown-it-py allows 20 by its strict preset and 100 by its own, for which a megabyte of
lazy lines below 100 quotes takes minutes."""

MAX_INLINE_NESTING: Final = 20
"""Emphasis and links in each other, as in the strict preset: a bracket is looked at once for each of them, and readers of
HTML have their own limits."""
