"""Bytes to text as browsers do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.decode import decode

HEADER = "text/html; charset={}"


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("\ufeffé".encode(), "text/html; charset=latin-1", "é"),
        ("é".encode("utf-16"), None, "é"),
        ("é".encode(), HEADER.format("windows-1251"), "é"),
        ("é".encode("cp1252"), None, "é"),
        ("é“".encode("cp1252"), HEADER.format("iso-8859-1"), "é“"),
        ("привет".encode("koi8-r"), HEADER.format("KOI8-R"), "привет"),
        ("привет".encode("cp1251"), HEADER.format("utf-8"), None),
        (b"<meta charset='windows-1251'>" + "привет".encode("cp1251"), HEADER.format("utf-8"), "привет"),
        (b"<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>" + "①漢".encode("cp932"), None, "①漢"),
        (b"<meta charset=gb2312>" + "镕字".encode("gbk"), None, "镕字"),
        (b"<meta charset=euc-kr>" + "똠방".encode("cp949"), None, "똠방"),
        (b" " * 70_000 + b"<meta charset=euc-kr>" + "똠방".encode("cp949"), None, "똠방"),
        ("日本".encode()[:-1], None, "日"),
        (b"a\xffb" + "日本語の文".encode() * 30, HEADER.format("utf-8"), "a\ufffdb" + "日本語の文" * 30),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>" + "ł".encode("iso-8859-2"), None, "ł"),
        ("日本".encode("iso-2022-jp"), HEADER.format("iso-2022-jp"), "日本"),
        (b"plain", HEADER.format("x-unknown-\0-thing"), "plain"),
        (b"caf\xe9", HEADER.format("zip"), "café"),
    ],
)
def test_a_page_reads_as_in_a_browser(body, header, text):
    decoded, _ = decode(body, header)
    assert text is None or decoded.endswith(text)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_nothing_raises(body, label):
    text, codec = decode(body, HEADER.format(label))
    assert isinstance(text, str)
    assert codec


@given(st.text(max_size=50))
def test_utf_8_is_utf_8_whatever_is_declared(text):
    encoded = text.encode("utf-8", "ignore")
    if not text.isascii() and not encoded.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert decode(encoded, HEADER.format("windows-1252"))[0].encode() == encoded
