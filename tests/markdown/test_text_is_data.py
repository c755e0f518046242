"""Promise 1 of markdown: whatever a text holds, parsers show exactly that text and no other element."""

import pytest
from hypothesis import assume, example, given

from richresp import markdown as md
from tests.markdown.hostile import hostile, texts, visible
from tests.markdown.rendered import folded, shown


@given(texts)
@example("`\n`$")
@example("**\n**```")
@example("a\\")
@example("a\\|b")
@example("https://e.example\n<a@b.example>,")
@example("www.x.examplewww.")
def test_a_cell_shows_its_text(text):
    source = md.table([{"head": text, "next": "x"}, {"head": "y", "next": text}])
    for cells, markup in shown(source, "td"):
        assert cells == [folded(visible(text)), "x", "y", folded(visible(text))]
        assert not markup


@given(texts)
def test_a_header_shows_its_text(text):
    for cells, markup in shown(md.table([{text: "x", "y" + text: "z"}]), "th"):
        assert cells == [folded(visible(text)), folded(visible("y" + text))]
        assert not markup


@given(texts)
@example("https://e.example/x\nnext")
@example("!https://e.example\xa0**0\n</b>")
def test_a_paragraph_shows_its_text(text):
    for paragraphs, markup in shown(md.escape(text), "p"):
        assert paragraphs == [folded(visible(text))]
        assert not markup


@given(texts, texts)
def test_list_items_show_their_texts(first, second):
    for items, markup in shown(md.bullets([first, second]), "li"):
        assert items == [folded(visible(first)), folded(visible(second))]
        assert not markup


@given(texts)
@example("[^1]")
@example("](")
@example("a]b[c")
def test_a_link_shows_its_text_and_nothing_behind_it_changes(text):
    source = f"see {md.link(text, 'https://e.example/')} there"
    for links, markup in shown(source, "a"):
        assert len(links) == 1
        assert links[0].split() == visible(text).split()
        assert not markup


@given(hostile)
def test_a_table_keeps_its_shape(text):
    assume(folded(visible(text)))
    source = md.table([[text, None], [None, text], [text]], columns=["a", "b"])
    for cells, _ in shown(source, "td"):
        assert len(cells) == 6


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "snake_case_name",
        "C:\\Users\\me",
        "5 * 3",
        "x < y",
        "AT&T",
        "a [b] c",
        "100%",
        "(see note)",
        "/usr/bin",
    ],
)
def test_ordinary_text_needs_no_escape(text):
    assert md.escape(text) == text
    assert md.table([{"h": text}]) == f"|h|\n|-|\n|{text}|"


@given(texts)
def test_chat_windows_are_given_no_mathematics(text):
    for source in (md.escape(text), md.table([{"h": text}])):
        for opening in ("\\[", "\\("):
            assert source.count(opening) <= source.count("\\\\" + opening[1])
