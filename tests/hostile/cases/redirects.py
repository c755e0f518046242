"""Sites that send a client on: in circles, into private networks, to what is no address, with a burden of bytes."""

from richresp import Blocked, FetchError, InvalidURL, TooManyRedirects
from tests.hostile.answers import HTML, chunk, head, page, redirect, says, site
from tests.hostile.case import SECRET, Card, Case, Refusal, answers
from tests.hostile.inflating import gzip_bomb
from tests.hostile.wire import PRIVATE, Act, Scene, Script

START = "http://site.example.com:{plain}/"
SECURE = "https://site.example.com:{tls}/"
AGAIN = "circle"


def asked(*paths: str):
    """The site was asked for just these, in this order, and nobody at the private address for anything."""

    def check(scene: Scene) -> None:
        assert [visit.path for visit in scene.visits] == list(paths)
        assert scene.accepted[PRIVATE] == 0

    return check


def untouched(scene: Scene) -> None:
    assert scene.accepted[PRIVATE] == 0


def leads(location: str, status: str = "302 Found"):
    return site({"/": redirect(location, status=status)})


def refused(location: str, reason: str, kind=Blocked, **fields: object) -> Case:
    return Case(f"to {location[:50]!r}", leads(location), Refusal(kind, reason, fields), saw=asked("/"))


def burdened(name: str, script: Script) -> Case:
    script = site({"/": script, "/end": page()})

    def saw(scene: Scene) -> None:
        assert [visit.path for visit in scene.visits] == ["/", "/end"]
        assert scene.sent < 1 << 23

    return Case(f"with a body that is {name}", script, Card(fields={"final_url": START + "end"}), saw=saw)


def onward(*fields: str) -> bytes:
    return head("Location: /end", HTML, *fields, status="302 Found")


CHAIN = {"/": redirect("/1"), "/1": redirect("/2"), "/2": redirect("/3"), "/3": redirect("/4"), "/4": redirect("/5")}

FOLLOWED = [
    *(
        Case(f"a {status}", leads("/b", status), Card(fields={"final_url": START + "b"}), saw=asked("/", "/b"))
        for status in ("301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 Permanent")
    ),
    Case(
        "five in a row",
        site(CHAIN),
        Card(fields={"final_url": START + "5", "redirects": (START, *(f"{START}{hop}" for hop in range(1, 5)))}),
        saw=asked("/", "/1", "/2", "/3", "/4", "/5"),
    ),
    Case(
        "from http to https", site({"http://site.example.com/": redirect(SECURE)}), Card(fields={"final_url": SECURE})
    ),
    Case(
        "from https to http",
        site({"https://site.example.com/": redirect(START)}),
        Card(fields={"final_url": START}),
        urls=(SECURE,),
    ),
    Case("to a whole page in a fragment", leads("/b#:~:text=x"), Card(fields={"final_url": START + "b"})),
    Case("with a query of its own", leads("?q=%20&r=é".encode().decode("latin-1")), Card()),
    Case("to a sibling without a scheme", leads("//other.example.com:{plain}/b"), saw=asked("/", "/b")),
    Case("up beyond the root", leads("../../../b"), Card(fields={"final_url": START + "b"}), saw=asked("/", "/b")),
    Case("with backslashes", leads("\\\\127.0.0.2:{plain}\\b"), saw=untouched),
    Case("to an address without a host", leads("http:///b"), saw=untouched),
    Case("with a second Location field of the same value", site({"/": redirect("/b", "Location: /b")})),
]

REFUSED = [
    Case("six in a row", site({**CHAIN, "/5": redirect("/6")}), Refusal(TooManyRedirects, "more than 5"),
         saw=asked("/", "/1", "/2", "/3", "/4", "/5")),
    Case("in a circle", site({"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")}),
         Refusal(TooManyRedirects, AGAIN), saw=asked("/", "/a", "/b")),
    Case("to itself", leads("/"), Refusal(TooManyRedirects, AGAIN), saw=asked("/")),
    Case("to itself by a fragment", leads("/#a"), Refusal(TooManyRedirects, AGAIN), saw=asked("/")),
    Case("to itself by another spelling", leads("http://SITE.example.com.:{plain}/./a/.."),
         Refusal(TooManyRedirects, AGAIN), saw=asked("/")),
    Case("to ever new pages", lambda visit: redirect(visit.path + "a")(visit), Refusal(TooManyRedirects, "more than 5")),
    *(
        Case(f"a {status} without Location", says(head("Content-Length: 0", status=status)),
             Refusal(FetchError, "where to", {"status": int(status[:3])}), saw=asked("/"))
        for status in ("301 Moved Permanently", "302 Found", "308 Permanent")
    ),
    Case("to two places at once", site({"/": redirect("/b", "Location: /c")}), Refusal(FetchError, "two"), saw=asked("/")),
    Case("with an empty Location", leads(""), Refusal(FetchError, "", {"status": 302}), saw=asked("/")),
    refused("http://169.254.169.254/latest/meta-data/", "metadata"),
    refused("http://[fd00:ec2::254]/latest/", ""),
    refused("http://127.0.0.2:{plain}/", "", address="127.0.0.2"),
    refused("http://[::ffff:127.0.0.2]:{plain}/", "", address="127.0.0.2"),
    refused("http://10.0.0.1/", "private"),
    refused("http://127.0.0.1:6379/", "port"),
    refused("http://site.example.com:22/", "port"),
    refused("http://site.example.com:65616/", "port", InvalidURL),
    refused("http://site.example.com:-1/", "", InvalidURL),
    refused("http://2130706433/", "", InvalidURL),
    refused("http://0x7f.1/", "", InvalidURL),
    refused("http://evil.example.com\\@127.0.0.2:{plain}/", "", InvalidURL),
    refused("http://user:" + SECRET + "@site.example.com:{plain}/", "user", InvalidURL),
    refused("http://a b.example.com/", "", InvalidURL),
    refused("http://[::1/", "", FetchError),
    refused("https:site.example.com", "", InvalidURL),
    refused("file:///etc/passwd", "http", InvalidURL),
    refused("javascript:alert(1)", "http", InvalidURL),
    refused("data:text/html,<title>Title</title>", "http", InvalidURL),
    refused("gopher://127.0.0.2:{plain}/_GET", "http", InvalidURL),
    refused("unix:/run/docker.sock", "http", InvalidURL),
    refused("/" + "a" * 9_000, "long", InvalidURL),
    Case("to a name that is private", leads("http://inside.example.com:{plain}/"), Refusal(Blocked, "", {"address": "127.0.0.2"}),
         resolve=answers(["127.0.0.1"], ["127.0.0.2"]), saw=asked("/")),
    Case("by a Refresh field, which is not followed", says(page("Refresh: 0;url=http://127.0.0.2:1/")), Card(), saw=asked("/")),
]  # fmt: skip

BURDENED = [
    burdened(
        "a gigabyte", lambda visit: [onward("Content-Encoding: gzip", "Connection: close"), gzip_bomb(b""), Act.CLOSE]
    ),
    burdened("endless", says(onward("Transfer-Encoding: chunked"), *[chunk(bytes(1 << 16))] * 1_000)),
    burdened("endless and slow", says(onward(), *[b"x", Act.PAUSE] * 300)),
    burdened("announced and never sent", says(onward("Content-Length: 1000000"), Act.SILENCE)),
    burdened("in a coding of nobody", says(onward("Content-Encoding: secret", "Content-Length: 1") + b"x")),
]

CASES = [*FOLLOWED, *REFUSED, *BURDENED]
