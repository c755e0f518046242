"""JSON values of every make, the budgets to shape them to, and counters of every make."""

import zlib

from hypothesis import strategies as st

from richresp import tokens
from richresp.exceptions import BudgetTooSmall
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact

WORDS = [
    "the", "of", "shaping", "naïve", "2024-05-17", "3.14", "1,234.50", "12:30", "done.", "really?", "(so)", "東京都の人口",
    "안녕하세요", "नमस्ते", "สวัสดี", "привет", "مرحبا", "١٢٣٤٥",
    "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪🇫🇷", "e\u0301\u0302", "…", '"quoted"', "\\",
    "https://example.com/a/b?c=d&e=%20#f", "ftp://files.example.org/x.tar.gz", "[docs](https://example.org/docs)",
    "終わり。次へ", "¡ahora!", "don't", "\r\n", "\n\n", "\t", "\u00a0", "\x07", "<|endoftext|>",
]  # fmt: skip
GLUED = [
    *WORDS, "https://example.com/päge", "0123456789", "漢字", "a" * 40, "\u0301", "\u200d", "。", "-5", "7.", "://",
]  # fmt: skip
NOTICE_LIKE = ["_notice", "_notice_2", "Shortened: 3 of 5 items shown", "for more, call again with cursor 3-0094"]

prose = st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join)
unbroken = st.lists(st.sampled_from(GLUED), min_size=1, max_size=60).map("".join)
clean_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
urls = st.text("abcXYZ019/-._~%?=&", min_size=30, max_size=200).map("https://example.com/{}".format)
long_texts = st.one_of(prose, unbroken, clean_text.map(lambda text: text * 4))
strings = st.one_of(clean_text, st.sampled_from(WORDS), st.sampled_from(NOTICE_LIKE), prose, unbroken, urls)
numbers = st.one_of(
    st.integers(),
    st.sampled_from([0, -1, 10**40, -(10**4_299), 2**63]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([-0.0, 1e300, 5e-324, 0.1]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, strings)
MONSTERS = ["😀" * 40, "\x01" * 40, '"\\' * 20, "\u0301" * 40, "k" * 3_000, "字" * 33]
keys = st.one_of(
    st.sampled_from(["id", "name", "url", "text", "items", "a/b", "m~n", "", *NOTICE_LIKE[:2], *MONSTERS]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
records = st.fixed_dictionaries(
    {"id": st.integers(0, 10**9), "name": clean_text},
    optional={"url": urls, "text": prose, "tags": st.lists(st.sampled_from(WORDS), max_size=6), "score": numbers,
              "none": st.none(), "empty": st.sampled_from([[], {}, ""]),
              "owner": st.dictionaries(keys, scalars, max_size=4)},
)  # fmt: skip


def _nested(depth, name, inside):
    for level in range(depth):
        inside = [inside] if name is None or level % 3 == 2 else {name: inside}
    return inside


tables = st.lists(records, min_size=1, max_size=25)
maps = st.dictionaries(keys, st.one_of(scalars, records), min_size=40, max_size=70)
deep = st.builds(_nested, st.integers(1, 150), st.one_of(st.none(), keys), scalars)
units = st.sampled_from([0, "", [], {}, None, "!!", [[]], "a b"])
wide = st.builds(lambda unit, count: [unit] * count, units, st.integers(1, 900))
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=8), st.dictionaries(keys, inner, max_size=8)),
    max_leaves=40,
)
json_values = st.one_of(
    trees, tables, maps, deep, wide, long_texts, st.lists(strings, max_size=12),
    st.builds(lambda head, rows, text: head | {"rows": rows, "text": text}, records, tables, prose),
    st.dictionaries(keys, st.one_of(tables, long_texts, trees), min_size=1, max_size=5),
)  # fmt: skip

pages = st.lists(st.sampled_from(WORDS), min_size=40, max_size=150).map(" ".join)
rows = st.lists(records, min_size=6, max_size=25)
sizable = st.one_of(
    rows, maps, pages, st.builds(lambda text: text * 9, unbroken),
    st.builds(lambda unit, count: [unit] * count, units, st.integers(99, 900)),
    st.builds(lambda head, rows, text: head | {"text": text, "rows": rows}, records, rows, pages),
    st.lists(st.one_of(pages, trees, records), min_size=4, max_size=9),
    st.builds(lambda values, times: values * times, st.lists(trees, min_size=2, max_size=5), st.integers(4, 9)),
    st.dictionaries(keys, st.one_of(rows, pages, trees, deep), min_size=3, max_size=6),
)  # fmt: skip


def _case(payload, share):
    return payload, tokens.count(compact(payload)) * share // 100 + 40


small = st.tuples(json_values, st.one_of(st.integers(0, 60), st.integers(0, 2_000)))
large = st.builds(_case, sizable, st.integers(2, 100))
cases = st.integers(0, 3).flatmap(lambda draw: large if draw else small)
"""A payload with its budget: three of four times a share of what all of it costs, with some room for the notice."""


def jumpy(text):
    """A foreign counter whose counts do not add up: up to two tokens come and go with the slightest change."""
    return tokens.count(text) + zlib.crc32(text.encode()) % 3


bundled = st.sampled_from([tokens.counter(), tokens.counter("claude")])
counters = st.sampled_from([tokens.counter(), tokens.counter("claude"), len, jumpy])


def refusal(payload, budget, **options):
    """The error that says the budget is too small, None where it is not."""
    try:
        shape(payload, budget=budget, **options)
    except BudgetTooSmall as error:
        return error
    return None


def enough(payload, budget, **options):
    """The budget, or where that is too small the smallest one that the same call accepts."""
    error = refusal(payload, budget, **options)
    return budget if error is None else error.needed


def shaped(payload, budget, **options):
    """The result for a budget that is enough."""
    return shape(payload, budget=enough(payload, budget, **options), **options)


def follow(payload, budget, **options):
    """All pages of a payload; fails where they do not end."""
    pages = [shaped(payload, budget, **options)]
    while (cursor := pages[-1].cursor) is not None:
        assert cursor not in [page.cursor for page in pages[:-1]], f"the page of {cursor} leads back to itself"
        pages.append(shaped(payload, budget, cursor=cursor, **options))
    return pages
