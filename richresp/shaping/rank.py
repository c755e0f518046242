"""The pieces of a payload in order of worth, found lazily.

Every piece has a distance from the root: roughly how many tokens a reader has seen before its turn comes. Pieces are
served by distance, so the order is the same for every budget, and a budget shows a beginning of it. Which distances a
place gives to what is in it, its source says: `fields` of a record, `series` of a list or a map, `prose` of a text.
What a schema demands and what `keep` names comes first in its record, what `drop_order` names after everything else.

A container has no piece of its own: it shows with the first thing in it. A piece that stands for several, because the
page will hardly end there, can be split into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import islice
from math import inf

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import MAX_CHAIN
from richresp.shaping.due import due
from richresp.shaping.estimate import UNBOUNDED, is_divisible, measure
from richresp.shaping.fields import TURN, fields
from richresp.shaping.kept import kept_runs
from richresp.shaping.parts import Batch, divide
from richresp.shaping.pieces import Chunk, Lane, Piece, Run
from richresp.shaping.places import Place
from richresp.shaping.progress import Inner, Progress, Source, grain
from richresp.shaping.prose import prose, split_chunk
from richresp.shaping.series import series
from richresp.shaping.trim import trimmed
from richresp.shaping.weigh import is_unit


class Ranking:
    """Serves the pieces of one payload, once, and looks no further into it than the caller reads."""

    def __init__(self, root: Place, progress: Progress | None = None) -> None:
        """
        Args:
            root: the place of the payload: a container that is not empty, or a divisible string.
            progress: where to start.
        """
        self._root = root
        self._progress = Progress() if progress is None else progress
        self._heap: list[tuple[float, int, Piece | Inner, Source]] = []
        self._pulled = 0
        self._met: set[int] = set()
        self._waiting: dict[Place, Source] = {}

    def pieces(self) -> Iterator[Piece]:
        """All pieces, nearest first. A run without children only says that its place is shown: a chain of containers
        that is too long to wait for a first leaf, or an item that holds nothing but what `drop_order` names."""
        self._pull(self._source(Inner(self._root, Lane())))
        while self._heap:
            at, _, thing, source = heappop(self._heap)
            if isinstance(thing, Inner):
                waits = thing.in_turn and not thing.place.opened
                if waits:
                    self._waiting[thing.place] = source
                distance = self._pull(self._source(thing))
                if not waits:
                    self._pull(source)
                if thing.place.unopened() >= MAX_CHAIN or (distance - at >= TURN and self._is_awaited(thing.place)):
                    yield from self._serve(Piece((Run(thing.place, ()), *kept_runs(thing.place)), 0.0))
            else:
                yield from self._serve(thing)
                self._pull(source)

    def split(self, piece: Piece) -> Iterator[Piece]:
        """The pieces that a piece stands for, in their order; itself if it stands for no others."""
        start = replace(self._progress, paged=None, later=False, only=piece.only, fine=True, shown=piece.shown)
        if piece.cost <= grain(piece.shown):
            yield piece
        elif isinstance(piece.parts[0], Chunk):
            yield from split_chunk(piece.parts[0], piece.shown)
        elif piece.series:
            yield from _split_series(piece, start)
        else:
            yield piece

    def _serve(self, piece: Piece) -> Iterator[Piece]:
        self._progress.shown += piece.cost
        yield piece
        for part in piece.parts:
            for place in part.place.open():
                if (source := self._waiting.pop(place, None)) is not None:
                    self._pull(source)
        if piece.later is not None:
            self._pull(iter((piece.later,)))

    def _pull(self, source: Source) -> float:
        """Queues the next thing of a source; gives its distance, which is infinite if there is none."""
        for distance, thing in islice(source, 1):
            self._pulled += 1
            heappush(self._heap, (distance, self._pulled, thing, source))
            return distance
        return inf

    def _is_awaited(self, place: Place) -> bool:
        """Whether the items of a list wait until something shows in a place, or around it."""
        return not place.opened and any(above in self._waiting for above in place.path())

    def _source(self, inner: Inner) -> Source:
        place = inner.place
        if isinstance(place.value, str):
            return prose(place, inner.lane, self._progress)
        if id(place.value) in self._met and place.is_cycle():
            raise InvalidPayload(pointer=place.pointer, reason="a value that contains itself; break the cycle")
        self._met.add(id(place.value))
        source = fields if place.is_record else series
        return self._after_kept(place, inner.lane, source(place, inner.lane, self._progress))

    def _after_kept(self, place: Place, lane: Lane, source: Source) -> Source:
        progress = self._progress
        demanded = due(place, progress.strategy, progress.paged)
        cost = sum(measure(child, progress.item_share, place.reader).cost for run in demanded for child in run.children)
        if parts := (*((Run(place, ()),) if demanded else ()), *kept_runs(place, progress.paged)):
            yield lane.at(cost) if cost > progress.item_share else lane.near, Piece(parts, cost)
        yield from source


def _split_series(piece: Piece, start: Progress) -> Iterator[Piece]:
    """The items of a piece one after the other, or the part of them that it is; large ones in pieces of their own."""
    limit, place = start.grain, piece.parts[0].place
    batch = Batch(place)
    for child in piece.series:
        size = measure(child, UNBOUNDED if piece.only else limit, place.reader)
        rest = trimmed(child, size, place.reader) if piece.only else None
        if piece.only == "late" and rest is None:
            continue
        cost = size.cost if rest is None else rest.late if piece.only == "late" else rest.cost
        small = child.order not in place.within and (
            cost <= limit or not is_divisible(child, place.reader) or child.kept or is_unit(child, place.reader)
        )
        if batch.whole and not (small and batch.cost + cost <= limit):
            yield batch.piece(start.shown)
            batch = Batch(place)
        if small:
            batch.add(child, cost, plain=size.plain, rest=rest if piece.only == "prompt" else None)
            continue
        item = place.inside(child)
        if rest is not None:
            item = place.within[child.order] = place.within.get(child.order) or item
            divide(item)
        yield from Ranking(item, replace(start)).pieces()
    if batch.whole:
        yield batch.piece(start.shown)
