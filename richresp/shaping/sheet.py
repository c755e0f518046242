"""What is shown so far: a tree of the opened places, and the JSON text of it, which grows piece by piece.

Every piece can be taken back, last first.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.shaping.ledger import Fragment, Ledger
from richresp.shaping.model import Omission
from richresp.shaping.places import Chunk, Piece, Place, Run
from richresp.shaping.plain import copy, encode, is_repaired, quote, repaired, step

_CUT = '…"'
_WHOLE = '"'


@dataclass(slots=True, eq=False)
class Entry:
    """Something shown in a container: a run of whole children, or a child that is shown in part."""

    order: int
    last: Fragment
    content: Run | Shown
    replaced: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Shown:
    """An opened place. `kept` counts its shown items, keys or characters."""

    place: Place
    first: Fragment
    last: Fragment
    entries: list[Entry] = field(default_factory=list)
    kept: int = 0

    @property
    def total(self) -> int:
        return len(self.place.value)


class Sheet:
    """The shown part of a payload.

    Attributes:
        ledger: its text.
        root: the opened root.
    """

    def __init__(self, root: Place, ledger: Ledger) -> None:
        self.ledger = ledger
        self._shown: dict[Place, Shown] = {}
        self._undo: list[list[Callable[[], object]]] = [[]]
        self.root = self._open(root)

    def __getitem__(self, place: Place) -> Shown | None:
        return self._shown.get(place)

    def __iter__(self) -> Iterator[Shown]:
        """The opened places, in document order."""
        todo = [self.root]
        while todo:
            shown = todo.pop()
            yield shown
            todo.extend(e.content for e in reversed(shown.entries) if isinstance(e.content, Shown))

    def add(self, piece: Piece) -> None:
        """Shows a piece, opening what it stands in."""
        self._undo.append([])
        place = piece.place
        shown = self._shown.get(place) or self._open_path(place)
        if isinstance(piece, Chunk):
            self._add_chunk(shown, piece)
        elif piece.children:
            self._add_run(shown, piece)

    def take_back(self) -> bool:
        """Hides the piece that was shown last; False if there is none."""
        if len(self._undo) == 1:
            return False
        for undo in reversed(self._undo.pop()):
            undo()
        return True

    def data(self) -> Any:
        """The shown part as JSON-native values that share nothing with the payload."""
        if isinstance(self.root.place.value, str):
            return self._cut_text(self.root)
        top: Any = {} if isinstance(self.root.place.value, dict) else []
        todo = [(self.root, top)]
        while todo:
            shown, container = todo.pop()
            for entry in shown.entries:
                for name, value in self._values(entry):
                    if isinstance(container, dict):
                        container[name] = value
                    else:
                        container.append(value)
                    if isinstance(entry.content, Shown) and isinstance(value, (dict, list)):
                        todo.append((entry.content, value))
        return top

    def omissions(self) -> Iterator[Omission]:
        """What is not shown of what was opened, and what was replaced, in document order."""
        todo: list[Entry | Shown] = [self.root]
        while todo:
            here = todo.pop()
            if isinstance(here, Entry):
                for path in here.replaced:
                    yield Omission(path, "replaced", 0, 1)
                if not isinstance(here.content, Shown):
                    continue
                here = here.content
            if here.kept < here.total:
                yield Omission(here.place.pointer, _kind(here), here.kept, here.total)
            todo.extend(reversed(here.entries))

    def _values(self, entry: Entry) -> Iterator[tuple[str | None, Any]]:
        if isinstance(entry.content, Run):
            for _, name, value in entry.content.children:
                yield name, copy(value)
        elif isinstance(entry.content.place.value, str):
            yield entry.content.place.name, self._cut_text(entry.content)
        else:
            yield entry.content.place.name, {} if isinstance(entry.content.place.value, dict) else []

    @staticmethod
    def _cut_text(shown: Shown) -> str:
        place = shown.place
        text = repaired(place.value[place.start : place.start + shown.kept])
        return text if place.start + shown.kept == shown.total else f"{text}…"

    def _open_path(self, place: Place) -> Shown:
        closed = []
        for step_up in place.path():
            if step_up in self._shown:
                break
            closed.append(step_up)
        for inner in reversed(closed):
            shown = self._open(inner)
        return shown

    def _open(self, place: Place) -> Shown:
        lead = "" if place.name is None else f"{quote(place.name)}:"
        if isinstance(place.value, str):
            begin, end = _WHOLE, _CUT
        else:
            begin, end = "{}" if isinstance(place.value, dict) else "[]"
        shown = Shown(place, Fragment(lead + begin, ends=False), Fragment(end, begins=False))
        above = self._shown.get(place.above) if place.above is not None else None
        self._insert(shown.first, self.ledger.head if above is None else self._before(above, place.order))
        self._insert(shown.last, shown.first)
        self._shown[place] = shown
        self._later(partial(self._shown.pop, place))
        if above is not None:
            odd = place.name is not None and is_repaired(place.name, above.place.value)
            self._enter(above, Entry(place.order, shown.last, shown, [place.pointer] if odd else []), 1)
        return shown

    def _add_run(self, shown: Shown, run: Run) -> None:
        replaced: list[str] = []
        texts = []
        for order, name, value in run.children:
            pointer = step("", order if name is None else name)
            if name is not None and is_repaired(name, run.place.value):
                replaced.append(pointer)
            lead = "" if name is None else f"{quote(name)}:"
            try:
                texts.append(lead + "".join(encode(value, pointer, replaced)))
            except InvalidPayload as error:
                raise InvalidPayload(pointer=run.place.pointer + error.pointer, reason=error.reason) from None
        fragment = Fragment(",".join(texts))
        self._insert(fragment, self._before(shown, run.children[0][0]))
        if replaced:
            replaced = [run.place.pointer + path for path in replaced]
        self._enter(shown, Entry(run.children[0][0], fragment, run, replaced), len(run.children))

    def _add_chunk(self, shown: Shown, chunk: Chunk) -> None:
        raw = chunk.place.value[chunk.start : chunk.end]
        text = repaired(raw)
        fragment = Fragment(quote(text)[1:-1], begins=False, ends=False)
        self._insert(fragment, shown.last.left)
        replaced = [] if text == raw else [chunk.place.pointer]
        self._enter(shown, Entry(chunk.start, fragment, Run(chunk.place, ()), replaced), chunk.end - chunk.start)
        if chunk.end == len(chunk.place.value):
            self._relabel(shown.last, _WHOLE)

    def _before(self, shown: Shown, order: int) -> Fragment:
        """The fragment behind which a child of that order belongs."""
        index = bisect_right(shown.entries, order, key=_order)
        return shown.entries[index - 1].last if index else shown.first

    def _enter(self, shown: Shown, entry: Entry, count: int) -> None:
        insort(shown.entries, entry, key=_order)
        shown.kept += count
        self._later(partial(self._leave, shown, entry, count))

    @staticmethod
    def _leave(shown: Shown, entry: Entry, count: int) -> None:
        shown.entries.remove(entry)
        shown.kept -= count

    def _insert(self, fragment: Fragment, after: Fragment) -> None:
        self.ledger.insert(fragment, after)
        self._later(partial(self.ledger.remove, fragment))

    def _relabel(self, fragment: Fragment, text: str) -> None:
        self._later(partial(self._set_text, fragment, fragment.text))
        self._set_text(fragment, text)

    def _set_text(self, fragment: Fragment, text: str) -> None:
        left = fragment.left
        self.ledger.remove(fragment)
        fragment.text = text
        self.ledger.insert(fragment, left)

    def _later(self, undo: Callable[[], object]) -> None:
        self._undo[-1].append(undo)


def _order(entry: Entry) -> int:
    return entry.order


def _kind(shown: Shown) -> Any:
    if isinstance(shown.place.value, str):
        return "characters"
    return "keys" if isinstance(shown.place.value, dict) else "items"
