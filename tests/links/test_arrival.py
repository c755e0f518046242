"""How much of a body is read: to its end where that is near, no further than needed where it is not, never beyond the caps."""

import gzip
import itertools
import time
import zlib

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import FetchError
from richresp.limits.extract import SNIFF_BYTES
from richresp.limits.links import (
    MAX_BODY_BYTES,
    MAX_GZIP_MEMBERS,
    MAX_HEADER_BYTES,
    MAX_MEDIA_BYTES,
    MAX_READS,
    MAX_REST_BYTES,
    REST_SECONDS,
)
from richresp.links import extract
from richresp.links.body import Body
from tests.links.driven import Chunks, both

preview = both

URL = "https://site.example.com/page"
HTML = {"content-type": "text/html; charset=utf-8"}
HEAD = (
    f'<head><title>T</title><meta property="og:title" content="Card"><meta property="og:site_name" content="S">'
    f'<meta property="og:description" content="Some words."><meta property="og:image" content="https://i.example.com/i.png">'
    f'<meta property="og:url" content="{URL}"><link rel="canonical" href="{URL}"></head><body>'
).encode()
PIECE = b"<p>Text.</p>" * 100


def answer(body, **headers):
    return lambda request: httpx.Response(200, headers={**HTML, **headers}, stream=body)


def pieces(number, first=HEAD):
    return [first, *[PIECE] * number]


def test_a_page_whose_head_says_all_is_left_there(preview):
    body = Chunks(pieces(1000))
    found = preview(answer(body), URL)
    assert (found.title, body.taken, found.size) == ("Card", len(HEAD), len(HEAD))
    assert body.closed == 1


def test_so_is_one_that_arrives_byte_by_byte(preview):
    body = Chunks([HEAD[at : at + 1] for at in range(len(HEAD))] + [PIECE] * 1000)
    assert preview(answer(body), URL).title == "Card"
    assert body.taken <= 2 * len(HEAD) + len(PIECE)


def test_one_whose_head_leaves_something_open_is_read_on(preview):
    late = b'<meta property="og:description" content="Late.">'
    body = Chunks([*pieces(50, HEAD.replace(b"og:description", b"og:nothing")), late])
    assert preview(answer(body), URL).description == "Late."


@pytest.mark.parametrize(("rest", "whole"), [(0, True), (MAX_REST_BYTES, True), (20 * MAX_REST_BYTES, False)])
def test_what_is_near_its_end_is_read_to_it_so_that_the_connection_is_kept(preview, rest, whole):
    chunks = pieces(rest // len(PIECE))
    length = sum(map(len, chunks))
    body = Chunks(chunks)
    preview(answer(body, **{"content-length": str(length)}), URL)
    assert (body.taken == length) == whole


@pytest.mark.parametrize("query", ["/login?next=/page", "/sso?return_to=/page"])
def test_where_the_address_is_that_of_a_login_its_form_is_looked_for(preview, query):
    form = b"<form><input type=password></form>"
    body = Chunks([*pieces(1), form])
    found = preview(answer(body), f"https://site.example.com{query}")
    assert found.wall == "login"
    assert body.taken > len(HEAD)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "application/json"])
def test_of_what_is_no_page_little_is_read(preview, kind):
    body = Chunks(b"\0" * 1024 for _ in range(10_000))
    found = preview(lambda request: httpx.Response(200, headers={"content-type": kind}, stream=body), URL)
    assert found.title == "page"
    assert body.taken <= MAX_MEDIA_BYTES


@given(st.lists(st.integers(0, 400), max_size=8), st.booleans())
def test_the_cuts_between_chunks_change_nothing(cuts, zipped):
    page = HEAD + PIECE
    coded = gzip.compress(page) if zipped else page
    body = Body(URL, "gzip" if zipped else "")
    edges = [0, *sorted(min(cut, len(coded)) for cut in cuts), len(coded)]
    for start, end in itertools.pairwise(edges):
        assert body.feed(coded[start:end])
    assert bytes(body.data) == page


def test_all_members_of_a_gzip_body_are_read_and_what_is_none_is_not(preview):
    half = len(HEAD) // 2
    two = gzip.compress(HEAD[:half]) + gzip.compress(HEAD[half:])
    for coded in ([two], [two, b"\0" * 50], [two[:30], two[30:]], [two, b"rubbish"]):
        found = preview(answer(Chunks(coded), **{"content-encoding": "gzip"}), URL)
        assert found == preview(answer(Chunks([HEAD])), URL)


def test_members_are_counted():
    body = Body(URL, "gzip")
    assert not body.feed(gzip.compress(b"") * 100_000)
    body = Body(URL, "gzip")
    assert body.feed(gzip.compress(b"x") * (MAX_GZIP_MEMBERS - 1))
    assert bytes(body.data) == b"x" * (MAX_GZIP_MEMBERS - 1)


def test_a_gzip_body_that_is_cut_is_read_as_far_as_it_goes(preview):
    coded = gzip.compress(HEAD + PIECE)
    found = preview(answer(Chunks([coded[:-20]]), **{"content-encoding": "gzip"}), URL)
    assert found.title == "Card"


@pytest.mark.parametrize("coded", [b"no gzip", zlib.compress(HEAD), gzip.compress(HEAD)[:40] + b"x" * 200])
def test_what_is_no_gzip_is_an_error(preview, coded):
    with pytest.raises(FetchError, match="gzip"):
        preview(answer(Chunks([coded]), **{"content-encoding": "gzip"}), URL)


def test_tiny_pieces_are_counted(preview):
    body = Chunks(b"x" for _ in range(MAX_BODY_BYTES))
    preview(answer(body), URL)
    assert body.taken <= MAX_READS


def test_a_head_is_counted_in_bytes_as_well(preview):
    headers = [("x", "y" * (MAX_HEADER_BYTES // 10))] * 11
    with pytest.raises(FetchError, match="bytes of header"):
        preview(lambda request: httpx.Response(200, headers=headers), URL)


@pytest.mark.parametrize("length", ["x", "-5", "9" * 30, "", "5"])
def test_a_length_that_is_not_so_hurts_nobody(preview, length):
    found = preview(answer(Chunks(pieces(3)), **{"content-length": length}), URL)
    assert found.title == extract(HEAD, url=URL).title


class Trickle(Chunks):
    """Goes on and on, some bytes at a time."""

    def __init__(self, first):
        super().__init__([])
        self.first = first

    def __iter__(self):
        yield self.first
        while self.taken < MOST_TAKEN:
            time.sleep(REST_SECONDS / 10)
            self.taken += 1
            yield b"x"

    async def __aiter__(self):
        yield self.first
        while self.taken < MOST_TAKEN:
            await anyio.sleep(REST_SECONDS / 10)
            self.taken += 1
            yield b"x"


MOST_TAKEN = 200
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0" + bytes(SNIFF_BYTES)


@pytest.mark.parametrize(("first", "kind"), [(HEAD, "text/html; charset=utf-8"), (PNG, "image/png")])
def test_a_rest_that_trickles_is_not_waited_for(preview, first, kind):
    body = Trickle(first)
    found = preview(answer(body, **{"content-type": kind, "content-length": "60000"}), URL)
    assert found.title == ("Card" if first is HEAD else "page")
    assert 1 <= body.taken < 20
