"""Sites with certificates that are not theirs, and with no TLS where it was asked for. Addresses are pinned, names still count."""

from richresp import FetchError
from tests.hostile.answers import HTML, OPEN, PAGE, PLAIN, chunk, head, redirect, says, site
from tests.hostile.authority import EXPIRED, OTHER, SITE, UNKNOWN, WRONG
from tests.hostile.case import SECRET, Card, Case, Refusal
from tests.hostile.wire import Act, Beneath, Scene

CERTIFICATE = Refusal(FetchError, "certificate")
BROKEN = Refusal(FetchError, "TLS|broke|not HTTP")


def at(name: str) -> str:
    return f"https://{name}:{{tls}}/"


def unasked(scene: Scene) -> None:
    """No request was sent over what could not be believed."""
    assert scene.visits == []


def apart(*connections: tuple[int, str]):
    """Each host has a connection of its own, which was greeted by that name, though all hosts have one address."""

    def check(scene: Scene) -> None:
        assert all(visit.name == visit.host for visit in scene.visits)
        assert [(visit.connection, visit.host) for visit in scene.visits] == list(connections)

    return check


CASES = [
    Case("a certificate for the name", says(PLAIN), urls=(at(SITE),), saw=apart((1, SITE))),
    Case("a certificate for the address", says(PLAIN), urls=("https://127.0.0.1:{tls}/",)),
    Case("a certificate for another name", says(PLAIN), CERTIFICATE, (at(WRONG),), saw=unasked),
    Case("a certificate that has ended", says(PLAIN), CERTIFICATE, (at(EXPIRED),), saw=unasked),
    Case("a certificate of an authority that nobody knows", says(PLAIN), CERTIFICATE, (at(UNKNOWN),), saw=unasked),
    Case(
        "two hosts at one address, by turns",
        says(PLAIN),
        urls=(at(SITE), at(OTHER), at(SITE), at(OTHER)),
        saw=apart((1, SITE), (2, OTHER), (1, SITE), (2, OTHER)),
    ),
    Case(
        "a kept connection does not speak for another host at its address",
        says(PLAIN),
        (Card(), CERTIFICATE, Card()),
        (at(SITE), at(WRONG), at(SITE)),
        saw=apart((1, SITE), (1, SITE)),
    ),
    Case(
        "a redirect to a host with a wrong certificate",
        site({SITE + "/": redirect(at(WRONG))}),
        CERTIFICATE,
        (at(SITE),),
        saw=apart((1, SITE)),
    ),
    Case("no TLS where it is asked for", says(PLAIN), BROKEN, (f"https://{SITE}:{{plain}}/",), saw=unasked),
    Case("TLS where none is asked for", says(PLAIN), BROKEN, (f"http://{SITE}:{{tls}}/",), saw=unasked),
    Case("bytes in the middle of a record", says(Beneath(SECRET.encode() * 9), Act.CLOSE), BROKEN, (at(SITE),)),
    Case("a forged record", says(head(HTML), Beneath(b"\x17\x03\x03\0\x40" + bytes(64)), Act.CLOSE), BROKEN, (at(SITE),)),
    Case("a forged alert", says(head(HTML, "Content-Length: 99"), Beneath(b"\x15\x03\x03\0\x02\x02\0"), Act.CLOSE), BROKEN, (at(SITE),)),
    Case("a reset", says(Act.RESET), BROKEN, (at(SITE),)),
    Case(
        "a body that is cut",
        says(head(HTML, "Transfer-Encoding: chunked") + chunk(OPEN), Act.RESET),
        BROKEN,
        (at(SITE),),
    ),
    Case("a body that ends where its connection does", says(head(HTML) + PAGE, Act.CLOSE), urls=(at(SITE),)),
]  # fmt: skip
