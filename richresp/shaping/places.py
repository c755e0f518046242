"""Where things stand in a payload. Places are made only for what is shown in part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from richresp.shaping.chunks import chunk_end
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import is_repaired, length, step

if TYPE_CHECKING:
    from richresp.shaping.documents import Division
    from richresp.shaping.pieces import Run


@dataclass(slots=True, eq=False)
class Place:
    """A container, or a string that may be cut, and where it stands.

    Attributes:
        above: the container it is in; None for the payload itself.
        child: what it is there: its order, name and value.
        reader: what reads its children.
        start: how many of its children or characters earlier pages have shown.
        opened: whether something in it is shown.
        within: the places of children that something else already leads into, by their order; None for a child that is
            shown elsewhere.
        divided: whether what is late in it is served apart from the rest.
        turn: 0, or the higher the earlier `drop_order` names it or something around it.
        division: where a text that is a document may be divided.
        due: what a schema demands to be shown as soon as it is; None as long as nobody asked.
        most: how many of its children one page shows at the most; None for no bound.
    """

    above: Place | None
    child: Child
    reader: Reader
    start: int = 0
    opened: bool = False
    within: dict[int, Place | None] = field(default_factory=dict)
    divided: bool = False
    turn: int = 0
    division: Division | None = None
    due: tuple[Run, ...] | None = None
    most: int | None = None

    @property
    def value(self) -> Any:
        """The dict, list or string itself, as JSON has it."""
        return self.child.value

    @property
    def name(self) -> str | None:
        """Its key in the dict above; None in a list."""
        return self.child.name

    @property
    def total(self) -> int | None:
        """How many children or characters it has; None for a stream whose end is not in sight."""
        return self.reader.total(self.child.value, self.child.state)

    @property
    def is_record(self) -> bool:
        """Whether it is a dict whose keys name fields; one of very many keys is a map."""
        return self.reader.is_record(self.child)

    @property
    def key_repaired(self) -> bool:
        """Whether its key had to differ from what it is in the payload."""
        return self.name is not None and self.above is not None and is_repaired(self.name, self.above.value)

    def inside(self, child: Child) -> Place:
        """The place of one of its children."""
        return Place(self, child, self.reader, turn=max(self.turn, child.turn))

    def stands_at(self, above: Place, child: Child) -> bool:
        """Whether it is the place of that child."""
        return self.above is above and self.child.order == child.order

    def wait(self, child: Child) -> int:
        """How many turns of `drop_order` later than the place a child in it comes."""
        return max(0, child.turn - self.turn)

    def children(self) -> Iterator[Child]:
        """Its children, in order; of a list those that earlier pages have not shown."""
        return self.reader.children(self.child.value, self.child.state, lambda: self.pointer, self.start)

    def has(self, name: str) -> bool:
        """Whether it is a dict with such a key, after `drop`."""
        return (
            isinstance(self.value, dict) and name in self.value and not self.reader.is_dropped(self.child.state, name)
        )

    def order_of(self, position: int) -> int:
        """The order of the item that is left at a position when what is dropped is gone."""
        for at in self.reader.dropped(self.child.value, self.child.state):
            position += at <= position
        return position

    def item(self, order: int) -> Child | None:
        """One item of a list; None if it is dropped."""
        return self.reader.item(self.child.value, self.child.state, lambda: self.pointer, order)

    def goes_on(self, offset: int, *, backwards: bool = False, least: int = 1) -> bool:
        """Whether so many are to be shown beyond the first `offset` items or characters, or the last ones."""
        value = self.child.value
        if isinstance(value, str):
            return offset < len(value)
        if backwards:
            orders = range((length(value) or 0) - offset)
            rest: Iterator[Child] = (child for order in orders if (child := self.item(order)) is not None)
        else:
            rest = self.reader.children(value, self.child.state, lambda: self.pointer, offset)
        return sum(1 for _ in islice(rest, least)) == least

    def chunk_end(self, start: int, size: int) -> int:
        """Where the chunk of a text that begins at `start` and has about so many characters ends."""
        return chunk_end(self.value, start, size) if self.division is None else self.division.end(start, size)

    def path(self) -> Iterator[Place]:
        """The place and all that it is in, innermost first."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.above

    def open(self) -> Iterator[Place]:
        """Marks the place, all that it is in and what opens with them as shown; gives those that were not."""
        for place in self.path():
            if place.opened:
                return
            place.opened = True
            yield place
            for run in place.due or ():
                if not run.place.opened:
                    run.place.opened = True
                    yield run.place

    def unopened(self) -> int:
        """How many containers must open before something in this one can show."""
        count = 0
        for place in self.path():
            if place.opened:
                break
            count += 1
        return count

    def unopened_chars(self) -> int:
        """How many characters, of keys and of what a schema demands, must show before something in this place can."""
        chars = 0
        for place in self.path():
            if place.opened:
                break
            chars += len(place.name or "") + sum(run.chars for run in place.due or ())
        return chars

    def is_cycle(self) -> bool:
        """Whether the value stands somewhere above itself."""
        return any(place is not self and place.value is self.value for place in self.path())

    @property
    def pointer(self) -> str:
        """Where it stands in what is left of the payload after `drop`, as a JSON Pointer (RFC 6901)."""
        names = [place.position if place.name is None else place.name for place in self.path()]
        return "".join(step("", name) for name in reversed(names[:-1]))

    @property
    def position(self) -> int:
        """Its index in the list above, dropped items aside."""
        order = self.child.order
        if self.above is None or self.above.child.state is None:
            return order
        return order - sum(at < order for at in self.reader.dropped(self.above.value, self.above.child.state))
