"""A document never stalls: from 100 tokens on every page shows something new, whatever stands first on it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import shape, tokens
from richresp.shaping.documents import divide
from richresp.shaping.estimate import divisible
from richresp.values.plain import repaired
from tests.shaping.documents.test_hostile_documents import HOSTILE
from tests.shaping.documents.written import documents, junk, words

LEAST = 100
STALLING = {
    "a definition of a footnote": "# T\n\n[^1]: " + "word " * 3_000,
    "raw HTML": "<div>\n" + "".join(f"<p>line {n} of HTML</p>\n" for n in range(100)) + "</div>\n",
    "brackets": "[" * 10**6,
    "backslashes": "\\" * 10**6,
    "backticks": "`" * 10**6,
    "definitions on a line": "[a]: " * 10**6,
    "parentheses": "[a]" + "(" * 10**6,
    "code in an item": "-     " + "long text " * 2_000,
    "items in items": "".join("  " * depth + "- item\n" for depth in range(1_500)),
    "a long fence": "`" * 300 + "\n" + "x = 1\n" * 300 + "`" * 300 + "\n",
    "a wide table": "| " + "header words | " * 12 + "\n" + "|---" * 12 + "|\n" + ("| cell " * 12 + "|\n") * 60,
    "a URL": "see https://example.com/" + "a/b1" * 3_000,
    "families": "👨\u200d👩\u200d👧\u200d👦" * 500,
    "quotes of all depths": "".join(f"{'> ' * (1 + n % 4)}quote {n} of some words\n>\n" for n in range(60)),
    "items of all depths": "".join(f"{'  ' * (n % 6)}- item {n} of *some* words\n" for n in range(80)),
}
texts = st.one_of(documents, junk, words, st.sampled_from(sorted(HOSTILE)).map(lambda name: HOSTILE[name][:1_500]))


def paged(text, budget, most, form="markdown"):
    """The pages of a text, and whether it goes on behind them."""
    found, cursor = [], None
    while len(found) < most:
        page = shape(text, budget=budget, format=form, cursor=cursor)
        assert tokens.count(page.text) == page.tokens <= budget
        assert page.data
        assert repaired(page.data) in page.text
        found.append(page.data)
        cursor = page.cursor
        if cursor is None:
            return found, False
    return found, True


@pytest.mark.parametrize("name", STALLING)
@pytest.mark.parametrize("budget", [LEAST, 150, 600])
def test_what_is_too_long_for_a_page_goes_on_on_the_next(name, budget):
    text = STALLING[name]
    found, goes_on = paged(text, budget, 12)
    assert text.startswith("".join(found))
    assert goes_on or "".join(found) == text


@settings(max_examples=settings().max_examples // 2)  # each makes many pages
@given(texts.filter(divisible), st.integers(LEAST, 300), st.sampled_from(("markdown", "markdown", "text")))
def test_paging_ends_and_joins(text, budget, form):
    found, goes_on = paged(text, budget, len(text) + 1, form)
    assert not goes_on
    assert "".join(found) == text


@given(texts.filter(divisible), st.integers(LEAST, 200), st.integers(1, 200))
def test_a_larger_budget_shows_no_less(text, budget, more):
    cursor = None
    for _ in range(3):
        small = shape(text, budget=budget, format="markdown", cursor=cursor)
        large = shape(text, budget=budget + more, format="markdown", cursor=cursor)
        assert large.data.startswith(small.data)
        cursor = small.cursor
        if cursor is None:
            return


def test_a_chunk_without_room_is_shown_as_far_as_there_is_room():
    found, _ = paged(STALLING["a definition of a footnote"], 600, 4)
    assert all(len(page) > 1_200 for page in found[1:])
    assert all(page.endswith(("word", " ")) for page in found[1:])


def test_where_a_first_chunk_may_be_cut_is_in_order_down_to_one_character():
    text = "e\u0301\r\n" * 5_000
    places = divide(text, "markdown").pieces(0, len(text))
    assert places == sorted(set(places), reverse=True)
    assert places[-1] == 1
    assert places[0] > 4_000
    assert all(text[at - 1 : at + 1] != "\r\n" for at in places[:-4])
