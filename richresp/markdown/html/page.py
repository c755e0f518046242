"""From the text of a page to its markdown: which part of it is read, how deep, and what is said of the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from richresp.limits.markdown import (
    MAX_BLOCK_DEPTH,
    MAX_HTML_CHARS,
    MAX_HTML_TAGS,
    MAX_MAIN_PARTS,
    MIN_HTML_DEPTH,
    MIN_MAIN_SHARE,
    MIN_SHOWN_CHARS,
    MIN_SHOWN_SHARE,
    NESTED_HTML_CHARS,
)
from richresp.markdown.document import document
from richresp.markdown.html.elements import is_hidden
from richresp.markdown.html.places import Places
from richresp.markdown.html.reader import Reader, Wishes
from richresp.markdown.raw import Block
from richresp.tree import Cleaner, Element, Taken, tree_of

_CLEANER = Cleaner(
    Taken(
        left_out="script|style|textarea|iframe|noembed|noframes",
        initials="SsTtIiNn",
        attributes=(
            "alt", "alttext", "aria-hidden", "aria-modal", "checked", "class", "colspan", "data-lang", "data-language", "data-lazy-src",
            "data-original", "data-src", "display", "encoding", "height", "hidden", "href", "reversed", "role", "rowspan", "src", "start",
            "style", "type", "value", "width",
        ),
        instead="<!---->",
        chars=MAX_HTML_CHARS,
        tags=MAX_HTML_TAGS,
    )
)  # fmt: skip
_PAGE_END = re.compile(r"</(?:body|html)\s{0,99}>", re.IGNORECASE)


def page_of(text: str, places: Places, wishes: Wishes) -> Block:
    """The markdown of a page.

    Args:
        text: the page.
        places: where its links lead.
        wishes: what of it is wanted.
    """
    found = _CLEANER.harmless(text.replace("\0", ""))
    root = tree_of(_PAGE_END.sub("", found.markup), whole=True)  # libxml2 drops what stands behind it; browsers do not
    depth = max(MIN_HTML_DEPTH, min(MAX_BLOCK_DEPTH, NESTED_HTML_CHARS // max(1, len(found.markup))))
    blocks: list[Block] = []
    if root is not None:
        base = root.find(".//base[@href]")
        if base is not None:
            places.set_base(base.get("href"))
        blocks = _blocks(root, places, wishes, depth)
    if found.read < len(text):
        blocks.append(
            Block(f"(cut: of {len(text):,} characters of HTML the first {found.read:,} are told)", "paragraph")
        )
    return document(*blocks)


def _blocks(root: Element, places: Places, wishes: Wishes, depth: int) -> list[Block]:
    """The blocks of a page. If it shows next to nothing, all of it is read; if it still does, what waits to be shown is, too."""
    if not wishes.navigation:
        heading, main = _main(root)
        blocks = [*_read(heading, places, wishes, depth), *_read(main, places, wishes, depth)]
        if _is_enough(blocks, root):
            return blocks
        wishes = replace(wishes, navigation=True)
    blocks = _read(root, places, wishes, depth)
    return blocks if _is_enough(blocks, root) else _read(root, places, replace(wishes, waiting=True), depth)


def _is_enough(blocks: Sequence[Block], root: Element) -> bool:
    shown = sum(map(len, blocks))
    return shown >= MIN_SHOWN_CHARS or shown > MIN_SHOWN_SHARE * _size(root)


def _read(root: Element | None, places: Places, wishes: Wishes, depth: int) -> list[Block]:
    return [] if root is None else Reader(wishes, places, depth).read(root)


def _main(root: Element) -> tuple[Element | None, Element]:
    """The first-level heading that stands outside of the main part, if it has none, and the main part: all, if there is not
    just one, or it holds little.
    """
    found = [each for each in root.iter() if each.tag == "main" or str(each.get("role", "")).strip().lower() == "main"]
    seen = [each for each in found[:MAX_MAIN_PARTS] if not is_hidden(each, each.keys())]
    seen = [each for each in seen if not any(up in seen for up in each.iterancestors())]
    if len(seen) != 1 or len(found) > MAX_MAIN_PARTS or _size(seen[0]) < MIN_MAIN_SHARE * _size(root):
        return None, root
    main = seen[0]
    headings = list(root.iter("h1"))
    if len(headings) == 1 and next(main.iter("h1"), None) is None:
        alone = root.makeelement("div")
        headings[0].tail = None
        alone.append(headings[0])
        return alone, main
    return None, main


def _size(element: Element) -> int:
    """How many characters the text of an element has, outer blanks aside."""
    return sum(len(text.strip()) for text in element.itertext())
