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

MAX_HTML_CHARS: Final = 8_000_000
"""Of markup that `from_html` reads, scripts, styles and comments left out; of 120 saved pages the longest keeps 1.3 million, and
the longest documents in one piece (specifications) have some 10 million."""

MAX_HTML_TAGS: Final = 500_000
"""Start tags of it. lxml takes some 130 bytes for the element of each; a page of a million characters has 20,000."""

NESTED_HTML_CHARS: Final = 16_000_000
"""Characters times levels of quotes and lists that are written: each level writes its signs before each line. Short pages are
bounded by MAX_BLOCK_DEPTH alone."""

MIN_HTML_DEPTH: Final = 4
"""Levels that a page may always have: a list in a quote in a list."""

MAX_MARK_ROUNDS: Final = 4
"""How often emphasis is looked at again after the signs at its edges were moved; then the text goes without it."""

MAX_ADDRESS_CHARS: Final = 2_000
"""A longer address is left out, its text stays: addresses beyond it hold data, and old browsers and sitemaps (2,048) end there."""

MAX_ADDED_ADDRESS_CHARS: Final = 8_000_000
"""Characters that links of a page gain by being made absolute; a base of 2,000 characters for a million links would be
gigabytes."""

MAX_COLUMN_SPAN: Final = 1_000
"""Columns that a cell can span (HTML 4.9.11)."""

MAX_ROW_SPAN: Final = 65_534
"""Rows that a cell can span (HTML 4.9.11)."""

MAX_SPAN_CELLS: Final = 50_000
"""Cells of one table that spans add, and cells that its rows may lack; markdown-it ends a table that lacks over 65,536."""

MAX_SPAN_CHARS: Final = 200
"""Of the text of a cell that is told again in each place it spans; a longer one stands in the first."""

MAX_DATA_CELL_CHARS: Final = 1_500
"""A table with a longer cell is laid out text: its cells are told one after the other."""

MAX_LANGUAGE_LEVELS: Final = 4
"""Elements around code that may name its language; highlighters put two around it."""

MAX_MAIN_PARTS: Final = 8
"""Main parts of a page that are looked at for the one that is shown; HTML allows one."""

MIN_MAIN_SHARE: Final = 0.25
"""Of the text of a page that its main part must have to be believed; empty ones wait for scripts."""

MAX_GLUED_TOKENS: Final = 16
"""Marks and blanks that may stand between a term and its text on the next line; behind more it is another paragraph."""

MAX_SCRIPT_CHARS: Final = 12
"""Of a raised or lowered text that is told in characters of Unicode: exponents and indices."""

MIN_SHOWN_CHARS: Final = 200
"""Of markdown from which on a page is believed to show something."""

MIN_SHOWN_SHARE: Final = 0.2
"""The same as a share of all text of a shorter page."""
