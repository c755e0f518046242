"""The cursor of a request, and the link to the next page (RFC 8288).

The target is the same path and query with another cursor. It holds nothing but what a URL may hold, whatever the request had,
so it ends neither the `<...>` nor the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote_plus

from richresp.exceptions import InvalidCursor
from richresp.limits.answering import MAX_LINK_CHARS
from richresp.shaping.cursor import is_cursor

# RFC 3986: what stands in a path or query as it is; "%" too, since both come as they were sent
_IN_PATH = "/!$&'()*+,;=:@%"
_IN_QUERY = _IN_PATH + "?"
_LINK = re.compile(r'[ \t,]*(<[^>]*>(?:[^,"]|"(?:[^"\\]|\\.)*")*)')
_PARAMETER = re.compile(r';[ \t]*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?:=[ \t]*("(?:[^"\\]|\\.)*"|[^ \t;,"]*))?')


def cursor_of(query: str, parameter: str) -> str | None:
    """The cursor that a query names; None where it names none, or an empty one.

    Raises:
        InvalidCursor: if it names several.
    """
    found = _cursors(query, parameter)
    if len(found) > 1:
        raise InvalidCursor(reason=f"the query has more than one {parameter}")
    return found.pop() if found else None


def is_foreign(query: str, parameter: str) -> bool:
    """Whether a query names a cursor that no call of `shape` returned: then the parameter is the application's own."""
    return not all(map(is_cursor, _cursors(query, parameter)))


def _cursors(query: str, parameter: str) -> set[str]:
    if parameter not in query and "%" not in query and "+" not in query:
        return set()
    return {value for part in query.split("&") if (value := _value(part, parameter))}


def _value(part: str, parameter: str) -> str | None:
    """The value of one part of a query, None if it is of another parameter."""
    name, _, value = part.partition("=")
    return unquote_plus(value) if name == parameter or unquote_plus(name) == parameter else None


def next_link(path: str, query: str, parameter: str, cursor: str) -> str | None:
    """The value of a Link header to the page of a cursor; None if it would be too long for one.

    Args:
        path: of the request, as it was sent. One that a client would read as another host is left out: a query alone is a
            reference as well (RFC 3986, 5.2.2).
        query: of the request, as it was sent.
        parameter: what the cursor is called there.
        cursor: of the next page.
    """
    if len(path) + len(query) > MAX_LINK_CHARS:
        return None
    others = [part for part in query.split("&") if part and _value(part, parameter) is None]
    cursor_part = f"{quote(parameter, safe='')}={quote(cursor, safe='')}"
    there = path if path.startswith("/") and not path.startswith("//") else ""
    target = f"{_escaped(there, _IN_PATH)}?{_escaped('&'.join([*others, cursor_part]), _IN_QUERY)}"
    return None if len(target) > MAX_LINK_CHARS else f'<{target}>; rel="next"'


def _escaped(text: str, safe: str) -> str:
    return quote(text, safe=safe, encoding="utf-8", errors="replace")


def without_next(links: Sequence[str]) -> list[str]:
    """Link headers without the links to a next page: what is left of this page comes before it. The last part of this page
    has them again.

    A header that cannot be read is left as it is.
    """
    left = list[str]()
    for header in links:
        values = _values(header)
        kept = [value for value in values if not _is_next(value)]
        if len(kept) == len(values):
            left.append(header)
        elif kept:
            left.append(", ".join(kept))
    return left


def _values(header: str) -> list[str]:
    """The links of a header; none if it is malformed."""
    values, position = list[str](), 0
    while position < len(header):
        found = _LINK.match(header, position)
        if found is None:
            return [] if header[position:].strip(" \t,") else values
        values.append(found[1].strip())
        position = found.end()
    return values


def _is_next(value: str) -> bool:
    """Whether a link is to the next page and nothing else: the first `rel` counts (RFC 8288, 3.3)."""
    given = (found[2] or "" for found in _PARAMETER.finditer(value, value.find(">")) if found[1].lower() == "rel")
    return next(given, "").strip('" \t').lower() == "next"
