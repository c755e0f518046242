"""What is read of a page, and how much of it is believed."""

from __future__ import annotations

from typing import Final

MAX_BLOCKS: Final = 64
"""JSON-LD blocks of a page that are kept; real pages have up to some ten."""

MAX_BLOCK_CHARS: Final = 1 << 18
"""Of one JSON-LD block: a quarter of the longest page that is read."""

MAX_OPEN_PARTS: Final = 64
"""Open templates and parts of drawings that a scan keeps track of; it bounds the search at each end tag."""

LONG_TAG_CHARS: Final = 4_096
"""Attributes of a longer tag are read one by one, so that a bomb makes no list of 100,000."""

MAX_JSON_LD_CHARS: Final = 1 << 18
"""Over all blocks of a page."""

MAX_JSON_LD_DEPTH: Final = 64
"""The decoder of the standard library recurses; real graphs are some ten levels deep."""

MAX_JSON_LD_NODES: Final = 2_000
"""Nodes of a page that are looked at, eight times as many values for the target of an `@id`."""

MAX_MENDED_CHARS: Final = 1 << 16
"""Over all blocks of a page that cannot be read; the rest is not mended: each way to mend it is another pass."""

MAX_JSON_LD_WRAPPERS: Final = 8
"""Comment and CDATA marks taken off either end of a block."""

MAX_JSON_LD_VALUES: Final = 64
"""Values of one script, and items of one property."""

MAX_WARNINGS: Final = 32
"""Of one preview, so that what is cached stays small."""

MAX_IMAGES: Final = 32
"""Images that a page declares, so that what is cached stays small."""

MAX_ICONS: Final = 16
"""The same for icons."""

MAX_AUTHORS: Final = 16
"""The same for authors."""

MAX_OEMBED_LINKS: Final = 4
"""The same for oEmbed links: JSON and XML, of the page and of a part of it."""

MAX_HEAD_END_CHARS: Final = 4_096
"""How long the tag may be that ends a head: the longest <body> of 718 saved pages has some 2,000 characters."""

KNOWN_ORIGINS: Final = 1_024
"""Origins that were judged are remembered: a page names some ten, again and again."""

MAX_TITLE_CHARS: Final = 1_000
"""How much of a title is searched for the site's name."""

MAX_DECODINGS: Final = 8
"""How often a value is decoded until no character reference is left; pages have been seen to escape three times."""

MIN_PARAGRAPH_CHARS: Final = 80
"""Shorter ones are by-lines, dates and captions."""

MAX_LINK_DENSITY: Final = 0.5
"""From half of its characters on, a text of links is navigation: the measure of boilerpipe and Readability."""

MAX_CANDIDATES: Final = 500
"""Headings, paragraphs and images looked at; of 211 saved pages none has its own behind the first hundred."""

MAX_BODY_IMAGES: Final = 8
"""Images of a body that are offered, best first; the first usable one is taken."""

MIN_WHOLE_PARAGRAPHS: Final = 5
"""Of fewer paragraphs none is said to hold most of a page: they may all be a notice's."""

MAX_SUSPECTS: Final = 64
"""Parts named like a frame that are searched for the page itself: wrappers stand first, and there are a few."""

MAX_NOTICE_CHARS: Final = 400
"""Notices are shorter than articles; what is longer may be about them."""

MAX_CLASS_CHARS: Final = 1_000
"""How much of a class, id or style is read."""

MIN_IMAGE_WIDTH: Final = 200
"""Pixels; with the height what a card needs at least: smaller ones are icons and faces."""

MIN_IMAGE_HEIGHT: Final = 120
"""What a card needs at least; smaller ones are icons and faces."""

MAX_SRCSET_ENTRIES: Final = 32
"""Entries of one srcset; image services write up to some twenty."""

MAX_TREE_CHARS: Final = 1 << 18
"""Of markup that a tree is built from, scripts and the like left out: of 211 saved pages 97 % are shorter, and what a card
shows stands near the top. Measured: lxml takes at most 60 ms for the worst of this size."""

MAX_TITLED_WALL_CHARS: Final = 5_000
"""Visible characters below which the title of a known wall is believed; saved walls show 20 to 200."""

MAX_MARKED_WALL_CHARS: Final = 1_500
"""Visible characters below which a page's title, or its markup, is believed to be that of a wall. Saved walls show 20 to 200;
ordinary pages that embed the same scripts show thousands."""

MAX_SHELL_CHARS: Final = 60
"""Visible characters of a page that scripts have yet to fill: "Loading..." and the like."""

MAX_WALL_CHARS: Final = 1 << 18
"""A longer page is none: walls are small, even with their scripts inline."""

SNIFF_BYTES: Final = 1_445
"""How much of a body is looked at: the resource header of the WHATWG MIME Sniffing Standard (section 5.2)."""

MAX_FILE_NAME_CHARS: Final = 255
"""No file system has longer names; what is longer in a path is a token and no name."""

MAX_SCRIPTED_WALL_CHARS: Final = 200
"""Visible characters of a challenge whose script watches ordinary pages as well; those of DataDome, Kasada and F5 show up to 100."""
