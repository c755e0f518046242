"""What a rule looks at and what it gives: a page with its head, and findings with their place in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from richresp.limits.audit import MAX_RESOLVED
from richresp.links.head import Head, Meta
from richresp.links.placeholders import is_placeholder
from richresp.links.urls import absolute
from richresp.text import one_line

OGP = "https://ogp.me/"
FACEBOOK = "https://developers.facebook.com/docs/sharing/webmasters"
FACEBOOK_IMAGES = "https://developers.facebook.com/docs/sharing/webmasters/images"
WHATSAPP = "https://developers.facebook.com/docs/whatsapp/link-previews"
X_MARKUP = "https://developer.x.com/en/docs/x-for-websites/cards/overview/markup"
X_LARGE = "https://developer.x.com/en/docs/x-for-websites/cards/overview/summary-card-with-large-image"
HTML_CHARSET = "https://html.spec.whatwg.org/multipage/semantics.html#charset"
HTML_ATTRIBUTES = "https://html.spec.whatwg.org/multipage/syntax.html#attributes-2"
CANONICAL = "https://www.rfc-editor.org/rfc/rfc6596"
GOOGLE_CANONICAL = "https://developers.google.com/search/blog/2013/04/5-common-mistakes-with-relcanonical"

Severity = Literal["error", "warning", "hint"]
Field = Literal["site_name", "title", "description", "image", "url"]

NOWHERE = 1 << 62
"""The place of what is missing: behind everything that is there."""

_EXCERPT = 60
_TEMPLATE = re.compile(r"\{\{[^{}]*+\}\}|\$\{[^{}]*+\}|\{%[^{}%]*+%\}|<%[^<>%]*+%>")
_WORD = re.compile(r"\w+")
_FEW_WORDS = 5  # as many stand around a template that was to be filled; a text that speaks of templates has more


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a page that keeps its card from showing, or showing well.

    Attributes:
        rule: its name, for filters: "image-relative".
        severity: "error", where some host shows no card or not that field; "warning", where it shows worse or something else;
            "hint", what documentation recommends besides.
        field: of the card; None where it is all of it.
        message: what is wrong and what to do.
        source: the documentation that says so.
    """

    rule: str
    severity: Severity
    field: Field | None
    message: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """What rules look at.

    Attributes:
        url: where the page came from.
        base: what its addresses are relative to.
        body, text, codec: the bytes, the text, and the Python codec between them.
        content_type: the header of that name.
        head: what the page says of itself.
        wall: the kind of wall that it is.
    """

    url: str
    base: str
    body: bytes
    text: str
    codec: str
    content_type: str
    head: Head
    wall: str | None

    def metas(self, *names: str) -> Iterator[Meta]:
        """The metas of these names, in the order of the document."""
        return (meta for meta in self.head.metas if meta.name in names)

    def stated(self, *names: str) -> Meta | None:
        """The first meta of these names that says something."""
        return next((meta for meta in self.metas(*names) if says(meta.content)), None)


Place = tuple[int, str]
"""Where something is wrong, in characters of the text, and the message."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it weighs, the field it speaks of, its source, and the function that applies it."""

    name: str
    severity: Severity
    field: Field | None
    source: str
    check: Callable[[Page], Iterator[Place]]


@lru_cache(maxsize=MAX_RESOLVED)
def resolved(raw: str, base: str) -> str | None:
    """What `absolute` gives: it is dear where there is much to escape, and several rules ask for the same."""
    return absolute(raw, base)


def says(raw: str) -> str | None:
    """Clean text; None where there is none but blanks or a template that was not filled."""
    line = one_line(raw)
    if line is None or not is_placeholder(line):
        return line
    return line if len(_WORD.findall(_TEMPLATE.sub(" ", line))) > _FEW_WORDS else None


def quoted(raw: str) -> str:
    """The beginning of a value, to show in a message."""
    line = one_line(raw[: 4 * _EXCERPT]) or ""
    return f'"{line}"' if len(line) <= _EXCERPT else f'"{line[: _EXCERPT - 1]}…"'
