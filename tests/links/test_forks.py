"""A child of a fork has connections and locks of its own, and its parent keeps what it had."""

import asyncio
import os
import signal
import threading
import warnings

import pytest

from richresp import AsyncPreviewer, Previewer, UsageError
from richresp.limits.links import MAX_RENEWALS
from tests.links.test_transport import serving

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system knows no forks")
ENOUGH_SECONDS = 30


def in_child(call):
    """What a call returns in a child of a fork, as text; nothing where it hangs or raises."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that there are threads is what is asked about
        child = os.fork()
    if not child:
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(ENOUGH_SECONDS)
            os.write(writing, str(call()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return told.read()


class Loop:
    """An AsyncPreviewer in an event loop of its own, asked as one for threads."""

    def __init__(self, **options):
        self.runner, self.previewer = asyncio.Runner(), AsyncPreviewer(**options)

    def preview(self, url):
        return self.runner.run(self.previewer.preview(url))

    def close(self):
        self.runner.run(self.previewer.close())
        self.runner.close()


def titled(target, _):
    title = b"<title>%s</title>" % target.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(title), title)


@forks
def test_a_child_asks_on_a_connection_of_its_own():
    with serving(titled) as server:
        previewer = Previewer(policy=server.policy)
        previewer.preview(server.url("/before"))
        assert in_child(lambda: previewer.preview(server.url("/child")).title) == "/child"
        assert previewer.preview(server.url("/parent")).title == "/parent"
        previewer.close()
    paths = [[target for _, target in lines] for lines in server.connections]
    assert paths == [[b"/before", b"/parent"], [b"/child"]]


@forks
def test_so_does_one_in_an_event_loop_that_begins_there():
    with serving(titled) as server:
        mine = Loop(policy=server.policy)
        mine.preview(server.url("/before"))
        told = in_child(lambda: asyncio.run(mine.previewer.preview(server.url("/child"))).title)
        assert told == "/child"
        assert mine.preview(server.url("/parent")).title == "/parent"
        mine.close()
    paths = [[target for _, target in lines] for lines in server.connections]
    assert paths == [[b"/before", b"/parent"], [b"/child"]]


@forks
def test_no_lock_is_held_in_the_child():
    with serving(titled) as server:
        previewer = Previewer(policy=server.policy)
        previewer.preview(server.url("/before"))
        opened = previewer._transport._opened
        previewer._renewals = dict.fromkeys("abcdefgh"[:MAX_RENEWALS])
        with previewer._renewing, previewer._transport._lock, opened._lock:  # as by threads at work

            def work():
                title = previewer.preview(server.url("/child")).title
                previewer._renew(server.url("/renewed"))
                for each in threading.enumerate():
                    if each.name == "richresp-renewal":
                        each.join(ENOUGH_SECONDS)
                return title

            told = in_child(work)
        previewer._renewals = {}
        previewer.close()
    assert told == "/child"
    assert [b"GET", b"/renewed"] in server.connections[-1]


def test_an_event_loop_that_was_closed_leaves_the_next_one_new_connections():
    with serving(titled) as server:
        previewer = AsyncPreviewer(policy=server.policy)
        found = [asyncio.run(previewer.preview(server.url(f"/{at}"))).title for at in range(3)]
        asyncio.run(previewer.close())
    assert found == ["/0", "/1", "/2"]
    assert [len(lines) for lines in server.connections] == [1] * 3


def test_in_two_event_loops_at_once_a_previewer_says_that_it_serves_one():
    with serving(titled) as server:
        mine = Loop(policy=server.policy)
        mine.preview(server.url("/mine"))
        with pytest.raises(UsageError, match="one event loop"):
            asyncio.run(mine.previewer.preview(server.url("/other")))
        assert mine.preview(server.url("/still")).title == "/still"
        mine.close()
        assert asyncio.run(mine.previewer.preview(server.url("/closed"))).title == "/closed"
        asyncio.run(mine.previewer.close())
    assert [len(lines) for lines in server.connections] == [2, 1]
