"""HTML that is written and never pasted: elements from names, attributes and children, whatever the children say.

Text becomes markup in one place, `text`: cleaned of what nobody can see, in one line, and escaped. What is `Markup` has been
through it.
"""

from __future__ import annotations

import re
from html import escape

from richresp.limits.gallery import MAX_SHOWN_CHARS
from richresp.limits.links import MAX_URL_CHARS
from richresp.markdown.cut import cut
from richresp.text import clean, one_line

_VOID = frozenset(("br", "hr", "img", "link", "meta"))
_WEB = re.compile(r"https?://[^\s/\\?#][^\s\"<>`]*", re.IGNORECASE)


class Markup(str):
    """HTML on purpose."""

    __slots__ = ()


def text(value: str) -> Markup:
    """Text as HTML that shows it, in one line."""
    return Markup(escape(one_line(value) or ""))


def verbatim(value: str) -> Markup:
    """Text as HTML that shows it with its lines and blanks, where the styles keep them."""
    return Markup(escape(clean(value)))


def element(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """An element.

    Args:
        name: of the element.
        children: Markup as it is, any other string as text, None as nothing.
        attributes: by name, with `_` for `-` and one at the end for names that Python keeps (`class_`). True stands alone,
            None and False are left out.
    """
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(clean(str(value)))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: str | None) -> Markup:
    """Children of an element, one after the other."""
    return Markup(
        "".join(child if isinstance(child, Markup) else text(child) for child in children if child is not None)
    )


def short(value: str | None, most: int) -> str:
    """Text in one line, cut as cards cut it."""
    return cut(one_line(value or "") or "", most)[0]


def link(url: str, *, shown: str | None = None) -> Markup:
    """An address that leads where it says, if it is one of http or https that a browser takes; else text.

    Args:
        url: the address.
        shown: what stands for it; the address itself by default.
    """
    shown = short(url if shown is None else shown, MAX_SHOWN_CHARS)
    if len(url) > MAX_URL_CHARS or not _WEB.fullmatch(url):
        return element("span", shown, dir="ltr")
    return element("a", shown, href=url, dir="ltr", rel="nofollow noopener noreferrer")
