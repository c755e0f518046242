"""Every number that limits something, with its source.

A number that another file needs is imported from here; nothing is configured at run time but by an argument.
"""

from __future__ import annotations

from typing import Final

# tokens

BLOCK_CHARS: Final = 1 << 16
"""Text is counted in blocks of about this many characters, so that a count holds no list of a whole payload's tokens.
Measured: the speed no longer grows beyond 16 K."""

SEAM_WINDOW: Final = 2_048
"""How far past a block's end a place to cut is looked for. Compact JSON and prose have one every few characters."""

RUN_CHARS: Final = 2_048
"""A single piece from twice this length on is counted in chunks. tiktoken 0.14 overflows its stack on some 400,000
white-space characters in a row, and merges long pieces ten times slower than text."""

MAX_TOKEN_BYTES: Final = 128
"""The longest token of o200k_base (read off its ranks): n bytes are at least n / 128 tokens."""

# paths

MAX_PATH_CHARS: Final = 1_024
"""Paths are written by hand; this leaves room for a long key or two, and bounds what a stranger's path may cost."""

MAX_SEGMENTS: Final = 64
"""Documents that people name paths into are some ten levels deep; behind `..` any depth is one step."""

MAX_PATHS: Final = 64
"""The automaton has a bit for each step of each path: at most 4,096, an integer that is combined in well under 1 us."""

MAX_TRANSITIONS: Final = 4_096
"""Steps that a matcher remembers. Real paths need some tens; those like `$..a.*.*.*` have exponentially many, and what is
beyond this is worked out anew each time."""

# shape

SHORT_STRING: Final = 32
"""A string up to this many characters is shown whole or not at all; so is one without a blank up to LONG_WORD."""

LONG_WORD: Final = 120
"""Identifiers, hashes and slugs end before this; what is longer without a blank (base64, CJK prose) may be cut."""

RECORD_KEYS: Final = 48
"""A dict with more keys than this is a map: its entries are shown in order, as a list's are (measured on npm and
Jenkins documents: records stay below 48 keys, maps start above)."""

STAKE: Final = 16
"""What a long value of a record may cost in its turn, before its short neighbours; the rest waits for all of them."""

ITEM_SHARE: Final = 200
"""What a list item may cost, in estimated tokens, before the next item starts."""

ITEM_GROWTH: Final = 0.04
"""That share grows to 4 % of what is shown: a reader of 16,000 tokens wants whole items of 600."""

LATE_PATIENCE: Final = 2_000
"""For as many tokens nothing is shown that only machines read (api links, nulls, digests), unless nothing else is left;
a reader of more wants complete records."""

TITLE_CHARS: Final = 240
"""A name or title up to this length is shown whole: longer ones are texts."""

MAX_TRIM_DEPTH: Final = 32
"""What is late is looked for in a small item down to this depth: an item of 400 tokens may be 200 lists deep, real ones are
less than ten."""

ITEM_PATIENCE: Final = 4
"""How much dearer an item's content gets beyond ITEM_SHARE: four further items are started while one gets twice it."""

MIN_GRAIN: Final = 8
GRAIN_SHARE: Final = 0.006
"""The smallest piece worth deciding on: 8 tokens, growing to 0.6 % of what is shown, so that the number of decisions
grows with the logarithm of the budget and a piece that does not fit costs less than one per cent."""

COARSE_SHARE: Final = 0.05
"""Small neighbours are served as one up to 5 % of what is shown, and split only where the page ends among them."""

ROUGH_BLOCK: Final = 240
ROUGH_SHARE: Final = 0.04
"""On the way up the text is counted in blocks of this many characters, growing to 4 % of it: fewer calls cost less, and
what a block is over is taken back piece by piece."""

NEAR_SHARE: Final = 0.97
"""From this share of the budget on, by that rough count, every piece is counted exactly: the rough count is 1 to 5 % off
on real payloads, the commas and brackets of another order."""

WORTH_TRYING: Final = 2.0
"""A payload that is estimated at up to this many budgets is tried whole first; estimates are off by a third."""

UNSURE_TOKENS: Final = 64
"""Once a payload went over the budget, as much more of it is looked at before it is said not to fit: what is added to a
text takes back a token or two at most at each place (2 in 60,000 random cuts)."""

LONG_SEAM: Final = 4_096
"""A stretch without a seam beyond this (blanks, punctuation, ideographs) is not recounted after every piece, or a text of
such stretches would cost the square of its length."""

MAX_CHAIN: Final = 64
"""Containers nested this deep with no leaf in between are shown as they are, so that no depth is searched for free."""

LEAST_NOTICE_TOKENS: Final = 8
"""No notice with its key costs less (`"_notice":"Shortened: 0 of 1 keys shown"` is 12 tokens): where not even these fit,
none is written to be measured."""

LEAST_CURSOR_TOKENS: Final = 14
"""What it costs more to name the next page (`; for more, call again with cursor 1-` and 15 digits are 16 tokens)."""

