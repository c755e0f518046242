"""Where a body in chunks ends, however it is cut on its way: as h11 reads it, which tells what is behind."""

import h11
from hypothesis import given
from hypothesis import strategies as st

from richresp.links.chunks import Chunks

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
REQUEST = h11.Request(method="GET", target="/", headers=[("Host", "site.example.com")])
BODIES = st.lists(st.binary(min_size=1, max_size=40), max_size=4)
WORDS = st.sampled_from([b"", b";name=value", b";q"])
TRAILERS = st.sampled_from([b"", b"A: b\r\n", b"A: b\r\nC: d\r\n"])


def written(pieces, word, trailers, digits):
    sizes = (digits % len(piece) for piece in pieces)
    chunks = (b"%s%s\r\n%s\r\n" % (size, word, piece) for size, piece in zip(sizes, pieces, strict=True))
    return b"".join(chunks) + b"0%s\r\n%s\r\n" % (word, trailers)


def ends_by_h11(data):
    """Whether the body ends and nothing is behind it; None if h11 takes it for no answer."""
    client = h11.Connection(our_role=h11.CLIENT)
    client.send(REQUEST)
    client.send(h11.EndOfMessage())
    client.receive_data(HEAD + data)
    try:
        while (event := client.next_event()) is not h11.NEED_DATA:
            if isinstance(event, h11.EndOfMessage):
                return not client.trailing_data[0]
    except h11.RemoteProtocolError:
        return None
    return False


def fed(data, cuts):
    chunks, at = Chunks(), 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        chunks.feed(data[at:cut])
        at = cut
    return chunks.ended


@given(
    pieces=BODIES,
    word=WORDS,
    trailers=TRAILERS,
    digits=st.sampled_from([b"%x", b"%X", b"%04x"]),
    behind=st.sampled_from([b"", b"\r\n", b"H", b"HTTP/1.1 200 OK\r\n\r\n", b"0\r\n\r\n"]),
    lost=st.integers(0, 9),
    cuts=st.lists(st.integers(0, 400), max_size=6),
)
def test_it_ends_where_h11_ends(pieces, word, trailers, digits, behind, lost, cuts):
    data = written(pieces, word, trailers, digits) + behind
    data = data[: len(data) - lost] if not behind else data
    expected = ends_by_h11(data)
    assert expected is not None
    assert fed(data, cuts) is expected
    assert fed(data, [*cuts, len(data) - len(behind)]) is expected


@given(
    data=st.lists(st.sampled_from([b"0", b"5", b"\r\n", b"\n", b"ab", b";", b" ", b"-1", b"+2", b"_"])).map(b"".join),
    cuts=st.lists(st.integers(0, 40), max_size=4),
)
def test_what_is_no_chunk_never_ends_where_h11_sees_more(data, cuts):
    assert not fed(data, cuts) or ends_by_h11(data) is not False


def test_a_line_that_does_not_end_is_given_up():
    chunks = Chunks()
    for _ in range(100_000):
        chunks.feed(b"0")
    chunks.feed(b"\r\n\r\n")
    assert not chunks.ended
    assert len(chunks._line) < 2_000
