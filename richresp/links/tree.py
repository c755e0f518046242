"""The tree of a page, by lxml, whatever the page is.

lxml builds it from markup that is made harmless first: one tag with 32,000 attributes takes it seconds, so long tags keep
only the attributes that are asked for, and scripts, styles, comments and drawings are left out. libxml2 itself ends a tree at
256 levels.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from richresp.limits.extract import MAX_TAG_CHARS, MAX_TREE_CHARS
from richresp.limits.links import MAX_SCAN_CHARS

Element: TypeAlias = Any
"""An element of lxml, which ships no types: what is used of it is `tag`, `get`, `iter`, `itertext` and the walks upward."""

# What holds no markup of the page, start tags, comments. End tags have no attributes in a tree.
_PIECE = re.compile(
    r"<(?:(?=[SsMmTtIiOo])(?P<raw>(?i:script|style|(?:svg|math)(?![^<>]*/>)|template|textarea|iframe|select|object))(?=[\s/>])"
    r"(?:[^<]++|<(?!/(?i:(?P=raw))[\s/>]))*+(?:</(?i:(?P=raw))[^>]*+>?)?+"
    r"|(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>[^>\"'=]*+(?:(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"']++)[^>\"'=]*+)*+)>?"
    r"|!--(?:-?>|[\s\S]*?(?:--!?>|\Z)))"
)
_PAGE_END = re.compile(r"</(?:body|html)\s{0,99}>", re.IGNORECASE)
_KEPT = re.compile(
    r"""[\s"'/](?=[aAcCdDhHiIrRsSwW])(class|id|role|hidden|aria-hidden|itemprop|style|width|height|href|alt|src|srcset|data-src|data-srcset|data-lazy-src"""
    r"""|data-lazy-srcset|data-original)(?=[\s=/]|\Z)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]*+)))?+""",
    re.IGNORECASE,
)


def parse(text: str) -> Element | None:
    """The root of a page's tree; None where there is none. It never raises; of a hostile or huge page it is a beginning.

    Args:
        text: the whole page, head included.
    """
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_harmless(text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _harmless(text: str) -> str:
    """The markup that matters, up to MAX_TREE_CHARS, in which no tag has many attributes."""
    pieces: list[str] = []
    size = position = 0
    source = text[:MAX_SCAN_CHARS].replace("\0", "")
    for found in _PIECE.finditer(source):
        tag = found["name"] and found[0]
        if size + found.start() - position > MAX_TREE_CHARS:
            break
        if tag and len(tag) <= MAX_TAG_CHARS:
            continue
        short = f"<{found['name'][:64]} {_attributes(found['rest'])}>" if tag else " "
        pieces += source[position : found.start()], short
        size += found.start() - position + len(short)
        position = found.end()
    pieces.append(source[position : position + max(0, MAX_TREE_CHARS - size)])
    markup = "".join(pieces)[:MAX_TREE_CHARS]
    last = markup.rfind("<")
    if last > markup.rfind(">"):  # a tag that is cut is no text
        markup = markup[:last]
    # Words on both sides of a line break are two. libxml2 drops what stands behind the end of the page; browsers do not.
    return _PAGE_END.sub("", markup).replace("<br", " <br").replace("<BR", " <BR")


def _attributes(rest: str) -> str:
    """The attributes of a long tag that are read here, each once."""
    kept: dict[str, str] = {}
    for found in _KEPT.finditer(rest):
        kept.setdefault(found[1].lower(), (found[2] or found[3] or found[4] or "").replace('"', "&quot;"))
    return " ".join(f'{name}="{value}"' for name, value in kept.items())
