"""A record, field by field: by what the fields are for a reader, then by what they cost.

Short fields come whole. A long one (text, list, dict) gets a stake in its turn and the rest after all its neighbours,
shared evenly between the long ones, so that none starves another; one that a schema wants whole comes when its share has
grown to what it costs. What is late waits for what else there is to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from richresp.limits.shape import STAKE
from richresp.shaping.estimate import atom, is_divisible, measure
from richresp.shaping.parts import runs
from richresp.shaping.pieces import Lane, Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.progress import Inner, Progress, Source
from richresp.shaping.reader import Child
from richresp.shaping.weigh import Standing, is_unit, standing, weight

TURN = 1e15
"""Farther than anything in a payload: the distance between two turns of `drop_order`."""


class _Field(NamedTuple):
    """A field of a record: its rank among its neighbours, what it may cost in its turn, and what it costs, as far as it
    was looked at. One that is long and nevertheless `uncut` comes by itself."""

    rank: tuple[int, int, float, int]
    child: Child
    stake: float
    cost: float
    short: bool
    plain: bool
    late: bool
    uncut: bool

    @property
    def turn(self) -> tuple[int, bool]:
        return self.child.turn, self.late


def fields(place: Place, lane: Lane, progress: Progress) -> Source:
    """The fields of a record; short neighbours in rank come as one piece."""
    ranked = sorted(_fields(place, progress), key=itemgetter(0))
    whole = sum(field.stake for field in ranked if not field.late)
    long = max(1, sum(not field.short for field in ranked if not field.late))
    share = lane.part(whole, STAKE, whole, long)
    uncut = [_uncut(place, share, field) for field in ranked if field.uncut]
    turns = _in_turn(place, lane, progress, ([field for field in ranked if not field.uncut], whole, long))
    yield from merge(turns, sorted(uncut, key=itemgetter(0)), key=itemgetter(0)) if uncut else turns


def _uncut(place: Place, share: Lane, field: _Field) -> tuple[float, Piece]:
    far = delay(place.wait(field.child)) + (share.patience if field.late else 0)
    return far + share.at(field.cost), Piece((Run(place, (field.child,)),), field.cost)


def _in_turn(place: Place, lane: Lane, progress: Progress, extent: tuple[list[_Field], float, int]) -> Source:
    ranked, whole, long = extent
    pending: list[_Field] = []
    start = held = 0.0
    for field in ranked:
        joins = field.short and (not pending or field.turn == pending[0].turn)
        if pending and not (joins and held + field.stake <= progress.coarse):
            yield _joined(place, lane, pending, (start, progress.shown))
            pending, held = [], 0.0
        if field.short:
            pending.append(field)
            held += field.stake
        else:
            inside = progress.paged if progress.is_paged(place, field.child) else place.within.get(field.child.order)
            far = delay(place.wait(field.child)) + (lane.patience if field.late else 0)
            inner = lane.part(start + 2, field.stake, max(whole, start), long).later(far)
            yield far + lane.at(start), Inner(inside if inside is not None else place.inside(field.child), inner)
        start += field.stake
    if pending:
        yield _joined(place, lane, pending, (start, progress.shown))


def delay(turn: int) -> float:
    """How far something moves back that is named in `drop_order`."""
    return turn * TURN


def _joined(place: Place, lane: Lane, joined: list[_Field], extent: tuple[float, float]) -> tuple[float, Piece]:
    end, shown = extent
    far = delay(place.wait(joined[0].child)) + (lane.patience if joined[0].late else 0)
    children = tuple(field.child for field in joined)
    parts = runs(place, list(children), plain=all(field.plain for field in joined))
    return far + lane.at(end), Piece(parts, sum(field.stake for field in joined), shown, series=children)


def _fields(place: Place, progress: Progress) -> Iterator[_Field]:
    reader, grain = place.reader, progress.grain
    limit = max(grain, STAKE)
    for child in place.children():
        where = standing(child, reader)
        if not progress.serves(place, child, where):
            continue
        size = atom(child)
        if size is not None:
            cost, short = size.cost + len(child.name or "") / 4, True
        else:
            size = measure(child, limit, reader)
            cost = size.cost + len(child.name or "") / 4
            short = (
                not is_divisible(child, reader) or (cost <= grain and not size.waits) or is_unit(child, reader)
            ) and child.order not in place.within
        first = progress.later and progress.is_paged(place, child)
        late = where is Standing.LATE and not first
        rank = place.wait(child), -1 if first else where, weight(child, cost, reader), child.order
        uncut = reader.is_held(child) and cost > limit
        yield _Field(rank, child, cost if short and not uncut else STAKE, cost, short, size.plain, late, uncut)
