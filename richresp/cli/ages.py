"""Numbers for people: how long ago, how much."""

from __future__ import annotations

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_KILO = 1_000


def ago(seconds: float) -> str:
    """How long ago something was, in its largest unit."""
    whole = max(0, int(seconds))
    length, unit = next(((length, unit) for length, unit in _UNITS if whole >= length), _UNITS[-1])
    return f"{whole // length} {unit} ago"


def size(count: int) -> str:
    """A number of bytes, in decimal units."""
    value, units = float(count), ["B", "kB", "MB", "GB"]
    while value >= _KILO and len(units) > 1:
        value /= _KILO
        units.pop(0)
    return f"{value:.0f} {units[0]}" if units[0] == "B" else f"{value:.1f} {units[0]}"
