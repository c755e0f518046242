"""Links: the one markup that text can be given on purpose inside a line."""

from __future__ import annotations

import re

from richresp.exceptions import UsageError
from richresp.markdown.escape import LINK_TEXT, escaped_lines

_SCHEMES = ("http://", "https://", "mailto:")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0<>\\|`\"^{}\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")


class Raw(str):
    """Markdown on purpose: where text is taken, a Raw is put in as it is."""

    __slots__ = ()


def link(text: str, url: str) -> Raw:
    """A link that shows a text.

    Args:
        text: what is shown; the URL itself if nothing visible is in it.
        url: http, https or mailto.

    Raises:
        UsageError: for a URL of another scheme, for what is clicked must be a page.
    """
    if not url.lower().startswith(_SCHEMES):
        raise UsageError(f"a link to {url[:80]!r}: give an absolute http, https or mailto URL")
    shown = " ".join(escaped_lines(text, LINK_TEXT) or escaped_lines(url, LINK_TEXT))
    return Raw(f"[{shown}]({destination(url)})")


def destination(url: str) -> str:
    """A URL as the destination of a link: percent-encoded where markdown would end it or read something else."""
    safe = _UNSAFE.sub(_percent, url)
    if not _balanced(safe):
        safe = safe.replace("(", "%28").replace(")", "%29")
    return _ENTITY.sub("&amp;", safe)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _balanced(url: str) -> bool:
    depth = 0
    for char in url:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
