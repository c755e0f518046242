"""What a Caller takes for a place, a language, a time zone, a name, and what it does not."""

import pytest

from richresp import Previewer
from richresp.hosts import Caller

CODES = [
    ("US-CA", "US", "US-CA"),
    ("us-ca", "US", "US-CA"),
    ("DE-BY", "DE", "DE-BY"),
    ("FR-75C", "FR", "FR-75C"),
    ("JP-13", "JP", "JP-13"),
    ("US", "US", None),
    (" US-CA ", "US", "US-CA"),
    ('{"openai-subdivision-1-iso-code": "US-CA"}', "US", "US-CA"),
    ('{"OpenAI-Subdivision-1-ISO-Code": "GB"}', "GB", None),
    ('"US-CA"', "US", "US-CA"),
]


@pytest.mark.parametrize(("sent", "country", "subdivision"), CODES)
@pytest.mark.parametrize("header", ["openai-subdivision-1-iso-code", "X-Microsoft-AI-UserLocation"])
def test_codes(header, sent, country, subdivision):
    caller = Caller.from_headers({header: sent})
    assert (caller.country, caller.subdivision, caller.problems) == (country, subdivision, ())


NO_CODES = ["USA", "U", "US-", "US-CALI", "US_CA", "US-CA\n", "ＵＳ", "California", "{", "{}", "[" * 900, '{"a":' * 150, '{"openai-subdivision-1-iso-code": 5}', "ß" * 2, "U" * 5_000, "\ud800", 5, b"\xff\xfe", object()]  # fmt: skip


@pytest.mark.parametrize("sent", NO_CODES, ids=lambda sent: repr(sent)[:20])
def test_no_codes(sent):
    caller = Caller.from_headers({"openai-subdivision-1-iso-code": sent})
    assert caller == Caller(host="openai", problems=caller.problems)
    assert len(caller.problems) == 1
    assert caller.problems[0].startswith("openai-subdivision-1-iso-code: no code")
    assert len(caller.problems[0]) < 120


LANGUAGES = [
    ("de", "de"),
    ("de-ch, de;q=0.9, en;q=0.5", "de-CH"),
    ("fr;q=0.3, en;q=0.7, de;q=0.7", "en"),
    ("*, nl;q=0.1", "nl"),
    ("en;q=0, de;q=0.001", "de"),
    ("zh-hant-TW", "zh-Hant-TW"),
    ("en_GB", None),
    ("en;q=1.5, it;q=0.2", "it"),
    ("*", None),
    ("", None),
    ("en;q=nan", None),
    ("x" * 999, None),
    (",".join(["*"] * 400 + ["de"]), None),
]


@pytest.mark.parametrize(("sent", "locale"), LANGUAGES, ids=lambda value: str(value)[:30])
def test_the_language_that_is_liked_best(sent, locale):
    assert Caller.from_headers({"Accept-Language": sent}).locale == locale


def test_a_list_of_languages_may_stand_on_two_lines():
    assert Caller.from_headers([("Accept-Language", "en;q=0.5"), ("accept-language", "de;q=0.8")]).locale == "de"


TAGS = [
    ("en_us", "en-US"),
    ("sr-LATN-rs", "sr-Latn-RS"),
    ("de-CH-1996", "de-CH-1996"),
    ("en-a-myext-GB", "en-a-myext-gb"),
    ("english-language-tag", "english-language-tag"),
    ("e", None),
    ("en-", None),
    ("en--US", None),
    ("en US", None),
    ("i-default", None),
    ("a" * 36, None),
    ("en-" + "abcdefgh-" * 4 + "x", None),
    (["en"], None),
    ({"locale": "en"}, None),
]


@pytest.mark.parametrize(("sent", "locale"), TAGS, ids=str)
def test_tags_of_languages(sent, locale):
    assert Caller.from_meta({"openai/locale": sent}).locale == locale


ZONES = [
    ("Europe/Berlin", True),
    ("America/Argentina/Buenos_Aires", True),
    ("UTC", True),
    ("Etc/GMT+5", True),
    ("Europe/Nowhere", False),
    ("Pacific Standard Time", False),
    ("../../etc/passwd", False),
    ("/etc/localtime", False),
    ("Europe", False),
    ("localtime", False),
    ("LocalTime", False),
    ("posixrules", False),
    ("Factory", False),
    ("posix/UTC", False),
    ("right/Europe/Berlin", False),
    ("leapseconds", False),
    ("Europe/Berlin\x00", False),
    ("A/" * 40, False),
    (-480, False),
]


