"""An item of a list in parts: what people read, and what is late in it."""

from __future__ import annotations

from operator import itemgetter

from richresp.exceptions import InvalidPayload
from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.shaping.weigh import Standing, standing
from richresp.values.plain import is_container


def divide(item: Place, *, plain: bool) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The prompt and the late part of a small item, whatever depth the late fields stand at.

    The places of what is divided are noted in `within`, so that both parts, and the pieces of each, lead to the same.
    """
    prompt: list[Run] = []
    late: list[Run] = []
    todo = [item]
    while todo:
        place = todo.pop()
        place.divided = True
        sides: tuple[list[Child], list[Child]] = [], []
        is_record = place.is_record
        for child in place.children():
            if is_record and standing(child, place.reader) is Standing.LATE:
                sides[1].append(child)
            elif _has_late(child, place):
                inside = place.within[child.order] = place.inside(child)
                todo.append(inside)
            else:
                sides[0].append(child)
        if not sides[0] and place is not item and place.name is None:
            prompt.append(Run(place, ()))  # the items of a list show in order, if only as {}
        prompt += runs(place, sides[0], plain=plain)
        late += runs(place, sides[1], plain=plain)
    return tuple(prompt), tuple(late)


def close(item: Place) -> None:
    """Marks an item, and all that leads to its parts, as not shown: it is about to be shown again, piece by piece."""
    todo: list[Place | None] = [item]
    while todo:
        place = todo.pop()
        if place is not None:
            place.opened = False
            todo.extend(place.within.values())


def runs(place: Place, children: list[Child], *, plain: bool) -> tuple[Run, ...]:
    """Children as runs of neighbours, in the order of the document."""
    neighbours: list[list[Child]] = []
    for child in sorted(children, key=itemgetter(0)):
        if neighbours and neighbours[-1][-1].order + 1 == child.order:
            neighbours[-1].append(child)
        else:
            neighbours.append([child])
    return tuple(Run(place, tuple(run), plain) for run in neighbours)


def _has_late(child: Child, place: Place) -> bool:
    """Whether something late stands anywhere in a child."""
    todo = [child]
    while todo:
        here = todo.pop()
        if not is_container(here.value):
            continue
        is_record = place.reader.is_record(here)
        try:
            for inner in place.reader.children(here.value, here.state, str):
                if is_record and standing(inner, place.reader) is Standing.LATE:
                    return True
                todo.append(inner)
        except InvalidPayload:  # raised again, with its place, when the value is to be shown
            return False
    return False
