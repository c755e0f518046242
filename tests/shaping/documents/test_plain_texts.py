"""Texts without markup: prose is cut behind paragraphs and sentences, code and logs behind lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.shaping.documents import divide, kind_of
from tests.shaping.documents.written import pages

PROSE = "The first sentence of it is here. Another one follows it, and is longer. Then comes the third of them."
LOG = "".join(f"2026-03-{n % 28 + 1:02} 12:00:{n % 60:02} INFO worker {n}: done with {n * n}\n" for n in range(300))
SOURCE = "import os\n\n\ndef f(x):\n    if x:\n        return os.path.join(x, 'a')\n    return None\n\n\n" * 20
CSV = "id,name,city\n" + "".join(f"{n},Name {n},City {n}\n" for n in range(100))


@given(st.integers(40, 400).map(lambda size: size * 10))
def test_paragraphs_come_first(size):
    text = "\n\n".join([PROSE[:70] + "."] * 100)
    for part in pages(text, "text", size)[:-1]:
        assert text[: part.end].endswith(".\n\n") or part.end - part.start < 1_400


def test_then_sentences():
    text = f"{PROSE} " * 100
    division = divide(text, "text")
    assert all(text[: division.end(0, size)].endswith((".", ". ")) for size in range(200, 2_000, 90))


@pytest.mark.parametrize("text", [LOG, SOURCE, CSV])
@given(size=st.integers(60, 2_000))
def test_lines_are_whole(text, size):
    parts = pages(text, "lines", size)
    assert all(text[: part.end].endswith("\n") for part in parts)
    assert max(part.end - part.start for part in parts) <= max(size, 100)


def test_code_is_cut_at_blank_lines_where_they_are_near():
    parts = pages(SOURCE * 9, "lines", 3_000)
    assert sum((SOURCE * 9)[: part.end].endswith("\n\n") for part in parts) > len(parts) / 2


def test_a_line_without_end_is_cut_between_words():
    text = "word " * 2_000
    assert all(text[: part.end].endswith(("d", "d ")) for part in pages(text, "lines", 500))


@given(st.lists(st.sampled_from(("a", "b\r\n", "\r\n", "\r", "\n", " ")), max_size=80).map("".join), st.integers(1, 9))
def test_no_line_end_is_cut_in_two(text, size):
    for kind in ("text", "lines", "markdown"):
        assert all(text[part.end - 1 : part.end + 1] != "\r\n" for part in pages(text, kind, size))


@pytest.mark.parametrize("text", [LOG, SOURCE, CSV, CSV.replace(",", "\t"), '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}\n'])
def test_code_logs_and_rows_are_lines(text):
    assert kind_of(text) == "lines"


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        f"{PROSE}\n\n" * 20,
        PROSE.replace(" ", "\n"),
        "Dear all,\n\nthe words of a letter,\nbroken into lines.\n",
    ],
)
def test_prose_is_text(text):
    assert kind_of(text) == "text"


@given(st.text())
def test_every_text_has_a_kind(text):
    assert kind_of(text) in ("text", "lines")
    assert kind_of(text) == kind_of(text)
