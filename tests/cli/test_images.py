"""The images of cards: fetched beside each other and shown in order, with what hosts make of their size."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from PIL import Image

from richresp import Previewer
from richresp.caching import MemoryCache
from richresp.cli.drawing import Images
from richresp.cli.fetching import Asking
from tests.cli.drawn import KINDS, written
from tests.cli.site import serving
from tests.hostile.answers import head, says
from tests.hostile.wire import Act

TRUE_COLOR = {"COLORTERM": "truecolor"}
URLS = [f"https://{name}.example/i.png" for name in "abcdef"]


@dataclass(frozen=True, slots=True)
class Answering(Asking):
    """Asks a function instead of the network."""

    handler: Any = None

    @contextmanager
    def previewer(self):
        with Previewer(transport=httpx.MockTransport(self.handler)) as previewer:
            yield previewer


@contextmanager
def images(handler, *, jobs=3, **options):
    found = Images(Answering(5.0, jobs, handler=handler, **options))
    try:
        yield found
    finally:
        found.close()


def test_as_many_are_on_their_way_at_once_as_were_allowed():
    together, threads, asked = threading.Barrier(3, timeout=20), set(), []

    def handler(request):
        threads.add(threading.current_thread())
        asked.append(str(request.url))
        together.wait()
        return httpx.Response(200, content=KINDS["GIF"])

    with images(handler) as found:
        for url in (*URLS, *URLS):
            found.begin(url)
        assert all(found.wait(url).picture for url in URLS)
    assert len(threads) == 3
    assert sorted(asked) == URLS


def test_whether_one_is_there_is_told_without_waiting_for_it():
    goes_on = threading.Event()

    def handler(request):
        assert request.url.host == "b.example" or goes_on.wait(20)
        return httpx.Response(200, content=KINDS["GIF"])

    with images(handler) as found:
        found.begin(URLS[0])
        found.begin(URLS[1])
        assert found.wait(URLS[1]).picture
        assert found.is_there(URLS[1])
        assert not found.is_there(URLS[0])
        goes_on.set()
        assert found.wait(URLS[0]).picture
        assert found.is_there(URLS[0])


def test_one_that_is_remembered_has_the_size_that_it_was_sent_with():
    cache, asked = MemoryCache(), []

    def handler(request):
        asked.append(request)
        return httpx.Response(200, content=written(Image.new("RGB", (900, 500)), "PNG"))

    sizes = []
    for _ in range(2):
        with images(handler, cache=cache) as found:
            found.begin(URLS[0])
            picture = found.wait(URLS[0]).picture
        sizes.append((picture.full_width, picture.full_height))
        assert picture.width < 300
    assert sizes == [(900, 500)] * 2
    assert len(asked) == 1


def test_what_is_remembered_and_is_no_image_is_fetched_anew():
    cache = MemoryCache()
    with images(lambda _: httpx.Response(200, content=KINDS["PNG"]), cache=cache) as found:
        found.begin(URLS[0])
        found.wait(URLS[0])
    (key,) = cache._entries
    for broken in (b"", b"400x200\n", b"400x200\nno image", KINDS["PNG"]):
        cache.set(key, broken, 60)
        with images(lambda _: httpx.Response(200, content=KINDS["PNG"]), cache=cache) as found:
            found.begin(URLS[0])
            assert found.wait(URLS[0]).picture.full_width == 400


@pytest.mark.parametrize(
    ("size", "told"), [((199, 300), "Facebook shows none"), ((400, 300), "shows it small"), ((600, 315), None)]
)
def test_a_card_tells_of_an_image_that_hosts_show_small(terminal, tmp_path, size, told):
    body = written(Image.new("RGB", size), "PNG")
    sent = head("Content-Type: image/png", f"Content-Length: {len(body)}") + body
    with serving({"/i.png": sent, "/page": "<title>Title</title><meta property=og:image content=/i.png>"}) as web:
        call = ("preview", web.at("/page"), "--allow-private", "--cache", tmp_path / "c.sqlite", "-q")
        shown = [terminal(*call, size=(200, 40), **TRUE_COLOR).end()[0] for _ in range(2)]
        assert web.asked() == ["/page", "/i.png"]
    for out in shown:
        assert "▄" in out
        assert ("pixels; below" in out) == (told is not None)
        assert told is None or told in out


def test_cards_stand_in_order_whichever_image_comes_first(terminal):
    sent = head("Content-Type: image/gif", f"Content-Length: {len(KINDS['GIF'])}") + KINDS["GIF"]
    page = "<title>Title {0}</title><meta property=og:image content=/{0}.gif>"
    pages = {f"/{name}": page.format(name) for name in "abc"}
    with serving({**pages, "/a.gif": says(Act.SILENCE), "/b.gif": sent, "/c.gif": sent}) as web:
        urls = [web.at(f"/{name}") for name in "abc"]
        call = ("preview", *urls, "http://127.0.0.1:9/", "--image", "--allow-private", "--no-cache", "--timeout", "1")
        out, code = terminal(*call, **TRUE_COLOR).end()
    places = [out.index(text) for text in ("Title a", "cannot be shown", "Title b", "Title c", "no preview")]
    assert places == sorted(places)
    assert out.count("the image cannot be shown") == 1
    assert code == 1
