"""How parts of several formats stand in one text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from richresp import BudgetTooSmall, UsageError, shape_parts
from richresp.shaping.joining import brief_notice, free_name, joined, notice, text_format
from richresp.shaping.model import Shaped
from tests.shaping.oracles import same
from tests.shaping.part_payloads import cases, without_notice


def part(text, kind="markdown", **facts):
    return Shaped(text, None, 0, exact=True, format=kind, **facts)


PARTS = {
    "hits": part("|a|b|\n|-|-|\n|1|2|"),
    "tags": part("- one\n- two"),
    "*more*": part("- three"),
    "raw": part('{"a":"```"}', "json"),
    "rows": part("a,b\r\n1,2\r\n", "csv"),
    "log": part("# no heading\n```\nno fence", "text"),
    "": part("nothing"),
    "empty": part(""),
}


def blocks(text):
    return [token for token in MarkdownIt("commonmark").enable("table").parse(text) if token.level == 0]


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases)
def test_json_that_was_chosen_is_json(case):
    """Texts beside records as well: alone each would be a document, without quotes."""
    parts, budget = case
    try:
        result = shape_parts(parts, budget=budget)
    except BudgetTooSmall:
        return
    if result.format == "json":
        assert same(without_notice(result, parts), result.data)
    else:
        assert result.text.lstrip().startswith(("Shortened", "#"))


def test_each_part_has_a_section_of_its_own_in_markdown():
    tokens = blocks(joined(PARTS, "markdown", "Shortened. *all*", "_notice"))
    headings = [token for token in tokens if token.type == "heading_open"]
    assert [token.tag for token in headings] == ["h2"] * len(PARTS)
    fences = [(token.info, token.content) for token in tokens if token.type == "fence"]
    assert fences == [("json", '{"a":"```"}\n'), ("csv", "a,b\n1,2\n"), ("", "# no heading\n```\nno fence\n")]
    assert [token.type for token in tokens].count("bullet_list_open") == 2


def test_names_and_the_notice_are_text_in_markdown():
    rendered = MarkdownIt("commonmark").render(joined(PARTS, "markdown", "Shortened. *all*", "_notice"))
    assert rendered.startswith("<p>Shortened. *all*</p>\n<h2>hits</h2>")
    assert "<h2>*more*</h2>" in rendered
    assert "<em>" not in rendered


def test_plain_text_has_a_line_for_each_name():
    text = joined({"a\nb": part("one", "text"), "c": part("two", "text")}, "text", "Shortened.", "_notice")
    assert text == "Shortened.\n\na b:\n  one\n\nc:\n  two"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85", "\x0b"])
def test_no_line_of_a_part_can_be_the_name_of_another_in_plain_text(end):
    parts = {"a": part(f"real{end}{end}b:{end}fake", "text"), "b": part("two", "text")}
    lines = joined(parts, "text", None, "_notice").splitlines()
    assert [line for line in lines if line and not line.startswith("  ")] == ["a:", "b:"]


OPEN = {
    "a fence": "text\n\n```py\ncode",
    "a fence with a last line end": "~~~~\ncode\n~~~\n",
    "a fence of nothing": "````",
    "a fence in a quote": "> ```\n> code",
    "a fence in a list": "- a\n\n  ```\n  code",
    "a comment": "text\n\n<!-- never closed\n\nmore",
    "a script": "<script>\n\nlet a = '-->';",
    "a style": "<style>\na {}",
    "a block of preformatted text": "<pre>\n\n1\n",
    "a textarea": "<textarea>\nx",
    "an instruction": "<?php\n\necho 1;",
    "a declaration": "<!DOCTYPE",
    "character data": "<![CDATA[\n\n]]",
    "a comment in a fence": "```\n<!--",
    "a fence in a comment": "<!--\n```\n",
    "a tag": "<div>\n\ntext",
    "a paragraph": "some\ntext",
    "quotes too deep": ">" * 400 + "\n```\ncode",
}


@pytest.mark.parametrize("name", OPEN)
def test_what_a_document_leaves_open_takes_in_no_other_part(name):
    parts = {"a": part(OPEN[name]), "b": part("- one"), "c": part("end")}
    tokens = blocks(joined(parts, "markdown", None, "_notice"))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"] * 3


PIECES = ["```", "~~~", "<!--", "-->", "<pre>", "</pre>", "<?", "> ", "- ", "  ", "\n", "\n\n", "a", "|a|\n|-|"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_that_a_document_holds_takes_in_another_part(document):
    text = joined({"a": part(document), "zz": part("- one")}, "markdown", None, "_notice")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    heads = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    assert tokens[heads[0] + 1].content == "a"
    assert tokens[heads[-1] + 1].content == "zz"


def test_a_document_that_is_closed_stands_as_it_is():
    document = "```\ncode\n```\n\n<b>text</b>"
    assert joined({"a": part(document)}, "markdown", None, "_notice") == f"## a\n\n{document}"


def test_an_error_of_a_part_names_it():
    with pytest.raises(UsageError, match=r"^c: format='csv' is for a list"):
        shape_parts({"a": [{"b": 1}], "c": "text"}, budget=300, format="csv")


def test_json_is_one_object_with_the_notice_first():
    parts = {"_notice": part("[1]", "json"), "b": part('"x"', "json")}
    assert joined(parts, "json", 'say "so"', free_name(parts)) == '{"_notice_2":"say \\"so\\"","_notice":[1],"b":"x"}'
    assert joined({}, "json", None, "_notice") == "{}"


@pytest.mark.parametrize(
    ("asked", "text"), [("json", "json"), ("text", "text"), ("csv", "markdown"), ("markdown", "markdown")]
)
def test_the_text_of_parts_has_a_format_that_can_hold_them(asked, text):
    assert text_format(asked) == text


def test_the_notice_takes_over_what_each_part_says():
    cursor = "2-123456123456789"
    said = f"Shortened: 2 of 9 items shown; cut or left out: body; for more, call again with cursor {cursor}"
    parts = {
        "hits": part("", notice=said, cursor=cursor),
        "whole": part(""),
        "text": part("", notice="Shortened: a word"),
    }
    line = notice(parts, {"logs": "0", "old": "5-1", "huge": None})
    assert line == (
        f"Shortened. hits: 2 of 9 items shown; cut or left out: body; cursor {cursor}. text: a word. "
        "Left out: logs (cursor 0), old (cursor 5-1), huge. For more, call again with the cursor of a part"
    )
    assert notice({"whole": part("")}, {}) is None
    assert brief_notice(0, 3) == "Shortened: 0 of 3 parts shown"


def test_a_notice_tells_of_so_many_parts_only():
    parts = {f"p{number}": part("", notice="Shortened: a word") for number in range(40)}
    line = notice(parts, {f"q{number}": "0" for number in range(40)})
    assert "p11: a word. 28 more parts are shortened. Left out: q0, " in line
    assert "q11 (cursor 0) and 28 more" in line
