"""What to ask with when a page is old, what an answer of 304 changes, and that nothing that comes breaks a bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits import freshness as limits
from richresp.links.freshness import Rules, judge, refreshed
from richresp.links.kept import Kept
from tests.links.decided import DEFAULT, HOUR, NOW, SENT, date, decided, fields


@pytest.mark.parametrize(
    ("named", "conditions"),
    [
        ({"etag": '"a"'}, [(b"If-None-Match", b'"a"')]),
        ({"etag": 'W/"a"', "last_modified": date(-5)}, [(b"If-None-Match", b'W/"a"'), (b"If-Modified-Since", date(-5).encode())]),
        ({"etag": "a"}, []),
        ({"etag": '"a" "b"'}, []),
        ({"etag": '"a\r\nx: y"'}, []),
        ({"etag": '"\xe9"'}, []),
        ({"etag": ['"a"', '"b"']}, []),
        ({"etag": f'"{"a" * 300}"'}, []),
        ({"last_modified": "yesterday"}, []),
        ({"last_modified": date() + "\r\nx: y"}, []),
    ],
)  # fmt: skip
def test_only_sound_validators_are_sent_back(named, conditions):
    assert list(decided(**named).kept.conditions()) == conditions


def asked_again(kept, *, rules=DEFAULT, at=NOW, **named):
    return refreshed(kept, fields(**named), SENT, requested_at=at, answered_at=at, rules=rules)


def test_a_304_refreshes_what_it_says_and_leaves_the_rest():
    first = decided(cache_control="max-age=600, must-revalidate", etag='"a"', last_modified=date(-5), expires=date(5))
    again = asked_again(first.kept, date=date(1_000), at=NOW + 1_000)
    assert again == first
    again = asked_again(first.kept, cache_control="max-age=700", age="50")
    assert (again.fresh_for, again.stale_while_for) == (650, HOUR)
    assert again.kept == Kept('"a"', date(-5), "max-age=700", date(5))
    assert asked_again(again.kept, cache_control="public").fresh_for == 60  # Expires, which is nearly now
    assert asked_again(again.kept, cache_control="public", expires=date(200)).fresh_for == 200
    assert asked_again(again.kept, etag='"a"', cache_control="no-store").reason == "no-store"
    assert asked_again(again.kept, vary="*").storable is False


@pytest.mark.parametrize(
    ("stored", "named", "same"),
    [
        (Kept(etag='"a"'), {"etag": '"a"'}, True),
        (Kept(etag='W/"a"'), {"etag": '"a"'}, True),
        (Kept(etag='"a"'), {"etag": 'W/"a"'}, True),
        (Kept(etag='"a"'), {"etag": '"b"'}, False),
        (Kept(etag='"a"', last_modified=date()), {"etag": '"b"', "last_modified": date()}, False),
        (Kept(etag='"a"', last_modified=date()), {"etag": '"a"', "last_modified": date(5)}, True),
        (Kept(last_modified=date()), {"etag": '"a"', "last_modified": date()}, False),
        (Kept(last_modified=date()), {"last_modified": date()}, True),
        (Kept(last_modified=date()), {"last_modified": date(5)}, False),
        (Kept(etag='"a"'), {"last_modified": date()}, True),
        (Kept(etag='"a"', last_modified=date()), {}, True),
    ],
)
def test_a_304_of_another_page_says_nothing(stored, named, same):
    assert (asked_again(stored, **named) is not None) == same


words = st.sampled_from(
    ["max-age", "s-maxage", "no-cache", "private", "no-store", "stale-if-error", "=", ",", '"', "\\", " ", "\t", "-1", "0", "600", "9" * 40,
     "*", "GMT", date(), date(50), "Sunday, 06-Nov-94 08:49:37 GMT", "W/", ";", "\x00", "\xff", "é"]
)  # fmt: skip
values = st.lists(words, max_size=8).map("".join) | st.text(max_size=30)
names = st.sampled_from(
    ["Cache-Control", "expires", "Date", "AGE", "etag", "Last-Modified", "vary", "Retry-After", "set-cookie", "é"]
)
junk = st.lists(
    st.tuples(names, values).map(lambda pair: tuple(each.encode("utf-8", "replace") for each in pair)), max_size=8
)
moments = st.floats(0, 4e9)


@given(
    status=st.integers(100, 999),
    headers=junk,
    later=junk,
    asked=moments,
    answered=moments,
    wall=st.booleans(),
    ttl=st.floats(0, 1e12),
)
def test_whatever_comes_the_bounds_hold(status, headers, later, asked, answered, wall, ttl):
    moment = {"requested_at": asked, "answered_at": answered, "rules": Rules(ttl=ttl, vary_on_unsent=wall)}
    found = judge(status, headers, SENT, wall=wall, **moment)
    again = refreshed(found.kept, later, SENT, **moment)
    for each in (found, again):
        if each is None or not each.storable:
            continue
        assert min(limits.MIN_FRESH_SECONDS, limits.BRIEF_SECONDS, ttl) <= each.fresh_for <= limits.MAX_FRESH_SECONDS
        assert 0 <= each.stale_while_for <= limits.MAX_STALE_SECONDS
        assert 0 <= each.stale_if_error_for <= limits.MAX_STALE_SECONDS
        assert each.kept.is_fit()
        assert all(value.isascii() and value.decode().isprintable() for _, value in each.kept.conditions())


@given(status=st.sampled_from([200, 203, 404, 500]), headers=junk)
def test_what_is_kept_says_what_the_answer_said(status, headers):
    """A 304 without fields, at the same moment, decides as the page did: but for Vary and Age, which are not kept."""
    headers = [(name, value) for name, value in headers if name.lower() not in (b"vary", b"age", b"date")]
    moment = {"requested_at": NOW, "answered_at": NOW}
    found = judge(status, headers, SENT, **moment)
    if found.storable and status < 300:
        again = refreshed(found.kept, [], SENT, **moment)
        assert again == found
