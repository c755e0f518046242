"""Sites that take their time, in every phase; each would give a page in the end.

That a deadline held is told by the kind of the error, since each site ends by itself much later, and by how little it sent.
"""

import threading

from richresp import DeadlineExceeded, FetchError
from tests.hostile.answers import HTML, OPEN, PLAIN, WHOLE, chunk, dripping, head, page, redirect, says
from tests.hostile.case import Card, Case, Refusal
from tests.hostile.wire import PAUSE_SECONDS, Act, Beneath, Scene

SECONDS = 0.3
LATE = Refusal(DeadlineExceeded, "0.3 s", {"seconds": SECONDS})
STEPS = 150
"""Ten times the steps that a drip takes within the deadline: more are proof that nobody watched the clock."""


def bounded(piece: bytes):
    def check(scene: Scene) -> None:
        assert scene.sent < 2_000 + STEPS * len(piece)

    return check


def drip(name: str, piece: bytes, before: bytes = b"", after: bytes = b"") -> Case:
    return Case(name, dripping(piece, before=before, after=after), LATE, timeout=SECONDS, saw=bounded(piece))


def waits(name: str, *steps: bytes | Act | Beneath, url: str = "http://site.example.com:{plain}/") -> Case:
    return Case(name, says(*steps), LATE, urls=(url,), timeout=SECONDS)


def slow(visit):
    """Each hop takes most of the deadline."""
    yield from [Act.PAUSE] * round(0.9 * SECONDS / PAUSE_SECONDS)
    yield from redirect(f"{visit.path}a")(visit) if len(visit.path) < 6 else [PLAIN]


def never():
    """A resolver that would answer long after."""
    return lambda host: ["127.0.0.1"] if threading.Event().wait(3) else []


def once(scene: Scene) -> None:
    assert len(scene.visits) == 1


def two_hops(scene: Scene) -> None:
    assert 1 <= len(scene.visits) <= 2


def flood(visit):
    for _ in range(20_000):
        yield head("Link: </a>; rel=preload", status="103 Early Hints") * 100
    yield PLAIN


HINT = head("Link: </a>", status="103 Early Hints")
CHUNKED = head(HTML, "Transfer-Encoding: chunked")
SECURE = "https://site.example.com:{tls}/"

CASES = [
    drip("a body, a byte at a time", b"x", head(HTML) + OPEN),
    drip("chunks of a byte", chunk(b"x"), CHUNKED + chunk(OPEN), chunk(b"") ),
    drip("a field, a byte at a time", b"x", b"HTTP/1.1 200 OK\r\nA: ", b"\r\nContent-Length: 0\r\n\r\n"),
    drip("fields, one at a time", b"a: b\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n\r\n"),
    drip("hints, one at a time", HINT, b"", PLAIN),
    drip("an extension of a chunk, a byte at a time", b"x", CHUNKED + b"1;", b"\r\n-\r\n0\r\n\r\n"),
    drip("trailers, one at a time", b"a: b\r\n", CHUNKED + chunk(OPEN) + b"0\r\n", b"\r\n"),
    Case("hints as fast as they go", flood, Refusal(FetchError, "more bytes"), timeout=30.0, saw=bounded(bytes(1 << 16))),
    waits("silence", Act.SILENCE, PLAIN),
    waits("silence behind a head", head(HTML, "Content-Length: 100"), Act.SILENCE, bytes(100)),
    waits("silence behind half a head", PLAIN[:20], Act.SILENCE, PLAIN[20:]),
    waits("silence over TLS", Act.SILENCE, PLAIN, url=SECURE),
    waits("half a record of TLS", Beneath(b"\x17\x03\x03\x40\0half"), Act.SILENCE, url=SECURE),
    waits("a hello that nobody answers", url="https://site.example.com:{mute}/"),
    waits("a request that nobody answers", url="http://site.example.com:{mute}/"),
    waits("a SYN that is dropped", url="http://site.example.com:{full}/"),
    Case("five hops, each within the deadline", slow, LATE, timeout=SECONDS, saw=two_hops),
    Case("a name that is looked up for ever", says(PLAIN), LATE, timeout=SECONDS, resolve=never),
    *(
        Case(f"a {status} that asks for patience", says(page("Retry-After: 999999", status=status, body=b"")),
             Refusal(FetchError, status[:3], {"status": int(status[:3])}), saw=once)
        for status in ("429 Too Many Requests", "503 Service Unavailable")
    ),
    Case("a whole head, then a drip", dripping(b"x", before=head(HTML) + WHOLE)),
    Case("a whole head with little behind it, which does not come", says(page(body=WHOLE + b"x")[:-1], Act.SILENCE, b"x"),
         timeout=2.0),
    Case("a body that is done in time", dripping(b" ", before=head(HTML, "Connection: close") + OPEN + b"-->", times=5), Card()),
]  # fmt: skip
