"""What goes into a cache comes out the same, for whoever asks then."""

import json
import zlib
from dataclasses import fields, replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import (
    Blocked,
    DeadlineExceeded,
    FetchError,
    Image,
    InvalidURL,
    NotHTML,
    Preview,
    PreviewError,
    TooManyRedirects,
)
from richresp.limits.freshness import MAX_ENTRY_BYTES, MIN_DEFLATE_BYTES
from richresp.links.entries import State, entry_of, from_bytes, key_of, to_bytes
from richresp.links.freshness import Freshness
from richresp.links.kept import Kept
from richresp.links.model import CARD, Icon
from richresp.links.stored import as_asked
from richresp.links.urls import is_normal
from richresp.text import one_line
from tests.links.filled import FRESH, FULL, NOW, URL

ERRORS = [
    FetchError(url=URL, reason="the server answers 502", status=502),
    FetchError(url=URL, reason="no connection"),
    DeadlineExceeded(url=URL, seconds=2.5),
    TooManyRedirects(url=URL, limit=5),
    NotHTML(url=URL, content_type="application/zip", status=200),
    Blocked(url=URL, reason="private", address="10.0.0.1"),
    InvalidURL(url=URL, reason="no host"),
    PreviewError(url=URL),
]

ADDRESSES = ("canonical_url", "icon", "image", "og_url", "url")
STORED = [error for error in ERRORS if isinstance(error, FetchError) and not isinstance(error, DeadlineExceeded)]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda text: one_line(text) or "")
urls = texts.map(lambda text: f"https://site.example/{quote(text, safe='')}").filter(is_normal)
numbers = st.none() | st.integers(0, 10**6)
optional, addresses = st.none() | texts, st.none() | urls
images = st.lists(st.builds(Image, urls, numbers, numbers, optional, optional), max_size=3).map(tuple)
icons = st.lists(st.builds(Icon, urls, numbers, numbers, optional), max_size=3).map(tuple)
lists, links = (st.lists(each, max_size=3).map(tuple) for each in (texts, urls))
by_type = {
    "str | None": optional,
    "int | None": numbers,
    "tuple[str, ...]": lists,
    "tuple[Image, ...]": images,
    "tuple[Icon, ...]": icons,
}
by_name = {"images": images, "icons": icons, "sources": st.dictionaries(st.sampled_from(CARD), texts, max_size=3), "stale": st.booleans()} | {
    "requested_url": urls, "final_url": urls, "oembed": links, "redirects": links, "elapsed": st.none() | st.floats(0, 100),
    "status": st.none() | st.integers(100, 999), "wall": st.sampled_from((None, "consent", "challenge", "login", "script")),
}  # fmt: skip
previews = st.builds(
    Preview,
    **{
        item.name: by_name.get(item.name, addresses if item.name in ADDRESSES else by_type.get(str(item.type)))
        for item in fields(Preview)
    },
)


def told(error):
    return type(error), str(error), {name: value for name, value in vars(error).items() if not name.startswith("__")}


@given(previews, st.booleans())
def test_a_preview_comes_back(preview, stale):
    data = to_bytes(entry_of(preview, FRESH, NOW))
    found = from_bytes(data, NOW)
    assert found == entry_of(preview, FRESH, NOW)
    assert found.outcome("asked now", stale=stale) == replace(preview, requested_url="asked now", stale=stale)
    assert found.final_url == preview.final_url
    assert Preview.from_dict(found.outcome(URL).to_dict()) == found.outcome(URL)


