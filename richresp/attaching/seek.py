"""Where the links of a payload stand: by the usual names, or by the paths of `at=`, and never both.

The own links of an object or list come before those inside it; otherwise the order is that of the document. Depth costs
memory and no stack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from richresp.attaching.names import holds_pages, is_page, is_url, link_rank
from richresp.paths import Matcher, Path
from richresp.values.plain import step

Trail: TypeAlias = "tuple[Trail, str | int] | None"
"""A place, as the place of the container and the step from there; None for the payload."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a payload.

    Attributes:
        url: as it stands there.
        holder: the object that its card goes into; None for a card that goes aside.
        place: of the object, or of the link where there is none.
    """

    url: str
    holder: dict[str, Any] | None
    place: Trail


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that a path names, and that is no link.

    Attributes:
        path: the number of the path.
        place: of the value.
    """

    path: int
    place: Trail


def by_names(data: Any) -> Iterator[Link]:
    """The links to pages: of each object that with the best name, and of lists every string that is one."""
    if isinstance(data, str) and is_page(data):
        yield Link(data, None, None)
    todo: list[tuple[Any, Trail]] = [(data, None)]
    while todo:
        value, place = todo.pop()
        if isinstance(value, dict):
            best = _best(value)
            if best is not None:
                yield Link(best, value, place)
            inside = [(child, (place, key)) for key, child in value.items() if _is_open(child) and holds_pages(key)]
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, str) and is_page(item):
                    yield Link(item, None, (place, at))
            inside = [(child, (place, at)) for at, child in enumerate(value) if _is_open(child)]
        else:
            continue
        todo.extend(reversed(inside))


def by_paths(data: Any, paths: Sequence[Path]) -> Iterator[Link | Stray]:
    """The links that paths name, and what they name that is none. A null or an empty text is a link that is not there.

    Of several links of one object that which the earliest path names gets the place beside it, the others go aside.
    """
    matcher = Matcher(paths)
    if matcher.root:
        yield from _named([(sorted(matcher.root), data, None)], None, None)
    todo = [(data, matcher.start, None)] if matcher.start is not None and _is_open(data) else []
    while todo:
        value, state, place = todo.pop()
        holder = value if isinstance(value, dict) else None
        children = value.items() if isinstance(value, dict) else enumerate(value)
        total = None if isinstance(value, dict) else len(value)
        named: list[tuple[list[int], Any, Trail]] = []
        inside: list[Any] = []
        for key, child in children:
            hits, below = state.step(key, total)
            if hits:
                named.append((sorted(hits), child, (place, key)))
            if below is not None and _is_open(child):
                inside.append((child, below, (place, key)))
        yield from _named(named, holder, place)
        todo.extend(reversed(inside))


def pointer(place: Trail) -> str:
    """The JSON Pointer (RFC 6901) of a place; empty for the payload."""
    steps: list[str] = []
    while place is not None:
        place, key = place
        steps.append(step("", key))
    return "".join(reversed(steps))


def _best(record: dict[str, Any]) -> str | None:
    """The link of a record with the best name, the first of several."""
    found: tuple[int, str] | None = None
    for key, value in record.items():
        if isinstance(value, str) and value[:4].lower() == "http":
            rank = link_rank(key)
            if rank is not None and (found is None or rank < found[0]) and is_page(value):
                found = rank, value
    return None if found is None else found[1]


def _named(
    values: list[tuple[list[int], Any, Trail]], holder: dict[str, Any] | None, place: Trail
) -> Iterator[Link | Stray]:
    """What paths name of one container: the values with the numbers of the paths."""
    links: list[tuple[int, str, Trail]] = []
    for numbers, value, there in values:
        if isinstance(value, str) and is_url(value):
            links.append((numbers[0], value, there))
        elif value is not None and value != "":
            yield from (Stray(number, there) for number in numbers)
    beside = min(links, key=lambda link: link[0], default=None) if holder is not None else None
    for link in links:
        yield Link(link[1], holder, place) if link is beside else Link(link[1], None, link[2])


def _is_open(value: Any) -> bool:
    return isinstance(value, (dict, list)) and bool(value)
