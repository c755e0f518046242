"""Which way an answer goes, by the path of its request: per-route budgets.

The most precise route counts, whatever their order: at the first part in which two differ, a written one comes before a
`{name}`, and that before `*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Generic, TypeVar

from richresp.exceptions import UsageError
from richresp.limits.answering import MAX_ROUTE_PARTS

_T = TypeVar("_T")
_NAME = re.compile(r"\{[A-Za-z_][A-Za-z0-9_]*\}")
_ANY, _REST = "{}", "*"
_ORDER = {_ANY: 1, _REST: 2}


@dataclass(frozen=True, slots=True)
class Route:
    """A path with gaps: `/search`, `/items/{id}`, `/export/*`.

    Attributes:
        parts: what stands between its slashes; "{}" for any part that is not empty, "*" at the end for all the rest.
    """

    parts: tuple[str, ...]

    @classmethod
    def read(cls, text: object) -> Route:
        """A route as it is written.

        Raises:
            UsageError: for what is none; the message says how to write it.
        """
        if not isinstance(text, str) or not text.startswith("/"):
            raise UsageError(f"routes: {text!r} is no path; begin with a slash, as in /items/{{id}}")
        parts = text[1:].split("/")
        if len(parts) > MAX_ROUTE_PARTS:
            raise UsageError(f"routes: {text[:80]!r}... has more than {MAX_ROUTE_PARTS} parts")
        for place, part in enumerate(parts):
            if _NAME.fullmatch(part):
                continue
            if part != _REST and any(sign in part for sign in "{}<>?#*"):
                raise UsageError(
                    f"routes: {text!r}: {part!r} is read as neither text nor gap; write {{name}} for one whole part, "
                    "and * at the end for all that is below"
                )
            if part == _REST and place < len(parts) - 1:
                raise UsageError(f"routes: {text!r}: * stands for all that is below, so it comes last; write {{name}}")
        return cls(tuple(_ANY if _NAME.fullmatch(part) else part for part in parts))

    def matches(self, path: str) -> bool:
        """Whether a path, with its escapes undone, is one of this route."""
        below = self.parts[-1] == _REST
        parts = path[1:].split("/", len(self.parts) - 1) if below else path[1:].split("/")
        return len(parts) == len(self.parts) and all(
            ours in {part, _REST} or (ours == _ANY and part != "") for ours, part in zip(self.parts, parts, strict=True)
        )

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts precise routes before others."""
        return tuple(_ORDER.get(part, 0) for part in self.parts)

    @property
    def prefix(self) -> str:
        """What comes before its first gap."""
        return "/" + "".join(f"{part}/" for part in takewhile(lambda part: part not in _ORDER, self.parts[:-1]))

    @property
    def is_plain(self) -> bool:
        """Whether it matches one path only."""
        return not any(self.order)

    def __str__(self) -> str:
        return "/" + "/".join(self.parts)


class Routes(Generic[_T]):
    """What holds for the paths of some routes, and for all others.

    Args:
        given: values by route.
        default: what holds for all other paths.

    Raises:
        UsageError: for a route that is none, and for two that match the same paths.
    """

    def __init__(self, given: Mapping[str, _T] | Iterable[tuple[str, _T]], default: _T) -> None:
        read = [(Route.read(text), value) for text, value in dict(given).items()]
        for place, (route, _) in enumerate(read):
            if any(route == other for other, _ in read[:place]):
                raise UsageError(f"routes: {route} is given twice, under different names; leave one of them out")
        self.default = default
        self._plain = {str(route): value for route, value in read if route.is_plain}
        gaps = sorted((one for one in read if not one[0].is_plain), key=lambda one: one[0].order)
        self._gaps = [(route.prefix, route, value) for route, value in gaps]

    def find(self, path: str) -> _T:
        """What holds for a path."""
        if path in self._plain:
            return self._plain[path]
        for prefix, route, value in self._gaps:
            if path.startswith(prefix) and route.matches(path):
                return value
        return self.default


def checked_routes(routes: Any) -> dict[str, Any]:
    """The budgets of `routes=`, as a mapping.

    Raises:
        UsageError: if it is none.
    """
    if routes is None:
        return {}
    if not isinstance(routes, Mapping):
        raise UsageError(
            f"routes={routes!r}: give a mapping from paths to budgets, as {{'/search': 2000, '/export/*': None}}"
        )
    return dict(routes)
