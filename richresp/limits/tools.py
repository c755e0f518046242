"""Answers of MCP tools: links, media, and how long a shape is looked for."""

from __future__ import annotations

from typing import Final

MAX_LINKS: Final = 20
"""Links of one answer as `resource_link`: an answer of 800 tokens shows some twenty records, and a link costs about 150."""

LINKS_SHARE: Final = 1 / 4
"""Of the room, for links beside a payload that is shortened anyway: two cards beside a page of 800 tokens."""

MAX_ICONS: Final = 2
"""Icons of a link: hosts draw one, and choose by size or theme."""

MAX_NAME_CHARS: Final = 64
"""A site's name, told in one line beside the title; og:site_name of saved pages is seldom over 40 characters."""

SEARCH_CALLS: Final = 8
"""Calls of `shape` to find what fits text and structure together. What they cost is nearly proportional to the budget, so
that three find 95 % of it for records; halving takes eight to come within 1 %."""

ENOUGH: Final = 0.96
"""From this share of the room on, nothing better is looked for."""

AIM: Final = 0.985
"""The share that is aimed at: what two channels cost together is not exactly proportional, and over is lost."""

POOR: Final = 0.5
"""A result that uses less of its room because its schema wants strings whole is compared with one that cuts them."""

MAX_DEPTH: Final = 200
"""Levels of structured content: pydantic, which writes all answers of MCP's Python SDK, gives up at 253 (measured)."""

MAX_OMISSIONS: Final = 32
"""Omissions in `_meta`: the first of them, and the number of the rest."""

MAX_TEXTS: Final = 8
"""Text blocks that are shaped as parts, each with a cursor of some 17 characters in the one of all; more are one text."""

TEXTS_SHARE: Final = 1 / 3
"""What texts beside structured content may cost of the room before the structure is looked at: most are a sentence."""

MEDIA_CHARS: Final = 1_000_000
"""Of base64 in one answer: what FastMCP's ResponseLimitingMiddleware lets through by default, in bytes of all."""

THREAD_CHARS: Final = 4_000
"""Results from this size on, text and structure together, are shaped in a worker thread: below, it holds the event loop for
less than 10 ms (measured: 20,000 characters take up to 60 ms), and changing threads costs well under one."""

ROUGH_CHARS: Final = 20
"""A result of more characters than this for each token of the budget is not counted but shaped: texts have 2 to 6."""

READ_CHARS: Final = 10_000_000
"""Texts up to this length are read as JSON to see whether they say what the structured content says; of longer ones the
beginning is compared, for Python's reader lets nothing else run for 10 ms per million characters. FastMCP itself, which wrote them,
takes twice that (measured)."""

MIRROR_CHARS: Final = 10_000
"""How much of it, blanks left out."""

MAX_RESULT_CHARS: Final = 500_000
"""The most that Claude Code takes for `anthropic/maxResultSizeChars` (its release notes, 2.1.91)."""

CURSOR_CHARS: Final = 1_000
"""A cursor of several texts: eight signed ones of 80 characters, with their numbers."""
