"""Values that JSON of files may hold and no text can: half a character (a lone surrogate), and numbers that are none.

They are shown as `shape` shows them: U+FFFD, and nothing where a number should stand.
"""

from __future__ import annotations

import json
import math
from typing import Any

from richresp.cli.parsing import decode, quoted, unique
from richresp.values.plain import repaired

_INFINITE = (math.inf, -math.inf)


class Watch:
    """Decodes JSON, and says whether there may be such values: where there are none, no value has to be looked at twice."""

    def __init__(self) -> None:
        self._is_odd = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=unique, parse_float=self._number, parse_constant=self._constant
        )

    def decode(self, text: str) -> tuple[Any, bool]:
        """The value, and whether it may hold any of them.

        Raises:
            ValueError: as for `parsing.decode`.
        """
        self._is_odd = "\\ud" in text or "\\uD" in text
        return decode(text, self._decoder), self._is_odd

    def _number(self, text: str) -> float:
        value = float(text)
        if value in _INFINITE:
            self._is_odd = True
        return value

    def _constant(self, name: str) -> float:
        self._is_odd = True
        return float(name)


def mended(value: Any) -> Any:
    """A value without them; the same object where there are none.

    Raises:
        ValueError: for two keys that become one.
    """
    if isinstance(value, str):
        return repaired(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        items = [mended(item) for item in value]
        return items if any(map(_differ, items, value)) else value
    if isinstance(value, dict):
        entries = {repaired(key): mended(inner) for key, inner in value.items()}
        if len(entries) < len(value):
            twice = next(key for key in entries if [repaired(name) for name in value].count(key) > 1)
            raise ValueError(f"two keys are both shown as {quoted(twice)}, and one of the two would be lost")
        return (
            entries
            if any(map(_differ, entries, value)) or any(map(_differ, entries.values(), value.values()))
            else value
        )
    return value


def _differ(one: Any, other: Any) -> bool:
    return one is not other
