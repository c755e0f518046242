"""One of several payloads, shaped to whatever room it is offered. No room is tried twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from richresp.exceptions import BudgetTooSmall, InvalidCursor, InvalidPath, InvalidPayload, UsageError
from richresp.shaping.gauge import Gauge
from richresp.shaping.model import Shaped
from richresp.shaping.shape import shape
from richresp.values.plain import step

START = "0"
"""The cursor of a part from its start; those that `shape` writes are longer."""

_ANY = float("inf")


@dataclass(slots=True, eq=False)
class Portion:
    """A named payload and what is known of it.

    Attributes:
        name: its name as text.
        value: the payload.
        weight: how many times the room of others it gets.
        cursor: where it goes on; START or None from its start.
        options: of `shape`, the same at each call.
        gauge: measures its texts.
        needed: the smallest room that can be enough, as far as is known.
    """

    name: str
    value: Any
    weight: float
    cursor: str | None
    options: Mapping[str, Any]
    gauge: Gauge
    needed: int = field(init=False, default=0)
    _known: list[tuple[int, float, Shaped]] = field(init=False, default_factory=list)

    def at(self, room: int) -> Shaped | None:
        """What it shows in some room; None where that is too little.

        A result that took less than its room is that of every room between: with more to show in it, it would have been
        shown.
        """
        if room < self.needed:
            return None
        for least, most, shaped in self._known:
            if least <= room <= most:
                return shaped
        try:
            shaped = shape(self.value, budget={self.gauge.unit: room}, cursor=self._from, **self.options)
        except BudgetTooSmall as error:
            self.needed = max(error.needed, room + 1)
            return None
        except InvalidPayload as error:
            raise InvalidPayload(pointer=step("", self.name) + error.pointer, reason=error.reason) from error.__cause__
        except InvalidCursor as error:
            raise InvalidCursor(reason=f"{self.name[:80]}: {error.reason}") from None
        except InvalidPath:
            raise
        except UsageError as error:
            raise UsageError(f"{self.name[:80]}: {error}") from None
        self._known.append((self.gauge.size(shaped), room if shaped.truncated else _ANY, shaped))
        return shaped

    def most(self, room: int) -> int:
        """The most that it can take in some room."""
        return min((self.gauge.size(shaped) for _, most, shaped in self._known if most == _ANY), default=room)

    def least(self) -> Shaped | None:
        """The least of it that can be shown; None where nobody can say how little that is."""
        return self.at(0) or self.at(self.needed)

    @property
    def goes_on(self) -> bool:
        """Whether it is asked for from a later page on."""
        return self._from is not None

    @property
    def resumed(self) -> str:
        """The cursor with which it begins where it begins now."""
        return self._from or START

    @property
    def _from(self) -> str | None:
        return None if self.cursor == START else self.cursor
