"""Sites that break HTTP itself: heads, lengths, chunks, and what speaks another protocol altogether."""

from richresp import FetchError
from tests.hostile.answers import HTML, OPEN, PAGE, PLAIN, WHOLE, chunk, head, says
from tests.hostile.case import SECRET, Card, Case, Refusal
from tests.hostile.cases.bodies import sent_less
from tests.hostile.wire import Act

BROKEN = Refusal(FetchError, "broke|not HTTP|HTTP")
LONG = Refusal(FetchError, "header|head|broke|not HTTP")
CHUNKED = head(HTML, "Transfer-Encoding: chunked")


def raw(name: str, *steps: bytes | Act, expect: Card | Refusal = BROKEN, saw=lambda scene: None) -> Case:
    return Case(name, says(*steps, Act.CLOSE), expect, saw=saw)


def once(name: str, *fields: str, body: bytes = PAGE, expect: Card | Refusal = BROKEN) -> Case:
    return raw(name, head(HTML, *fields) + body, expect=expect)


HEADS = [
    once("9,000 fields", *(["a: b"] * 9_000), expect=LONG),
    once("201 fields", *(["a: b"] * 200), expect=LONG),
    once("199 fields", *(["a: b"] * 198), expect=Card()),
    once("a field of two megabytes", "a: " + "b" * (2 << 20), expect=LONG),
    once("a field of 70,000 bytes", "a: " + "b" * 70_000, expect=LONG),
    once("a field of 60,000 bytes", "a: " + "b" * 60_000, expect=Card()),
    once("a name of 70,000 bytes", "b" * 70_000 + ": a", expect=LONG),
    raw("an endless field", head(HTML)[:-4], *[b"secret" * 10_000] * 100, expect=LONG, saw=sent_less),
    raw("endless fields", head(HTML)[:-2], *[b"a: b\r\n" * 10_000] * 100, expect=LONG, saw=sent_less),
    raw("an endless reason", b"HTTP/1.1 200 ", *[b"secret" * 10_000] * 100, expect=LONG, saw=sent_less),
    raw("endless blank lines", *[b"\r\n" * 10_000] * 100, saw=sent_less),
    once("NUL in a field", "a: secret\0b"),
    once("a line feed alone in a field", "a: secret\nb: c", expect=Card()),
    once("a carriage return alone in a field", "a: secret\rb: c"),
    once("a folded field", "a: b\r\n c", expect=Card()),
    once("a field without a colon", "secret"),
    once("a blank before the colon", "secret : b"),
    once("a field without a name", ": secret"),
    once("bytes beyond ASCII in a field", "a: \xff\xfe", expect=Card()),
    raw("no reason", b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n" + PAGE, expect=Card()),
    raw("HTTP 1.0", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, expect=Card()),
    raw("HTTP 0.9", PAGE + SECRET.encode()),
    raw("HTTP 2.0, in letters", b"HTTP/2.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, expect=Card()),
    raw("HTTP 3", b"HTTP/3 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
    raw("a frame of HTTP 2", b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80secret"),
    raw("a status of five figures", b"HTTP/1.1 20000 secret\r\n\r\n"),
    raw("a status of letters", b"HTTP/1.1 OK secret\r\n\r\n"),
    raw("a status of 999", b"HTTP/1.1 999 secret\r\nContent-Length: 0\r\n\r\n", expect=Refusal(FetchError, "999", {"status": 999})),
    raw("a change of protocol", head("Upgrade: secret", "Connection: upgrade", status="101 Switching Protocols"), b"secret",
        expect=Refusal(FetchError, "")),
    raw("not modified", head(status="304 Not Modified"), expect=Refusal(FetchError, "304", {"status": 304})),
    raw("no content", head(HTML, status="204 No Content"), expect=Card(None)),
    raw("ten hints before a page", head("Link: </a>", status="103 Early Hints") * 10, PLAIN, expect=Card()),
    raw("an SSH server", b"SSH-2.0-OpenSSH_9.6 secret\r\n"),
    raw("a mail server", b"220 secret ESMTP\r\n500 secret\r\n"),
    raw("a Redis server", b"-ERR unknown command 'GET' secret\r\n"),
    raw("an alert of TLS", b"\x15\x03\x01\0\x02\x02\x28"),
    raw("a hang-up"),
    raw("a reset", Act.RESET),
    raw("half a head", head(HTML)[:30]),
    raw("a reset in the head", head(HTML)[:30], Act.RESET),
]  # fmt: skip

LENGTHS = [
    once("a short body", "Content-Length: 100"),
    once("a negative length", "Content-Length: -1"),
    once("a length with a sign", "Content-Length: +20"),
    once("a length of letters", "Content-Length: secret"),
    once("a length in Arabic figures", "Content-Length: \u0662".encode().decode("latin-1")),
    once("two lengths that differ", "Content-Length: 20", "Content-Length: 21"),
    once("two lengths that agree", "Content-Length: 20", "Content-Length: 20", expect=Card()),
    once("a length of 400 figures", "Content-Length: " + "9" * 400),
    once("a length and chunks", "Content-Length: 3", "Transfer-Encoding: chunked", body=chunk(PAGE) + chunk(b""), expect=Card()),
    once("chunks of gzip", "Transfer-Encoding: gzip, chunked", body=chunk(PAGE) + chunk(b"")),
    once("an encoding of nobody", "Transfer-Encoding: secret"),
    once("a body after nothing", "Content-Length: 0", body=b"HTTP/1.1 200 OK\r\n\r\nsecret", expect=Card(None)),
    once("more than its length", f"Content-Length: {len(PAGE)}", body=PAGE + b"secret", expect=Card()),
    raw("a whole head and a short body", head(HTML, "Content-Length: 9000") + WHOLE, expect=Card()),
    raw("a whole head and a reset", head(HTML, "Content-Length: 900000") + WHOLE, *[Act.PAUSE] * 50, Act.RESET, expect=Card()),
    raw("a whole head and nothing more", head(HTML, "Content-Length: 900000") + WHOLE, Act.SILENCE, expect=Card()),
    raw("a reset in the body", head(HTML, "Content-Length: 900000") + OPEN, Act.PAUSE, Act.RESET),
]  # fmt: skip

CHUNKS = [
    raw("an extension of two megabytes", CHUNKED + b"3;a=", *[b"secret" * 10_000] * 35, b"\r\nabc\r\n0\r\n\r\n", saw=sent_less),
    raw("an extension", CHUNKED + b"14;a=b\r\n" + PAGE + b"\r\n0\r\n\r\n", expect=Card()),
    raw("200,000 trailers", CHUNKED + chunk(PAGE) + b"0\r\n", *[b"secret: b\r\n" * 10_000] * 20, b"\r\n", saw=sent_less),
    raw("a trailer", CHUNKED + chunk(PAGE) + b"0\r\na: b\r\n\r\n", expect=Card()),
    raw("a chunk without an end", CHUNKED + b"ffffff\r\n" + OPEN),
    raw("chunks without an end", CHUNKED + chunk(OPEN)),
    raw("a chunk of 2^70 bytes", CHUNKED + b"400000000000000000\r\n" + OPEN),
    raw("a chunk of 30 figures", CHUNKED + b"0" * 29 + b"1\r\na\r\n0\r\n\r\n"),
    raw("a negative chunk", CHUNKED + b"-1\r\nsecret\r\n"),
    raw("a chunk of no number", CHUNKED + b"0x14\r\n" + PAGE + b"\r\n0\r\n\r\n"),
    raw("no line behind a chunk", CHUNKED + b"14\r\n" + PAGE + b"secret0\r\n\r\n"),
]  # fmt: skip

CASES = [*HEADS, *LENGTHS, *CHUNKS]
