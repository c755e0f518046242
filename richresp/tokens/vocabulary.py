"""The o200k_base merge ranks, from the file packed beside this one.

The file is xz over two parts: one byte per token with its length, then the tokens themselves one after another. Ranks
are not stored, for they are contiguous: the n-th token has rank n. tiktoken would download 1.7 MB at first use and
fail without a network; this is 0.8 MB, and NOTICE says where it comes from.
"""

from __future__ import annotations

import lzma
import struct
from pathlib import Path

SIZE = 199_998
"""How many ranks o200k_base has, its special tokens aside."""


def ranks() -> dict[bytes, int]:
    """Every token of o200k_base as bytes, in order of rank, with its rank.

    A struct format of SIZE byte strings cuts the body in one call, twice as fast as slicing in a loop.
    """
    data = lzma.decompress(Path(__file__).with_name("o200k_base.xz").read_bytes())
    field = [f"{length}s" for length in range(256)]
    layout = struct.Struct("".join(map(field.__getitem__, data[:SIZE])))
    return dict(zip(layout.unpack_from(data, SIZE), range(SIZE), strict=True))
