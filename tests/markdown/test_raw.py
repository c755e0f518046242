"""Raw on one line, in cells, and in each other; what is no text; what is nested too deep."""

import pytest

from richresp import UsageError
from richresp import markdown as md
from richresp.markdown.inline import on_one_line, raw_cell
from tests.markdown.elements import roots

URL = "https://e.example/"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (md.Raw("a\\\nb"), "a b"),
        (md.Raw("a\\\\\nb"), "a\\\\ b"),
        (md.Raw("a\\\\\\\nb"), "a\\\\ b"),
        (md.Raw("a  \n  b\r\nc"), "a b c"),
        (md.Raw("a\\b"), "a\\b"),
        (md.paragraph("a\nb"), "a b"),
        (md.inline("a\nb ", md.code("c")), "a b `c`"),
    ],
)
def test_raw_on_one_line_has_no_hard_break(raw, line):
    assert on_one_line(raw) == line


@pytest.mark.parametrize(
    "source",
    [
        md.heading(md.inline("a\nb")),
        md.heading(md.paragraph("a\nb")),
        md.heading(md.link(md.inline("a\nb"), URL)),
        md.paragraph(md.link(md.paragraph("a\nb"), URL)),
        "|" + raw_cell(md.paragraph("a\nb")) + "|\n|-|",
        "|" + raw_cell(md.inline("a\nb"), newline=" ") + "|\n|-|",
    ],
)
def test_no_backslash_of_a_line_break_is_shown(source):
    for page in roots(source):
        assert page.text.strip() == "a b"


def test_the_lines_of_an_inline_are_those_of_its_cell():
    assert raw_cell(md.inline("a\nb")) == "a<br>b"


def test_an_inline_on_one_line_keeps_its_parts():
    line = on_one_line(md.inline("a\n*b", md.inline("\nc", md.code("d")), "*"))
    assert md.paragraph(line) == "a \\*b c`d`*"


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_raw_behind_a_line_end_leaves_nothing(empty):
    for block in (md.paragraph("Output:\n", md.Raw(empty)), md.paragraph("Output:\n", md.code(""), "\n")):
        assert block == "Output:"


@pytest.mark.parametrize(
    "raw",
    [
        md.code(r"a\|b"),
        md.inline(md.inline(md.inline("", md.code(r"a\|b")))),
        md.link(md.code(r"a\|b"), URL),
        md.inline(md.link(md.inline(md.inline(md.code(r"a\|b"))), URL, title="t")),
    ],
)
def test_code_with_an_escaped_pipe_keeps_its_cell_however_deep_it_stands(raw):
    for page in roots(f"|x|{raw_cell(raw)}|\n|-|-|"):
        assert [cell.text for cell in page.find("th")] == ["x", r"a\|b"]


def test_what_one_part_asks_for_holds_for_the_line():
    part = md.inline("$a$ https://e.example/", math="escape", autolink=False)
    assert raw_cell(part) == "\\$a\\$ https\\://e.example/"
    assert md.paragraph(part) == raw_cell(part)


def test_parts_nested_without_end_are_one_line():
    part = md.inline("a")
    for _ in range(2_000):
        part = md.inline(part)
    assert md.paragraph(part) == "a"


def test_quotes_nest_as_deep_as_parsers_show():
    block = md.paragraph("deep")
    for _ in range(19):
        block = md.quote(md.document("x", block))
    for page in roots(block):
        assert len(page.find("blockquote")) == 19
        assert page.text.split()[-1] == "deep"
    with pytest.raises(UsageError, match="nested 20 levels deep"):
        md.quote(block)
    with pytest.raises(UsageError, match="put less of them inside each other"):
        md.quote(md.document(block))


@pytest.mark.parametrize("value", [None, 5, b"x", ["a"]])
@pytest.mark.parametrize(
    "emitter", ["paragraph", "heading", "quote", "code", "fence", "document", "escape", "inline", "to_html", "link", "image"]
)  # fmt: skip
def test_what_is_no_text_is_refused(emitter, value):
    with pytest.raises(UsageError, match=rf"{emitter}\(\) takes text, not {type(value).__name__}"):
        getattr(md, emitter)(value, *([URL] if emitter in {"link", "image"} else []))


@pytest.mark.parametrize("value", [5, b"https://e.example/"])
def test_an_address_or_title_that_is_no_text_is_refused(value):
    for call in (lambda: md.link("a", value), lambda: md.image("a", value), lambda: md.link("a", URL, title=value)):
        with pytest.raises(UsageError, match="takes text"):
            call()
    with pytest.raises(UsageError, match="takes text"):
        md.fence("a", info=value)


@pytest.mark.parametrize(
    "option", [{"math": []}, {"math": {}}, {"autolink": "no"}, {"autolink": None}, {"autolink": 0}]
)
def test_an_option_of_another_type_is_refused(option):
    (name,) = option
    with pytest.raises(UsageError, match=f"{name}="):
        md.paragraph("a", **option)


@pytest.mark.parametrize("before", ["\t", " \t", "    ", "  \t  "])
@pytest.mark.parametrize("hold", [md.quote, lambda block: md.bullets([block]), lambda block: md.quote(md.quote(block))])
def test_backticks_behind_any_blanks_do_not_end_a_fence(hold, before):
    for page in roots(hold(md.fence(f"{before}```\n# evil <b>x</b>"))):
        assert not page.find("h1")
        assert not page.find("b")
        assert page.find("pre")[0].text.splitlines()[1] == "# evil <b>x</b>"


def test_raw_takes_no_more_memory_than_a_few_times_its_length():
    import tracemalloc

    raw = md.Raw("a b." * 250_000)
    tracemalloc.start()
    try:
        md.paragraph("x", raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 12 * len(raw)
