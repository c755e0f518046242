"""The cursor of a page: where the next one starts, and enough to notice that the payload is no longer the same.

It is a number, a dash and 15 digits: the offset; 6 digits that hash the options; 9 that hash the end of what was shown. In a
document a dot and a second number follow the offset where something is open there: how far back it begins.
A signed one has 24 more, of an HMAC over all of it (RFC 2104, SHA-256; one in 10^24 guesses is right). Digits, because
three of them are always one token of o200k_base: a cursor of any offset costs what its neighbour costs.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from richresp.exceptions import InvalidCursor
from richresp.limits.shape import MAX_CURSOR_CHARS
from richresp.shaping.encode import beginning
from richresp.shaping.places import Place
from richresp.values.plain import length, repaired

_FORM = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.([1-9][0-9]{0,14}))?-([0-9]{6})([0-9]{9})([0-9]{24})?")
_TAIL_CHARS = 64
_ITEM_CHARS = 1_000


def is_cursor(text: str) -> bool:
    """Whether a text has the form of a cursor of ours, of whatever call: one that has not is somebody else's."""
    return len(text) <= MAX_CURSOR_CHARS and _FORM.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Seal:
    """Makes and reads the cursors of one call.

    Attributes:
        options: what the call was made with, as far as it decides what stands on which page.
        backwards: whether offsets count from the end of the list.
        secret: signs the cursors; without one, anybody who knows the payload can make them.
    """

    options: str
    backwards: bool = False
    secret: bytes | None = None

    def write(self, offset: int, paged: Place) -> str:
        """The cursor of a page that shows a list or string up to `offset`."""
        back = 0 if paged.division is None else offset - paged.division.mark(offset)
        where = f"{offset}.{back}" if back else f"{offset}"
        text = f"{where}-{_digits(self._options(paged), 6)}{_digits(self._end(paged, offset, back), 9)}"
        return text + self._signature(text)

    def read(self, cursor: object, paged: Place) -> tuple[int, int]:
        """The offset that a cursor holds, and where what is open there begins.

        Raises:
            InvalidCursor: if it is not one of ours, or the options or the item before the page are others than they were.
        """
        match = _FORM.fullmatch(cursor) if isinstance(cursor, str) and len(cursor) <= MAX_CURSOR_CHARS else None
        if match is None:
            raise InvalidCursor(reason="this is not a cursor that shape returned")
        text, signature = match[0][: len(match[0]) - len(match[5] or "")], match[5] or ""
        if not hmac.compare_digest(signature, self._signature(text)):
            raise InvalidCursor(reason="the cursor is not signed as those of this call are")
        offset, back = int(match[1]), int(match[2] or 0)
        if match[3] != _digits(self._options(paged), 6):
            raise InvalidCursor(reason="the cursor belongs to a call with other options or to another payload")
        if not paged.goes_on(offset, backwards=self.backwards) or match[4] != _digits(
            self._end(paged, offset, back), 9
        ):
            reason = "the payload has changed since the cursor was made: the last item shown has moved"
            raise InvalidCursor(reason=reason)
        return offset, max(0, offset - back)

    def _options(self, paged: Place) -> str:
        return f"{self.options} {paged.pointer}"

    def _end(self, paged: Place, offset: int, back: int) -> str:
        """What was shown last before an offset; of a very large item, its beginning."""
        if offset == 0:
            return ""
        value = paged.value
        if isinstance(value, str):
            return repaired(value[max(0, offset - _TAIL_CHARS) : offset]) + (f" {back}" if back else "")
        child = paged.item((length(value) or 0) - offset if self.backwards else offset - 1)
        return "" if child is None else beginning(child, paged.reader, _ITEM_CHARS)

    def _signature(self, text: str) -> str:
        if self.secret is None:
            return ""
        number = int.from_bytes(hmac.digest(self.secret, f"{self.options}\n{text}".encode(), "sha256"))
        return f"{number % 10**24:024d}"


def _digits(text: str, count: int) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    return f"{number % 10**count:0{count}d}"
