"""Where in a page a value stands: line, column and tag.

What the head states is found by what the scan kept of it. What was taken from the body is looked for again in the text, since a
tree knows nothing of the text that it was made from: there a place is the first that reads the same.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from richresp.limits.explain import BODY_TAG_CHARS, MAX_BODY_TAGS, TAG_CHARS
from richresp.links import markup
from richresp.links.head import Head
from richresp.text import one_line, unescape

_LINE_END = re.compile(r"\r\n?|\n")
_TAG = re.compile(r"""<(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>""")
_ANY_TAG = re.compile(r"<[^<>]*+>")
_IMAGES = re.compile(r"<(?:amp-)?img(?=[\s/>])", re.IGNORECASE)
_TEXTS = {"body:h1": "h1", "body:paragraph": "p"}
_COMPARED_CHARS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a page.

    Attributes:
        line, column: of the tag, both from 1; columns count characters.
        tag: the beginning of the tag, as it is written, on one clean line.
    """

    line: int
    column: int
    tag: str


class Places:
    """The places of one page.

    Args:
        text: the page as it was scanned.
        head: what the scan found.
    """

    def __init__(self, text: str, head: Head) -> None:
        self._text = text
        self._head = head
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def of(self, source: str, raw: str) -> Place | None:
        """Where a source has a value from; None where that is no place in the page, or cannot be found again.

        Args:
            source: its name.
            raw: the value as the source offers it.
        """
        at = next(self._found(source, raw), None)
        if at is None:
            return None
        line = bisect_right(self._lines, at)
        return Place(line, at - self._lines[line - 1] + 1, self._tag(at))

    def _found(self, source: str, raw: str) -> Iterator[int]:
        kind, _, name = source.partition(":")
        if kind == "url":
            return iter(())
        if source == "html:title":
            return self._title()
        if kind == "json-ld":
            return self._blocks(raw)
        if kind == "link":
            return self._links(name, raw)
        if kind == "body":
            return self._images(raw) if source == "body:img" else self._texts(_TEXTS[source], raw)
        return self._metas(source, raw)

    def _metas(self, source: str, raw: str) -> Iterator[int]:
        prefix, name = ("itemprop", source[9:]) if source.startswith("itemprop:") else ("", source)
        for meta in self._head.metas:
            # The address of an image may stand in its secure_url.
            named = meta.name.startswith("og:image") if name.startswith("og:image") else meta.name == name
            if named and (meta.attribute == "itemprop") == bool(prefix) and meta.content.strip() == raw.strip():
                yield meta.at

    def _links(self, rel: str, raw: str) -> Iterator[int]:
        for link, at in zip(self._head.links, self._head.links_at, strict=True):
            if link["href"] == raw and rel in link["rel"].lower().split():
                yield at

    def _title(self) -> Iterator[int]:
        if self._head.title_at is not None:
            yield self._head.title_at
        # Without one a site's name is looked for in these.
        yield from (meta.at for meta in self._head.metas if meta.name in ("og:title", "twitter:title"))

    def _blocks(self, raw: str) -> Iterator[int]:
        """The script that a value stands in, as one of the ways to write it in JSON; the only one, where it is none of them."""
        ways = {raw, json.dumps(raw)[1:-1], json.dumps(raw, ensure_ascii=False)[1:-1], raw.replace("/", r"\/")}
        blocks = self._head.json_ld
        yield from (block.at for block in blocks if any(way in block.text for way in ways))
        if len(blocks) == 1:
            yield blocks[0].at

    def _images(self, raw: str) -> Iterator[int]:
        for found in islice(_IMAGES.finditer(self._text), MAX_BODY_TAGS):
            end = self._text.find(">", found.end(), found.end() + BODY_TAG_CHARS) + 1
            if any(raw in value for value in markup.attributes(self._text, found.end(), end).values()):
                yield found.start()

    def _texts(self, name: str, raw: str) -> Iterator[int]:
        wanted = _letters(raw)[:_COMPARED_CHARS]
        for found in islice(_opening(name)(self._text), MAX_BODY_TAGS):
            inner = self._text[found.start() : found.end() + BODY_TAG_CHARS]
            if _letters(unescape(_ANY_TAG.sub("", inner))).startswith(wanted):
                yield found.start()

    def _tag(self, at: int) -> str:
        found = _TAG.match(self._text, at, at + BODY_TAG_CHARS)
        line = one_line(found[0] if found else self._text[at : at + TAG_CHARS]) or ""
        return line if len(line) <= TAG_CHARS else f"{line[: TAG_CHARS - 1]}…"


def _opening(name: str) -> Callable[[str], Iterator[re.Match[str]]]:
    return re.compile(f"<{name}(?=[\\s/>])", re.IGNORECASE).finditer


def _letters(text: str) -> str:
    """Text without white space, which differs between a page and a line of it."""
    return "".join(text.split())
