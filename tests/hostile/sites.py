"""A small site for the tests of the command line, which cannot bring a resolver or an authority of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from tests.hostile.answers import head, redirect, says, site
from tests.hostile.wire import Act, Scene

_PATHS = {
    "/missing": head("Content-Length: 0", status="404 Not Found"),
    "/loop": redirect("/loop"),
    "/banner": says(b"SSH-2.0-OpenSSH_9.6 secret\r\n", Act.CLOSE),
    "/hang-up": says(Act.CLOSE),
}
"""Any other path is a page."""


@contextmanager
def running() -> Iterator[SimpleNamespace]:
    """The site on 127.0.0.1 and ::1, with its `port` and the `hits` it had."""
    with Scene(site(_PATHS)) as scene:
        yield SimpleNamespace(port=scene.ports["plain"], hits=scene.visits)
