"""Pages of a document: joined they are the document, and each shows what its part shows in the whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp.shaping.documents import divide
from tests.shaping.documents.shown import shown, shown_new
from tests.shaping.documents.written import documents, junk, pages, sizes, words

texts = st.one_of(documents, junk, words, st.text(max_size=400))
kinds = st.sampled_from(("markdown", "markdown", "text", "lines"))


@settings(max_examples=settings().max_examples // 2)  # each makes many pages
@given(texts, kinds, sizes, st.sampled_from((1, 40, 500)))
def test_pages_joined_are_the_text(text, kind, size, step):
    parts = pages(text, kind, size, step)
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert all(text[part.start : part.end] in part.text for part in parts)


@settings(max_examples=settings().max_examples // 2)  # each makes many pages
@given(documents, sizes)
def test_each_page_shows_what_its_part_shows_in_the_whole(text, size):
    seen = [word for part in pages(text, "markdown", size) for word in shown_new(part.text, part.front)]
    assert seen == shown(text)


@given(texts, kinds, st.lists(st.integers(1, 600), min_size=1, max_size=8))
def test_where_a_chunk_ends_does_not_depend_on_what_was_asked_before(text, kind, asked):
    used, start = divide(text, kind), 0
    for size in asked:
        if start < len(text):
            end = used.end(start, size)
            assert end == divide(text, kind).end(start, size)
            assert used.page(0, end) == divide(text, kind).page(0, end)
            start = end


@given(texts, st.integers(1, 300), st.integers(1, 300))
def test_a_larger_chunk_ends_no_earlier(text, size, more):
    division = divide(text, "markdown")
    if text:
        assert division.end(0, size) <= division.end(0, size + more)


@given(documents, sizes)
def test_where_a_large_chunk_ends_a_small_one_may(text, size):
    division = divide(text, "markdown")
    large, end = division.end(0, max(size, 300)), 0
    while end < large:
        end = division.end(end, 1)
    assert end == large


@given(texts, st.integers(-5, 500), st.integers(-5, 500))
def test_no_cursor_is_an_error(text, start, mark):
    start = max(0, min(start, len(text)))
    division = divide(text, "markdown", start=start, mark=mark)
    if start < len(text):
        end = division.end(start, 50)
        assert start < end <= len(text)
        assert text[start:end] in division.page(start, end)
        assert 0 <= division.mark(end) <= end


@pytest.mark.parametrize("kind", ["markdown", "text", "lines"])
def test_an_empty_text_has_one_empty_page(kind):
    assert divide("", kind).end(0, 10) == 0
    assert divide("", kind).page(0, 0) == ""
