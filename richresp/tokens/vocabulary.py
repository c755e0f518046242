"""The o200k_base merge ranks, from the file packed beside this one.

The file is xz over the 256 tokens of one byte, then all others with SEPARATOR between them, a byte that none of those
holds. Ranks are not stored, for they are contiguous: the n-th token has rank n. tiktoken would download 1.7 MB at first
use and fail without a network; this is 0.7 MB, and NOTICE says where it comes from.
"""

from __future__ import annotations

import lzma
from itertools import count
from pathlib import Path

SIZE = 199_998
"""How many ranks o200k_base has, its special tokens aside."""

SEPARATOR = b"\xff"


def ranks() -> dict[bytes, int]:
    """Every token of o200k_base as bytes, in order of rank, with its rank."""
    data = lzma.decompress(Path(__file__).with_name("o200k_base.xz").read_bytes())
    singles = (data[at : at + 1] for at in range(256))
    return dict(zip((*singles, *data[256:].split(SEPARATOR)), count(), strict=False))
