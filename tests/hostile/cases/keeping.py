"""Sites whose kept connections are not what they seem, asked several times by one previewer."""

from richresp import FetchError
from tests.hostile.answers import HTML, OPEN, PAGE, PLAIN, chunked, head, in_turn, page, redirect, says, site
from tests.hostile.case import SECRET, Card, Case, Refusal
from tests.hostile.wire import Act, Scene

START = "http://site.example.com:{plain}/"
CLOSED = Refusal(FetchError, "closes its connections|broke")


def counted(requests: int, connections: int):
    def check(scene: Scene) -> None:
        assert (len(scene.visits), sum(scene.accepted.values())) == (requests, connections)

    return check


def connected(scene: Scene, times: int) -> None:
    assert sum(scene.accepted.values()) == times


def several(name: str, *turns, expect, saw, times: int | None = None) -> Case:
    """A site that answers each request in another way, whatever its connection."""
    urls = (START,) * (times or len(expect))
    scripts = [turn if isinstance(turn, bytes) else says(*turn) for turn in turns]
    return Case(name, lambda: in_turn(*scripts), expect, urls, saw=saw, remembers=True)


CUT = (PLAIN, Act.CLOSE)
GONE = (Act.CLOSE,)
BREAKING = (head(HTML, "Content-Length: 100") + OPEN, Act.RESET)

CASES = [
    several("kept and alive", PLAIN, expect=Card(), times=5, saw=counted(5, 1)),
    Case("kept over redirects", site({"/": redirect("/b")}), urls=(START, START), saw=counted(4, 1)),
    several("closed after each answer without a word", CUT, expect=Card(), times=3, saw=counted(3, 3)),
    several("closed as the second request arrives", PLAIN, GONE, PLAIN, expect=(Card(), Card()), saw=counted(3, 2)),
    several("reset as the second request arrives", PLAIN, (Act.RESET,), PLAIN, expect=(Card(), Card()), saw=counted(3, 2)),
    several("closed without an answer, again and again", PLAIN, GONE, expect=(Card(), CLOSED), saw=counted(3, 2)),
    several("broken within the second answer", PLAIN, BREAKING, expect=(Card(), CLOSED), saw=counted(2, 1)),
    several("a second answer to one request", (PLAIN + page(body=b"<title>secret</title>"),), PLAIN,
            expect=(Card(), Card()), saw=lambda scene: connected(scene, 2)),
    several("most of a second answer to one request", (PLAIN + page(body=b"<title>secret</title>")[:-1],), PLAIN,
            expect=(Card(), Card()), saw=lambda scene: connected(scene, 2)),
    several("a body behind a head that said none", (head(HTML, "Content-Length: 0") + b"<title>secret</title>",), PLAIN,
            expect=(Card(None), Card()), saw=lambda scene: connected(scene, 2)),
    several("a second answer behind one in chunks", (chunked(PAGE) + page(body=b"<title>secret</title>"),), PLAIN,
            expect=(Card(), Card()), saw=lambda scene: connected(scene, 2)),
    several("most of a second answer behind one in chunks", (chunked(PAGE) + page(body=b"<title>secret</title>")[:30],), PLAIN,
            expect=(Card(), Card()), saw=lambda scene: connected(scene, 2)),
    several("a second answer behind one without a body", (head(status="204 No Content") + page(body=b"<title>secret</title>"),), PLAIN,
            expect=(Card(None), Card()), saw=lambda scene: connected(scene, 2)),
    several("a second answer behind a length told twice", (head(HTML, "Content-Length: 20, 20") + PAGE + PLAIN.replace(b"Title", b"secret"),),
            PLAIN, expect=(Card(), Card()), saw=lambda scene: connected(scene, 2)),
    several("answers in chunks", chunked(PAGE), expect=Card(), times=3, saw=counted(3, 1)),
    several("a body that was not read to its end", (head(HTML, "Content-Length: 9000000") + OPEN, *[bytes(1 << 16)] * 130), PLAIN,
            expect=(Card(), Card()), saw=counted(2, 2)),
    several("an error that is left", (page(body=SECRET.encode(), status="404 Not Found"),), PLAIN,
            expect=(Refusal(FetchError, "404", {"status": 404}), Card()), saw=lambda scene: None),
]  # fmt: skip
