"""Documents as people write them, and any text at all; and reading them page by page."""

from dataclasses import dataclass

from hypothesis import strategies as st

from richresp.shaping.documents import divide

_WORDS = (
    *(
        "lorem",
        "ipsum dolor.",
        "sit amet,",
        "a.",
        "naïve",
        "語を書く。",
        "1,234.5",
        "&amp;",
        "https://example.com/a/b_c",
    ),
    *("[a link](https://example.com/x)", "`code span`", "**bold words here**", "*so*", "![an image](u 'title')"),
    *("<b>tag</b>", "\\*", "[text][label]"),
)
_JUNK = (
    *(
        "- ",
        "> ",
        "1. ",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "    ",
        "\t",
        "|",
        "|-|-|\n",
        "a | b\n",
        "# ",
        "===\n",
    ),
    *("---\n", "foo", "bar baz ", "[a]: /b\n", "[x](y)", "<div>", "</div>", "<!--", "-->", "`", "*", "**", "_", "\\"),
    *("&amp;", "\0", "  ", "e\u0301", "👨\u200d👩", "1,234", "* ", "+ ", "[", "]", "(", "![", "\ufeff", "\u2028"),
)
words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join)
junk = st.lists(st.sampled_from(_JUNK), max_size=120).map("".join)
sizes = st.sampled_from((100, 300, 1_000))


def _wrapped(text):
    """A paragraph on several lines; none begins with what might be a marker."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) > 40 and word[0].isalpha():
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _fence(mark, info, lines):
    return [mark + info, *lines, mark]


def _table(rows):
    return ["| a | b |", "|:--|---|", *(f"| {words[:30]} | {at} |" for at, words in enumerate(rows))]


def _in_quote(lines):
    return [f"> {line}" if line else ">" for line in lines]


def _in_list(marks, gap, items, *, loose):
    lines = []
    for mark, item in zip(marks, items, strict=False):
        first = mark + " " * gap
        lines += [""] if loose and lines else []
        lines += [(" " * len(first) + line if at else first + line) if line else "" for at, line in enumerate(item)]
    return lines


def _apart(found):
    """Blocks with blank lines between."""
    return [line for block in found for line in ("", *block)][1:]


_code = st.lists(st.sampled_from(("x = 1", "  y", "", "- z", "# c", "> q", "    w", "| a |")), max_size=25)
_plain_words = st.lists(st.sampled_from(("alpha", "beta", "gamma")), min_size=1, max_size=3).map(" ".join)
_starting = st.one_of(words.map("Text ".__add__).map(lambda text: [text]), words.map(_wrapped))
_leaves = st.one_of(
    _starting,
    st.builds("{} {}".format, st.sampled_from(("#", "##", "####")), _plain_words).map(lambda line: [line]),
    st.builds(lambda text, rule: [text, rule], _plain_words, st.sampled_from(("===", "---"))),
    st.builds(_fence, st.sampled_from(("```", "~~~", "`````")), st.sampled_from(("", "py", "js x")), _code),
    st.builds(_table, st.lists(_plain_words, max_size=20)),
    st.just(["***"]),
    st.builds(lambda lines: ["<div>", *lines, "</div>"], st.lists(_plain_words, max_size=5)),
)


def _nested(inner):
    several = st.lists(inner, min_size=1, max_size=4).map(_apart)
    item = st.builds(lambda first, rest: _apart([first, *rest]), _starting, st.lists(inner, max_size=2))
    items = st.lists(item, min_size=1, max_size=6)
    marks = st.one_of(
        st.sampled_from("-*+").map(lambda mark: [mark] * 6),
        st.integers(0, 120).map(lambda first: [f"{first + at}." for at in range(6)]),
    )
    return st.one_of(several.map(_in_quote), st.builds(_in_list, marks, st.integers(1, 3), items, loose=st.booleans()))


_blocks = st.recursive(_leaves, _nested, max_leaves=8)
documents = st.builds(
    lambda found, end: end.join(_apart(found)) + end,
    st.lists(_blocks, min_size=1, max_size=6),
    st.sampled_from(("\n", "\r\n", "\r")),
)


@dataclass
class Part:
    """A page: where it begins and ends, and what it says."""

    start: int
    end: int
    front: str
    text: str


def pages(text, kind, size, step=40):
    """The pages of a text, each of about `size` characters and made from the cursor of the one before."""
    found, start, mark = [], 0, None
    while start < len(text):
        division = divide(text, kind, start=start, mark=mark)
        end = division.end(start, step)
        while end < len(text) and (following := division.end(end, step)) - start <= size:
            assert following > end
            end = following
        assert start < end <= len(text)
        found.append(Part(start, end, division.front(start), division.page(start, end)))
        start, mark = end, division.mark(end)
    return found
