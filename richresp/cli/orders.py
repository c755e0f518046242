"""Answers in the order of their questions, whatever the order in which they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Order(Generic[_T]):
    """Tells of each as soon as those before it are told.

    Args:
        keys: what is asked for, each as often as it is to be told.
        tell: called with each and what came of it.
    """

    def __init__(self, keys: Iterable[str], tell: Callable[[str, _T], object]) -> None:
        self._left = list(keys)[::-1]
        self._tell = tell
        self._there: dict[str, _T] = {}

    def add(self, key: str, value: _T) -> None:
        """What came of one of them."""
        self._there[key] = value
        while self._left and self._left[-1] in self._there:
            told = self._left.pop()
            self._tell(told, self._there[told])
