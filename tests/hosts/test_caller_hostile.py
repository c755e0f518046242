"""Whatever is sent, a Caller comes of it, and each field is of its form."""

import re

from hypothesis import given
from hypothesis import strategies as st

from richresp.hosts import Caller

FIELDS = {
    "host": r"openai|microsoft",
    "country": r"[A-Z]{2}",
    "subdivision": r"[A-Z]{2}-[A-Z0-9]{1,3}",
    "region": r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}",
    "city": r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}",
    "timezone": r"[A-Za-z0-9_+/-]{1,64}",
    "locale": r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*",
    "conversation": r"[!-~]{1,256}",
    "user": r"[!-~]{1,256}",
}
NAMES = [
    "openai-subdivision-1-iso-code", "X-Microsoft-AI-UserLocation", "x-microsoft-ai-userlocale", "Accept-Language",
    "X-Microsoft-AI-UserTimeZone", "openai-conversation-id", "x-microsoft-ai-conversationid", "openai-ephemeral-user-id",
]  # fmt: skip
METAS = ["openai/locale", "webplus/i18n", "openai/session", "openai/subject", "openai/userLocation", "progressToken"]
PLACES = ["city", "region", "country", "timezone", "longitude", "latitude"]

texts = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(), max_size=6),  # lone surrogates too
    st.sampled_from(["US-CA", "us", "de-CH", "en;q=0.3,*", "Asia/Tokyo", "a b", "\x00", "a" * 2_000, "[" * 990, '{"a":1}', "\udfff"]),
    st.from_regex(r"[A-Za-z]{1,3}[-_][A-Za-z0-9]{1,4}", fullmatch=True),
)  # fmt: skip
leaves = st.one_of(texts, st.binary(max_size=20), st.none(), st.booleans(), st.integers(), st.floats())
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(st.one_of(texts, st.integers()), inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip
headers = st.one_of(
    anything,
    st.dictionaries(st.sampled_from(NAMES), anything),
    st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES).map(str.encode), leaves), anything)),
)
metas = st.one_of(
    anything,
    st.dictionaries(st.sampled_from(METAS), st.one_of(anything, st.dictionaries(st.sampled_from(PLACES), anything))),
)


def in_form(caller):
    for field, form in FIELDS.items():
        value = getattr(caller, field)
        assert value is None or re.fullmatch(form, value), (field, value)
    for field, most in (("latitude", 90), ("longitude", 180)):
        value = getattr(caller, field)
        assert value is None or (type(value) is float and -most <= value <= most)
    assert caller.subdivision is None or caller.subdivision[:2] == caller.country
    assert len(caller.problems) <= 20
    assert all(problem.isascii() and problem.isprintable() and len(problem) < 120 for problem in caller.problems)
    assert hash(caller) == hash(caller)


@given(headers)
def test_any_headers(sent):
    in_form(Caller.from_headers(sent))


@given(metas)
def test_any_meta(sent):
    in_form(Caller.from_meta(sent))


@given(st.sampled_from(NAMES), texts)
def test_what_is_ignored_is_told(name, sent):
    caller = Caller.from_headers({name: sent})
    told = [getattr(caller, field) for field in FIELDS if field != "host"]
    assert any(told) or caller.problems or not sent.strip(" \t")
