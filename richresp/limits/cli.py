"""How much the command line does at once, and shows."""

from __future__ import annotations

from typing import Final

JOBS: Final = 16
"""Links on their way at once: a quarter of what a previewer may have open, for whoever else uses the line."""

MAX_LINKS: Final = 100_000
"""Of a list: at so many at once an hour or two of work. What comes of each is kept until its turn, at some 4 kB."""

MAX_LIST_BYTES: Final = 16 << 20
"""Of a list of links, which is read before the first is asked for: 160 for each of MAX_LINKS, and most are half as long."""

PICTURE_COLUMNS: Final = 60
PICTURE_ROWS: Final = 14
"""Of a drawn image, at most: two thirds of a card's width, and no higher than its text."""

TEXT_ROWS: Final = 14
LEAST_ROWS: Final = 4
"""Of a terminal those that an image leaves to the text, so that a card with a long description does not scroll away; in a small
one an image still has some."""

PICTURE_PIXELS: Final = (4 * PICTURE_COLUMNS, 8 * PICTURE_ROWS)
"""Of what is kept of it: 4 for each that is drawn, so that what a JPEG blurs is not seen."""

PICTURE_TTL_SECONDS: Final = 86_400.0
"""For which a drawn image is remembered under its address, which pages change with the image."""

TREE_COLUMNS: Final = 120
"""Of a tree of tokens: a path that is longer is cut in its middle."""

BAR_COLUMNS: Final = 20
LEAST_BAR_COLUMNS: Final = 8
"""Of the bars in it, in a window that is wide enough and in another; a column is eight steps."""

ROOMY_COLUMNS: Final = 50
"""Of names and bars: from there on bars stay, though a name is cut for them; with less, the names say more than a stump of a bar."""

HEAVY_SHARE: Final = 0.1
"""Of the tokens, from which on a bar is told from the small ones."""

LEAST_TOLD_COLUMNS: Final = 20
"""Of what a comparison says is shortened, as "4 of 64 items in rows": with less of it nothing is told."""

MAX_RECORD_CHARS: Final = 16_000_000
"""Of a record of a file that is read record by record: a file without line ends is none, and would fill the memory."""

MAX_TOLD_ROWS: Final = 3
"""Rows that are not in a table and are told with their place and reason; of the others it is said how many they are."""

MAX_INPUT_BYTES: Final = 256 << 20
"""Of a file that is read whole. As Python values JSON takes some ten times its size, which the memory of a small machine still
holds; an answer that is larger is none that a model is to see."""

MAX_BLANK_LINES: Final = 1_000_000
"""At the start of a file, before it is said that there is nothing in it."""

MAX_QUOTED_CHARS: Final = 80
"""Of a name in an error, which is one line."""

TOLD_CHARS: Final = 65_536
"""Of a text without a name, within which a tag of a block tells that it is HTML; pages have one in their first lines."""
