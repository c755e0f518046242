"""Model families whose tokenizer is not public: an o200k_base count times a factor.

A factor is an estimate, never a bound; each says where it comes from. Whoever has the family's real tokenizer passes it
as `counter=` instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FACTORS: Final[Mapping[str, float]] = MappingProxyType(
    {
        # Anthropic publishes no offline tokenizer. One project's calibration against the API gave 1.18 times o200k for
        # models up to 4.6 and 1.53 for 4.7 and the fifth generation (sammcj/ingest #65); rounded up, since a count that
        # is too high loses less than one that is too low.
        "claude": 1.6,
        "claude-4": 1.25,
        # Google publishes the tokenizer of Gemma, Gemini's relative. Against o200k it gave 1.07 to 1.14 times on prose and
        # code, 1.26 to 1.36 on JSON records, and up to 2.2 on coordinates, since each digit is a token of its own.
        "gemini": 1.4,
    }
)
"""Tokens of the family for one token of o200k_base."""
