"""The shown part of a payload as a tree of opened places, and what is missing of it."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from richresp.shaping.ledger import Fragment
from richresp.shaping.model import Kind, Omission
from richresp.shaping.pieces import Chunk, Run
from richresp.shaping.places import Place
from richresp.values.inputs import Items
from richresp.values.plain import is_container, pointer, repaired

Path = Iterable[str | int]
"""Keys and indexes, from the root down."""

_order = attrgetter("order")


@dataclass(slots=True, eq=False)
class Entry:
    """Something shown in a container: a run of whole children, or a child that is shown in part."""

    order: int
    last: Fragment
    content: Run | Chunk | Shown
    replaced: list[str] = field(default_factory=list)
    _opened: list[Shown] | None = None

    @property
    def count(self) -> int:
        """How many children or characters it shows."""
        match self.content:
            case Run(children=children):
                return len(children)
            case Chunk(start=start, end=end):
                return end - start
        return 1

    def opened(self) -> list[Shown]:
        """The opened places that it holds: itself, or each child that is shown without what is late in it."""
        content = self.content
        if isinstance(content, Shown):
            return [content]
        if isinstance(content, Chunk) or not content.whole:
            return []
        if self._opened is None:
            pairs = zip(content.children, content.whole, strict=True)
            self._opened = [
                _opened(content.place.inside(whole), rest.value) for rest, whole in pairs if rest is not whole
            ]
        return self._opened


@dataclass(slots=True, eq=False)
class Shown:
    """An opened place. `kept` counts its shown items, keys or characters; `told` is what was last found to be missing,
    with `kept` at the time."""

    place: Place
    first: Fragment
    last: Fragment
    entries: list[Entry] = field(default_factory=list)
    kept: int = 0
    told: tuple[int, list[str]] | None = None

    @property
    def total(self) -> int | None:
        """How many there are; None for a stream whose end is not in sight."""
        return self.place.total

    def enter(self, entry: Entry) -> None:
        """Takes an entry in, in its order."""
        if self.entries and self.entries[-1].order > entry.order:
            insort(self.entries, entry, key=_order)
        else:
            self.entries.append(entry)
        self.kept += entry.count

    def leave(self, entry: Entry) -> None:
        """Strikes an entry out."""
        if self.entries[-1] is entry:
            self.entries.pop()
        else:
            self.entries.remove(entry)
        self.kept -= entry.count

    def behind(self, order: int) -> int:
        """How many entries stand before a child of that order, or are that child."""
        if not self.entries or self.entries[-1].order < order:
            return len(self.entries)
        return bisect_right(self.entries, order, key=_order)

    def covering(self, first: int, last: int) -> list[tuple[Entry, Run]]:
        """The entries that show children from `first` to `last` without what is late in them."""
        at = max(0, self.behind(first) - 1)
        return [
            (entry, content)
            for entry in self.entries[at : self.behind(last)]
            if isinstance(content := entry.content, Run) and content.whole and content.children[-1].order >= first
        ]

    @property
    def next_order(self) -> int:
        """The order of the child behind the last one shown; of a text the next character."""
        if not self.entries:
            return self.place.start
        if isinstance(self.place.value, str):
            return self.place.start + self.kept
        content = self.entries[-1].content
        last = content.children[-1].order if isinstance(content, Run) else content.place.child.order
        return last + 1

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, of it or of what is in it."""
        return not self.is_cut and not any(isinstance(entry.content, Shown) for entry in self.entries)

    @property
    def is_cut(self) -> bool:
        """Whether something of it is missing; a stream is read one item further to know."""
        value = self.place.value
        if isinstance(value, Items) and value.total is None and value.has(self.next_order):
            return True
        return self.kept != self.total


def omissions(root: Shown) -> Iterator[Omission]:
    """What is not shown of what was opened, and what was replaced, in document order."""
    todo: list[Entry | Shown] = [root]
    while todo:
        here = todo.pop()
        if isinstance(here, Entry):
            for path in here.replaced:
                yield Omission(path, "replaced", 0, 1)
            todo.extend(reversed(here.opened()))
            continue
        if here.is_cut:
            yield Omission(here.place.pointer, _kind(here), here.kept, here.total)
        todo.extend(reversed(here.entries))


def origin(root: Shown, path: Path) -> str:
    """The JSON Pointer, in what is left of the payload after `drop`, of what `data` has at a path."""
    steps: list[str | int] = []
    shown: Shown | None = root
    for key in path:
        at, shown = (key, None) if shown is None else _child_at(shown, key)
        steps.append(at)
    return pointer(steps)


def _child_at(shown: Shown, key: str | int) -> tuple[str | int, Shown | None]:
    """Where a shown child stands in the payload, and its place if it is opened."""
    passed = 0
    for entry in shown.entries:
        content = entry.content
        if isinstance(content, Shown) and key in {passed, content.place.name}:
            return (content.place.position if isinstance(key, int) else key), content
        if isinstance(content, Run) and isinstance(key, int) and passed <= key < passed + entry.count:
            return content.place.inside(content.children[key - passed]).position, None
        passed += entry.count
    return key, None


def _opened(place: Place, rest: Any) -> Shown:
    """A container as an opened place, of which only the rest is shown."""
    shown = Shown(place, _NOWHERE, _NOWHERE)
    names = {repaired(name): value for name, value in rest.items()} if isinstance(rest, dict) else None
    for child in place.children():
        if names is not None and child.name not in names:
            continue
        part = rest[shown.kept] if names is None else names[child.name or ""]
        inner = _opened(place.inside(child), part) if part is not child.value and is_container(child.value) else None
        content = Run(place, (child,)) if inner is None or inner.is_whole else inner
        shown.entries.append(Entry(child.order, _NOWHERE, content))
        shown.kept += 1
    return shown


_NOWHERE = Fragment("")


def _kind(shown: Shown) -> Kind:
    if isinstance(shown.place.value, str):
        return "characters"
    return "keys" if isinstance(shown.place.value, dict) else "items"
