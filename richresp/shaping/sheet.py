"""What is shown so far: a tree of the opened places, and the JSON text of it, which grows piece by piece.

Every piece can be taken back, last first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from richresp.shaping.due import due
from richresp.shaping.encode import run_text
from richresp.shaping.ledger import Fragment, Ledger
from richresp.shaping.order import Strategy
from richresp.shaping.parts import divide
from richresp.shaping.pieces import Chunk, Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.shown import Entry, Shown
from richresp.values.plain import quote, repaired

_CUT = '…"'
_WHOLE = '"'


class Sheet:
    """The shown part of a payload.

    Attributes:
        root: the opened root.
    """

    def __init__(self, root: Place, ledger: Ledger, *, strategy: Strategy = "head", paged: Place | None = None) -> None:
        self._ledger = ledger
        self._strategy = strategy
        self._paged = paged
        self._shown: dict[Place, Shown] = {}
        self._undo: list[list[Callable[[], object]]] = [[]]
        self._known: list[int | None] = []
        self.root = self._open(root)

    def __getitem__(self, place: Place) -> Shown | None:
        return self._shown.get(place)

    def __iter__(self) -> Iterator[Shown]:
        """The opened places, in document order."""
        todo = [self.root]
        while todo:
            shown = todo.pop()
            yield shown
            todo.extend(place for entry in reversed(shown.entries) for place in reversed(entry.opened()))

    def add(self, piece: Piece) -> None:
        """Shows a piece, opening what it stands in."""
        self._undo.append([])
        self._known.append(self._ledger.known)
        for part in piece.parts:
            self._add_part(part)

    def found(self, piece: Piece) -> None:
        """Shows a piece for good."""
        self.add(piece)
        self._undo.pop()
        self._known.pop()
        for part in piece.parts:
            for _ in part.place.open():
                pass

    def take_back(self) -> bool:
        """Hides the piece that was shown last; False if there is none."""
        if len(self._undo) == 1:
            return False
        steps = self._undo.pop()
        self._ledger.forget(lambda: [undo() for undo in reversed(steps)], self._known.pop())
        return True

    def _add_part(self, part: Run | Chunk) -> None:
        shown = self._shown.get(part.place) or self._open_path(part.place)
        if isinstance(part, Chunk):
            self._add_chunk(shown, part)
        elif part.children:
            self._add_run(shown, part)

    def _open_path(self, place: Place) -> Shown:
        closed = []
        for step_up in place.path():
            if step_up in self._shown:
                break
            closed.append(step_up)
        for inner in reversed(closed):
            shown = self._shown.get(inner) or self._open(inner)  # what is taken out of a run opens with what is in it
        return shown

    def _open(self, place: Place) -> Shown:
        lead = "" if place.name is None else f"{quote(place.name)}:"
        if isinstance(place.value, str):
            begin, end = _WHOLE, _CUT
        else:
            begin, end = "{}" if isinstance(place.value, dict) else "[]"
        shown = Shown(place, Fragment(lead + begin, ends=False), Fragment(end, begins=False))
        above = self._shown.get(place.above) if place.above is not None else None
        trimmed = above is not None and self._clear(above, place.child.order, place.child.order)
        self._insert(shown.first, self._ledger.head if above is None else _before(above, place.child.order))
        self._insert(shown.last, shown.first)
        self._shown[place] = shown
        self._later(partial(self._shown.pop, place))
        if above is not None:
            replaced = [place.pointer] if place.key_repaired else []
            self._enter(above, Entry(place.child.order, shown.last, shown, replaced))
        for run in divide(place) if trimmed else due(place, self._strategy, self._paged):
            self._add_part(run)
        return shown

    def _add_run(self, shown: Shown, run: Run) -> None:
        self._clear(shown, run.children[0].order, run.children[-1].order)
        self._show(shown, run)

    def _show(self, shown: Shown, run: Run) -> None:
        replaced: list[str] = []
        fragment = Fragment(run_text(run, replaced))
        order = run.children[0].order
        self._insert(fragment, _before(shown, order))
        self._enter(shown, Entry(order, fragment, run, replaced))

    def _clear(self, shown: Shown, first: int, last: int) -> bool:
        """Hides children that are shown without what is late in them, to be shown otherwise; whether there are any."""
        covering = shown.covering(first, last)
        for entry, run in covering:
            fragment = entry.last
            self._ledger.remove(fragment)
            self._later(partial(self._ledger.insert, fragment, fragment.left))
            shown.leave(entry)
            self._later(partial(shown.enter, entry))
            for rest in (run.part(0, first - 1), run.part(last + 1, run.children[-1].order)):
                if rest.children:
                    self._show(shown, rest)
        return bool(covering)

    def _add_chunk(self, shown: Shown, chunk: Chunk) -> None:
        raw = chunk.place.value[chunk.start : chunk.end]
        text = repaired(raw)
        fragment = Fragment(quote(text)[1:-1], begins=False, ends=False)
        self._insert(fragment, shown.last.left)
        replaced = [] if text == raw else [chunk.place.pointer]
        self._enter(shown, Entry(chunk.start, fragment, chunk, replaced))
        if chunk.end == len(chunk.place.value):
            self._relabel(shown.last, _WHOLE)

    def _enter(self, shown: Shown, entry: Entry) -> None:
        shown.enter(entry)
        self._later(partial(shown.leave, entry))

    def _insert(self, fragment: Fragment, after: Fragment) -> None:
        self._ledger.insert(fragment, after)
        self._later(partial(self._ledger.remove, fragment))

    def _relabel(self, fragment: Fragment, text: str) -> None:
        self._later(partial(self._ledger.rewrite, fragment, fragment.text))
        self._ledger.rewrite(fragment, text)

    def _later(self, undo: Callable[[], object]) -> None:
        self._undo[-1].append(undo)


def _before(shown: Shown, order: int) -> Fragment:
    """The fragment behind which a child of that order belongs."""
    at = shown.behind(order)
    return shown.entries[at - 1].last if at else shown.first
