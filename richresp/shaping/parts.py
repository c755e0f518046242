"""Items of a list in two parts, what people read of them and what is late; and small items as one piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from richresp.limits.shape import MAX_TRIM_DEPTH
from richresp.shaping.pieces import Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.shaping.trim import Trimmed, trim
from richresp.shaping.weigh import Standing, standing
from richresp.values.plain import is_container

_order = attrgetter("order")


@dataclass(slots=True)
class Batch:
    """Small items that are to come as one piece, followed by another with what is late in them."""

    place: Place
    whole: list[Child] = field(default_factory=list)
    shown: list[Child] = field(default_factory=list)
    cost: float = 0.0
    late: float = 0.0
    plain: bool = True

    def add(self, child: Child, cost: float, *, plain: bool, rest: Trimmed | None = None) -> None:
        """Adds an item: all of it, or what people read of it."""
        self.whole.append(child)
        self.shown.append(child if rest is None else rest.child)
        self.cost += cost if rest is None else rest.cost
        self.late += 0.0 if rest is None else rest.late
        self.plain = self.plain and plain

    def piece(self, shown: float) -> Piece:
        """The items, without what is late in them."""
        whole = self.whole if self.late else None
        parts = runs(self.place, self.shown, plain=self.plain, whole=whole)
        return Piece(parts, self.cost, shown, tuple(self.whole), "prompt" if self.late else None)

    def followed(self, shown: float, distance: float) -> Piece:
        """The same piece, with what is late in the items to come after it."""
        piece = self.piece(shown)
        if not self.late:
            return piece
        parts = runs(self.place, self.whole, plain=self.plain)
        return piece.followed(distance, Piece(parts, self.late, shown, tuple(self.whole), "late"))


def divide(item: Place) -> tuple[Run, ...]:
    """What people read of an item, place by place, for a page that ends among what is late in it.

    The places in it are noted in `within`, so that whatever is shown of them later leads to the same.
    """
    found: list[Run] = []
    todo = [(item, MAX_TRIM_DEPTH)]
    while todo:
        place, depth = todo.pop()
        place.divided = True
        prompt: list[Child] = []
        is_record = place.is_record
        for child in place.children():
            if is_record and standing(child, place.reader) is Standing.LATE:
                continue
            if depth and is_container(child.value) and trim(child, place.reader, plain=False, depth=depth - 1)[1]:
                inside = place.within.setdefault(child.order, place.inside(child))
                if inside is not None:
                    todo.append((inside, depth - 1))
            else:
                prompt.append(child)
        if not prompt and place is not item and place.name is None:
            found.append(Run(place, ()))  # the items of a list show in order, if only as {}
        found += runs(place, prompt, plain=False)
    return tuple(found)


def runs(place: Place, children: list[Child], *, plain: bool, whole: list[Child] | None = None) -> tuple[Run, ...]:
    """Children as runs of neighbours, in the order of the document."""
    shown, full = sorted(children, key=_order), sorted(whole or (), key=_order)
    if not shown:
        return ()
    if shown[-1].order - shown[0].order == len(shown) - 1:
        return (Run(place, tuple(shown), plain, tuple(full)),)
    starts = [at for at, child in enumerate(shown) if not at or child.order != shown[at - 1].order + 1]
    ends = (*starts[1:], len(shown))
    return tuple(
        Run(place, tuple(shown[start:end]), plain, tuple(full[start:end]))
        for start, end in zip(starts, ends, strict=True)
    )
