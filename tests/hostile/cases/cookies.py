"""Sites that set cookies while they send a client on, and look for them where they should not come back."""

from richresp import FetchError
from tests.hostile.answers import PLAIN, head, redirect, site
from tests.hostile.case import Card, Case, Refusal
from tests.hostile.wire import Scene, Visit

START = "http://site.example.com:{plain}/"
SECURE = "https://site.example.com:{tls}/"
OTHER = "http://other.example.com:{plain}/"


def carried(*cookies: str | None):
    """The cookies that the site was sent, request by request."""

    def check(scene: Scene) -> None:
        assert [visit.headers.get("cookie") for visit in scene.visits] == list(cookies)

    return check


def at_most(size: int):
    def check(scene: Scene) -> None:
        assert len(scene.visits) == 2
        assert all(len(visit.headers.get("cookie", "")) <= size for visit in scene.visits)

    return check


def gate(visit: Visit):
    """Opens only for who carries the cookie; sends all others back for it."""
    return redirect("/page" if "seen=1" in visit.headers.get("cookie", "") else "/")(visit)


def sets(*cookies: str, location: str = "/two"):
    return redirect(location, *(f"Set-Cookie: {cookie}" for cookie in cookies))


def hops(first, second=PLAIN, **more):
    return site({"/": first, "/two": second, **more})


CASES = [
    Case(
        "a cookie opens the gate",
        hops(sets("seen=1; Path=/; HttpOnly"), gate),
        Card(fields={"final_url": START + "page"}),
        saw=carried(None, "seen=1", "seen=1"),
    ),
    Case(
        "a cookie goes to no other host, whatever its domain says",
        site({"site.example.com/": sets("a=1; Domain=example.com", location=OTHER)}),
        saw=carried(None, None),
    ),
    Case(
        "a cookie comes back to its host",
        site({
            "site.example.com/": sets("a=1", location=OTHER),
            "other.example.com/": sets("b=2", location=START + "two"),
        }),
        saw=carried(None, None, "a=1"),
    ),
    Case(
        "a cookie for another domain is nobody's",
        site({"site.example.com/": sets("a=1; Domain=other.example.com", location=OTHER)}),
        saw=carried(None, None),
    ),
    Case(
        "no cookie goes from https to http",
        site({"https://site.example.com/": sets("a=1", "b=2; Secure", location=START)}),
        urls=(SECURE,),
        saw=carried(None, None),
    ),
    Case("a Secure cookie stays away from http", hops(sets("a=1; Secure")), saw=carried(None, None)),
    Case("a Secure cookie goes over https", hops(sets("a=1; Secure")), urls=(SECURE,), saw=carried(None, "a=1")),
    Case("nothing is kept for the next preview", hops(sets("a=1")), urls=(START, START), saw=carried(None, "a=1", None, "a=1")),
    Case("the later value counts", hops(sets("a=1", "a=2")), saw=carried(None, "a=2")),
    Case("a cookie that ends is gone", hops(sets("a=1"), sets("a=; Max-Age=0", location="/b")), saw=carried(None, "a=1", None)),
    Case("150 cookies of 400 bytes", hops(sets(*(f"n{number}={'v' * 400}" for number in range(150)))), saw=at_most(1 << 14)),
    Case("a cookie of 50,000 bytes", hops(sets(f"a={'v' * 50_000}")), saw=at_most(1 << 13)),
    Case("2,000 cookies", hops(sets(*(f"n{number}=v" for number in range(2_000)))), Refusal(FetchError, "header")),
    Case("cookies that are none", hops(sets("", "=", ";", "a", "=b", "a b=c\td", "\xff=\xfe", 'q="', "x=\x01")), saw=at_most(100)),
    Case(
        "a cookie on an error goes nowhere",
        site({"/": head("Set-Cookie: a=1", "Content-Length: 0", status="404 Not Found")}),
        Refusal(FetchError, "404", {"status": 404}),
        saw=carried(None),
    ),
]  # fmt: skip