@pytest.mark.parametrize(("sent", "is_zone"), ZONES, ids=str)
def test_time_zones(sent, is_zone):
    caller = Caller.from_meta({"openai/userLocation": {"timezone": sent}})
    assert caller.timezone == (sent if is_zone else None)
    assert bool(caller.problems) != is_zone


PLACES = [
    ({"country": "US", "region": "CA"}, ("US", "US-CA", "CA")),
    ({"country": "US", "region": "US-CA"}, ("US", "US-CA", "US-CA")),
    ({"country": "US", "region": "ca"}, ("US", "US-CA", "ca")),
    ({"country": "gb", "region": "gb-eng"}, ("GB", "GB-ENG", "gb-eng")),
    ({"country": "FR", "region": "75c"}, ("FR", "FR-75C", "75c")),
    ({"country": "US", "region": "california"}, ("US", None, "california")),
    ({"country": "US", "region": "\u00dfa"}, ("US", None, "\u00dfa")),
    ({"country": "US", "region": "California"}, ("US", None, "California")),
    ({"country": "DE", "region": "Ulm"}, ("DE", None, "Ulm")),
    ({"country": "DE", "region": "US-CA"}, ("DE", None, "US-CA")),
    ({"region": "CA"}, (None, None, "CA")),
    ({"country": "United States", "region": "CA"}, (None, None, "CA")),
    ({"country": "US-CA"}, (None, None, None)),
    ({"country": "US", "region": "C\u202eA"}, ("US", None, None)),
    ({"country": "IR", "region": "نجف\u200cآباد"}, ("IR", None, "نجف\u200cآباد")),
    ({"country": "US", "region": "a\nb"}, ("US", None, None)),
    ({"country": "US", "region": "a" * 201}, ("US", None, None)),
    ({"country": "US", "region": "\udc80"}, ("US", None, None)),
]


@pytest.mark.parametrize(("sent", "told"), PLACES, ids=str)
def test_places(sent, told):
    caller = Caller.from_meta({"openai/userLocation": sent})
    assert (caller.country, caller.subdivision, caller.region) == told


@pytest.mark.parametrize("sent", [91, -90.5, float("nan"), float("inf"), 10**400, True, "35.4", None, [1]], ids=str)
def test_no_latitudes(sent):
    caller = Caller.from_meta({"openai/userLocation": {"latitude": sent}})
    assert caller.latitude is None
    assert len(caller.problems) == (sent is not None)


NAMES = [
    ("a" * 256, True),
    ("v1/9Qm+x=", True),
    ("a" * 257, False),
    ("a b", False),
    ("a\n", False),
    ("ä", False),
    (5, False),
]


@pytest.mark.parametrize(("sent", "is_name"), NAMES, ids=lambda value: str(value)[:10])
@pytest.mark.parametrize(("key", "field"), [("openai/session", "conversation"), ("openai/subject", "user")])
def test_names_of_users_and_conversations(key, field, sent, is_name):
    caller = Caller.from_meta({key: sent})
    assert getattr(caller, field) == (sent if is_name else None)
    assert bool(caller.problems) != is_name


def test_two_values_of_one_header_are_none():
    caller = Caller.from_headers([("openai-conversation-id", "a"), ("OpenAI-Conversation-Id", "b")])
    assert caller == Caller(host="openai", problems=("openai-conversation-id: more than one value",))


def test_two_hosts_are_none():
    caller = Caller.from_headers({"openai-gpt-id": "g-1", "x-microsoft-ai-conversationid": "1"})
    assert (caller.host, caller.conversation) == (None, "1")
    assert "more than one host" in caller.problems[0]


def test_a_flood_of_headers_is_read_to_a_bound():
    read = []

    def flood():
        while True:
            read.append(1)
            yield "x", "y"

    caller = Caller.from_headers(flood())
    assert "headers: more than 1000" in caller.problems
    assert len(read) <= 1_001


@pytest.mark.parametrize("locale", ["de-CH", "zh-Hant-TW", "en"])
def test_the_locale_is_one_that_previews_can_be_asked_for_in(locale):
    caller = Caller.from_headers({"accept-language": f"{locale}, *;q=0.1"})
    with Previewer(accept_language=caller.locale):
        assert caller.locale == locale
