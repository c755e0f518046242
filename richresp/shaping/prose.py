"""A text from its start, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator

from richresp.shaping.estimate import per_char
from richresp.shaping.pieces import Chunk, Lane, Piece
from richresp.shaping.places import Place
from richresp.shaping.progress import Progress, Source, grain


def prose(place: Place, lane: Lane, progress: Progress) -> Source:
    """The chunks of a text; large ones, to be split where the page ends in one."""
    text, at, cost = place.value, place.start, 0.0
    while at < len(text):
        price = per_char(text, at)
        room = lane.stake - cost if cost < lane.stake else progress.coarse
        end = place.chunk_end(at, max(1, int(min(progress.coarse, max(room, progress.grain)) / price)))
        piece = Piece((Chunk(place, at, end),), (end - at) * price, progress.shown)
        cost += piece.cost
        yield lane.at(cost), piece
        at = end


def split_chunk(chunk: Chunk, shown: float) -> Iterator[Piece]:
    """The small chunks of a large one."""
    text, at = chunk.place.value, chunk.start
    while at < chunk.end:
        price = per_char(text, at)
        end = min(chunk.end, chunk.place.chunk_end(at, max(1, int(grain(shown) / price))))
        yield Piece((Chunk(chunk.place, at, end),), (end - at) * price)
        at = end


def beginnings(place: Place) -> Iterator[Piece]:
    """What may be shown of a document's first chunk where there is no room for all of it, the most first."""
    if place.division is None or place.start >= len(place.value):
        return
    size = max(1, int(grain(0.0) / per_char(place.value, place.start)))
    for end in place.division.pieces(place.start, place.chunk_end(place.start, size)):
        yield Piece((Chunk(place, place.start, end),), 0.0)
