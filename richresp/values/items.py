"""Lists that are read item by item: what a sequence, a table or a stream is to JSON.

An item is read when it is asked for, and nothing behind it. Items are handed out as they are, still to be adapted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from richresp.limits.values import CHUNK_ROWS


class NoForm(Exception):
    """A value that JSON has no form for.

    Attributes:
        reason: what is wrong with it, and what to pass instead.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Items:
    """A list of which no more is read than is asked for. Any order of questions gets the same answers."""

    __slots__ = ()

    @property
    def total(self) -> int | None:
        """How many items there are; None while the end of a stream is not known."""
        raise NotImplementedError

    def has(self, index: int) -> bool:
        """Whether there is an item at `index`; reads a stream as far as that takes.

        Raises:
            Exception: whatever the stream raises.
        """
        raise NotImplementedError

    def __getitem__(self, index: int) -> Any:
        """The item at `index`, which is counted from 0 on.

        Raises:
            IndexError: where there is none.
            NoForm: where there should be one, by the length that the source stated.
            Exception: whatever the source raises.
        """
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        index = 0
        while self.has(index):
            yield self[index]
            index += 1


class Sized(Items):
    """Items of a source that knows its length and gives any of them: `get(index)`."""

    __slots__ = ("_get", "_total")

    def __init__(self, total: int, get: Callable[[int], Any]) -> None:
        self._total = total
        self._get = get

    @property
    def total(self) -> int:
        """How many items there are."""
        return self._total

    def has(self, index: int) -> bool:
        """Whether there is an item at `index`."""
        return 0 <= index < self._total

    def __getitem__(self, index: int) -> Any:
        if not self.has(index):
            raise IndexError(index)
        return self._get(index)


class Chunked(Sized):
    """Rows of a source that is cheaper to read in slices: `load(start, stop)`. It holds one slice at a time."""

    __slots__ = ("_chunk", "_load")

    def __init__(self, total: int, load: Callable[[int, int], list[Any]]) -> None:
        super().__init__(total, self._row)
        self._load = load
        self._chunk: tuple[int, list[Any]] = (-1, [])

    def _row(self, index: int) -> Any:
        start, rows = self._chunk
        offset = index % CHUNK_ROWS
        if start != index - offset:
            start = index - offset
            rows = self._load(start, min(start + CHUNK_ROWS, self._total))
            self._chunk = start, rows
        return rows[offset]


class Stream(Items):
    """Items of an iterator. What was pulled is held, since it cannot be pulled again.

    An iterator that raises while it is pulled has no end: it raises the same again, not the end of the list, whenever
    what it did not give is asked for.
    """

    __slots__ = ("_error", "_pulled", "_source", "_stated")

    def __init__(self, source: Iterator[Any], stated: int | None = None) -> None:
        """Takes the iterator, and how many items it is said to give; the end of it has the last word."""
        self._source: Iterator[Any] | None = source
        self._stated = stated
        self._pulled: list[Any] = []
        self._error: BaseException | None = None

    @property
    def total(self) -> int | None:
        """How many items there are; None while neither the end is reached nor a length is stated that may hold."""
        if self._source is None:
            return len(self._pulled)
        return self._stated if self._stated is not None and len(self._pulled) <= self._stated else None

    def has(self, index: int) -> bool:
        """Whether there is an item at `index`; pulls as far as that."""
        while len(self._pulled) <= index:
            if self._error is not None:
                raise self._error
            if self._source is None:
                return False
            try:
                self._pulled.append(next(self._source))
            except StopIteration:
                self._source = None
            except BaseException as error:  # also a cancellation: what was lost stays lost, and is raised again
                self._error = error
                raise
        return index >= 0

    def __getitem__(self, index: int) -> Any:
        if not self.has(index):
            raise IndexError(index)
        return self._pulled[index]
