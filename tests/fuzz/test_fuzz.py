"""A short run of the fuzz targets, on bytes that hypothesis picks: no exception ever escapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import check_decode, check_extract, check_from_html, check_scan
from tests.links.soup import pages

PIECES = [
    b"<meta ", b"property=", b'"og:title"', b" content='", b"'>", b">", b"<", b"</", b"<!--", b"-->", b"<svg>", b"</svg>", b"<title>",
    b"</title>", b"<script type=application/ld+json>", b"</script>", b'{"@graph": [', b"&#", b"&amp", b"\xff\xfe", b"\xef\xbb\xbf", b"\x81", b"\0",
    b"charset=", b"shift_jis", b"utf-16", b"\xe6\x97", b"http://", b"\x1b$B", b"<base href=", b"<link rel=canonical href=", b"</head>", b"<body>",
]  # fmt: skip
any_bytes = st.binary(max_size=300) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=40).map(
    b"".join
)


@pytest.mark.parametrize("check", [check_scan, check_decode, check_extract, check_from_html])
@given(data=any_bytes)
def test_any_bytes_are_read(check, data):
    check(data)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "shift_jis", "utf-7"])
@given(page=pages())
def test_any_page_is_read_in_any_encoding(codec, page):
    check_extract(b"\x02" + page.encode(codec, "replace"))
