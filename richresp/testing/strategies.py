"""Payloads that handlers meet, and those that break them: strategies for hypothesis.

All values are JSON-native. The texts among them hold what strangers write: every script, emoji of several code points,
stacked marks, controls, quotes, markup, URLs and numbers that must not be cut, and lines that look like a notice.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_WORDS = (
    "the", "river", "naïve", "2026-05-17", "3.14", "1,234.50", "12:30", "done.", "really?", "(so)", "don't", "日本語の文章。",
    "한국어", "हिन्दी", "ไทย", "русский", "عربي", "٣٤٥", "👩‍🚀👩🏿‍🤝‍👩🏻", "🇳🇱🇯🇵", "a\u0308\u0323", "…", '"quoted"', "back\\slash",
    "<b>bold</b>", "a|b|c", "`tick`", "[text](https://example.org/x)", "https://example.com/a/b?c=d&e=%20#f", "\r\n", "\n\n",
    "\t", "\u00a0", "\x07", "\u202e", "\u2028", "<|endoftext|>", "=1+1", "# heading", "- item", "```",
)  # fmt: skip
_NOTICES = ("_notice", "Shortened: 3 of 5 items shown", "for more, call again with cursor 3-123456789012345")
_KEYS = ("id", "name", "url", "text", "items", "a/b", "m~n", "", "_notice", "with blank", "ключ", "😀", "x" * 200)
_LEVELS = ("DEBUG", "INFO", "WARN", "ERROR")


def texts(*, most_words: int = 80) -> SearchStrategy[str]:
    """Texts that strangers write: prose of all scripts, words without blanks, plain characters, URLs, the empty text.

    Args:
        most_words: how many words a text has at most.
    """
    words = st.lists(st.sampled_from(_WORDS), max_size=most_words)
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    return st.one_of(words.map(" ".join), words.map("".join), anything, urls(), st.sampled_from(_NOTICES))


def urls() -> SearchStrategy[str]:
    """Addresses of 25 to 200 characters, which no answer may cut."""
    return st.text("abcXYZ019/-._~%?=&", min_size=5, max_size=180).map("https://example.com/{}".format)


def scalars() -> SearchStrategy[Any]:
    """None, booleans, numbers of any size (NaN and the infinities aside, which JSON has not), and texts."""
    numbers = st.one_of(
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from([0, -0.0, 10**30, 2**63, 1e300, 5e-324]),
    )
    return st.one_of(st.none(), st.booleans(), numbers, texts(most_words=20))


def records() -> SearchStrategy[dict[str, Any]]:
    """Records as APIs return them: an id, a name, and fields that may be missing, empty, null or long."""
    owner = st.dictionaries(st.sampled_from(_KEYS), scalars(), max_size=4)
    optional = {
        "url": urls(),
        "text": texts(),
        "tags": st.lists(texts(most_words=2), max_size=6),
        "score": st.floats(0, 1),
        "parent": st.none(),
        "empty": st.sampled_from([[], {}, ""]),
        "owner": owner,
    }
    return st.fixed_dictionaries({"id": st.integers(0, 10**9), "name": texts(most_words=6)}, optional=optional)


def tables(*, min_size: int = 0, max_size: int = 25) -> SearchStrategy[list[dict[str, Any]]]:
    """Rows with the same columns, as a database returns them."""
    row = st.fixed_dictionaries(
        {"id": st.integers(), "name": texts(most_words=4), "n": scalars(), "at": st.just("2026-01-02")}
    )
    return st.lists(row, min_size=min_size, max_size=max_size)


def nested(*, most_levels: int = 100) -> SearchStrategy[Any]:
    """Lists and dicts in each other: wide and mixed ones, and some that are very deep."""
    keys = st.one_of(st.sampled_from(_KEYS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    mixed = st.recursive(
        scalars(),
        lambda inner: st.one_of(st.lists(inner, max_size=8), st.dictionaries(keys, inner, max_size=8)),
        max_leaves=40,
    )
    deep = st.builds(_wrapped, st.integers(1, most_levels), st.one_of(st.none(), keys), scalars())
    return st.one_of(mixed, deep, st.dictionaries(keys, scalars(), min_size=20, max_size=40))


def _wrapped(levels: int, key: str | None, inside: Any) -> Any:
    for _ in range(levels):
        inside = [inside] if key is None else {key: inside}
    return inside


def geojson() -> SearchStrategy[dict[str, Any]]:
    """Collections of features with points and rings: many numbers, none of which may be cut."""
    point = st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list)
    ring = st.lists(point, min_size=4, max_size=30)
    shapes = st.one_of(
        st.builds(lambda at: {"type": "Point", "coordinates": at}, point),
        st.builds(lambda rings: {"type": "Polygon", "coordinates": rings}, st.lists(ring, min_size=1, max_size=3)),
    )
    feature = st.builds(
        lambda name, shape: {"type": "Feature", "properties": {"name": name}, "geometry": shape},
        texts(most_words=4),
        shapes,
    )
    return st.builds(
        lambda features: {"type": "FeatureCollection", "features": features}, st.lists(feature, min_size=1, max_size=12)
    )


def search_hits(*, min_size: int = 1, max_size: int = 20) -> SearchStrategy[dict[str, Any]]:
    """An answer of a search: a query, a total, and hits with title, address, snippet and score."""
    hit = st.fixed_dictionaries(
        {"title": texts(most_words=9), "url": urls(), "snippet": texts(), "score": st.floats(0, 1)}
    )
    return st.builds(
        lambda query, hits: {"query": query, "total": len(hits) * 7, "hits": hits},
        texts(most_words=5),
        st.lists(hit, min_size=min_size, max_size=max_size),
    )


def logs(*, max_lines: int = 60) -> SearchStrategy[str]:
    """The end of a log: lines with a time, a level and whatever was logged."""
    line = st.builds(
        lambda second, level, text: f"2026-05-17T12:00:{second:02}Z {level} {' '.join(text.split())}",
        st.integers(0, 59),
        st.sampled_from(_LEVELS),
        texts(most_words=12),
    )
    return st.lists(line, min_size=1, max_size=max_lines).map("\n".join)


def payloads() -> SearchStrategy[Any]:
    """Everything above: whatever a handler may have in its hands."""
    page = st.builds(lambda head, rows, text: head | {"rows": rows, "text": text}, records(), tables(), texts())
    lists = st.lists(records(), min_size=1, max_size=20)
    return st.one_of(
        lists, tables(), search_hits(), page, geojson(), nested(), logs(), texts(), st.lists(texts(), max_size=12)
    )
