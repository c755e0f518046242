"""Dates in header fields, as they are written and as they may not be."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.links.httpdates import parse_http_date
from tests.links.decided import NOW


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("sun, 06 NOV 1994 08:49:37 gmt", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        (" Sun, 06 Nov 1994 08:49:37 GMT\t", 784_111_777),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_799),
        ("Sunday, 06-Nov-73 08:49:37 GMT", 3_277_183_777),  # 50 years ahead of NOW, in 2023
        ("Sunday, 06-Nov-74 08:49:37 GMT", 152_959_777),
        ("Sun, 06 Nov 1994 08:49:37 +0000", None),
        ("Sun, 06 Nov 1994 08:49:37 UTC", None),
        ("Sun, 31 Feb 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 24:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:61 GMT", None),
        ("Sun, 06 Nov 0000 08:49:37 GMT", None),
        ("0", None),
        ("", None),
        ("1" * 100_000, None),
    ],
)
def test_dates(text, seconds):
    assert parse_http_date(text, NOW) == seconds


@given(st.integers(-(10**10), 2 * 10**11))
def test_the_usual_form_is_read_as_it_was_written(seconds):
    assert parse_http_date(formatdate(seconds, usegmt=True), NOW) == seconds
