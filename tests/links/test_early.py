"""A head that is read alone says what the whole page says: of its text, and of its preview."""

from __future__ import annotations

import html
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.decode import decode
from richresp.links import extract
from richresp.links import extracting as reading
from richresp.links.early import early_head
from tests.links import soup

URL = "https://www.talltrees.example/a/b"

WORDS = st.sampled_from(["Trees", "Ästhetik", "木", "Деревья", "a &amp; b", "“q”", ""])
ENCODINGS = ("utf-8", "cp1252", "cp1251", "shift_jis", "gb18030", "iso2022_jp", "utf-16-le", "utf-16-be")
LABELS = ("", "utf-8", "UTF8", "windows-1251", "shift_jis", "utf-16", "nonsense")


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{html.escape(value)}">'


heads = st.lists(
    st.one_of(
        WORDS.map(lambda text: f"<title>{text}</title>"),
        st.builds(meta, st.sampled_from(["og:title", "og:description", "og:site_name", "twitter:title"]), WORDS),
        st.sampled_from([
            meta("og:image", "/i.png"), meta("og:image", "https://cdn.example/i.png"), meta("twitter:image", "/t.png"),
            meta("og:description", "What grows here, and why"), meta("og:title", "Trees"), "<script>'</head>'</script>",
            "<script>'<body>'</script>", "<!-- </head> -->", "<link rel=canonical href=/c>", "<p>", "\0", "<template>",
            '<link rel="icon" href="/i.ico" sizes="16x16">', "<meta charset=windows-1251>", '<meta charset="utf-8">',
            '<meta http-equiv=Content-Type content="text/html; CharSet=UTF-8">', "<meta charset='utf-8 x'>", "charset=utf-8 ",
            '<meta charset=utf-8">', "<!-- charset=koi8-r -->", '<meta http-equiv="content-type" content="charset=\'utf8\'">',
        ]),
    ),
    max_size=9,
).map("".join)  # fmt: skip
rests = st.lists(
    st.one_of(
        heads,
        st.sampled_from([
            '<script type="application/Ld+Json">{"@type": "Article", "publisher": {"name": "LD"}}</script>',
            meta("Og:Title", "Late"), meta("og:image:secure_url", "https://cdn.example/s.png"), meta("publisher", "P"),
            "<h1>Heading</h1>", "<p>" + "word " * 30, "<img src=/a.jpg width=900 height=600>", "<svg><title>s</title></svg>",
        ]),
    ),
    max_size=3,
).map("".join)  # fmt: skip
ends = st.sampled_from(["</head><body>", "</HEAD >", "<body class='a>b'>", "</head", "<body ", ""])
codings = st.sampled_from(ENCODINGS)
types = st.sampled_from(LABELS).map(lambda label: f"text/html; charset={label}" if label else None)


@given(head=heads, end=ends, rest=rests, coding=codings, content_type=types)
def test_a_head_decoded_alone_is_the_beginning_of_the_page(head, end, rest, coding, content_type):
    body = (head + end + rest).encode(coding, "xmlcharrefreplace")
    found = early_head(body, content_type)
    if found is not None:
        text, size = found
        assert decode(body, content_type)[0].startswith(text)
        assert decode(body[:size], content_type)[0] == text


@given(head=heads, end=ends, rest=rests, coding=codings, content_type=types)
def test_a_preview_of_the_head_is_that_of_the_page(head, end, rest, coding, content_type):
    body = (head + end + rest).encode(coding, "xmlcharrefreplace")
    early = reading._early_preview(body, URL, content_type)
    if early is not None:
        assert early == reading._whole_preview(body, URL, content_type, full=False)


@pytest.mark.parametrize("seed", range(200))
def test_so_it_is_where_tags_are_written_as_nobody_should(seed):
    pick = random.Random(seed).choice
    stated = meta("og:title", "T") + meta("og:description", "Words") + meta("og:image", "/i.png")
    body = ("<head>" + stated + soup.page(pick) + "</head>" + soup.page(pick)).encode()
    early = reading._early_preview(body, URL, None)
    if early is not None:
        assert early == reading._whole_preview(body, URL, None, full=False)


def test_a_page_with_its_card_in_the_head_is_not_read_behind_it():
    stated = {
        "site_name": "Tall Trees",
        "title": "Oaks",
        "description": "What grows here",
        "image": "https://cdn.example/i",
    }
    head = "".join(meta(f"og:{name}", value) for name, value in stated.items())
    behind = Unread(f"<head><meta charset=utf-8>{head}</head>".encode() + b"<p>\xff\xfe" * 100)
    found = reading._early_preview(behind, URL, None)
    assert found is not None
    assert found.card() == {**stated, "url": URL}
    assert extract(bytes(behind), url=URL) == found


class Unread(bytes):
    """Bytes that must not be decoded as a whole, nor copied from the middle to the end."""

    def decode(self, *_):
        raise AssertionError("the whole page is decoded")

    def __getitem__(self, where):
        assert not isinstance(where, slice) or where.stop is not None, "the page is read behind its head"
        return super().__getitem__(where)
