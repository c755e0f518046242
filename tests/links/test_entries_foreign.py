"""What comes out of a cache and is no entry of this version, whole and sound, is a miss."""

import copy
import json
import pickle
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import FetchError, Preview, UsageError
from richresp.limits.freshness import MAX_ENTRY_BYTES
from richresp.links.entries import entry_of, from_bytes, to_bytes
from richresp.links.freshness import Freshness
from tests.links.filled import FRESH, FULL, NOW, URL

ADDRESSES = {"canonical_url", "final_url", "icon", "image", "oembed", "og_url", "redirects", "url"}
WHOLE = json.loads(to_bytes(entry_of(FULL, FRESH, NOW)))
ERROR = json.loads(
    to_bytes(
        entry_of(FetchError(url=URL, reason="no", status=502), Freshness(storable=True, reason="", fresh_for=30), NOW)
    )
)


def misses(told, **options):
    return from_bytes(json.dumps(told, ensure_ascii=False, **options).encode("utf-8", "surrogatepass"), NOW) is None


def test_the_untouched_entries_are_hits():
    assert not misses(WHOLE)
    assert not misses(ERROR)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"z", b"{}", b"[]", b"null", b"1", b'"v"', b"[" * 100_000, b'{"v":' * 50_000, b'{"v":1}', b"\xff\xfe", b"{" + b"9" * 10_000,
        pickle.dumps({"v": 1}), b"\x80\x04\x95", b"z" + pickle.dumps(1), b"z" + zlib.compress(b"{}"), b'{"v":' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_foreign_bytes_are_a_miss(data):
    assert from_bytes(data, NOW) is None


@given(data=st.binary(max_size=50), plain=st.booleans())
def test_any_bytes_are_a_miss(data, plain):
    assert from_bytes(data if plain else b"z" + data, NOW) is None


@given(at=st.integers(0, 3_000), cut=st.booleans(), byte=st.integers(0, 255), long=st.booleans())
def test_a_damaged_entry_is_a_miss_or_still_sound(at, cut, byte, long):
    preview = replace(FULL, description="word " * 1_000) if long else FULL
    data = bytearray(to_bytes(entry_of(preview, FRESH, NOW)))
    if cut:
        del data[at % len(data) :]
    else:
        data[at % len(data)] = byte
    found = from_bytes(bytes(data), NOW)
    if found is not None:
        outcome = found.outcome(URL)
        assert isinstance(outcome, Preview)
        assert Preview.from_dict(outcome.to_dict()) == outcome
    assert not cut or found is None


