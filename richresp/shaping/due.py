"""What a schema demands to be shown of a container as soon as anything of it is: required entries, the fewest items.

What may be shown in part is opened, and what it demands in turn shows with it; all else is shown whole. It goes with the
opening of the container, whatever opens it, so that a page is valid wherever it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from richresp.exceptions import InvalidPayload
from richresp.shaping.estimate import UNBOUNDED, is_divisible, measure
from richresp.shaping.kept import kept_runs
from richresp.shaping.order import Strategy, items
from richresp.shaping.parts import runs
from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.shaping.schemas import node_of
from richresp.shaping.schemas.rules import Demands
from richresp.values.plain import is_list


def due(place: Place, strategy: Strategy, paged: Place | None) -> tuple[Run, ...]:
    """What is to show with a place, and in what opens with it: of that, nothing is said again when it is asked of.

    Args:
        place: a container. The places inside it that open with it are noted in its `within`.
        strategy: which items of lists are shown.
        paged: the list that cursors page through.

    Raises:
        InvalidPayload: for a value that contains itself.
    """
    if place.due is None:
        place.due = tuple(_due(place, strategy, paged)) if node_of(place.child.state) is not None else ()
    return place.due


def least_items(place: Place) -> int:
    """How many items of a list must be shown."""
    node = node_of(place.child.state)
    return 0 if node is None else node.demands.items


def _due(place: Place, strategy: Strategy, paged: Place | None) -> Iterator[Run]:
    met: set[int] = set()
    todo = [place]
    while todo:
        here = todo.pop()
        if id(here.value) in met and here.is_cycle():
            raise InvalidPayload(pointer=here.pointer, reason="a value that contains itself; break the cycle")
        met.add(id(here.value))
        leaves: list[Child] = []
        for child in _demanded(here, strategy):
            known = here.within.get(child.order)
            if known is None and child.order in here.within:
                continue
            if child.kept or not is_divisible(child, here.reader):
                here.within[child.order] = None
                leaves.append(child)
                continue
            here.within[child.order] = inner = known or here.inside(child)
            inner.due = inner.due or ()
            yield Run(inner, ())
            yield from kept_runs(inner, paged)
            todo.append(inner)
        plain = all(measure(leaf, UNBOUNDED, here.reader).plain for leaf in leaves)
        yield from runs(here, leaves, plain=plain)


def _demanded(place: Place, strategy: Strategy) -> Iterator[Child]:
    """The children that must show, each once."""
    node = node_of(place.child.state)
    if node is None:
        return iter(())
    if node.demands.every:
        return place.children()
    return _items(place, node.demands, strategy) if is_list(place.value) else _entries(place, node.demands)


def _items(place: Place, demands: Demands, strategy: Strategy) -> Iterator[Child]:
    shown: set[int] = set()
    for child in islice(place.children(), 0 if place.start else demands.head):
        shown.add(child.order)
        yield child
    for child in islice(items(place, strategy), demands.items) if demands.items else ():
        if child.order not in shown:
            yield child


def _entries(place: Place, demands: Demands) -> Iterator[Child]:
    """Of a map, no more is looked at than it takes to find them."""
    names = demands.names
    if not place.is_record:
        keys = place.value
        present = names.intersection(keys)
        names = present if len(present) == len(names) or all(type(key) is str for key in keys) else names
    left = len(names)
    for at, child in enumerate(place.children() if left or demands.entries else ()):
        named = child.name in names
        left -= named
        if named or at < demands.entries:
            yield child
        if not left and at + 1 >= demands.entries:
            return
