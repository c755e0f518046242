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

MAX_LIST_ITEMS: Final = 100_000
"""Items of a list with all that is nested in it, and lists among them. A list that stands in two places, each of which stands
in two places, and so on, has no end that anybody waits for."""

MAX_ITEM_NUMBER: Final = 999_999_999
"""The number of an item has at most nine digits (CommonMark 5.2), for browsers overflow on more."""

MAX_CARD_TITLE: Final = 200
"""Characters; hosts cut titles between 60 and 200."""

MAX_CARD_DESCRIPTION: Final = 300
"""Characters; hosts show some two to four lines."""

MAX_RENDER_CHARS: Final = 100_000
"""The longest markdown that `to_html` takes. Rendering is linear, but the worst of this length takes markdown-it-py 4 to 7 s
on a small server: lazy lines below as many quotes as MAX_BLOCK_NESTING allows; nothing but `![` takes 2 to 3 s."""

MAX_BLOCK_NESTING: Final = 20
"""Levels from which on `to_html` shows nothing: a quote is one, a list two. It is the strict preset of markdown-it, and of
its GFM. Every level looks at each lazy line once more: 50 of them took four times as long (measured)."""

MAX_BLOCK_DEPTH: Final = 19
"""Levels that blocks may be nested in when written: one less than where markdown-it by its strict preset shows nothing."""

MIN_REFERENCE_CHARS: Final = 100_000
"""Characters that links by reference may be expanded to even in a short document; a longer one may have as many as it is
long. Both are the rule of cmark, for `[a]` may stand for a URL of any length, again and again."""

MAX_INLINE_NESTING: Final = 20
"""Emphasis and links in each other, as in the strict preset: a bracket is looked at once for each of them, and readers of
HTML have their own limits."""
