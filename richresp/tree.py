"""Markup of strangers as a tree, by lxml, made harmless first.

libxml2 compares each two attributes of a tag, so one with 32,000 of them takes seconds: long tags keep only the attributes
that are asked for. Scripts, styles and comments are taken out here, where one pattern tells what is markup. libxml2 ends a
tree at 256 levels; what is nested deeper is either lost, or laid flat before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from richresp.limits.tree import MAX_NAME_CHARS, MAX_TAG_CHARS, MAX_TREE_DEPTH

Element: TypeAlias = Any
"""An element of lxml, which ships no types: what is used of it is `tag`, `get`, `iter`, `itertext` and the walks upward."""

_TAG = r"(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>[^>\"'=]*+(?:(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"']++)[^>\"'=]*+)*+)>?"
_COMMENT = r"!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
_TAGS = re.compile(rf"<(?:(?P<end>/[A-Za-z][^\s/>]*+)[^>]*+>?|{_TAG})")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_IMPLIED = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))
"""Elements that the next one of their kind ends."""
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "var")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken of a page's markup.

    Attributes:
        left_out: a pattern of names of elements that are left out with all that is in them, up to their first end tag.
        initials: the characters that these names begin with, as in a set of a pattern: it makes the search fast.
        attributes: the names of attributes that long tags keep.
        instead: what stands for what is left out.
        chars: of markup that are kept.
        tags: how many start tags are kept.
    """

    left_out: str
    initials: str
    attributes: tuple[str, ...]
    instead: str
    chars: int
    tags: int


@dataclass(frozen=True, slots=True)
class Harmless:
    """Markup that a parser may see.

    Attributes:
        markup: the markup.
        read: how many characters of the source it stands for.
    """

    markup: str
    read: int


_CUT_TAG = re.compile(r"<(?:[A-Za-z/!?][^>]*)?\Z")


class Cleaner:
    """Makes markup harmless: what is taken of it is compiled once."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._piece = re.compile(
            rf"<(?:(?=[{taken.initials}])(?P<raw>(?i:{taken.left_out}))(?=[\s/>])"
            rf"(?:[^<]++|<(?!/(?i:(?P=raw))[\s/>]))*+(?:</(?i:(?P=raw))[^>]*+>?)?+|{_TAG}|{_COMMENT})"
        )
        initials = "".join(sorted({each for name in taken.attributes for each in (name[0], name[0].upper())}))
        names = "|".join(sorted(taken.attributes, key=len, reverse=True))
        self._kept = re.compile(
            rf"[\s\"'/](?=[{initials}])({names})(?=[\s=/]|\Z)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]*+)))?+",
            re.IGNORECASE,
        )

    def harmless(self, source: str) -> Harmless:
        """The markup that matters, in which no tag has many attributes; a tag that is cut is left out."""
        taken = self._taken
        pieces: list[str] = []
        size = position = tags = 0
        read = len(source)
        for found in self._piece.finditer(source):
            tag = found["name"] and found[0]
            tags += tag is not None
            if size + found.start() - position > taken.chars or tags > taken.tags:
                read = found.start()
                break
            if tag and len(tag) <= MAX_TAG_CHARS:
                continue
            short = f"<{found['name'][:MAX_NAME_CHARS]} {self._attributes(found['rest'])}>" if tag else taken.instead
            pieces += source[position : found.start()], short
            size += found.start() - position + len(short)
            position = found.end()
        read = max(position, min(read, position + taken.chars - size))
        pieces.append(source[position:read])
        markup = "".join(pieces)[: taken.chars]
        cut = _CUT_TAG.search(markup, max(0, markup.rfind(">")))
        return Harmless(markup if cut is None else markup[: cut.start()], read)

    def _attributes(self, rest: str) -> str:
        """The attributes of a long tag that are asked for, each once."""
        kept: dict[str, str] = {}
        for found in self._kept.finditer(rest):
            kept.setdefault(found[1].lower(), (found[2] or found[3] or found[4] or "").replace('"', "&quot;"))
        return " ".join(f'{name}="{value}"' for name, value in kept.items())


def tree_of(markup: str, *, whole: bool = False) -> Element | None:
    """The root of a tree; None where there is none. It never raises.

    Args:
        markup: harmless markup.
        whole: whether elements that are nested too deep are laid flat; else a tree ends where they begin.
    """
    root, is_cut = _parsed(markup, huge=False)
    return _parsed("".join(_flat(markup)), huge=True)[0] if whole and is_cut else root


def _parsed(markup: str, *, huge: bool) -> tuple[Element | None, bool]:
    """The root of a tree, and whether libxml2 gave up before the end of the markup."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=huge
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _flat(markup: str) -> Iterator[str]:
    """Markup without the tags of what is nested deeper than MAX_TREE_DEPTH: their text stays, and their blocks stay lines.

    Every element that is ended by the end of another is ended by a tag of its own, so that no parser nests deeper.
    """
    open_: list[str] = []
    inside: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    position = 0
    for found in _TAGS.finditer(markup):
        yield markup[position : found.start()]
        position = found.end()
        if found["end"]:
            name = found["end"][1:].lower()
            if dropped[name]:
                dropped[name] -= 1
                yield "" if name in _INLINE else "<br>"
                continue
            if inside[name]:
                yield from _ended(open_, inside, name)
            continue
        name = found["name"].lower()
        if name in _VOID:
            yield found[0]
            continue
        if open_ and open_[-1] == name and name in _IMPLIED:
            yield from _ended(open_, inside, name)
        if len(open_) < MAX_TREE_DEPTH:
            open_.append(name)
            inside[name] += 1
            yield found[0]
        else:
            dropped[name] += 1
            yield "" if name in _INLINE else "<br>"
    yield markup[position:]


def _ended(open_: list[str], inside: Counter[str], name: str) -> Iterator[str]:
    """The end tags from the innermost open element up to the first of a name."""
    last = None
    while last != name:
        last = open_.pop()
        inside[last] -= 1
        yield f"</{last}>"
