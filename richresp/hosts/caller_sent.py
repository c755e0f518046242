"""What was sent, by name: headers as every framework has them, and the objects of `_meta`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from richresp.limits.hosts import MAX_HEADERS, MAX_HINT_CHARS

_LISTS = frozenset(("accept-language",))  # RFC 9110, 5.3: a list that stands on several lines is one list
_UNREADABLE = object()


@dataclass(frozen=True, slots=True)
class Sent:
    """Values by name; of a header all there are. What no reader could use is there too, as something that none takes."""

    named: Mapping[str, list[Any]]

    def of(self, name: str) -> list[Any]:
        """The values of a name, without those that say nothing."""
        values = [value for value in self.named.get(name, ()) if value is not None and value != ""]
        if name in _LISTS and len(values) > 1:
            return [", ".join(value for value in values if isinstance(value, str))]
        return values

    def has_any(self, prefixes: tuple[str, ...]) -> bool:
        """Whether a name begins with one of these."""
        return any(name.startswith(prefixes) for name in self.named)


def sent_headers(headers: Any, problems: list[str]) -> Sent:
    """Headers by their names in lower case.

    Args:
        headers: a mapping, whatever has `items()`, or pairs, also a WSGI environ; None for none.
        problems: what could not be read is added.
    """
    named: dict[str, list[Any]] = {}
    pairs = _pairs(() if headers is None else headers)
    if pairs is None:
        problems.append("headers: neither a mapping nor pairs")
        return Sent(named)
    for number, pair in enumerate(islice(pairs, MAX_HEADERS + 1)):
        if number == MAX_HEADERS:
            problems.append(f"headers: more than {MAX_HEADERS}")
        elif not isinstance(pair, (tuple, list)) or len(pair) != 2:
            problems.append("headers: an entry that is no pair")
            break
        elif isinstance(name := _text(pair[0]), str):
            values = pair[1] if isinstance(pair[1], (list, tuple)) else (pair[1],)
            named.setdefault(_field_name(name), []).extend(map(_text, values[:MAX_HEADERS]))
    return Sent(named)


def sent_object(given: Any, name: str, problems: list[str]) -> Sent:
    """The members of an object of `_meta`.

    Args:
        given: a mapping, a model that dumps itself as one, or None for none.
        name: what it is called.
        problems: that it is none of these is added.
    """
    dump = getattr(given, "model_dump", None)
    members = dump() if callable(dump) and not isinstance(given, type) else given
    if members is not None and not isinstance(members, Mapping):
        problems.append(f"{name}: no object")
    if not isinstance(members, Mapping):
        return Sent({})
    return Sent({key: [value] for key, value in members.items() if isinstance(key, str)})


def _pairs(headers: Any) -> Iterator[Any] | None:
    items = getattr(headers, "items", None)
    pairs = items() if callable(items) and not isinstance(headers, type) else headers
    return None if isinstance(pairs, (str, bytes)) or not isinstance(pairs, Iterable) else iter(pairs)


def _field_name(name: str) -> str:
    """A header's name in lower case; in a WSGI environ it is a variable of CGI (PEP 3333)."""
    return (name[5:].replace("_", "-") if name.startswith("HTTP_") else name).lower()


def _text(value: Any) -> Any:
    """A field's text: bytes as ISO 8859-1 (RFC 9110, 5.5)."""
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value[: MAX_HINT_CHARS + 1]).decode("latin-1")
    return value.strip(" \t") if isinstance(value, str) and len(value) <= MAX_HINT_CHARS else _UNREADABLE
