"""What a previewer is told when it is made, and what its requests say for it."""

import logging
import ssl

import httpx
import pytest

from richresp import AsyncPreviewer, FetchError, Previewer, UsageError
from richresp.limits.links import MAX_TIMEOUT_SECONDS
from richresp.links import USER_AGENTS, Policy
from tests.links.driven import both

preview = both

URL = "https://site.example.com/page"


@pytest.fixture
def sent(preview):
    """The headers that a previewer with some options sends."""

    def run(**options):
        seen = []

        def site(request):
            seen.append(request.headers)
            return httpx.Response(200, text="<title>T</title>")

        preview(site, URL, **options)
        return seen[0]

    return run


def test_the_default_is_honest(sent):
    headers = sent()
    assert headers["user-agent"] == USER_AGENTS["richresp"]
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize("name", USER_AGENTS)
def test_an_agent_may_be_called_by_name(sent, name):
    assert sent(user_agent=name)["user-agent"] == USER_AGENTS[name]


def test_the_names_are_those_that_are_documented():
    assert list(USER_AGENTS) == ["richresp", "facebook", "twitter", "browser"]
    assert "(link preview)" in USER_AGENTS["richresp"]


def test_a_whole_value_and_languages_are_sent_as_they_are(sent):
    headers = sent(user_agent="my-bot/1.0 (+https://example.com/bot)", accept_language="de-CH, de;q=0.9, *;q=0.1")
    assert headers["user-agent"] == "my-bot/1.0 (+https://example.com/bot)"
    assert headers["accept-language"] == "de-CH, de;q=0.9, *;q=0.1"


@pytest.mark.parametrize("option", ["user_agent", "accept_language"])
@pytest.mark.parametrize("value", ["", " x", "x ", "a\r\nX-Evil: 1", "a\nb", "a\0", "é", "x" * 1001, b"x", 7])
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_a_value_that_no_header_can_have_is_refused(kind, option, value):
    with pytest.raises(UsageError, match=option):
        kind(**{option: value})


@pytest.mark.parametrize("option", ["max_connections", "max_connections_per_host"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "4", None])
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_a_number_of_connections_is_one(kind, option, value):
    with pytest.raises(UsageError, match=option):
        kind(**{option: value})


@pytest.mark.parametrize(
    "value",
    ["", "proxy:3128", "https://proxy.example:1", "socks5://p:1", "http://p", "http://p:x", 3128, b"http://p:1",
     "http://p:99999", "http://p:0", "http://:3128", "http://[::1:80", "http://::1:80", "http://p/b:80", "http://p?b:80",
     "http://p#b:80", "http://sesame:sesame@p", "http://p:80/path", "http://p:80:80", "http://127.1:80", "http://p%20:80",
     " http://p:80", "http://p:80\n", "http://p\\b:80"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_a_proxy_is_an_address(kind, value):
    with pytest.raises(UsageError, match="proxy") as caught:
        kind(proxy=value)
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    ["http://p:1", "http://my_proxy:65535/", "http://10.0.0.1:3128", "http://[::1]:80/", "http://me:a%40b@p:80"],
)
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_a_proxy_may_be_a_name_or_an_address(kind, value):
    assert kind(proxy=value).timeout > 0


@pytest.mark.parametrize("option", ["timeout", "ttl"])
@pytest.mark.parametrize(
    "value",
    [
        1e10,
        10**12,
        1e308,
        10**400,
        pytest.param(10**10_000, id="long"),
        -1,
        0,
        float("nan"),
        float("inf"),
        True,
        "1",
        None,
    ],
)
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_seconds_are_a_time_that_clocks_and_locks_can_hold(kind, option, value):
    with pytest.raises(UsageError, match=f"{option}=.*give seconds"):
        kind(**{option: value})


@pytest.mark.parametrize("resolve", [None, lambda host: ["93.184.216.34"]])
def test_the_longest_timeout_can_be_waited_for(preview, resolve):
    def site(request):
        return httpx.Response(200, text="<title>T</title>")

    assert preview(site, URL, timeout=MAX_TIMEOUT_SECONDS, resolve=resolve).title == "T"


async def awaited(host):
    return ["93.184.216.34"]


class Awaited:
    async def __call__(self, host):
        return ["93.184.216.34"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *[("resolve", value) for value in ("x", 5, [], "", awaited, Awaited())],
        *[("policy", value) for value in ("x", {}, (), Policy)],
        *[("ssl_context", value) for value in ("x", "", 0, True, ssl.SSLContext)],
        *[("transport", value) for value in ("x", 5, 0, "", httpx.MockTransport)],
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_an_option_of_another_kind_is_refused_with_what_to_give(kind, option, value):
    with pytest.raises(UsageError, match=f"^{option}.*: give"):
        kind(**{option: value})


@pytest.mark.parametrize(
    ("kind", "other"), [(Previewer, httpx.AsyncHTTPTransport), (AsyncPreviewer, httpx.HTTPTransport)]
)
def test_a_transport_is_for_threads_or_for_coroutines(kind, other):
    with pytest.raises(UsageError, match="threads" if kind is Previewer else "coroutines"):
        kind(transport=other(trust_env=False))


@pytest.mark.parametrize("url", [None, 5, b"http://a.example/", ["http://a.example/"], {}, {1}])
def test_a_url_is_a_text(preview, url):
    with pytest.raises(UsageError, match="a URL is a text"):
        preview(lambda request: httpx.Response(200), url)


@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_who_takes_a_proxy_is_told_once_that_the_guard_sits_in_it(kind, caplog):
    with caplog.at_level(logging.WARNING, "richresp.links"):
        kind()
        assert not caplog.records
        kind(proxy="http://proxy.example:3128")
    (record,) = caplog.records
    assert "refuse private addresses" in record.getMessage()


@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
def test_options_that_exclude_each_other_are_refused(kind):
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    with pytest.raises(UsageError, match="transport"):
        kind(transport=transport, proxy="http://proxy.example:3128")
    with pytest.raises(UsageError, match="resolve"):
        kind(resolve=lambda host: [], proxy="http://proxy.example:3128")


def not_there(host):
    raise OSError(host)


@pytest.mark.parametrize("resolve", [lambda host: {}[host], lambda host: 1 / 0, not_there])
def test_a_resolver_that_raises_has_no_address(preview, resolve):
    with pytest.raises(FetchError, match="cannot be looked up"):
        preview(lambda request: httpx.Response(200), URL, resolve=resolve)


@pytest.mark.parametrize("answer", [None, "93.184.216.34", 7, [7], {"a": 1}])
def test_a_resolver_that_gives_no_addresses_is_wrong(preview, answer):
    with pytest.raises(UsageError, match="resolve"):
        preview(lambda request: httpx.Response(200), URL, resolve=lambda host: answer)


def test_a_previewer_may_be_used_after_it_was_closed():
    previewer = Previewer(transport=httpx.MockTransport(lambda request: httpx.Response(200, text="<title>T</title>")))
    previewer.close()
    assert previewer.preview(URL).title == "T"
    previewer.close()
