"""One page in the making: the shown part of a payload, and when it is asked for, the notice and the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from richresp.shaping.cursor import Seal
from richresp.shaping.data import data
from richresp.shaping.due import due, least_items
from richresp.shaping.formats.gaps import gaps_in
from richresp.shaping.formats.memo import Lines, Memo
from richresp.shaping.formats.writer import View, Writer
from richresp.shaping.kept import kept_runs
from richresp.shaping.ledger import Fragment, Ledger
from richresp.shaping.notice import free_key, notice
from richresp.shaping.order import Strategy, items
from richresp.shaping.pieces import Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.prose import beginnings
from richresp.shaping.sheet import Sheet
from richresp.typing import CountTokens
from richresp.values.plain import is_container, length, quote


@dataclass(slots=True, eq=False)
class Page:
    """What one call shows.

    Attributes:
        root: the place of the payload.
        paged: the list or string that cursors page through.
        count: what the ledger sums up.
        inline: whether the notice stands in the text.
        seal: what makes cursors; None where no page follows.
        strategy: in which order the items of lists come.
        later: whether a cursor asked for it: then it must show something new.
        writer: what writes the text in another format; None for JSON, whose text grows with the pieces.
    """

    root: Place
    paged: Place | None
    count: CountTokens
    inline: bool
    seal: Seal | None
    strategy: Strategy
    later: bool
    writer: Writer | None = None
    sheet: Sheet = field(init=False)
    notice: str | None = field(init=False, default=None)
    cursor: str | None = field(init=False, default=None)
    _ledger: Ledger = field(init=False)
    _line: Fragment | None = field(init=False, default=None)
    _known: int | None = field(init=False, default=None)
    _key: str = field(init=False, default="")
    _written: str | None = field(init=False, default=None)
    _counted: int | None = field(init=False, default=None)
    _memo: Memo = field(init=False, default_factory=Memo)
    _lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self._ledger = Ledger(self.count)
        self._lines = Lines(self.count)
        self.sheet = Sheet(self.root, self._ledger, strategy=self.strategy, paged=self.paged)
        if kept := kept_runs(self.root, self.paged):
            self.sheet.found(Piece(kept, 0.0))

    @property
    def total(self) -> int:
        """What the text costs as it stands."""
        if self.writer is None:
            return self._ledger.total
        if self._counted is None:
            self._counted = self._lines.count(self.text())
        return self._counted

    @property
    def rough(self) -> int:
        """About what the text costs as JSON, as long as nobody asked for the total."""
        return self._ledger.rough

    @property
    def bulk(self) -> int:
        """How many characters the text has as JSON, which is always at hand."""
        return self._ledger.chars

    @property
    def chars(self) -> int:
        """How many characters the text has."""
        return self._ledger.chars if self.writer is None else len(self.text())

    @property
    def bytes(self) -> int:
        """How many bytes the text has as UTF-8."""
        return self._ledger.bytes if self.writer is None else len(self.text().encode())

    @property
    def settled(self) -> bool:
        """Whether `total` is at hand without counting the whole text."""
        return self._ledger.settled if self.writer is None else self._counted is not None

    @property
    def is_cut(self) -> bool:
        """Whether anything of the payload is missing."""
        return bool(self.paged and self.paged.start) or any(shown.is_cut for shown in self.sheet)

    @property
    def has_line(self) -> bool:
        """Whether a notice has to stand in the text."""
        return self.inline and (self.writer is not None or not isinstance(self.root.value, str))

    @property
    def moved_on(self) -> bool:
        """Whether it shows something of what is paged through."""
        shown = self.sheet[self.paged] if self.paged is not None else None
        return shown is not None and shown.kept > 0

    def stubs(self) -> Iterator[Piece]:
        """What a page may show of an item, or a document, of which not even the first piece fits; the most first."""
        if self.paged is not None and isinstance(self.paged.value, str):
            yield from beginnings(self.paged)
        elif self.later and (stub := self._stub()) is not None:
            yield stub

    def _stub(self) -> Piece | None:
        """The next item with nothing in it but what is kept."""
        if self.paged is None:
            return None
        if due(self.paged, self.strategy, self.paged):
            return Piece((Run(self.paged, ()),), 0.0)
        child = next(items(self.paged, self.strategy), None)
        if (
            child is None
            or child.kept
            or self.paged.reader.is_held(child)
            or not (is_container(child.value) or (isinstance(child.value, str) and child.value))
        ):
            return None
        item = self.paged.inside(child)
        return Piece((Run(item, ()), *kept_runs(item)), 0.0)

    def add(self, piece: Piece) -> None:
        """Shows a piece. The page must be bare, for a notice in it would be out of date."""
        self._forget()
        self.sheet.add(piece)

    def take_back(self) -> bool:
        """Hides the piece that was shown last, and the notice; False if there is none."""
        self.bare()
        self._forget()
        return self.sheet.take_back()

    def announce(self) -> None:
        """Brings cursor and notice in line with what is shown, and puts the notice in if it belongs there."""
        self.bare()
        self.cursor = self._next_cursor()
        self.notice = notice(self.sheet, self.paged, self.cursor, self.strategy) if self.is_cut else None
        if self.writer is not None:
            self._forget()
        elif self.notice is not None and self.has_line:
            self._key = self._key or free_key(self.root)
            entry = f"{quote(self._key)}:{quote(self.notice)}"
            self._line = Fragment(entry if isinstance(self.root.value, dict) else f"{{{entry}}}")
            self._known = self._ledger.known
            self._ledger.insert(self._line, self.sheet.root.first)

    def bare(self) -> None:
        """Takes the notice out of the text."""
        if self.writer is not None and self.notice is not None:
            self.notice = None
            self._forget()
        if self._line is not None:
            self._ledger.forget(partial(self._ledger.remove, self._line), self._known)
            self._line = None

    def text(self) -> str:
        if self.writer is None:
            return self._ledger.text()
        if self._written is None:
            root, start = self.sheet.root, self.root.start
            span = (start, start + root.kept) if isinstance(self.root.value, str) else None
            gaps = gaps_in(root, self.writer.tables)
            shown = data(root, self._memo.values_of)
            self._written = self.writer.text(View(shown, gaps, self._inline_notice, span, self._memo))
        return self._written

    @property
    def _inline_notice(self) -> str | None:
        return self.notice if self.inline else None

    def _forget(self) -> None:
        """What was written of the page is out of date."""
        self._written = self._counted = None

    @property
    def goes_on(self) -> bool:
        """Whether a cursor has to tell where the next page begins: one that has the fewest items a schema demands."""
        if self.paged is None or self.seal is None:
            return False
        offset, least = self._offset(self.paged, self.seal), max(1, least_items(self.paged))
        return self.paged.goes_on(offset, backwards=self.seal.backwards, least=least)

    def _next_cursor(self) -> str | None:
        if self.paged is None or self.seal is None or not self.goes_on:
            return None
        return self.seal.write(self._offset(self.paged, self.seal), self.paged)

    def _offset(self, paged: Place, seal: Seal) -> int:
        """How much of what is paged through this page and those before it show."""
        shown = self.sheet[paged]
        if shown is None or not shown.entries:
            return paged.start
        return (length(paged.value) or 0) - shown.entries[0].order if seal.backwards else shown.next_order
