"""Caches that are shared with whom one should not trust: whatever stands there is a miss, told in the log, and overwritten."""

import asyncio
import json
import math
import ssl
import zlib

import httpx
import pytest

from richresp import AsyncPreviewer, Blocked, FetchError, UsageError
from richresp.caching import MemoryCache
from richresp.links import Policy
from tests.links.remembering import DAY, URL, Open, World, both, with_clock

INNER = Policy(allow_networks=("10.0.0.0/8",))


def answer(request):
    text = '<title>One</title><meta property="og:image" content="https://site.example.com/i.png"><meta name=author content=A>'
    return httpx.Response(200, headers={"content-type": "text/html", "etag": '"a"'}, text=text)


def changed(path, value):
    def spoil(data):
        told = json.loads(data)
        at = told
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value
        return json.dumps(told, separators=(",", ":")).encode()

    return spoil


SPOILT = {
    "nothing": lambda data: b"",
    "a word": lambda data: b"garbage",
    "no text": lambda data: b"\xff" + data[1:],
    "cut": lambda data: data[:-5],
    "longer": lambda data: data + b"}",
    "pickle": lambda data: b"\x80\x04\x95" + data,
    "a bomb": lambda data: b"z" + zlib.compress(b" " * (1 << 24)),
    "another version": changed(["v"], 2),
    "the entry of another page": changed(["key"], "rr:1:" + "0" * 64),
    "no key": changed(["key"], None),
    "another kind": changed(["kind"], "Exception"),
    "a title that is a number": changed(["values", "title"], 5),
    "a script for an image": changed(["values", "image"], "javascript:alert(1)"),
    "a file for an address": changed(["values", "final_url"], "file:///etc/passwd"),
    "a status that is no number": changed(["values", "status"], math.nan),
    "a huge number": changed(["values", "elapsed"], 10**400),
    "an endless time": changed(["values", "elapsed"], math.inf),
    "a field that there is not": changed(["values", "evil"], "x"),
    "sources that are a list": changed(["values", "sources"], ["x"]),
    "text that a terminal obeys": changed(["values", "title"], "\x1b[31m"),
    "a tag with a line in it": changed(["etag"], '"a"\r\nX-Evil: 1'),
    "times that are texts": changed(["times"], ["1", "2", "3", "4", "5"]),
    "fresh for ever": changed(["times", 1], 9e15),
}


@both
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_entry_of_ours_is_asked_for_anew_and_overwritten(kind, name, caplog):
    with World(kind, cache=Open()) as world:
        world.site.answer = answer
        found = world.preview()
        (key,) = world.cache.entries
        whole = world.cache.entries[key]
        assert world.preview() == found
        assert world.site.asked == 1
        assert caplog.records == []

        world.cache.entries[key] = SPOILT[name](whole)
        assert world.preview() == found
        (request,) = world.site.requests
        assert "if-none-match" not in request.headers
        assert {record.name for record in caplog.records} == {"richresp.links"}
        assert "garbage" not in caplog.text
        assert world.preview() == found
        assert world.site.asked == 1


@both
def test_entries_that_changed_places_are_misses(kind):
    with World(kind, cache=Open()) as world:
        pages = {}
        for name in "abc":
            world.site.says(name)
            pages[f"{URL}/{name}"] = world.preview(f"{URL}/{name}")
        keys, values = list(world.cache.entries), list(world.cache.entries.values())
        world.cache.entries = dict(zip(keys, values[1:] + values[:1], strict=True))
        world.site.answer = lambda request: httpx.Response(
            200, headers={"content-type": "text/html"}, text=f"<title>{request.url.path[-1]}</title>"
        )
        for url, found in pages.items():
            assert world.preview(url).title == found.title
        assert world.site.asked == 6


@both
def test_what_a_laxer_policy_let_in_is_not_told_where_it_is_closed(kind):
    """By a redirect, that is: the address itself is judged before anything is looked for."""

    def inwards(request):
        if request.url.host == "site.example.com":
            return httpx.Response(302, headers={"location": "http://10.1.2.3/secret"})
        return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>Secret</title>")

    with World(kind, policy=INNER) as lax, lax.beside(policy=None) as strict, lax.beside(policy=INNER) as same:
        lax.site.answer = inwards
        assert lax.preview().title == "Secret"
        assert same.preview().title == "Secret"
        assert lax.site.asked == 2
        with pytest.raises(Blocked):
            strict.preview()
        with pytest.raises(Blocked):
            strict.preview("http://10.1.2.3/secret")
        assert lax.preview().title == "Secret"


