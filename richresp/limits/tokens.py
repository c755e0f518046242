"""How text is counted."""

from __future__ import annotations

from typing import Final

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
