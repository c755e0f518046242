"""The pieces of a payload in order of worth, found lazily.

Every piece has a distance from the root: roughly how many tokens a reader has seen before its turn comes. Pieces are
served by distance, so the order is the same for every budget, and a budget shows a beginning of it.

* In a record the short fields come first, the cheapest first of all. A long field (text, list, dict) gets a stake in its
  turn, the rest after all neighbours, shared evenly between the long ones, so that none starves another.
* In a list the items come in order. An item gets ITEM_SHARE before the next one starts; beyond that its content is
  ITEM_PATIENCE times as far away.
* A dict of over RECORD_KEYS keys is a map, and served as a list is.
* A text comes in chunks that end at a sentence, a word or at least between two graphemes.
* A piece is at least a grain: small neighbours in a list come as one.

A container has no piece of its own: it shows with the first thing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits import GRAIN_SHARE, ITEM_PATIENCE, ITEM_SHARE, MAX_CHAIN, MIN_GRAIN, RECORD_KEYS, STAKE
from richresp.shaping.chunks import chunk_end
from richresp.shaping.estimate import divisible, estimate, per_char, weight
from richresp.shaping.places import Chunk, Lane, Piece, Place, Run
from richresp.shaping.plain import members


@dataclass(frozen=True, slots=True)
class _Inner:
    """A place to go into. Where `in_turn`, what follows waits until something of it shows."""

    place: Place
    pieces: _Source
    in_turn: bool


_Source = Iterator[tuple[float, Piece | _Inner]]
"""Pieces of one place and places inside it, each with its distance; read one at a time, as their turn comes."""


class Ranking:
    """Serves the pieces of one payload, once, and looks no further into it than the caller reads."""

    def __init__(self, root: Place, paged: Place | None = None, *, later: bool = False) -> None:
        """
        Args:
            root: the place of the payload: a container that is not empty, or a divisible string.
            paged: the list or string that cursors page through.
            later: whether a cursor asked for it: then it is served before its neighbours.
        """
        self._root = root
        self._paged = paged
        self._later = later
        self._heap: list[tuple[float, int, Piece | _Inner, _Source]] = []
        self._pulled = 0
        self._shown = 0.0
        self._met: set[int] = set()
        self._waiting: dict[Place, _Source] = {}

    def pieces(self) -> Iterator[Piece]:
        """All pieces, nearest first. A run without children only says that its place is shown: a chain of containers
        that is too long to wait for a first leaf."""
        self._pull(self._source(self._root, Lane()))
        while self._heap:
            _, _, thing, source = heappop(self._heap)
            if isinstance(thing, _Inner):
                if thing.in_turn:
                    self._waiting[thing.place] = source
                self._pull(thing.pieces)
                if not thing.in_turn:
                    self._pull(source)
                if thing.place.unopened() >= MAX_CHAIN:
                    yield from self._serve(Run(thing.place, ()))
            else:
                yield from self._serve(thing)
                self._pull(source)

    def _serve(self, piece: Piece) -> Iterator[Piece]:
        self._shown += piece.cost
        yield piece
        for place in piece.place.open():
            if (source := self._waiting.pop(place, None)) is not None:
                self._pull(source)

    def _pull(self, source: _Source) -> None:
        for distance, thing in islice(source, 1):
            self._pulled += 1
            heappush(self._heap, (distance, self._pulled, thing, source))

    @property
    def _grain(self) -> float:
        return max(MIN_GRAIN, GRAIN_SHARE * self._shown)

    def _source(self, place: Place, lane: Lane) -> _Source:
        if isinstance(place.value, str):
            return self._text(place, lane)
        if isinstance(place.value, dict) and len(place.value) <= RECORD_KEYS:
            return self._record(place, lane)
        return self._items(place, lane)

    def _inner(self, place: Place, lane: Lane, *, in_turn: bool) -> _Inner:
        if not isinstance(place.value, str):
            if id(place.value) in self._met and place.is_cycle():
                raise InvalidPayload(pointer=place.pointer, reason="a value that contains itself; break the cycle")
            self._met.add(id(place.value))
        return _Inner(place, self._source(place, lane), in_turn)

    def _record(self, place: Place, lane: Lane) -> _Source:
        """A record's fields: short ones whole, long ones by their stake, all in order of what they cost."""
        fields = []
        for order, (name, value) in enumerate(members(place.value, lambda: place.pointer)):
            child = place.child(order, name, value)
            cost = estimate(child.value, max(self._grain, STAKE)) + len(name) / 4
            short = cost <= self._grain or not divisible(child.value)
            if self._paged is not None and self._paged.above is place and self._paged.order == order:
                child = self._paged
            before = 0.0 if self._later and child is self._paged else weight(child.value, cost)
            fields.append((before, order, child, value, cost if short else STAKE, short))
        fields.sort(key=lambda entry: entry[:2])
        whole = sum(cost for *_, cost, _ in fields)
        long = sum(not short for *_, short in fields)
        start = 0.0
        for _, order, child, value, cost, short in fields:
            if short:
                start += cost
                yield lane.at(start), Run(place, ((order, child.name, value),), cost)
            else:
                yield lane.at(start), self._inner(child, lane.part(start + 2, cost, whole, long), in_turn=False)
                start += cost

    def _items(self, place: Place, lane: Lane) -> _Source:
        """The items of a list, or the entries of a map, in order: neighbours up to a grain as one run."""
        run: list[tuple[int, str | None, Any]] = []
        start = pending = 0.0
        for order, name, value in place.entries():
            child = place.child(order, name, value)
            cost = estimate(child.value, ITEM_SHARE) + (len(name) / 4 if name is not None else 0)
            whole = cost <= self._grain or not divisible(child.value)
            if run and not (whole and pending + cost <= self._grain):
                yield lane.at(start), Run(place, tuple(run), pending)
                start, pending, run = start + pending, 0.0, []
            if whole:
                run.append((order, name, value))
                pending += cost
            else:
                share = min(cost, ITEM_SHARE)
                inner = lane.part(start + 2, share, start + share, ITEM_PATIENCE)
                yield lane.at(start), self._inner(child, inner, in_turn=True)
                start += share
        if run:
            yield lane.at(start), Run(place, tuple(run), pending)

    def _text(self, place: Place, lane: Lane) -> _Source:
        """A text from its start, chunk by chunk."""
        text, at, cost = place.value, place.start, 0.0
        while at < len(text):
            price = per_char(text, at)
            end = chunk_end(text, at, max(1, int(self._grain / price)))
            cost += (end - at) * price
            yield lane.at(cost), Chunk(place, at, end, (end - at) * price)
            at = end