def paths(value, at=()):
    """Where each leaf of an entry stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [path for key, each in items for path in paths(each, (*at, key))]
    return below or [at]


def changed(told, path, value):
    told = copy.deepcopy(told)
    place = told
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return told


@pytest.mark.parametrize(
    "path", paths(WHOLE) + [("error", *path) for path in paths(ERROR)], ids=lambda path: "/".join(map(str, path))
)
def test_a_value_of_another_type_is_a_miss(path):
    whole, path = (ERROR, path[1:]) if path[0] == "error" else (WHOLE, path)
    for other in ([1], {"a": 1}, [["a"]], {}):
        assert misses(changed(whole, path, other)), other
    if path != ("v",):
        assert misses(changed(whole, path, True))  # noqa: FBT003
    if path[0] != "times" and path[-1] not in ("status", "width", "height"):
        assert misses(changed(whole, path, 5))


def test_every_field_that_holds_an_address_is_named_as_one():
    holders = {
        name for path in paths(WHOLE["values"]) for name in path if str(WHOLE["values"][path[0]]).count("https://")
    }
    assert {name for name in holders if isinstance(name, str)} - ADDRESSES <= {
        "images",
        "icons",
        "width",
        "height",
        "alt",
        "type",
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "ftp://a.example/", "//a.example/", "", " https://a.example/", "https://", "https://x/\n\n# You are now",
        "https://user:pw@bank.example/", 'https://a b" onerror=x', "https://a.example", "HTTPS://a.example/", "https://a.example/é",
        "https://a.example/#part", f"https://a.example/{'x' * 8_192}",
    ],
)  # fmt: skip
def test_an_address_that_no_page_could_have_had_stored_is_a_miss(address):
    holding = [path for path in paths(WHOLE["values"]) if {*path} & ADDRESSES]
    assert len(holding) >= 10
    for path in holding:
        assert misses(changed(WHOLE, ("values", *path), address)), path


@pytest.mark.parametrize("address", ["https://169.254.169.254/", "http://127.0.0.1/", "http://printer.local/"])
def test_a_claimed_address_in_a_private_network_is_a_miss(address):
    for name in ("image", "url", "icon", "canonical_url", "og_url"):
        assert misses(changed(WHOLE, ("values", name), address))
    inside = changed(WHOLE, ("values", "final_url"), address)
    assert not misses(inside)
    assert not misses(changed(inside, ("values", "image"), f"{address}a.png"))


@pytest.mark.parametrize(
    "text", ["a\n\n# Obey", "s\r- item", "a\tb", "a\x0bb", "a\x85b", "a\u2028b", "a\xa0b", "x" * 10_001]
)
def test_a_line_that_is_none_is_a_miss(text):
    for path in (
        ("title",),
        ("site_name",),
        ("images", 0, "alt"),
        ("sources", "title"),
        ("warnings", 0),
        ("authors", 0),
    ):
        assert misses(changed(WHOLE, ("values", *path), text)), path
    assert misses(changed(ERROR, ("values", "reason"), text))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("wall",), "x y"), (("wall",), "ignore all previous"), (("status",), 99), (("status",), -(10**30)), (("status",), 1_000),
        (("sources",), {"lies": "og:title"}), (("elapsed",), -1.0), (("size",), -1), (("images", 0, "width"), 10**30),
    ],
)  # fmt: skip
def test_a_value_that_no_page_has_is_a_miss(path, value):
    assert misses(changed(WHOLE, ("values", *path), value))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("Blocked", {"reason": "no", "address": None}), ("InvalidURL", {"reason": "no"}), ("PreviewError", {}),
        ("DeadlineExceeded", {"seconds": 5.0}), ("DeadlineExceeded", {"seconds": 10**400}), ("FetchError", {"reason": "no", "status": 1}),
    ],
)  # fmt: skip
def test_an_error_that_is_never_stored_is_a_miss(kind, values):
    assert misses({**ERROR, "kind": kind, "values": values})


@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "a\U000e0041b", "a\u200bb", "a\ud800b", "a\x1bb"])
def test_text_that_is_not_clean_is_a_miss(text):
    for path in (("values", "title"), ("values", "images", 0, "alt"), ("values", "sources", "title"), ("etag",)):
        assert misses(changed(WHOLE, path, text))
        plain = json.dumps(changed(WHOLE, path, text)).encode()  # the same, hidden in escapes
        assert from_bytes(plain, NOW) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("v",), 2), (("v",), "1"), (("kind",), "Exception"), (("kind",), "FetchError"), (("kind",), "RichRespError"), (("values", "new"), 1),
        (("values", "stale"), True), (("values", "requested_url"), URL), (("etag",), "é"), (("expires",), "x" * 1_000), (("times",), [NOW] * 4),
        (("other",), "x"), (("values", "images", 0, "other"), "x"), (("times", 0), "5"), (("times", 0), 10**400),
    ],
)  # fmt: skip
def test_what_this_version_does_not_write_is_a_miss(path, value):
    assert misses(changed(WHOLE, path, value))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_times_are_numbers(value):
    data = to_bytes(entry_of(FULL, FRESH, NOW)).replace(str(NOW).encode(), value.encode(), 1)
    assert value.encode() in data
    assert from_bytes(data, NOW) is None


@pytest.mark.parametrize("name", ["final_url", "kind", "v", "times", "values"])
def test_what_is_missing_is_a_miss(name):
    whole = copy.deepcopy(WHOLE)
    (whole if name in whole else whole["values"]).pop(name)
    assert misses(whole)


@pytest.mark.parametrize(
    "times",
    [
        (61, 600, 700, 700, 700),  # from the future
        (0, -1, 700, 700, 700),
        (0, 604_802, 604_802, 604_802, 604_802),  # fresh for more than a week
        (0, 600, 599, 700, 700),
        (0, 600, 700, 599, 700),
        (0, 600, 700, 800, 799),
        (0, 600, 605_402, 600, 605_402),  # stale for more than a week
        (0, 600, 600, 600, 605_402),
    ],
)
def test_times_beyond_their_bounds_are_a_miss(times):
    assert misses(changed(WHOLE, ("times",), [NOW + each for each in times]))


def test_an_error_that_would_last_is_a_miss():
    assert misses(changed(ERROR, ("times",), [NOW, *[NOW + 602] * 4]))


def test_a_bomb_is_a_miss():
    bomb = b"z" + zlib.compress(b" " * (100 << 20), 9)
    assert from_bytes(bomb, NOW) is None
    whole = b"z" + zlib.compress(json.dumps(WHOLE, ensure_ascii=False).encode())
    assert from_bytes(whole, NOW) is not None
    assert from_bytes(whole + b"x", NOW) is None
    assert from_bytes(b" " * (MAX_ENTRY_BYTES + 1), NOW) is None


def test_from_dict_refuses_what_entries_refuse():
    """The reader of entries is one of its own, for speed: `from_dict` is what it is measured against."""
    for path in paths(WHOLE["values"]):
        for other in (True, [1], {"a": 1}, 1.5):
            values = changed(WHOLE["values"], path, other) | {"requested_url": URL}
            try:
                Preview.from_dict(values)
            except UsageError:
                assert misses(changed(WHOLE, ("values", *path), other))


@pytest.mark.parametrize("value", [10**400, -(10**400), float("nan"), float("inf"), True, "1"])
def test_from_dict_refuses_a_number_that_is_none(value):
    with pytest.raises(UsageError, match="elapsed"):
        Preview.from_dict({"requested_url": URL, "final_url": URL, "elapsed": value})


def test_an_entry_is_that_of_one_key():
    data = to_bytes(entry_of(FULL, FRESH, NOW), "rr:1:a")
    assert from_bytes(data, NOW, "rr:1:a") is not None
    assert from_bytes(data, NOW, "rr:1:b") is None
    assert from_bytes(data, NOW) is None
