"""Counting o200k_base tokens: the one file that knows tiktoken.

tiktoken counts blocks of text; a piece too long for it is counted in overlapping chunks. Two encodings are joined where
a token of the first is also the first token of the second: a sequence of tokens is the encoding of its text exactly
where each neighbouring pair is, and every pair then stands in one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import tiktoken

from richresp.limits.tokens import BLOCK_CHARS, RUN_CHARS, SEAM_WINDOW
from richresp.tokens.pieces import PATTERN, SEAM, has_long_piece, pieces
from richresp.tokens.vocabulary import ranks


@cache
def _encoding(pattern: str = PATTERN) -> tiktoken.Encoding:
    return tiktoken.Encoding("o200k_base", pat_str=pattern, mergeable_ranks=ranks(), special_tokens={})


def count(text: str) -> int:
    """The token count of a text."""
    if len(text) <= RUN_CHARS:
        return len(_encoding().encode_ordinary(_paired(text)))
    return sum(block_counts(text))


def block_counts(text: str) -> Iterator[int]:
    """The token counts of consecutive blocks of text, whose sum is the count of the text."""
    text = _paired(text)
    start = 0
    while start < len(text):
        end = _seam_after(text, start + BLOCK_CHARS)
        if end is not None and not has_long_piece(text, start, end):
            yield len(_encoding().encode_ordinary(text[start:end]))
            start = end
        else:
            yield from _piecewise(text[start:])
            return


def _paired(text: str) -> str:
    """Text as it can be encoded: surrogate pairs joined, lone ones replaced, as tiktoken does."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _seam_after(text: str, position: int) -> int | None:
    if position + SEAM_WINDOW >= len(text):
        return len(text)
    seam = SEAM.search(text, position, position + SEAM_WINDOW)
    return seam.start() if seam else None


def _piecewise(text: str) -> Iterator[int]:
    """The counts of text in which some piece is long, or in which no seam was found."""
    start = 0
    for first, end in pieces(text, _members):
        if end - first >= 2 * RUN_CHARS:
            if start < first:
                yield len(_encoding().encode_ordinary(text[start:first]))
            yield from _chunk_counts(text[first:end])
            start = end
        elif end - start >= BLOCK_CHARS:
            yield len(_encoding().encode_ordinary(text[start:end]))
            start = end
    if start < len(text):
        yield len(_encoding().encode_ordinary(text[start:]))


def _chunk_counts(piece: str) -> Iterator[int]:
    """The counts of chunks of one long piece, which add up to the count of the piece."""
    size, start = RUN_CHARS, 0
    tokens = _one_piece(piece[:size])
    while start + size < len(piece):
        for kept, offset in _cuts(tokens):
            following = _one_piece(piece[start + offset : start + offset + size])
            if following[0] == tokens[kept]:
                yield kept
                start, tokens = start + offset, following
                break
        else:
            size *= 2
            tokens = _one_piece(piece[start : start + size])
    yield len(tokens)


def _cuts(tokens: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Places to cut a chunk: how many tokens and how many characters stand before, from three quarters of it on back.

    Only where a token ends in the middle of a character is there no cut.
    """
    encoding = _encoding(_WHOLE)
    for kept in range(len(tokens) * 3 // 4, len(tokens) // 2, -1):
        try:
            head = encoding.decode_bytes(list(tokens[:kept])).decode()
        except UnicodeDecodeError:
            continue
        yield kept, len(head)


_WHOLE = "(?s:.+)"


@lru_cache(maxsize=64)
def _one_piece(text: str) -> tuple[int, ...]:
    """The tokens of text taken as a single piece. Long pieces mostly repeat themselves, so the last few are kept."""
    return tuple(_encoding(_WHOLE).encode_ordinary(text))


def _members(pattern: str, text: str) -> str:
    """The characters of text that tiktoken's own pattern engine finds in a class."""
    encoding = _classifier(pattern)
    return encoding.decode(encoding.encode_ordinary(text))


@cache
def _classifier(pattern: str) -> tiktoken.Encoding:
    return tiktoken.Encoding(
        pattern, pat_str=pattern, mergeable_ranks={bytes((byte,)): byte for byte in range(256)}, special_tokens={}
    )
