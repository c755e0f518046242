"""Where texts and documents are divided."""

from __future__ import annotations

from typing import Final

WINDOW_CHARS: Final = 4_096
"""What is parsed at a time, with the line it ends in: a page of 1,000 tokens. More would be parsed for nothing at the end of a
page; less, and blocks would reach over the window more often."""

LEAST_PIECE: Final = 32
"""Characters, or 8 tokens: what is not worth dividing, even as the first thing on a page."""

BLOCK_SHARE: Final = 0.06
"""A block up to 6 % of what stands before it on its page is shown whole or not at all: a page may leave 7 % unused."""

MOST_WHOLE: Final = 1_024
"""Characters; a longer block is divided on any page. A window, of four times as many, always has places in it."""

SENTENCE_SHARE: Final = 0.03
"""About what is shown at once of a longer paragraph: 120 characters, a sentence, behind 4,000."""

WHOLE_HTML: Final = 600
"""Characters of raw HTML that stay whole at any place: half a block means something else, but it may be as long as anything."""

LONG_LINE: Final = 1_000
"""A row, line of code or heading beyond this many characters is divided as prose is."""

LONG_SPAN: Final = 2_000
"""A link, image or tag up to this many characters is never cut: browsers and servers take URLs of about so many."""

LONG_EMPHASIS: Final = 400
"""Emphasis up to this many characters is not cut; what is longer is a paragraph set in bold."""

MAX_FRONT: Final = 2_000
"""What is repeated on the next page: a table whose header is longer goes on without it."""

FREE_FRONT: Final = 48
"""Characters, or 12 to 24 tokens: what may be repeated on any page."""

FRONT_SHARE: Final = 0.5
"""What is longer is repeated if it costs no more than half of the page before: as much is left on the next for text."""

FRONT_SIGHT: Final = 8
"""Of that page the last part is looked at, eight times as long as what is repeated."""

FORCED_CHARS: Final = 4_096
FORCED_STEP: Final = 0.75
"""A first chunk without room on its page is shown up to 4,096 characters, else up to three quarters of that, and so on down to
one character: a page is three quarters full, and from about 100 tokens on there always is one."""

MAX_CONTEXT: Final = 100_000
"""How far back the start of an open item or quote is looked for: one of 25,000 tokens goes on as if it began anew."""

VERIFIED_LINES: Final = 12
VERIFIED_CHARS: Final = 2_000
"""As much of what would begin a page is parsed by itself to see that it still is what it was in the whole."""

PREFIX_CHARS: Final = 512
"""Markers of quotes and items are looked for in the first so many characters of a line."""

KIND_SAMPLE: Final = 4_096
"""Characters by which a text is told to be prose, or code or a log."""
