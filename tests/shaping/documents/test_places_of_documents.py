"""Where markdown is cut, construct by construct."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp.shaping.documents import divide
from tests.shaping.documents.shown import shown
from tests.shaping.documents.written import documents, pages, words

TABLE = "| name | square |\n|:--|--:|\n" + "".join(f"| row {n} | {n * n} |\n" for n in range(200))
CODE = "".join(f"x{n} = {n}\n" for n in range(200))


def test_the_header_of_a_table_is_repeated_on_each_page():
    parts = pages(f"# Squares\n\n{TABLE}\nBehind.\n", "markdown", 1_000)
    assert len(parts) > 3
    assert all(part.text.startswith("| name | square |\n|:--|--:|\n| row ") for part in parts[1:])
    assert all(part.text.endswith("|\n") for part in parts[:-1])


@pytest.mark.parametrize("prefix", ["> ", "- ", "3. ", "- > "])
def test_so_it_is_in_quotes_and_lists(prefix):
    later = "".join(char if char == ">" else " " for char in prefix)
    text = prefix + TABLE[:-1].replace("\n", f"\n{later}") + "\n"
    parts = pages(text, "markdown", 1_000)
    assert len(parts) > 3
    assert all({word[-4] for word in shown(part.text)} <= {"th", "td", "table", *_containers(text)} for part in parts)
    assert all("square" in {word[-1] for word in shown(part.text)} for part in parts)


def _containers(text):
    return {name for word in shown(text) for name in word if isinstance(name, str)}


@pytest.mark.parametrize(
    ("prefix", "mark"), [("", "```"), ("", "  ```"), ("> ", "~~~~"), ("> ", " ```"), ("- ", "```"), ("10. ", "~~~")]
)
def test_a_fence_is_closed_and_opened_again(mark, prefix):
    later = "".join(char if char == ">" else " " for char in prefix)
    text = prefix + f"{mark}python title\n{CODE}{mark}".replace("\n", f"\n{later}") + "\n\nBehind.\n"
    parts = pages(text, "markdown", 600)
    assert len(parts) > 3
    for part in parts[:-1]:
        assert part.text.rstrip().endswith(mark.strip())
        assert {word[-2] for word in shown(part.text)} == {"python title"}
        assert all(re.fullmatch(r"x(\d+) = \1", word[-1]) for word in shown(part.text))


def test_a_fence_without_end_goes_on_to_the_end():
    parts = pages(f"```\n{CODE * 20}", "markdown", 4_000)
    assert all(part.front == "```\n" for part in parts[1:])
    assert [word[-1] for part in parts for word in shown(part.text)] == (CODE * 20).splitlines()


def test_lines_of_code_are_cut_at_blank_ones_if_they_can_be():
    text = "Words. " * 200 + "\n\n```\n" + "a = 1\nb = 2\nc = 3\n\n" * 100 + "```\n"
    inside = [part for part in pages(text, "markdown", 2_000)[1:] if part.front == "```\n"]
    assert inside
    assert all(text[: part.start].endswith("\n\n") for part in inside)


@settings(max_examples=settings().max_examples // 2)  # each makes many pages
@given(documents, st.sampled_from((100, 300, 1_000)))
def test_no_page_ends_in_a_heading_of_what_follows(text, size):
    whole = shown(text)
    for part in pages(text, "markdown", size)[:-1]:
        seen = len(shown(text[: part.end]))
        is_last = 0 < seen < len(whole) and whole[seen - 1][0] == "heading" != whole[seen][0]
        assert not is_last, text[: part.end]


@given(st.lists(words, min_size=8, max_size=20).map(" ".join), st.sampled_from((1, 100, 400)))
def test_links_images_code_and_numbers_are_whole(text, size):
    whole = ("[a link](https://example.com/x)", "`code span`", "![an image](u 'title')", "1,234.5", "&amp;", "\\*")
    found = {piece: text.count(piece) for piece in (*whole, "https://example.com/a/b_c", "<b>", "[text][label]")}
    parts = pages(text, "markdown", size)
    assert found == {piece: sum(part.text.count(piece) for part in parts) for piece in found}


def test_a_nested_item_stays_nested_and_a_number_stays():
    text = "7. one\n   - two\n" + "".join(f"     - item {n} of the third level\n" for n in range(60))
    parts = pages(text, "markdown", 400)
    assert len(parts) > 3
    assert all(part.front == "7.\n   -\n" for part in parts[1:])
    for part in parts[1:]:
        assert all(
            word[:6] == ("ordered_list", "list_item", *("bullet_list", "list_item") * 2) for word in shown(part.text)
        )


def test_a_long_paragraph_is_cut_behind_a_sentence():
    text = "Each sentence of this paragraph has about eighty characters, counted with blanks. " * 400
    parts = pages(text, "markdown", 8_000)
    assert len(parts) > 3
    assert all(part.text.endswith(". ") for part in parts)


@pytest.mark.parametrize(
    "line", ["- a", "+ a", "1. a", "# a", "> a", "```", "===", "---", "<div>", "| a", "    a", "[a]: b"]
)
def test_what_would_begin_another_block_begins_no_page(line):
    text = (f"words {line} " * 40 + "\n") * 2
    for step in range(1, 60, 7):
        assert [word for part in pages(text, "markdown", 60, step) for word in shown(part.text)] == shown(text)


def test_a_short_paragraph_is_whole_where_much_stands_before_it():
    text = "\n\n".join(["A paragraph of some words, not many, which nobody wants to read in two halves."] * 100)
    assert all(part.text.rstrip().endswith("halves.") for part in pages(text, "markdown", 4_000))


def test_a_page_of_a_list_begins_with_an_item_that_needs_nothing():
    text = "".join(f"- item {n} with some words in it\n" for n in range(400))
    parts = pages(text, "markdown", 1_000)
    assert all(part.text.startswith("- item") and not part.front for part in parts)
    assert divide(text, "markdown").mark(parts[0].end) == parts[0].end


@pytest.mark.parametrize("size", range(100, 1_000, 90))
def test_a_heading_goes_with_the_paragraph_behind_it(size):
    text = "# A part\n\nIts only paragraph, of some words.\n\n" * 100
    assert not any(part.text.endswith("part\n\n") for part in pages(text, "markdown", size, 1))
