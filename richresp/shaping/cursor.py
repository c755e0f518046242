"""The cursor of a page: where the next one starts, and enough to notice that the payload is no longer the same.

It is a number, a dash and 15 digits: the offset; 6 digits that hash the options; 9 that hash the end of what was shown.
Digits, because three of them are always one token of o200k_base: a cursor of any offset costs what its neighbour costs.
"""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import Any

from richresp.exceptions import InvalidCursor
from richresp.limits import MAX_CURSOR_CHARS
from richresp.shaping.plain import encode, repaired

_FORM = re.compile(r"([0-9]{1,15})-([0-9]{6})([0-9]{9})")
_TAIL_CHARS = 64
_ITEM_PIECES = 256


def write(offset: int, options: str, container: Any) -> str:
    """The cursor of a page that shows a list or string up to `offset`."""
    return f"{offset}-{_digits(options, 6)}{_digits(_end(container, offset), 9)}"


def read(cursor: object, options: str, container: Any) -> int:
    """The offset that a cursor holds.

    Raises:
        InvalidCursor: if it is not one of ours, or the options or the item before the page are others than they were.
    """
    match = _FORM.fullmatch(cursor) if isinstance(cursor, str) and len(cursor) <= MAX_CURSOR_CHARS else None
    if match is None:
        raise InvalidCursor(reason="this is not a cursor that shape returned")
    offset = int(match[1])
    if match[2] != _digits(options, 6):
        raise InvalidCursor(reason="the cursor belongs to a call with other options or to another payload")
    if offset >= len(container) or match[3] != _digits(_end(container, offset), 9):
        raise InvalidCursor(reason="the payload has changed since the cursor was made: the last item shown has moved")
    return offset


def _end(container: Any, offset: int) -> str:
    """What stands right before an offset; of a very large item, its beginning."""
    if offset == 0:
        return ""
    if isinstance(container, str):
        return repaired(container[max(0, offset - _TAIL_CHARS) : offset])
    return "".join(islice(encode(container[offset - 1]), _ITEM_PIECES))


def _digits(text: str, count: int) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    return f"{number % 10**count:0{count}d}"
