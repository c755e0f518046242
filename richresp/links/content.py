"""What the body of a page offers when its head is silent: a heading, a first paragraph, images.

None rather than junk: a page whose own words cannot be told from its frame (navigation, notices, side bars) offers nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from richresp.limits.extract import (
    MAX_BODY_IMAGES,
    MAX_CANDIDATES,
    MAX_CLASS_CHARS,
    MAX_LINK_DENSITY,
    MAX_NOTICE_CHARS,
    MAX_SUSPECTS,
    MIN_PARAGRAPH_CHARS,
    MIN_WHOLE_PARAGRAPHS,
)
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links import pictures
from richresp.text import one_line

if TYPE_CHECKING:
    from richresp.links.tree import Element

_FRAME = frozenset(("nav", "header", "footer", "aside", "dialog", "menu", "button", "select", "address", "th"))  # fmt: skip
# What ends no head (HTML, 13.2.6.4.4). The parser knows no elements of HTML5, and leaves an article where it found it.
_OF_A_HEAD = frozenset(("base", "link", "meta", "noscript", "script", "style", "template", "title"))
_FRAME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "alert", "search", "menu")
)
_OWN = frozenset(("article", "main"))
_WHOLE = frozenset(("html", "body", "article", "main"))
_FRAME_WORDS = frozenset(
    ("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "cookie", "cookies", "consent", "gdpr", "ccpa", "onetrust", "footer",
     "sidebar", "modal", "popup", "overlay", "newsletter", "subscribe", "signup", "promo", "advert", "advertisement", "ads", "comment",
     "comments", "related", "recommended", "copyright", "disclaimer", "caption", "credits", "byline")
)  # fmt: skip
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTICE_STARTS = ("©", "<", "sign in", "log in", "logged in", "subscribe to")
_COOKIES = ("consent", "privacy", "policy", "accept", "agree", "preferences", "experience", "settings")
_NOTICES = (
    "enable javascript", "javascript enabled", "javascript is", "requires javascript", "turn on javascript", "without javascript", "activate javascript",
    "outdated browser", "unsupported browser", "upgrade your browser", "update your browser", "supported browser", "browser is", "all rights reserved",
)  # fmt: skip


def read_content(text: str) -> Content:
    """What the body of a page offers. It never raises; of a hostile or huge page it reads a beginning.

    Args:
        text: the whole page, head included.
    """
    from richresp.links.tree import parse

    return Content(parse(text))


class Content:
    """What the body of a page offers, each looked for when it is first asked for.

    Attributes:
        heading: the first h1 that says something, inside the article or main part where there is one.
        paragraph: the first real paragraph.
        images: raw addresses, best first.
    """

    def __init__(self, root: Element | None) -> None:
        self._root = root
        self._known: dict[Element, _Place] = {}
        self._judged = 0

    @cached_property
    def heading(self) -> str | None:
        found = [(self._place(element), line) for element in self._some("h1") if (line := _line(element))]
        ranked = sorted(found, key=lambda each: (each[0].frame, not each[0].own))
        return ranked[0][1] if ranked else None

    @cached_property
    def paragraph(self) -> str | None:
        """The first real paragraph. One in a part that is named like a frame counts where that part holds most of the page."""
        found: list[tuple[str, tuple[Element, ...]]] = []
        within: Counter[Element] = Counter()
        for element in self._some("p"):
            place = self._place(element)
            line = None if place.frame or place.script else _line(element)
            if line is None or len(line) < MIN_PARAGRAPH_CHARS or _is_notice(line) or _is_links(element, line):
                continue
            if not found and not place.suspects:
                return line
            found.append((line, place.suspects))
            within.update(place.suspects)
        if len(found) < MIN_WHOLE_PARAGRAPHS:
            found = [each for each in found if not each[1]]
        return next((line for line, suspects in found if all(2 * within[part] > len(found) for part in suspects)), None)

    @cached_property
    def images(self) -> tuple[str, ...]:
        """Of images in the page's own part those that declare a size, then the others, then large ones elsewhere."""
        ranks: tuple[list[str], ...] = ([], [], [])
        for element in self._some("img", "amp-img"):
            place = self._place(element)
            if place.frame or place.suspects or pictures.is_small(element):
                continue
            large = pictures.is_large(element)
            if (large or place.own or place.figure) and (address := pictures.address_of(element)) is not None:
                ranks[2 if not (place.own or place.figure) else 0 if large else 1].append(address)
        return tuple(islice(dict.fromkeys(chain(*ranks)), MAX_BODY_IMAGES))

    def _some(self, *tags: str) -> Iterator[Element]:
        return islice(self._root.iter(*tags), MAX_CANDIDATES) if self._root is not None else iter(())

    def _place(self, element: Element) -> _Place:
        """Where an element stands: worked out from the nearest ancestor that is known, down to it."""
        climbed = []
        current: Element | None = element
        while current is not None and current not in self._known:
            climbed.append(current)
            current = current.getparent()
        place = _Place() if current is None else self._known[current]
        for each in reversed(climbed):
            place = self._known[each] = self._below(each, place)
        return place

    def _below(self, element: Element, above: _Place) -> _Place:
        tag, role = element.tag, element.get("role", "").lower()
        own = above.own or tag in _OWN or role in _OWN or "articleBody" in element.get("itemprop", "").split()
        if tag in _WHOLE:
            return replace(above, own=own)
        # The header of an article is its own, that of a page is not (HTML-AAM, header).
        frame = (
            above.frame
            or (tag in _FRAME and not (tag == "header" and above.own))
            or role in _FRAME_ROLES
            or _is_hidden(element)
            or (tag in _OF_A_HEAD and _is_in_head(element))
        )
        suspects = (*above.suspects, element) if not frame and self._is_suspect(element) else above.suspects
        return _Place(
            frame, own, above.figure or tag == "figure", above.script or tag in ("noscript", "figcaption"), suspects
        )

    def _is_suspect(self, element: Element) -> bool:
        """Whether a part is named like a frame and is not the whole page, whose state is named in its classes too."""
        named = f"{element.get('class', '')} {element.get('id', '')}"[:MAX_CLASS_CHARS]
        if not _FRAME_WORDS & {word.lower() for word in _WORD.findall(named)}:
            return False
        self._judged += 1
        return self._judged > MAX_SUSPECTS or next(element.iter("h1", "main"), None) is None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: in the page's frame, in its own part, in a figure, in what shows only without scripts, in
    parts that are named like a frame.
    """

    frame: bool = False
    own: bool = False
    figure: bool = False
    script: bool = False
    suspects: tuple[Element, ...] = ()


def _is_in_head(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _line(element: Element) -> str | None:
    """The text of an element on one line, up to MAX_FIELD_CHARS."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > MAX_FIELD_CHARS:
            break
    return one_line("".join(pieces)[:MAX_FIELD_CHARS])


def _is_notice(line: str) -> bool:
    """Whether a text speaks of cookies, scripts, browsers or rights, as pages do beside what they are about."""
    start = line[:MAX_NOTICE_CHARS].casefold()
    if start.startswith(_NOTICE_STARTS) or ("cookie" in start and any(word in start for word in _COOKIES)):
        return True
    return len(line) < MAX_NOTICE_CHARS and any(phrase in start for phrase in _NOTICES)


def _is_links(element: Element, line: str) -> bool:
    """Whether links make up most of a text."""
    linked = 0
    for link in islice(element.iter("a"), MAX_CANDIDATES):
        linked += len(_line(link) or "")
        if linked >= MAX_LINK_DENSITY * len(line):
            return True
    return False


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDDEN.search(element.get("style", "")[:MAX_CLASS_CHARS]))
