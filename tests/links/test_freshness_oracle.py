"""Freshness beside hishel 2.0, another reading of RFC 9111: the same for whatever is well-formed, and a list of what is not.

hishel reads the clock where an answer has no Date, and takes Last-Modified for a lifetime (a tenth of the page's age); neither
is drawn here. Lifetimes are compared at the moment when the answer was made, for hishel knows no Age.
"""

import uuid
from email.utils import formatdate

import pytest
from hishel import Entry, Request, Response
from hishel import Headers as Fields
from hishel._core._spec import (
    CacheMiss,
    NeedRevalidation,
    NeedToBeUpdated,
    StoreAndUse,
    allowed_stale,
    get_freshness_lifetime,
    refresh_response_headers,
)
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.freshness import MAX_FRESH_SECONDS, MIN_FRESH_SECONDS, NEGATIVE_SECONDS
from richresp.links.freshness import Rules, judge, refreshed

NOW = 1_700_000_000.0
RULES = Rules(vary_on_unsent=True)
SHARED = {"shared": True}
seconds = st.integers(0, 10**9) | st.sampled_from([0, 59, 60, 61, 604_799, 604_800, 604_801, 2**31 - 1])
named = {
    name: seconds.map(lambda value, name=name: f"{name}={value}")
    for name in ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")
} | {
    name: st.just(name)
    for name in ("no-cache", "no-store", "private", "public", "must-revalidate", "immutable", "no-transform")
}
controls = (
    st.fixed_dictionaries({}, optional=named).flatmap(lambda told: st.permutations(list(told.values()))).map(", ".join)
)
dates = st.integers(-(10**6), 10**9).map(lambda offset: formatdate(NOW + offset, usegmt=True))
answers = st.fixed_dictionaries(
    {"date": st.just(formatdate(NOW, usegmt=True))},
    optional={
        "cache-control": controls,
        "expires": dates | st.sampled_from(["0", "-1", "never"]),
        "etag": st.sampled_from(['"a"', 'W/"a"', '"b"', 'W/"b"']),
        "vary": st.sampled_from(["Accept-Encoding", "user-agent, Origin", "cookie"]),
        "set-cookie": st.just("a=b"),
    },
)
statuses = st.sampled_from([200, 203, 206, 300, 301, 304, 404, 405, 410, 414, 501])


def ours(status, told):
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    return judge(status, headers, [], requested_at=NOW, answered_at=NOW, rules=RULES)


def theirs(status, told):
    return Response(status_code=status, headers=Fields(told))


def clamped(lifetime, longest=MAX_FRESH_SECONDS):
    return RULES.ttl if lifetime is None else min(max(lifetime, MIN_FRESH_SECONDS), longest)


def stores(status, told):
    request = Request(method="GET", url="https://a.example/")
    return isinstance(CacheMiss(request=request, options=SHARED).next(theirs(status, told)), StoreAndUse)


@given(statuses, answers)
def test_the_same_answers_are_stored(status, told):
    assert ours(status, told).storable == stores(status, told)


@given(st.sampled_from([200, 203]), answers)
def test_they_are_fresh_for_as_long(status, told):
    found, other = ours(status, told), theirs(status, told)
    if not found.storable:
        return
    if "no-cache" in told.get("cache-control", ""):  # hishel looks at it apart from the lifetime
        assert found.fresh_for == MIN_FRESH_SECONDS
    else:
        assert found.fresh_for == clamped(get_freshness_lifetime(other, is_cache_shared=True))
    if not allowed_stale(other, allow_stale_option=True):
        assert (found.stale_while_for, found.stale_if_error_for) == (0, 0)


@given(answers)
def test_an_error_is_never_fresh_for_longer(told):
    found = ours(404, told)
    lifetime = get_freshness_lifetime(theirs(404, told), is_cache_shared=True)
    if found.storable and lifetime is not None and "no-cache" not in told.get("cache-control", ""):
        assert found.fresh_for == clamped(lifetime, NEGATIVE_SECONDS)


@given(answers, answers)
def test_a_304_changes_the_same(told, later):
    """Whether it is of the page at all is compared for strong tags: those that are weak we compare as they were asked for."""
    found = ours(200, told)
    if not found.storable:
        return
    first, second = theirs(200, told), theirs(304, later)
    headers = [(name.encode(), value.encode()) for name, value in later.items()]
    again = refreshed(found.kept, headers, [], requested_at=NOW, answered_at=NOW, rules=RULES)
    if not later.get("etag", "W/").startswith("W/"):
        request = Request(method="GET", url="https://a.example/")
        known = Entry(id=uuid.uuid4(), request=request, response=first)
        asking = NeedRevalidation(
            request=request, original_request=request, revalidating_entries=[known], options=SHARED
        )
        assert (again is not None) == isinstance(asking.next(second), NeedToBeUpdated)
    merged = refresh_response_headers(first, second, is_cache_shared=True)
    control = merged.headers.get("cache-control", "")
    if again is not None and again.storable and "no-cache" not in control:
        assert again.fresh_for == clamped(get_freshness_lifetime(merged, is_cache_shared=True))


DATE = formatdate(NOW, usegmt=True)
LATER = formatdate(NOW + 9_000, usegmt=True)
DIFFERENCES = [
    # the answer, our lifetime, hishel's (None: it guesses), and why ours
    ("max-age=100, max-age=900", None, 100, 900),  # 4.2.1: the first of several
    ("max-age=junk", LATER, 60, 9_000),  # 4.2.1: a lifetime that is no number makes it stale, whatever else there is
    ("max-age=", LATER, 60, 9_000),
    ("max-age", None, 60, None),
    ("s-maxage=junk, max-age=900", None, 60, 900),
    ("max-age=-5", LATER, 60, 9_000),
    ("max-age=+900", None, 60, 900),  # 1.2.2: digits and nothing else
    ("max-age=9_00", None, 60, 900),
    ("max-age=900 s", None, 60, 900),
    ('max-age="900', LATER, 60, 9_000),  # a quote that does not end is none
]


@pytest.mark.parametrize(("control", "expires", "mine", "others"), DIFFERENCES)
def test_where_hishel_reads_lifetimes_another_way(control, expires, mine, others):
    told = {"date": DATE, "cache-control": control} | ({"expires": expires} if expires else {})
    assert ours(200, told).fresh_for == mine
    assert get_freshness_lifetime(theirs(200, told), is_cache_shared=True) == others


@pytest.mark.parametrize(
    ("status", "told", "mine", "others"),
    [
        (200, {"cache-control": 'private="x-user"'}, False, True),  # 5.2.2.7: may be taken for all of it
        (200, {"vary": "*"}, False, True),  # 4.1: would never be used
        (200, {"cache-control": 'extension="a, no-store'}, False, False),
        (403, {}, True, False),  # 3: no lifetime and none to guess; we guess, for ten minutes
        (503, {}, True, False),
        (302, {}, True, False),
    ],
)
def test_where_hishel_stores_otherwise(status, told, mine, others):
    assert (ours(status, told).storable, stores(status, told)) == (mine, others)
