"""Meta refresh: how a page leads on without a redirect (HTML, "shared declarative refresh steps").

Only what a browser would obey counts: not in comments, scripts, templates, drawings, or in `noscript`, which is for others.
"""

from __future__ import annotations

import re

from richresp.decode import decode
from richresp.limits.links import MAX_REFRESH_CHARS, MAX_REFRESH_SECONDS, MAX_TAGS
from richresp.links import markup
from richresp.links.scan import scan
from richresp.links.urls import absolute

_TEXT_ONLY = {
    name: markup.end_of_text(name)
    for name in ("style", "noscript", "textarea", "xmp", "iframe", "noembed", "noframes", "title")
}
_NESTED = frozenset(("template", "svg", "math"))
_NEXT = markup.next_of({*_TEXT_ONLY, *_NESTED, "script", "meta"}, _NESTED)
_CONTENT = re.compile(
    r"[\t\n\f\r ]*+(?:([0-9]++)|(?=\.))[0-9.]*+(?:[\t\n\f\r ]*+[;,][\t\n\f\r ]*+|[\t\n\f\r ]++)"
    r"(?:url[\t\n\f\r ]*+=[\t\n\f\r ]*+)?+(?P<url>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MAX_DIGITS = 4


def refresh_of(body: bytes, url: str, content_type: str | None) -> tuple[str, str] | None:
    """Where a page leads on to, soon and by itself.

    Args:
        body: the page as served.
        url: where it came from, after redirects.
        content_type: the header of that name.

    Returns:
        What the address is relative to, and the address as written; None for a page that stays.
    """
    if b"refresh" not in body[: 4 * MAX_REFRESH_CHARS].lower():
        return None
    text = decode(body, content_type)[0][:MAX_REFRESH_CHARS]
    target = next(filter(None, map(_target, _refreshes(text))), None)
    if target is None:
        return None
    base = scan(text).base
    return (absolute(base, url) if base else None) or url, target


def _target(content: str) -> str | None:
    """The address of a refresh that comes soon enough."""
    found = _CONTENT.match(content)
    seconds = (found[1] or "0").lstrip("0") if found else ""
    if found is None or len(seconds) > _MAX_DIGITS or int(seconds or "0") > MAX_REFRESH_SECONDS:
        return None
    address = found["url"]
    if address[:1] in ("'", '"'):
        address = address[1:].partition(address[0])[0]
    return address.strip("\t\n\f\r ") or None


def _refreshes(text: str) -> list[str]:
    """What the refreshes of a page say, in order."""
    said: list[str] = []
    position = inside = 0
    for _ in range(MAX_TAGS):
        found = _NEXT.match(text, position)
        if found is None or found[5] is None:
            break
        name, name_end, position = found[4].lower(), found.start(5), found.end()
        if found[3]:
            inside = max(0, inside - 1)
        elif name in _NESTED:
            inside += not markup.closes_itself(text, name_end, position) or name == "template"
        elif name == "meta":
            told = {} if inside else markup.attributes(text, name_end, position)
            if told.get("http-equiv", "").lower() == "refresh":
                said.append(told.get("content", ""))
        else:
            position = _behind(name, text, position)
        if position < 0:
            break
    return said


def _behind(name: str, text: str, start: int) -> int:
    """Where an element that holds only text ends, -1 where it does not."""
    if name == "script":
        return markup.end_of_script(text, start)
    closed = _TEXT_ONLY[name].search(text, start)
    return closed.end() if closed and closed[1] else -1
