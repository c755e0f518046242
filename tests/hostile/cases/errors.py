"""Sites whose errors, and pages that lead on by themselves, are traps for who reads them."""

from richresp import FetchError
from tests.hostile.answers import HTML, OPEN, WHOLE, head, page, says, site
from tests.hostile.case import SECRET, Card, Case, Refusal
from tests.hostile.cases.bodies import later, sent_less
from tests.hostile.cases.redirects import START, asked
from tests.hostile.inflating import gzip_bomb
from tests.hostile.wire import Act

NOT_FOUND, FORBIDDEN = "404 Not Found", "403 Forbidden"


def refused(status: str, reason: str = "") -> Refusal:
    return Refusal(FetchError, reason or status[:3], {"status": int(status[:3])})


def endless(status: str):
    def script(visit):
        yield head(HTML, status=status) + OPEN
        for _ in range(1_000):
            yield SECRET.encode() * 10_000
        yield Act.CLOSE

    return script


def bomb(visit):
    yield head(HTML, "Content-Encoding: gzip", status=NOT_FOUND)
    yield gzip_bomb(OPEN)
    yield Act.CLOSE


def leads(target: str, delay: str = "0", before: str = "<title>Title</title>") -> bytes:
    return page(body=f"{before}<meta http-equiv=refresh content='{delay}; url={target}'>".encode())


def once_on(*paths: str, **more) -> dict[str, object]:
    return {"saw": asked(*paths), **more}


CASES = [
    Case("a 404 that is a card", says(page(body=WHOLE, status=NOT_FOUND)), Card(fields={"status": 404})),
    Case("a 404 without an end", endless(NOT_FOUND), refused(NOT_FOUND), saw=sent_less),
    Case("a 404 of a gigabyte", bomb, refused(NOT_FOUND), saw=sent_less),
    Case("a 500 that breaks off", says(head(HTML, "Content-Length: 999", status="500 Oh"), Act.RESET), refused("500")),
    Case("a 403 of a wall", says(page("cf-mitigated: challenge", status=FORBIDDEN)), refused(FORBIDDEN, "Cloudflare")),
    Case("a 503 in a coding of nobody", says(page(f"Content-Encoding: {SECRET}", status="503 No")), refused("503")),
    Case("a page that leads on is followed", site({"/": leads("/b")}), Card(fields={"final_url": START + "b"}), **once_on("/", "/b")),
    Case("one that waits long is not", site({"/": leads("/b", "600")}), Card(fields={"final_url": START}), **once_on("/")),
    Case("one that leads inside is not", site({"/": leads("http://127.0.0.2:1/")}), Card(fields={"final_url": START}), **once_on("/")),
    Case("one that leads to a file is not", site({"/": leads("file:///etc/passwd")}), Card(fields={"final_url": START}), **once_on("/")),
    Case("one that leads to itself is not", site({"/": leads("/")}), Card(fields={"final_url": START}), **once_on("/")),
    Case("two that lead to each other", site({"/": leads("/b"), "/b": leads("/")}), Card(fields={"final_url": START + "b"}),
         **once_on("/", "/b")),
    Case("ever more of them", lambda visit: [leads(visit.path + "a")], Card(fields={"final_url": START + "a"}), **once_on("/", "/a")),
    Case("one that leads to a bomb", site({"/": leads("/b"), "/b": later("gzip", lambda: gzip_bomb(OPEN))}), Card(), saw=sent_less),
    Case("a card that leads on is not left", site({"/": leads("/b", before=WHOLE.decode())}), Card(fields={"final_url": START}), **once_on("/")),
]  # fmt: skip
