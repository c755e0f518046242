"""What is shown of a payload, and in what pieces."""

from __future__ import annotations

from typing import Final

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

UNSURE_CHARS: Final = 256
"""The same in characters of JSON, where counting a page means writing it."""

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

NOTICE_NAME_CHARS: Final = 32
"""A key that the notice names is cut after this many characters, for keys can be as long as anything."""

PAGED_SEARCH: Final = 1_000
"""How many keys of a payload are looked through for its longest list: records have fewer, and maps page nothing."""

STRING_SLICE: Final = 4_096
"""A long string is encoded in slices, so that a payload that does not fit is found out before it is read to the end."""

MAX_CURSOR_CHARS: Final = 80
"""A signed cursor of a document is at most 71 characters; what is longer is refused unread."""

LEAST_PART_TOKENS: Final = 24
LEAST_PART_CHARS: Final = 96
"""The least room that a part of several gets before another is shown at all: a title with an id, or the first line of a
text (titles of real search hits have a median of 12 tokens; 4 characters are a token of English)."""

PROBED_PARTS: Final = 32
"""So many parts decide whether all are markdown: who has more of them has them of one kind."""

PROBED_ROOM: Final = 40
"""Nor is a part asked that needs more than 40 times the least room: a table of 300 columns does not, a long URL does."""

SHARE_GRAIN: Final = 128
"""Fair shares are told apart to 1/128 of themselves: finer steps show nothing more, and each costs a call for every part."""

NOTICE_ROOM: Final = 6
"""A notice takes less than 6 times the least room of its part: with three long names and a cursor it is 60 tokens."""

SEAM_TOKENS: Final = 4
"""Texts that are joined cost no more than this less at each seam (2 of 60,000 random cuts; a family's factor doubles it)."""

SPARE_SHARE: Final = 0.01
"""What fair shares leave of a budget is given to one part after the other as long as it is more than 1 %."""

SPARE_PARTS: Final = 8
"""To how many parts it is offered; of hundreds each has the next piece near."""

SPARE_TRIES: Final = 4
"""How often a part is offered less, because its notice and its seams took what it was offered."""

NOTICE_PARTS: Final = 12
"""Of how many shortened parts the notice tells, and how many left out ones it names: it tells the number of the rest."""

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