NOTICE_NAMES: Final = 3
"""How many cut fields the notice names; `omitted` has them all."""

NOTICE_SCAN: Final = 12
"""How many shown containers are searched for those names."""

MAX_INT_DIGITS: Final = 4_300
"""Python neither prints nor reads longer integers (CVE-2020-10735), so no such JSON could be read back."""

NOTICE_NAME_CHARS: Final = 32
"""A key that the notice names is cut after this many characters, for keys can be as long as anything."""

PAGED_SEARCH: Final = 1_000
"""How many keys of a payload are looked through for its longest list: records have fewer, and maps page nothing."""

STRING_SLICE: Final = 4_096
"""A long string is encoded in slices, so that a payload that does not fit is found out before it is read to the end."""

MAX_CURSOR_CHARS: Final = 64
"""A signed cursor is at most 55 characters; what is longer is refused unread."""

MAX_WRAPPERS: Final = 8
"""How often a value or key may hold another (an Enum's member may) before it is taken for one that holds itself."""

KNOWN_TYPES: Final = 256
"""How many types are remembered with the way they are adapted; a payload has a few."""

CHUNK_ROWS: Final = 64
"""Rows of a table are taken out together: one by one, each of pandas costs fifty times what it costs in a chunk."""

# explain

MAX_TREE_PATHS: Final = 10_000
"""Paths told apart in all; documents of real services have some hundreds."""

MAX_TREE_DEPTH: Final = 64
"""Levels told apart: a path of more steps is nothing anybody reads, and keeps the tree small for any depth."""

MAX_TREE_NAMES: Final = 256
"""Names told apart in one object before it is a map whatever it holds: tables have fewer columns."""

MAX_TREE_STEP_CHARS: Final = 40
"""A key is cut after this many characters in paths."""

HEAVY_TREE_SHARE: Final = 0.25
"""An entry with more than this share of its map is shown by its name: among over 48 it is what the reader looks for."""

EXPLAIN_BLOCK: Final = 256
"""Characters of a block. Measured: half this takes 1.6 times as long as one count of it all, this 1.1 times."""

MAX_TREE_LINES: Final = 22

MAX_TREE_WIDTH: Final = 100
"""A screenful: what is not seen at a glance is not seen."""

LEAST_TREE_SHARE: Final = 0.01
"""What a node, or all that is left out of one, must cost to get a line."""

MAIN_TREE_SHARE: Final = 0.5
"""From here on a single field is the cause, and leaving it out the cure."""

# links

MAX_SCAN_CHARS: Final = 1 << 20
"""As much as is fetched. Of 718 saved pages the last og: tag stands within 457,146 bytes (YouTube), but scripts grow."""

MAX_TAGS: Final = 20_000
MAX_ATTRIBUTES: Final = 64
MAX_METAS: Final = 256
"""Pages have some hundreds of tags in the head and up to 90 metas; beyond this a page is written against the reader."""

MAX_FIELD_CHARS: Final = 10_000
"""No title or description is longer; Synapse prunes at 1,000 characters, which cuts real descriptions."""

MAX_URL_CHARS: Final = 8_192
"""Browsers take 2 MB and servers mostly refuse beyond 8 KB (nginx and Apache by default)."""

PRESCAN_BYTES: Final = 1 << 17
"""How far into a page its encoding is looked for: 93 of 718 saved pages declare it past byte 1,024, one at 143,026,
beyond which guessing is as good."""

TIMEOUT_SECONDS: Final = 5.0
"""For a whole preview: M365 Copilot gives a handler 20 s in all, and a handler has more than one link."""

MAX_BODY_BYTES: Final = 1 << 20
"""Of a decoded body. `</head>` stands within 512 KB in 98.3 % of saved pages, within 1 MB in 99.9 %."""

MAX_WIRE_BYTES: Final = 2 * MAX_BODY_BYTES
"""Of a body as received: the cap on CPU spent on chunk framing that carries next to nothing."""

INFLATE_STEP: Final = 1 << 16
"""A compressed body is inflated in steps of this size, so that a bomb never stands in memory."""

MAX_REDIRECTS: Final = 5
"""As Synapse; browsers allow 20, but shorteners chain two or three."""

MAX_CONNECT_ADDRESSES: Final = 4
"""How many addresses of a host are tried in turn, within the one deadline."""

MAX_CONNECTIONS: Final = 64
KEEP_ALIVE_SECONDS: Final = 30.0
"""An idle connection was judged when it was made; it is not kept long beyond."""

MAX_LOOKUPS: Final = 16
"""Names being looked up at once: a lookup cannot be cancelled, and a hanging one holds its thread."""

MAX_HEADERS: Final = 200
"""httpcore bounds the size of a response's head (100 KB) but not the number of fields in it."""

DEFAULT_PORTS: Final = frozenset((80, 443, 8080, 8443))
"""Where public web sites listen; every other port is somebody's database until a Policy says otherwise."""
