"""How parts of several formats stand in one text."""

import pytest
from markdown_it import MarkdownIt

from richresp.shaping.joining import brief_notice, free_name, joined, notice, text_format
from richresp.shaping.model import Shaped


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
    assert text == "Shortened.\n\na b:\none\n\nc:\ntwo"


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
