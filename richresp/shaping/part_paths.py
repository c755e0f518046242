"""Paths of `keep`, `drop` and `drop_order` that begin above several payloads, as each of these payloads has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from richresp.exceptions import InvalidPath, UsageError
from richresp.paths import Path, Segment, parse


@dataclass(frozen=True, slots=True)
class PartPaths:
    """The paths of one call, by option."""

    by_option: Mapping[str, tuple[Path, ...]]

    @classmethod
    def read(cls, **given: object) -> PartPaths:
        """Paths by option.

        Raises:
            UsageError: for what is no list of texts.
            InvalidPath: for what is no path, and for what keeps a whole part or makes it go first.
        """
        paths = {option: tuple(map(parse, _texts(option, listed))) for option, listed in given.items()}
        for option, listed in paths.items():
            for path in listed:
                if not path.segments:
                    raise InvalidPath(
                        path=path.text, position=len(path.text), reason="that is all parts; name one of them"
                    )
                if option != "drop" and len(path.segments) == 1 and not path.segments[0].descendant:
                    reason = "that is a whole part; name something in it, or give it its share with shares="
                    raise InvalidPath(path=path.text, position=len(path.text), reason=reason)
        return cls(paths)

    def drops(self, name: str) -> bool:
        """Whether a part as a whole is dropped."""
        return any(len(path.segments) == 1 and _names(path.segments[0], name) for path in self.by_option["drop"])

    def of(self, name: str) -> dict[str, list[str]]:
        """The paths into one part, by option."""
        return {
            option: [text for path in paths for text in _inner(path, name)] for option, paths in self.by_option.items()
        }


def _texts(option: str, paths: object) -> list[str]:
    listed = list(paths) if isinstance(paths, Iterable) and not isinstance(paths, str) else None
    if listed is None or not all(isinstance(path, str) for path in listed):
        raise UsageError(f"{option}={paths!r}: give a list of JSONPaths")
    return listed


def _inner(path: Path, name: str) -> list[str]:
    """What a path names in a part; a descendant names things at any depth, and may name the part on its way."""
    first, rest = path.segments[0], path.segments[1:]
    found = [path.text] if first.descendant else []
    if rest and _names(first, name):
        found.append("$" + "".join(map(_text, rest)))
    return found


def _names(segment: Segment, name: str) -> bool:
    return segment.selector is None or segment.selector == name


def _text(segment: Segment) -> str:
    selector = segment.selector
    inner = "*" if selector is None else json.dumps(selector, ensure_ascii=False)
    return f"{'..' if segment.descendant else ''}[{inner}]"