@both
def test_who_judges_addresses_does_not_trust_who_does_not(kind):
    """A transport of one's own may reach any address that a name has; who resolves and judges names asks again."""

    def inner(host):
        return ["10.9.9.9"] if host.startswith("inner") else ["93.184.216.34"]

    def inwards(request):
        if request.url.host == "site.example.com":
            return httpx.Response(302, headers={"location": "http://inner.example.com/"})
        return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>Secret</title>")

    with World(kind) as world, world.beside(resolve=inner) as judging:
        world.site.answer = inwards
        assert world.preview().title == "Secret"
        with pytest.raises(Blocked):
            judging.preview()
        world.preview("http://inner.example.com/")
        guarded = with_clock(kind(cache=world.cache, resolve=inner), world.clock)
        with pytest.raises(Blocked):
            world.run(guarded.preview("http://inner.example.com/"))
        world.run(guarded.close())


@both
def test_an_entry_from_the_future_is_good_for_nothing(kind):
    with World(kind, cache=Open()) as world:
        world.later(DAY)
        world.preview()
        world.later(-DAY)
        world.site.says("Two")
        assert world.preview().title == "Two"


class Raising(MemoryCache):
    def get(self, key):
        raise OSError("secret")

    set = acquire = release = delete = get


@both
@pytest.mark.parametrize("make", [Open, Raising])
def test_a_cache_that_raises_is_a_miss_and_a_record(kind, make, caplog):
    cache = make()
    cache.raises = OSError("secret")
    with World(kind, cache=cache) as world:
        assert world.preview().title == "One"
        world.site.fails(404)
        with pytest.raises(FetchError):
            world.preview()
        world.site.answer = None
        assert [each.title for each in world.previews([URL, f"{URL}/2"])] == ["One", "One"]
    assert caplog.records
    assert "secret" not in caplog.text


class Foolish(Open):
    """Gives what no cache should."""

    def __init__(self, value):
        super().__init__()
        self.value = value

    def get(self, key):
        return self.value

    acquire = lambda self, key, ttl: "token"  # noqa: E731


@both
@pytest.mark.parametrize("value", ["text", 5, bytearray(b"x"), {"v": 1}, object()])
def test_a_cache_that_gives_no_bytes_has_nothing(kind, value):
    with World(kind, cache=Foolish(value)) as world:
        assert world.preview().title == "One"
        assert world.site.asked == 1


def titled(title):
    return httpx.MockTransport(
        lambda _: httpx.Response(200, headers={"content-type": "text/html"}, text=f"<title>{title}</title>")
    )


@both
def test_two_who_sign_in_as_two_people_share_nothing(kind):
    """Nor do they while one of them asks; the same transport is the same, and so are those that are named alike."""
    cache, alice, bob = MemoryCache(), titled("Alice"), titled("Bob")
    first, second, again = (kind(cache=cache, transport=each) for each in (alice, bob, alice))
    assert len({each._options.guarded_by for each in (first, second, again)}) == 2
    run = asyncio.run if kind is AsyncPreviewer else lambda told: told
    assert [run(each.preview(URL)).title for each in (first, second, again)] == ["Alice", "Bob", "Alice"]
    for transport in (alice, bob):
        transport.cache_name = "mail"
    assert [run(kind(cache=cache, transport=each).preview(URL)).title for each in (alice, bob)] == ["Alice"] * 2
    alice.cache_name = 5
    with pytest.raises(UsageError, match="cache_name"):
        kind(transport=alice)


@both
@pytest.mark.parametrize("name", ["ssl_context", "resolve"])
def test_what_another_check_let_in_is_asked_for_anew(kind, name):
    make = {"ssl_context": ssl.create_default_context, "resolve": lambda: lambda host: ["192.0.2.1"]}[name]
    one, other = make(), make()
    guards = [kind(**given)._options.guarded_by for given in ({}, {name: one}, {name: other}, {name: one})]
    assert guards[0] == kind()._options.guarded_by
    assert (len(set(guards)), guards[1]) == (3, guards[3])
