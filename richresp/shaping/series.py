"""A list, item by item, or a map, entry by entry, in the order of the strategy.

Small items come whole, several of them as one piece where little is lost if the page ends among them; a long item gets
a share before the next one starts, and beyond that is ITEM_PATIENCE times as far away. While the reader has seen little,
what is late in an item comes after some more items.
"""

from __future__ import annotations

from operator import itemgetter

from richresp.limits.shape import ITEM_PATIENCE, LATE_PATIENCE
from richresp.shaping.estimate import Size, is_divisible, measure
from richresp.shaping.fields import delay
from richresp.shaping.order import items
from richresp.shaping.parts import Batch
from richresp.shaping.pieces import Lane, Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.progress import Inner, Progress, Source
from richresp.shaping.reader import Child
from richresp.shaping.trim import Trimmed, trimmed
from richresp.shaping.weigh import Standing, is_unit


def series(place: Place, lane: Lane, progress: Progress) -> Source:
    """The items of a list, or the entries of a map."""
    start, batch = 0.0, Batch(place)
    held_back: list[tuple[int, Child]] = []
    in_line = place.reader.delays_all(place.child.state)
    for child in items(place, progress.strategy):
        if not progress.serves(place, child, Standing.PLAIN):
            continue
        if place is progress.paged:
            child = child._replace(turn=0)  # noqa: PLW2901  # the items of a page come in their turn, whatever names them
        if place.wait(child) and not in_line:
            held_back.append((place.wait(child), child))
            continue
        share = progress.item_share
        size = _size(child, 2 * share, place)
        turn = place.wait(child)
        simple = child.order not in place.within and not (turn or size.waits)
        uncut = child.kept or (is_unit(child, place.reader) and not size.waits) or not is_divisible(child, place.reader)
        whole = simple and (uncut or size.cost <= progress.grain)
        rest = _rest(child, place, size, share, progress) if simple and not whole else None
        small = whole or (simple and (rest is not None or size.cost < share))
        cost = size.cost if rest is None else rest.cost
        end = start + batch.cost + cost
        if batch.whole and not (small and batch.cost + cost <= progress.coarse and lane.is_even(start, end)):
            yield lane.at(start), batch.followed(progress.shown, lane.at(start) + lane.patience)
            start, batch = start + batch.cost, Batch(place)
        held = uncut and size.cost > share and place.reader.is_held(child)
        if not held and (whole or (small and lane.is_even(start, start + cost))):
            batch.add(child, size.cost, plain=size.plain, rest=rest)
        else:
            stake = size.cost if held else min(size.cost, share)
            yield _long(place, child, lane, (start, stake, delay(turn)))
            start += stake
    if batch.whole:
        yield lane.at(start), batch.followed(progress.shown, lane.at(start) + lane.patience)
    for turn, child in sorted(held_back, key=itemgetter(0)):
        yield _long(place, child, lane, (start, progress.item_share, delay(turn)))


def _size(child: Child, limit: float, place: Place) -> Size:
    size = measure(child, limit, place.reader)
    return size if child.name is None else size._replace(cost=size.cost + len(child.name) / 4)


def _long(place: Place, child: Child, lane: Lane, extent: tuple[float, float, float]) -> tuple[float, Piece | Inner]:
    """An item that is gone into, or if it is shown uncut or not at all, comes in the turn of `drop_order`."""
    start, stake, far = extent
    if child.kept or not is_divisible(child, place.reader):
        seen = start + stake if place.reader.is_held(child) else start
        return far + lane.at(seen), Piece((Run(place, (child,)),), stake)
    inside = place.within.get(child.order) or place.inside(child)
    inner = lane.part(start + 2, stake, start + stake, ITEM_PATIENCE).later(far)
    return far + lane.at(start), Inner(inside, inner, in_turn=not far)


def _rest(child: Child, place: Place, size: Size, share: float, progress: Progress) -> Trimmed | None:
    """A small item without what is late in it, while the reader has seen little; None if it has not both."""
    if progress.shown >= LATE_PATIENCE or size.cost >= 2 * share or not _is_free(child, place):
        return None
    rest = trimmed(child, size, place.reader)
    return rest if rest is not None and rest.cost < share else None


def _is_free(child: Child, place: Place) -> bool:
    """Whether neither `keep` nor `drop_order` may name something in a child, nor a schema demand it."""
    return not place.reader.strict and (child.state is None or place.reader.only_drops)
