"""Texts beside the hostile ones: what people write, and what only a second look finds hostile."""

from hypothesis import strategies as st

from tests.markdown import hostile
from tests.markdown.rendered import folded

MORE = [
    "-->", "<?", "?>", "<!a", ">", "&copy;", "[^1]", "[x] ", '<a href="', "<div", "<script", "\\(", "\\[", "$", "//e.example",
    "<http:x>", "ftp://x.y", "'\"", "*a*", "_a_", "~a~", "`a`", "http://a.example/(", "http://a.example/(\n", "www.x.example/'\n",
    "[a]", "[a]: ", "“", "€", "***", "a@b.co", "xmpp:a@b.co", "\u200b",
]  # fmt: skip
WORDS = [
    "the", "word", "a", "to", ",", ".", "!", "(see", "note)", "5", "10%", "$4.50", "x_1", "it's", "--", "-", "+", "=", "<", ">",
    "&", "*", "#3", "file.txt", "C:\\dir", "/usr/bin", "a@b.co", "https://e.example/a?b=c&d=e", "[1]", "{x}", "~5", "fn(x)",
    "a[0]", "é", "“q”", "AT&T", "2*3", "snake_case_name", "x<y", "**", "__init__", "`a`", "1.", "2)", "*so*",
]  # fmt: skip

ordinary = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
texts = st.one_of(
    hostile.texts,
    st.lists(st.sampled_from([*hostile.FRAGMENTS, *MORE]), min_size=1, max_size=9).map("".join),
    st.text(alphabet="*_`~\\[]()<>&!|# \n-a1.:@/^", min_size=1, max_size=14),
    ordinary,
).filter(lambda text: folded(hostile.visible(text)) != "")


def shown(text):
    """The lines of a text that can be seen."""
    return folded(hostile.visible(text))


def flat(text):
    """The same on one line."""
    return " ".join(shown(text).split("\n"))
