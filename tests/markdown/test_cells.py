"""Cells: any texts in any columns keep the shape of the table and show what they say; the quick way is the exact one."""

from itertools import accumulate

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from richresp.markdown.cell_texts import NEWLINES, CellRules, CellTexts
from richresp.markdown.escape import CELL, Style, escaped_lines
from tests.markdown.hostile import FRAGMENTS, hostile, texts, visible
from tests.markdown.rendered import folded, shown

plain = st.sampled_from(["", "words", "a b", "é", "字", "snake_case", "https://e.example/a?b=1", "5 * 3", "C:\\Users"])
cells = st.one_of(plain, texts, hostile, st.text(st.characters(codec="utf-8"), max_size=8))
columns = st.lists(cells, min_size=1, max_size=12)
styles = st.builds(Style, st.sampled_from([None, "escape"]), st.booleans())


@given(columns, styles, st.sampled_from(NEWLINES))
@example(["https://e.example", "<b@c", "x"], Style(), "<br>")
@example(["a\\", "b|", "[^x] *a*"], Style(), "<br>")
@example(
    ["https://e.example/%41 *", "a@xn--b.example", "http://a]b:c", "//:", "e.example\u3002com/%42"], Style(), "<br>"
)
@example(["x%41.com", "a@b.example/%e4", "w XN--x.com", "http://e\uff0eexample", "http://x:1/a:b"], Style(), "<br>")
@example([" a", "b ", "c\nd|", "\u200de"], Style(), " ")
def test_the_quick_way_writes_what_the_rules_write(column, style, newline):
    def exact(text):
        cell = newline.join(escaped_lines(text, CELL, style))
        return cell[:-1] + " " if cell.endswith("\\\\") else cell + " " * cell.endswith("\\")

    assert CellTexts(CellRules(newline=newline, style=style)).column(column) == list(map(exact, column))


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4)
    )
)
def test_any_rows_keep_their_shape_and_show_their_texts(rows):
    names = [f"h{index}" for index in range(len(rows[0]))]
    for found, markup in shown(md.table(rows, columns=names), "td"):
        assert found == [folded(visible(text)) for row in rows for text in row]
        assert not markup


@given(st.lists(texts, min_size=1, max_size=4, unique=True))
def test_any_headers_show_their_texts(names):
    for found, markup in shown(md.table([["x"] * len(names)], columns=names), "th"):
        assert found == [folded(visible(name)) for name in names]
        assert not markup


@given(texts, st.sampled_from([" ", " / "]))
def test_a_newline_may_be_a_blank_or_a_slash(text, newline):
    joined = newline.join(folded(visible(text)).split("\n"))
    for found, markup in shown(md.table([[text]], columns=["h"], newline=newline), "td"):
        assert found == [joined]
        assert not markup


@given(texts)
def test_without_autolinks_nothing_is_a_link_but_what_looks_like_mail(text):
    for found, _ in shown(md.table([[text]], columns=["h"], autolink=False), "td"):
        assert found == [folded(visible(text))]
    if "@" not in text:
        for found, _ in shown(md.table([[text]], columns=["h"], autolink=False), "a"):
            assert found == []


@given(texts | st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), st.integers(1, 30))
@example("👩\u200d👩\u200d👧 family", 3)
@example("see https://e.example/very/long/path", 20)
@example("a\\" * 20, 6)
def test_a_cut_cell_is_a_prefix_at_a_grapheme(text, limit):
    for found, markup in shown(md.table([[text]], columns=["h"], max_cell=limit), "td"):
        (cell,), whole = found, folded(visible(text))
        assert not markup
        if cell != whole:
            assert cell.endswith("…")
            assert len(cell) <= limit
            kept = cell[:-1].rstrip()
            assert whole.startswith(kept)
            assert len(kept) in accumulate(map(len, regex.findall(r"\X", whole)), initial=0)


@given(st.lists(st.one_of(st.integers(), st.floats(allow_nan=False), texts, st.none()), min_size=1, max_size=5))
def test_numbers_are_never_cut(values):
    rows = md.table([[value] for value in values], columns=["h"], max_cell=1).split("\n")[2:]
    for row, value in zip(rows, values, strict=True):
        if isinstance(value, (int, float)):
            assert row == f"|{value!r}|"


def test_not_even_where_they_are_formatted():
    rows = [[1234567.5, "words"], [md.Raw("*raw*"), 2]]
    source = md.table(
        rows, columns=["a", "b"], max_cell=3, format={"a": lambda value: value if value == "*raw*" else f"{value:,.2f}"}
    )
    assert source.split("\n")[2:] == ["|1,234,567.50|wo…|", "|*raw*|2|"]


def test_a_cut_address_is_no_link():
    source = md.table([["see https://e.example/very/long/path"]], columns=["h"], max_cell=20)
    assert [found for found, _ in shown(source, "a")] == [[], []]
    assert [found for found, _ in shown(source, "td")] == [["see https://e.examp…"]] * 2


def test_a_cut_domain_is_no_link():
    for length in range(2, 25):
        source = md.table([["go to example.com/foo/bar"]], columns=["h"], max_cell=length)
        assert [found for found, _ in shown(source, "a")] == [[], []]


def test_a_whole_address_before_the_cut_is_a_link():
    source = md.table([["https://e.example/a is more than fits. Much more"]], columns=["h"], max_cell=40)
    assert [found for found, _ in shown(source, "a")] == [["https://e.example/a"]] * 2


def test_raw_is_markdown_on_purpose():
    source = md.table([["*x*", md.Raw("**b**")], [md.Raw("a|b\nc"), 1]], columns=["a", "b"], max_cell=2)
    assert source.split("\n")[2:] == ["|*…|**b**|", "|a\\|b c|1|"]


def test_a_link_in_a_cell_keeps_the_table():
    source = md.table([{"h": md.link("a|b", "https://e.example/a|b")}])
    for found, markup in shown(source, "td"):
        assert (found, markup) == (["a|b"], set())
