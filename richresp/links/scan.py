"""The head of a page, read in one pass that takes linear time on any text.

Not a DOM: one tag with 32,000 attributes takes parsers of trees seconds. The scanner knows just enough of HTML (13.2.5) to
find meta, link, title and base where a browser would, and never inside comments, scripts, attributes, templates or SVG.
It reads on behind `</head>`, for some pages have their tags only there, and stops when nothing is missing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from richresp.limits import MAX_ATTRIBUTES, MAX_METAS, MAX_SCAN_CHARS, MAX_TAGS

_OPEN = re.compile(r"<(?:(!--)|([!?])|(/?)([A-Za-z][^\s/>]*))")
_NAME = re.compile(r"[\s/]*(?:(>)|(=?[^\s/>=]*))")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
# To the end of a tag whose attributes nobody asks for. Quotes mean something only behind an equals sign.
_REST = re.compile(r"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|["'])*+>""")
_COMMENT_END = re.compile(r"--!?>")  # from the opening dashes on: `<!-->` and `<!--->` are whole comments
_RAW = frozenset(("script", "style", "noscript", "textarea", "xmp", "iframe", "noembed", "noframes"))
_FOREIGN = frozenset(("svg", "math"))
_WANTED = frozenset(("meta", "link", "base"))


@dataclass(slots=True)
class Head:
    """What a page says about itself, in its own words and order.

    Attributes:
        metas: name (lower-case property, name or itemprop) and content of each meta that has both.
        links: the attributes of each link that has a rel and a href.
        title: the text of the first title.
        base: the href of the first base that has one.
        late: whether a meta stood behind the head.
    """

    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    title: str | None = None
    base: str | None = None
    late: bool = False


def scan(text: str, enough: Callable[[Head], bool] = lambda head: False) -> Head:
    """The head of a page.

    Args:
        text: the page; it is read up to MAX_SCAN_CHARS.
        enough: asked once, at the end of the head: whether the rest of the page need not be read.
    """
    head = Head()
    text = text[:MAX_SCAN_CHARS].replace("\0", "")
    position = templates = foreign = tags = 0
    in_body = False
    while (found := _OPEN.search(text, position)) is not None and tags < MAX_TAGS:
        comment, other, closing, name = found.groups()
        position = found.end()
        if comment:
            end = _COMMENT_END.search(text, position - 2)
            if end is None:
                break
            position = end.end()
            continue
        if other:
            position = text.find(">", position) + 1
            if not position:
                break
            continue
        tags += 1
        name = name.lower()
        wanted = not closing and name in _WANTED and not templates
        if wanted:
            attributes, position = _attributes(text, position)
        else:
            rest = _REST.match(text, position)
            attributes, position = None, rest.end() if rest else -1
        if position < 0:
            break
        if name == "template":
            templates = max(0, templates + (-1 if closing else 1))
        elif name in _FOREIGN:
            foreign = max(0, foreign + (-1 if closing else text[position - 2] != "/"))
        elif (name == "head" and closing) or (name == "body" and not closing):
            if enough(head):
                break
            in_body = True
        elif attributes is not None:
            _collect(head, name, attributes, in_body=in_body, foreign=bool(foreign))
            foreign = 0 if name == "meta" else foreign
        elif name == "title" and not closing and not templates:
            content, position = _content(text, position, name)
            if head.title is None and not foreign and content.strip():
                head.title = html.unescape(content)
        elif name in _RAW and not closing:
            _, position = _content(text, position, name)
    return head


def _collect(head: Head, name: str, attributes: dict[str, str], *, in_body: bool, foreign: bool) -> None:
    if name == "meta" and len(head.metas) < MAX_METAS:
        content = attributes.get("content") or attributes.get("value")
        if content is not None and content.strip():
            names = " ".join(attributes.get(key, "") for key in ("property", "name", "itemprop")).lower().split()
            head.metas.extend((name, content) for name in dict.fromkeys(names))
            head.late = head.late or (in_body and bool(names))
    elif name == "link" and not foreign and len(head.links) < MAX_METAS:
        if attributes.get("rel", "").strip() and attributes.get("href", "").strip():
            head.links.append(attributes)
    elif name == "base" and not foreign and head.base is None:
        head.base = attributes.get("href")


def _attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, first spelling first, and where the tag ends; -1 if the text ends before it does."""
    attributes: dict[str, str] = {}
    while True:
        found = _NAME.match(text, position)
        if found is None or found.end() >= len(text) and not found[1]:
            return attributes, -1
        position = found.end()
        if found[1]:
            return attributes, position
        value = ""
        equals = _EQUALS.match(text, position)
        if equals is not None:
            position = equals.end()
            quote = text[position : position + 1]
            if quote in ('"', "'") and quote:
                end = text.find(quote, position + 1)
                if end < 0:
                    return attributes, -1
                value, position = text[position + 1 : end], end + 1
            else:
                bare = _BARE.match(text, position)
                value, position = (bare[0], bare.end()) if bare else ("", position)
        name = found[2].lower()
        if name and name not in attributes and len(attributes) < MAX_ATTRIBUTES:
            attributes[name] = html.unescape(value)


def _content(text: str, position: int, name: str) -> tuple[str, int]:
    """What stands before the end tag of an element that holds only text, and where that tag begins."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
    return (text[position : end.start()], end.start()) if end else (text[position:], len(text))
