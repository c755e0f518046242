"""One page in the making: the shown part of a payload, with its notice and its cursor always up to date."""

from __future__ import annotations

from dataclasses import dataclass, field

from richresp.shaping import cursor as cursors
from richresp.shaping.ledger import Fragment, Ledger
from richresp.shaping.notice import free_key, notice
from richresp.shaping.places import Piece, Place
from richresp.shaping.plain import quote
from richresp.shaping.sheet import Sheet
from richresp.typing import CountTokens


@dataclass(slots=True, eq=False)
class Page:
    """What one call shows.

    Attributes:
        root: the place of the payload.
        paged: the list or string that cursors page through.
        count: what the ledger sums up.
        inline: whether the notice stands in the text.
        options: what the cursor is bound to.
    """

    root: Place
    paged: Place | None
    count: CountTokens
    inline: bool
    options: str
    sheet: Sheet = field(init=False)
    notice: str | None = field(init=False, default=None)
    cursor: str | None = field(init=False, default=None)
    _ledger: Ledger = field(init=False)
    _line: Fragment | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._ledger = Ledger(self.count)
        self.sheet = Sheet(self.root, self._ledger)
        self.renew()

    @property
    def total(self) -> int:
        """What the text costs, with the notice as of the last `renew`."""
        return self._ledger.total

    @property
    def later(self) -> bool:
        """Whether it is another page than the first."""
        return self.paged is not None and self.paged.start > 0

    @property
    def moved_on(self) -> bool:
        """Whether it shows something of what is paged through."""
        shown = self.sheet[self.paged] if self.paged is not None else None
        return shown is not None and shown.kept > 0

    def add(self, piece: Piece) -> None:
        self.sheet.add(piece)

    def take_back(self) -> None:
        """Hides the piece that was shown last."""
        self.sheet.take_back()
        self.renew()

    def renew(self) -> None:
        """Brings cursor and notice in line with what is shown."""
        self.cursor = self._next_cursor()
        cut = self.later or any(shown.kept < shown.total for shown in self.sheet)
        self.notice = notice(self.sheet, self.paged, self.cursor) if cut else None
        if not self.inline or isinstance(self.root.value, str):
            return
        if self._line is not None:
            self._ledger.remove(self._line)
            self._line = None
        if self.notice is not None:
            entry = f"{quote(free_key(self.root))}:{quote(self.notice)}"
            self._line = Fragment(entry if isinstance(self.root.value, dict) else f"{{{entry}}}")
            self._ledger.insert(self._line, self.sheet.root.first)

    def text(self) -> str:
        return self._ledger.text()

    def _next_cursor(self) -> str | None:
        if self.paged is None:
            return None
        shown = self.sheet[self.paged]
        offset = self.paged.start + (shown.kept if shown is not None else 0)
        if offset == len(self.paged.value):
            return None
        return cursors.write(offset, self.options, self.paged.value)
