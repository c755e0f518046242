"""The head of a page, read in one pass that takes linear time on any text.

Not a DOM: one tag with 32,000 attributes takes parsers of trees seconds. The scanner knows just enough of HTML to find meta,
link, title, base and JSON-LD where a browser that runs scripts would, and outside of templates, SVG and MathML. It reads on
behind `</head>`, for some pages have their tags only there, and stops there when nothing is missing.

Where it differs from a browser on purpose, tests/links/test_scan_differences.py says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from richresp.limits.extract import MAX_BLOCK_CHARS, MAX_BLOCKS
from richresp.limits.links import MAX_METAS, MAX_SCAN_CHARS, MAX_TAGS
from richresp.links import markup, references
from richresp.links.context import BREAKOUT, OUTER, PARTS, Context
from richresp.links.head import Attribute, Block, Head, Meta

_TEXT_ONLY = {
    name: markup.end_of_text(name)
    for name in ("style", "noscript", "textarea", "xmp", "iframe", "noembed", "noframes", "title")
}
_TEXT_ONLY["plaintext"] = re.compile("(?!)")  # nothing ends it
_IN_HEAD = frozenset(
    ("meta", "link", "base", "title", "script", "style", "noscript", "noframes", "template", "html", "head")
)
_HTML = {*_TEXT_ONLY, *_IN_HEAD, "body", "svg", "math"}
_LINKS = frozenset(("link", "LINK"))  # the spellings that are read on the short way
_ENTERED = frozenset(("svg", "math", "template"))
_DRAWN = {*PARTS, *BREAKOUT, *OUTER, "template"}

_NAMING: tuple[Attribute, ...] = ("property", "name", "itemprop")


@cache
def _tags() -> dict[str, re.Pattern[str]]:
    """What finds the next tag, by the rules that hold; made at the first page, for it takes as long as many pages."""
    return {
        "head": markup.next_in_head({*_IN_HEAD, "body"}),
        "html": markup.next_of(_HTML, {"template", "head"}, drawn=_DRAWN),
        "inset": markup.next_of({*_HTML, *PARTS}, {*PARTS, "template"}, drawn=_DRAWN, section=True),
        "foreign": markup.next_of(_DRAWN, _DRAWN, section=True),
    }


def scan(text: str, enough: Callable[[Head], bool] = lambda _: False) -> Head:
    """The head of a page.

    Args:
        text: the page; it is read up to MAX_SCAN_CHARS, without the NUL characters in it.
        enough: asked at the end of the head: whether the rest of the page need not be read.
    """
    text = text[:MAX_SCAN_CHARS]
    return _Scanner(text.replace("\0", "") if "\0" in text else text, enough).run()


class _Scanner:
    """Where a scan stands. A position of -1 is the end."""

    def __init__(self, text: str, enough: Callable[[Head], bool]) -> None:
        self._text = text
        self._enough = enough
        self._head = Head()
        self._position = 0
        self._context = Context()
        self._behind_head = False
        self._tags = _tags()

    def run(self) -> Head:
        for _ in range(MAX_TAGS):
            if self._position < 0 or not (self._in_head() if self._context.rules == "head" else self._in_body()):
                break
        return self._head

    def _in_head(self) -> bool:
        """Reads on to the next tag of the head that is no usual meta; returns whether there is more."""
        text, position, metas, late = self._text, self._position, self._head.metas, self._behind_head
        tags = self._tags["head"]
        while found := tags.match(text, position):
            _, first, attribute, name, last, at, _, slash, tag, rest = found.groups()
            position = found.end()
            if attribute is None:
                if tag not in _LINKS or rest is None:
                    break
                self._say("link", markup.attributes(text, found.start(10), position), found.start(6) - 1)
                continue
            content = last if first is None else first
            if content and "&" in content:
                content = references.in_attribute(content)
            if content and not content.isspace() and len(metas) < MAX_METAS:
                # The pattern matches no other attribute.
                metas.append(Meta(name.lower(), content, attribute, found.start(1) - 1, late))  # type: ignore[arg-type]
                self._head.late = self._head.late or late
        self._position = position
        if found is None:
            return False
        if at is None:
            self._context.leave_head()
            return True
        return self._tag(slash, tag, rest, found.start(6) - 1, found.start(10))

    def _in_body(self) -> bool:
        """Reads on to the next tag that means something; returns whether there is more."""
        found = self._tags[self._context.rules].match(self._text, self._position)
        if found is None:
            return False
        _, section, slash, name, rest = found.groups()
        self._position = found.end()
        if section:
            self._position = markup.end_of_section(self._text, self._position)
            return True
        return self._tag(slash, name, rest, found.start(1) - 1, found.start(5))

    def _tag(self, slash: str, name: str, rest: str | None, start: int, name_end: int) -> bool:
        if rest is None:
            return False
        if slash:
            self._end_tag(name.lower())
        else:
            self._start_tag(name.lower(), start, name_end)
        return True

    def _end_tag(self, name: str) -> None:
        if self._context.inside:
            self._context.leave(name)
        elif name == "head":
            self._end_head()

    def _start_tag(self, name: str, start: int, name_end: int) -> None:
        context = self._context
        if context.rules == "foreign" and self._drawn(name, name_end):
            return
        if name not in _IN_HEAD and not context.inside:
            if name == "body":
                self._end_head()
            if context.in_head:
                context.leave_head()
        if self._position >= 0:
            self._html_tag(name, start, name_end)

    def _drawn(self, name: str, name_end: int) -> bool:
        """Whether a start tag in a drawing is one of its own."""
        text, end, context = self._text, self._position, self._context
        if not context.takes(name, lambda: markup.attributes(text, name_end, end)):
            return False
        if not markup.closes_itself(text, name_end, end):
            context.enter_foreign(name, lambda: markup.attributes(text, name_end, end))
        return True

    def _html_tag(self, name: str, start: int, name_end: int) -> None:
        context, text, end = self._context, self._text, self._position
        if name == "meta":
            self._meta(start, name_end)
        elif name == "script":
            self._script(start, name_end)
        elif name in _TEXT_ONLY:
            self._text_element(name, start)
        elif name in _ENTERED:
            if name == "template" or not markup.closes_itself(text, name_end, end):
                context.enter(name)
        elif not context.inside:
            self._say(name, markup.attributes(text, name_end, end), start)
        elif name in PARTS:
            context.enter_inset(name)

    def _end_head(self) -> None:
        if not self._behind_head and self._enough(self._head):
            self._position = -1
        self._behind_head = True

    def _text_element(self, name: str, at: int) -> None:
        """An element that holds only text; that of the first title is kept."""
        start = self._position
        closed = _TEXT_ONLY[name].search(self._text, start)
        end = closed.start() if closed else len(self._text)
        self._position = closed.end() if closed and closed[1] else -1
        if name == "title" and self._head.title is None and not self._context.inside:
            title = references.in_text(markup.newlines(self._text[start:end]))
            if title.strip():
                self._head.title, self._head.title_at = title, at

    def _script(self, start: int, name_end: int) -> None:
        text, text_start = self._text, self._position
        self._position = markup.end_of_script(text, text_start)
        if not self._context.inside and len(self._head.json_ld) < MAX_BLOCKS:
            kind = markup.attributes(text, name_end, text_start).get("type", "")
            if kind.partition(";")[0].strip().lower() == "application/ld+json":
                end = min(self._position, text_start + MAX_BLOCK_CHARS)
                self._head.json_ld.append(Block(markup.newlines(text[text_start:end]), start))

    def _say(self, name: str, attributes: dict[str, str], start: int) -> None:
        """What a tag says whose attributes are all there is to it."""
        head = self._head
        if name == "link":
            if len(head.links) < MAX_METAS and attributes.get("rel", "").strip() and attributes.get("href", "").strip():
                head.links.append(attributes)
                head.links_at.append(start)
        elif name == "base" and head.base is None:
            head.base = attributes.get("href")
        elif name == "html" and head.lang is None:
            head.lang = attributes.get("lang")

    def _meta(self, start: int, name_end: int) -> None:
        if self._context.inside or len(self._head.metas) >= MAX_METAS:
            return
        late = self._behind_head or not self._context.in_head
        attributes = markup.attributes(self._text, name_end, self._position)
        content = attributes.get("content") or attributes.get("value") or ""
        self._keep([(key, attributes[key]) for key in _NAMING if key in attributes], content, start, late=late)

    def _keep(self, named: list[tuple[Attribute, str]], content: str, start: int, *, late: bool) -> None:
        if not content or content.isspace():
            return
        metas = self._head.metas
        told: set[str] = set()
        for attribute, names in named:
            for name in names.lower().split():
                if name not in told and len(metas) < MAX_METAS:
                    told.add(name)
                    metas.append(Meta(name, content, attribute, start, late))
                    self._head.late = self._head.late or late
