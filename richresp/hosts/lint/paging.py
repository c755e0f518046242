"""Whether a parameter lets a model ask for a part of a list: told by the words of its name, however they are joined."""

from __future__ import annotations

import re

from richresp.limits.lint import MAX_QUOTED_CHARS

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ALWAYS = {"limit", "cursor", "offset", "skip", "paging", "pagination", "continuation", "pagesize", "perpage"}
"""Words that mean pages in any name."""
_ALONE = {
    *("page", "pages", "top", "first", "last", "start", "from", "after", "before", "count", "size", "max", "next"),
    *("n", "num", "number", "rows", "take", "marker", "since", "until"),
}
"""Words that mean pages where they are the whole name."""
_HOW_MANY = {"max", "num", "number", "count", "n", "per", "total", "size", "items", "results", "limit"}
_OF_WHAT = {
    *("result", "results", "item", "items", "record", "records", "row", "rows", "entry", "entries", "hit", "hits"),
    *("object", "objects", "element", "elements", "match", "matches", "page", "pages"),
}
_WHENCE = {
    "start",
    "starting",
    "ending",
    "next",
    "previous",
    "prev",
    "from",
    "since",
    "after",
    "before",
    "page",
    "continue",
}
_MARK = {"token", "index", "key", "id", "after", "before", "record", "row", "item", "marker", "number", "no", "size"}
_JOINED = re.compile(
    r"(max|num|per|next|start)?(page|result|results|items)(size|token|number|no|num|count|index)?|(next|start|sync)token"
)


def is_paging(name: str) -> bool:
    """Whether a name is one of those for a number of items, a page, or where the next one begins."""
    words = [word.lower() for word in _WORD.findall(name[:MAX_QUOTED_CHARS])]
    said = set(words)
    if said & _ALWAYS:
        return True
    if len(words) == 1:
        return words[0] in _ALONE or _JOINED.fullmatch(words[0]) is not None
    return _is_pair(words, _HOW_MANY, _OF_WHAT) or _is_pair(words, _WHENCE, _MARK)


def _is_pair(words: list[str], one: set[str], other: set[str]) -> bool:
    return any(
        first != second and words[first] in one and words[second] in other
        for first in range(len(words))
        for second in range(len(words))
    )
