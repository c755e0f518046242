"""The head of a page, read in one pass that takes linear time on any text.

Not a DOM: one tag with 32,000 attributes takes parsers of trees seconds. The scanner knows just enough of HTML (13.2.5) to
find meta, link, title and base where a browser would, and never inside comments, scripts, attributes, templates or SVG.
It reads on behind `</head>`, for some pages have their tags only there, and stops when nothing is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from richresp.limits.links import MAX_ATTRIBUTES, MAX_METAS, MAX_SCAN_CHARS, MAX_TAGS
from richresp.text import unescape

_OPEN = re.compile(r"<(?:(!--)|([!?])|(/?)([A-Za-z][^\s/>]*))")
_NAME = re.compile(r"[\s/]*(?:(>)|(=?[^\s/>=]*))")
_EQUALS = re.compile(r"\s*=\s*")
_BARE_END = re.compile(r"[\s>]")
# To the end of a tag whose attributes nobody asks for. Quotes mean something only behind an equals sign.
_REST = re.compile(r"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|["'])*+>""")
_COMMENT_END = re.compile(r"--!?>")  # from the opening dashes on: `<!-->` and `<!--->` are whole comments
_GREATER = re.compile(">")
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


def scan(text: str, enough: Callable[[Head], bool] = lambda _: False) -> Head:
    """The head of a page.

    Args:
        text: the page; it is read up to MAX_SCAN_CHARS.
        enough: asked at the end of the head: whether the rest of the page need not be read.
    """
    return _Scanner(text[:MAX_SCAN_CHARS].replace("\0", ""), enough).run()


class _Scanner:
    """Where a scan stands: the position, and what it is inside of. A position of -1 is the end."""

    def __init__(self, text: str, enough: Callable[[Head], bool]) -> None:
        self._text = text
        self._enough = enough
        self._head = Head()
        self._position = 0
        self._in_body = False
        self._templates = 0
        self._foreign = 0

    def run(self) -> Head:
        for _ in range(MAX_TAGS):
            found = _OPEN.search(self._text, self._position)
            if found is None:
                break
            comment, declaration, closing, name = found.groups()
            self._position = found.end()
            if comment:
                self._skip_to(_COMMENT_END, found.end() - 2)
            elif declaration:
                self._skip_to(_GREATER, found.end())
            else:
                self._tag(name.lower(), closing=bool(closing))
            if self._position < 0:
                break
        return self._head

    def _skip_to(self, pattern: re.Pattern[str], start: int) -> None:
        end = pattern.search(self._text, start)
        self._position = end.end() if end else -1

    def _tag(self, name: str, *, closing: bool) -> None:
        if name in _WANTED and not closing and not self._templates:
            attributes, self._position = _attributes(self._text, self._position)
            if self._position >= 0:
                self._take(name, attributes)
            return
        rest = _REST.match(self._text, self._position)
        self._position = rest.end() if rest else -1
        if rest is None:
            return
        if name == "template":
            self._templates = max(0, self._templates + (-1 if closing else 1))
        elif name in _FOREIGN:
            empty = self._text.endswith("/>", rest.start(), rest.end())
            self._foreign = max(0, self._foreign + (-1 if closing else 0 if empty else 1))
        elif name == "title" and not closing:
            self._take_title()
        elif name in _RAW and not closing:
            _, self._position = _content(self._text, self._position, name)
        elif (name == "head" and closing) or (name == "body" and not closing):
            if not self._in_body and self._enough(self._head):
                self._position = -1
            self._in_body = True

    def _take_title(self) -> None:
        title, self._position = _content(self._text, self._position, "title")
        if self._head.title is None and not self._foreign and not self._templates and title.strip():
            self._head.title = unescape(title)

    def _take(self, name: str, attributes: dict[str, str]) -> None:
        head = self._head
        if name == "meta":
            self._foreign = 0  # a meta ends any SVG around it (HTML 13.2.6.5)
            content = attributes.get("content") or attributes.get("value")
            if content is not None and content.strip() and len(head.metas) < MAX_METAS:
                names = " ".join(attributes.get(key, "") for key in ("property", "name", "itemprop")).lower().split()
                free = MAX_METAS - len(head.metas)
                head.metas.extend((name, content) for name in list(dict.fromkeys(names))[:free])
                head.late = head.late or (self._in_body and bool(names))
        elif name == "link" and not self._foreign and len(head.links) < MAX_METAS:
            if attributes.get("rel", "").strip() and attributes.get("href", "").strip():
                head.links.append(attributes)
        elif name == "base" and not self._foreign and head.base is None:
            head.base = attributes.get("href")


def _attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, first spelling first, and where the tag ends; -1 if the text ends before it does."""
    attributes: dict[str, str] = {}
    while (found := _NAME.match(text, position)) is not None and found.end() > position:
        position = found.end()
        if found[1]:
            return attributes, position
        value = ""
        if (equals := _EQUALS.match(text, position)) is not None:
            value, position = _value(text, equals.end())
            if position < 0:
                break
        name = found[2].lower()
        if name and name not in attributes and len(attributes) < MAX_ATTRIBUTES:
            attributes[name] = unescape(value)
    return attributes, -1


def _value(text: str, position: int) -> tuple[str, int]:
    """The value of an attribute, and where it ends; -1 if the text ends before its quote does."""
    quote = text[position : position + 1]
    if quote and quote in "\"'":
        end = text.find(quote, position + 1)
        return text[position + 1 : end], end + 1 if end >= 0 else -1
    stop = _BARE_END.search(text, position)
    return (text[position : stop.start()], stop.start()) if stop else ("", -1)


def _content(text: str, position: int, name: str) -> tuple[str, int]:
    """What stands before the end tag of an element that holds only text, and where that tag begins."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
    return (text[position : end.start()], end.start()) if end else (text[position:], len(text))
