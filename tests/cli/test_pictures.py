"""Pictures of previews: fetched by the guarded fetcher, bounded in bytes, number and time."""

import threading

import httpx
import numpy as np
import pytest
from PIL import Image

from richresp import Previewer
from richresp.cli.pictures import LEFT_OUT, fetch_picture, fetch_pictures
from richresp.cli.several import several
from richresp.limits.links import MAX_CONNECTIONS_PER_HOST
from richresp.limits.pictures import MAX_PICTURE_BYTES
from richresp.links import Policy
from tests.cli.drawn import KINDS, written
from tests.hostile.answers import head, says, site
from tests.hostile.wire import Act, Scene

URL = "https://site.example.com/i.png"


def answering(handler):
    return Previewer(transport=httpx.MockTransport(handler))


def test_the_first_bytes_count_and_not_the_header():
    bodies = {"/a": (KINDS["PNG"], "text/html"), "/b": (b"<p>words</p>", "image/png")}

    def handler(request):
        body, kind = bodies[request.url.path]
        return httpx.Response(200, headers={"content-type": kind}, content=body)

    with answering(handler) as previewer:
        found = fetch_pictures(previewer, ["https://a.example/a", "https://a.example/b"])
    assert found["https://a.example/a"].picture.width == 400
    assert found["https://a.example/b"] == (None, "not a picture but a page")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http:// and https://"),
        ("/i.png", "not an absolute URL"),
        ("data:image/png;base64,AAAA", "only http:// and https://"),
        ("http://127.0.0.1/i.png", "blocked"),
        ("https://a.example/missing", "404"),
        ("https://a.example/away", "blocked"),
        ("https://a.example/large", "larger than 5 MB"),
    ],
)
def test_what_cannot_be_had_says_why(url, reason):
    def handler(request):
        if request.url.path == "/away":
            return httpx.Response(302, headers={"location": "http://169.254.169.254/"})
        large = request.url.path == "/large"
        return httpx.Response(200 if large else 404, content=KINDS["PNG"] + bytes(MAX_PICTURE_BYTES if large else 0))

    with answering(handler) as previewer:
        picture, told = fetch_picture(previewer, url)
    assert picture is None
    assert reason in told


def test_a_picture_larger_than_a_page_may_be_is_read_to_its_end():
    noise = np.random.default_rng(1).integers(0, 256, (900, 900, 3), dtype=np.uint8)
    body = written(Image.fromarray(noise), "PNG")
    assert len(body) > 2_000_000
    with answering(lambda _: httpx.Response(200, content=body)) as previewer:
        assert fetch_picture(previewer, URL).picture.full_width == 900


def test_each_address_is_asked_for_once_and_as_many_at_a_time_as_were_allowed():
    asked, threads = [], set()
    together = threading.Barrier(3, timeout=20)

    def handler(request):
        asked.append(str(request.url))
        threads.add(threading.current_thread())
        together.wait()
        return httpx.Response(200, content=KINDS["GIF"])

    urls = [f"https://a{number}.example/i" for number in range(6)]
    with answering(handler) as previewer:
        found = fetch_pictures(previewer, [*urls, *urls], jobs=3)
    assert list(found) == urls
    assert sorted(asked) == urls
    assert len(threads) == 3
    assert all(drawn.picture for drawn in found.values())


def test_of_one_host_no_more_begin_than_a_previewer_fetches_at_once():
    """Whoever had to wait for a place there would lose its time."""
    before, most = set(threading.enumerate()), []
    several(
        [f"{URL}?{number}" for number in range(4 * MAX_CONNECTIONS_PER_HOST)],
        str,
        jobs=64,
        done=lambda *_: most.append(len(set(threading.enumerate()) - before)),
    )
    assert max(most) == MAX_CONNECTIONS_PER_HOST


def test_each_has_its_own_time_from_when_its_turn_comes():
    answers = {
        "/i.png": head("Content-Type: image/png", f"Content-Length: {len(KINDS['PNG'])}") + KINDS["PNG"],
        **{f"/slow{number}": says(Act.SILENCE) for number in range(9)},
    }
    policy = Policy(allow_networks=("127.0.0.0/8",), allow_ports=range(1, 1 << 16))
    with Scene(site(answers)) as scene, Previewer(policy=policy, timeout=0.7) as previewer:
        base = f"http://127.0.0.1:{scene.ports['plain']}"
        slow = [f"{base}/slow{number}" for number in range(9)]
        found = fetch_pictures(previewer, [*slow, f"{base}/i.png"], jobs=16)
    assert found[f"{base}/i.png"].picture is not None
    assert all("no answer within 0.7 s" in found[url].reason for url in slow)
    assert {visit.path for visit in scene.visits} == set(answers)


@pytest.mark.parametrize("first", range(4))
def test_there_is_room_for_those_that_stand_first_whichever_comes_first(first):
    """Of pictures a, b, c, d of one size there is room for two; one of them comes before all others are asked for."""
    urls = [f"https://{name}.example/i" for name in "abcd"]
    size = len(fetched(KINDS["GIF"]).picture.body)
    came, done = threading.Event(), []

    def handler(request):
        if str(request.url) != urls[first]:
            assert came.wait(20)
        return httpx.Response(200, content=KINDS["GIF"])

    def told(failed):
        done.append(failed)
        came.set()

    with answering(handler) as previewer:
        found = fetch_pictures(previewer, urls, jobs=4, most=2 * size, done=told)
    assert [drawn.picture is not None for drawn in found.values()] == [True, True, False, False]
    assert [drawn is LEFT_OUT for drawn in found.values()] == [False, False, True, True]
    assert len(done) == 4


def test_what_there_is_no_room_for_is_not_asked_for():
    asked = []

    def handler(request):
        asked.append(request.url.host)
        return httpx.Response(200, content=KINDS["GIF"])

    with answering(handler) as previewer:
        found = fetch_pictures(previewer, [f"https://{name}.example/i" for name in "abcd"], jobs=1, most=1)
    assert asked == ["a.example"]
    assert all(drawn is LEFT_OUT for drawn in found.values())


def fetched(body):
    with answering(lambda _: httpx.Response(200, content=body)) as previewer:
        return fetch_picture(previewer, URL)
