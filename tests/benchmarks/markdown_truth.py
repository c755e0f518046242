"""Whether a table shows what it was given: texts that people write, each in a table of its own, read back by two parsers.

A table is right if both show one record of two cells, the text and the one beside it, and no markup in them. What breaks lines
counts as a blank, so that writers which join lines are not blamed for it.
"""

from tests.markdown.rendered import shown

TEXTS = (
    "yes|no",
    "cat access.log | sort | uniq -c",
    "`a|b`",
    "a \\| b",
    "C:\\*.txt",
    "first line\nsecond line",
    "first\r\n\r\nlast",
    "*urgent*",
    "2*3*4",
    "__init__",
    "_see below_",
    "~~cancelled~~",
    "`x` or `y`",
    "``two ` one``",
    "Map<String, int>",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- note -->",
    "<img src=x onerror=alert(1)>",
    "AT&amp;T",
    "&lt;br&gt;",
    "&#124;",
    "[terms](https://example.com/terms)",
    "![logo](https://example.com/logo.png)",
    "[x][1]",
    "<https://example.com/>",
    "\\_not_ \\*escaped\\*",
    "ends with a backslash\\",
    "|",
    "a\tb",
    "snake_case_name",
    "5 * 3 < 20 & R&D",
)


def is_right(writer, text):
    """Whether a writer's table of this text shows it."""
    source = writer([{"note": text, "state": "open"}])
    return all(
        [" ".join(cell.split()) for cell in cells] == [" ".join(text.split()), "open"] and not markup
        for cells, markup in shown(source, "td")
    )


def right(writers):
    """Of each writer how many of TEXTS it shows as they are."""
    return {name: sum(is_right(writer, text) for text in TEXTS) for name, writer in writers.items()}
