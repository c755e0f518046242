"""The count of a page line by line: exact, and blank lines are not counted over and over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.shaping.formats.memo import Lines
from richresp.tokens import O200k

texts = st.lists(st.sampled_from(("\n", "\r\n", " \n", "---\n", "words here\n", "語\n", "x"))).map("".join)


@given(st.lists(texts, min_size=1, max_size=6))
def test_it_is_that_of_the_whole(versions):
    lines = Lines(O200k())
    for text in versions:
        assert lines.count(text) == O200k()(text)


@pytest.mark.parametrize("line", ["\n", "\r\n", " \n", "---\n\n"])
def test_lines_without_words_are_not_counted_each_by_itself(line):
    asked, count = [], O200k()

    def watched(text):
        asked.append(len(text))
        return count(text)

    lines = Lines(watched)
    for most in (2_000, 1_000, 1_500, 1_250):
        assert lines.count(line * most) == count(line * most)
    assert sum(asked) <= 40 * len(line * 2_000)
