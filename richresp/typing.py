"""The few shapes that several rooms agree on.

A capability is a callable or a small Protocol that the caller passes in; what travels between rooms is a plain value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

JSON: TypeAlias = bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"] | None
"""A JSON-native value."""

CountTokens: TypeAlias = Callable[[str], int]
"""What a caller may pass as `counter=`: text in, its number of tokens out."""

Resolve: TypeAlias = Callable[[str], list[str]]
"""What a caller may pass as `resolve=`: a host name in, its addresses out."""


@runtime_checkable
class Counter(Protocol):
    """A counter that knows more about itself than a bare callable: those of `tokens.counter` do.

    `exact` is False where the count is an estimate. `up_to` stops early: it gives the count where that is at most
    `limit`, else None.
    """

    @property
    def name(self) -> str: ...

    @property
    def exact(self) -> bool: ...

    def __call__(self, text: str, /) -> int: ...

    def up_to(self, text: str, limit: int, /) -> int | None: ...
