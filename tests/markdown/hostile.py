"""Texts made to break markdown, and what can be seen of them."""

from hypothesis import strategies as st

from richresp.text import clean
from tests.markdown.rendered import folded

FRAGMENTS = [
    *"*_`~|\\[]()<>&#+-=:!$.,'\"{}^/;? \t\n", "**", "__", "``", "```", "~~", "\\\\", "](", "![", "<b>", "</b>", "<!--",
    "&amp;", "&#35;", "&lt", "# ", "- ", "1. ", "1) ", "---", "===", "|-|", ":-", "\r\n", "\u2028", "http://",
    "https://e.example", "www.", "www.e.example", "http://a_b.example/d*e*", "a@b.example", "<a@b.example>", "mailto:a@b",
    "%", "%41", "%3C", "%2F", "%2f", "xn--", "https://xn--fsqu00a.example/", "http://a~b:80", "a%41@b.example", "\u3002",
    "[^[x]: y", "\t```", "[x]: y", "[^1]: n", "[ ] t", "a", "b c", "x_y", "é", "字", "\U0001f600", "\xa0", "\u3000", "\u200d", "\u0301\u0301", "0", "12",
]  # fmt: skip


def visible(text):
    """What a text shows, whatever stands around it."""
    return clean(text.replace("\0", "\ufffd"))


hostile = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join)
texts = st.one_of(hostile, st.text(max_size=20)).filter(lambda text: folded(visible(text)) != "")
