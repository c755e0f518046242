"""What no one should write: it has pages all the same, and little of it is parsed for each."""

import pytest

from richresp.shaping.documents import divide, kind_of

MANY = 200_000
HOSTILE = {
    "backticks": "`" * MANY,
    "a fence without end": "```\n" + "x\n" * MANY,
    "quotes": ">" * MANY + "a",
    "items on a line": "- " * MANY,
    "items in items": "".join("  " * depth + "- a\n" for depth in range(400)),
    "lazy lines": ("> " * 15 + "a\n" + "b\n" * 500) * 50,
    "rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * MANY,
    "a wide header": "|a" * MANY + "\n" + "|-" * MANY + "\n" + "|b|\n" * 1_000,
    "a line": "word " * MANY,
    "a word": "x" * MANY,
    "lone carriage returns": "a\r" * MANY,
    "carriage returns": "a b\r\n\r\n" * MANY,
    "NUL": "\0" * MANY,
    "tabs": "\t" * MANY,
    "line ends": "\n" * MANY,
    "blanks": " " * MANY,
    "stars": "*a " * MANY,
    "brackets": "[" * MANY,
    "targets": "[a](" * MANY,
    "parentheses": "[a]" + "(" * MANY,
    "tags": "<a " * MANY,
    "HTML": "<div>\n" + "x\n" * MANY,
    "a comment": "<!--\n" + "x\n\n" * MANY,
    "definitions": "[a]: b\n" * MANY,
    "backslashes": "\\" * MANY,
    "headings": "# a\n" * MANY,
    "empty items": "-\n" * MANY,
    "marks": "a" + "\u0301" * MANY,
    "a URL": "https://" + "a" * MANY,
    "a table in an item in a quote": "- > - | a | b |\n    >   |---|---|\n" + "    >   | c | d |\n" * MANY,
    "an item of many": "- a\n" + "  - b c d\n" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["markdown", "text", "lines"])
def test_it_has_pages(name, kind):
    text, start, mark = HOSTILE[name], 0, None
    kind_of(text)
    for _ in range(3):
        division, end = divide(text, kind, start=start, mark=mark), start
        while end < min(len(text), start + 1_500):
            following = division.end(end, 100)
            assert following > end
            end = following
        page = division.page(start, end)
        assert text[start:end] in page
        assert len(page) - (end - start) <= 2_500
        start, mark = end, division.mark(end)


class Watched(str):
    """A text that notes how much is taken out of it."""

    __slots__ = ("taken",)

    def __getitem__(self, at):
        found = super().__getitem__(at)
        self.taken.append(len(found))
        return found


@pytest.mark.parametrize("name", HOSTILE)
def test_little_is_read_for_a_page(name):
    text = Watched(HOSTILE[name])
    text.taken = []
    division, end = divide(text, "markdown"), 0
    while end < 2_000:
        end = division.end(end, 100)
    division.page(0, end)
    assert 2_000 <= sum(text.taken) <= 50_000


def test_an_item_of_very_many_goes_on_as_if_it_began_anew():
    text = HOSTILE["an item of many"]
    division = divide(text, "markdown")
    assert division.front(division.end(0, 50_000)) == "-\n"
    assert division.front(division.end(0, 200_000)) == ""