@pytest.mark.parametrize("error", STORED, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_with_the_address_that_is_asked_now(error):
    data = to_bytes(entry_of(error, Freshness(storable=True, reason="", fresh_for=30), NOW))
    found = from_bytes(data, NOW).outcome("asked now")
    assert told(found) == told(
        type(error)(**(vars(error) | {"url": "asked now"})) if type(error) is PreviewError else found
    )
    assert {**vars(found), "url": URL} == vars(error)
    assert type(found) is type(error)
    assert (found.url, from_bytes(data, NOW).final_url) == ("asked now", None)


class Mine(FetchError):
    """An error of somebody's own transport."""


def test_an_error_of_a_class_of_its_own_comes_back_as_the_nearest_that_is_ours():
    entry = entry_of(Mine(url=URL, reason="odd", status=500), FRESH, NOW)
    assert told(entry.outcome(URL)) == told(FetchError(url=URL, reason="odd", status=500))


def test_what_somebody_else_found_is_told_as_asked():
    assert as_asked(FULL, "x") == replace(FULL, requested_url="x")
    for error in ERRORS:
        again = as_asked(error, "x")
        assert again is not error
        assert {**vars(again), "url": URL} == vars(error)


def test_it_is_json_and_never_pickle():
    data = to_bytes(entry_of(FULL, FRESH, NOW))
    assert json.loads(data)["v"] == 1
    assert b"requested_url" not in data


def test_large_entries_are_deflated_and_too_large_ones_are_none():
    large = replace(FULL, description="word " * 1_000)
    data = to_bytes(entry_of(large, FRESH, NOW))
    assert len(data) < MIN_DEFLATE_BYTES < len(zlib.decompress(data[1:]))
    assert from_bytes(data, NOW).outcome(URL) == large
    assert to_bytes(entry_of(replace(FULL, description="x" * MAX_ENTRY_BYTES), FRESH, NOW)) is None
    assert to_bytes(entry_of(replace(FULL, title="\ud800"), FRESH, NOW)) is None


def test_what_deflates_badly_is_stored_as_it_is():
    noise = "".join(chr(0x4E00 + (number * number * 7_919) % 20_000) for number in range(2_000))
    data = to_bytes(entry_of(replace(FULL, description=noise), FRESH, NOW))
    assert data.startswith(b"{") or len(data) < 0.75 * len(zlib.decompress(data[1:]))


def test_what_an_entry_is_good_for():
    entry = entry_of(FULL, FRESH, NOW)
    for seconds, state in [
        (-61, State.DEAD), (-60, State.FRESH), (0, State.FRESH), (599, State.FRESH), (600, State.STALE), (4_199, State.STALE),
        (4_200, State.ON_ERROR), (86_999, State.ON_ERROR), (87_000, State.DEAD),
    ]:  # fmt: skip
        assert entry.state(NOW + seconds) is state
    assert entry.seconds_left(NOW) == 600 + 86_400


def test_what_must_be_asked_about_is_kept_to_be_asked_about():
    strict = replace(FRESH, stale_while_for=0, stale_if_error_for=0)
    entry = entry_of(FULL, strict, NOW)
    assert entry.state(NOW + 600) is State.DEAD
    assert entry.seconds_left(NOW + 600) > 0
    assert entry_of(FULL, replace(strict, kept=Kept()), NOW).seconds_left(NOW + 600) == 0


@pytest.fixture
def arguments():
    return {
        "url": "https://a.example/?b=1&c=2", "policy_fingerprint": "p", "accept_language": "en", "user_agent": "u", "version": "1",
    }  # fmt: skip


def test_the_key_is_short_and_the_same_for_the_same(arguments):
    assert key_of(**arguments) == key_of(**arguments)
    assert len(key_of(**arguments)) == 5 + 64
    assert key_of(**arguments).startswith("rr:1:")
    assert key_of(**arguments | {"url": f"{arguments['url']}#part"}) == key_of(**arguments)


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://a.example/?c=2&b=1"}, {"url": "http://a.example/?b=1&c=2"}, {"url": "\ud800"}, {"policy_fingerprint": "q"},
        {"accept_language": "de"}, {"accept_language": ""}, {"accept_language": None}, {"user_agent": "v"}, {"version": "2"},
        {"policy_fingerprint": "p1:e", "accept_language": "n"}, {"user_agent": "", "version": "u1"},
    ],
)  # fmt: skip
def test_any_difference_gives_another_key(arguments, other):
    assert key_of(**arguments | other) != key_of(**arguments)


parts = st.text("1:-ab", max_size=4)


@given(*[st.tuples(parts, parts, st.none() | parts, parts, parts)] * 2)
def test_no_two_callers_share_a_key(one, two):
    keys = {
        key_of(url, policy_fingerprint=policy, accept_language=language, user_agent=agent, version=version)
        for url, policy, language, agent, version in (one, two)
    }
    assert len(keys) == len({one, two})
