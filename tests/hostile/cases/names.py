"""Names that lead astray: to private addresses at once, later or among others, to many, to none, for ever.

The private listener of a scene must never see a connection, whatever else comes out.
"""

import socket

from richresp import Blocked, FetchError
from tests.hostile.answers import PLAIN, head, in_turn, page, redirect, says, site
from tests.hostile.case import SECRET, Card, Case, Refusal, answers
from tests.hostile.wire import PRIVATE, Act, Scene

START = "http://site.example.com:{plain}/"
METADATA = Refusal(Blocked, "metadata", {"address": "169.254.169.254"})
REFUSED = Refusal(Blocked, "", {"address": PRIVATE})
NOWHERE = Refusal(FetchError, "no connection")


def accepts(*addresses: str):
    """The connections there were, in no order."""

    def check(scene: Scene) -> None:
        assert sorted(scene.accepted.elements()) == sorted(addresses)

    return check


SITE_ONLY = accepts("127.0.0.1")
NOBODY = accepts()


def named(name: str, *turns: list[str] | Exception, expect: Card | Refusal, saw=NOBODY, **more) -> Case:
    return Case(name, says(PLAIN), expect, resolve=answers(*turns), saw=saw, **more)


def mixed(*addresses: str, expect: Refusal = REFUSED) -> Case:
    return named(f"to {', '.join(addresses)}", list(addresses), expect=expect)


CASES = [
    mixed(PRIVATE),
    mixed("127.0.0.1", PRIVATE),
    mixed(PRIVATE, "127.0.0.1"),
    mixed("93.184.216.34", "127.0.0.1", PRIVATE),
    mixed("127.0.0.1", "169.254.169.254", expect=METADATA),
    mixed(f"::ffff:{PRIVATE}", expect=Refusal(Blocked)),
    mixed("64:ff9b::7f00:2", expect=Refusal(Blocked)),
    mixed("fe80::1%lo", expect=Refusal(Blocked)),
    mixed("127.0.0.1", "fd00:ec2::254", expect=Refusal(Blocked)),
    mixed("0.0.0.0", expect=Refusal(Blocked)),
    mixed("::", expect=Refusal(Blocked)),
    mixed("127.2", expect=Refusal(Blocked)),
    mixed("127.0.0.1 ", expect=Refusal(Blocked)),
    mixed("site.example.com", expect=Refusal(Blocked)),
    named("to an address by its number", [f"127.0.0.{number}" for number in range(1, 65)], expect=Refusal(Blocked)),
    Case(
        "public at first, private where it redirects",
        says(head("Location: /b", "Content-Length: 0", "Connection: close", status="302 Found"), Act.CLOSE),
        METADATA,
        resolve=answers(["127.0.0.1"], ["169.254.169.254"]),
        saw=SITE_ONLY,
    ),
    Case(
        "public at first, private for the next preview",
        says(page("Connection: close"), Act.CLOSE),
        (Card(), REFUSED),
        (START, START),
        resolve=answers(["127.0.0.1"], [PRIVATE]),
        saw=SITE_ONLY,
    ),
    Case(
        "a kept connection asks for no name again",
        says(PLAIN),
        urls=(START,) * 3,
        resolve=answers(["127.0.0.1"], [PRIVATE]),
        saw=SITE_ONLY,
    ),
    Case(
        "a kept connection that was closed is made anew, and judged anew",
        lambda: in_turn(PLAIN, lambda visit: [Act.CLOSE]),
        (Card(), REFUSED),
        (START, START),
        resolve=answers(["127.0.0.1"], [PRIVATE]),
        saw=SITE_ONLY,
        remembers=True,
    ),
    named("to nothing", [], expect=Refusal(Blocked, "no address")),
    named("not known", OSError(SECRET), expect=NOWHERE),
    named("not known to the system", socket.gaierror(-2, SECRET), expect=NOWHERE),
    named("by a resolver that breaks", RuntimeError(SECRET), expect=NOWHERE),
    named("by a resolver that cannot read", UnicodeError(SECRET), expect=NOWHERE),
    named("to ::1", ["::1"], expect=Card(), saw=accepts("::1")),
    named("::1 itself", [PRIVATE], expect=Card(), urls=("http://[::1]:{plain}/",), saw=accepts("::1")),
    named("to a port where nobody listens", ["127.0.0.1"], expect=NOWHERE, urls=("http://site.example.com:{dead}/",)),
    named("to ::1 where nobody listens, then 127.0.0.1", ["::1", "127.0.0.1"], expect=Card(), urls=("https://site.example.com:{tls}/",),
          saw=SITE_ONLY),
    named("to four addresses where nobody listens", ["127.0.0.1"] * 4, expect=NOWHERE, urls=("http://site.example.com:{dead}/",)),
    named("to 64 addresses, the fourth of which answers", ["::1", "::1", "::1", *["127.0.0.1"] * 61], expect=Card(),
          urls=("https://site.example.com:{tls}/",), saw=SITE_ONLY),
    named("to 64 addresses, the fifth of which would answer", [*["::1"] * 4, *["127.0.0.1"] * 60], expect=NOWHERE,
          urls=("https://site.example.com:{tls}/",)),
    Case("redirected to a name that is private in part", site({"site.example.com/": redirect("http://other.example.com:{plain}/")}),
         REFUSED, resolve=answers(["127.0.0.1"], ["127.0.0.1", PRIVATE]), saw=SITE_ONLY),
]  # fmt: skip
