"""The client of bombs.py: asks for one bomb after another and says what each cost. Reads its task as JSON from stdin."""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.hostile.clients import forget_peak, memory, reach, settled

ROOM_MIB = 384
"""Address space above idle for richresp: for each thread glibc sets 128 MiB of it aside and uses none."""

SECONDS = 10.0
_KIB = 1024


def _richresp(given: Mapping[str, Any]) -> Callable[[str], object]:
    from tests.hostile.drivers import ask

    options = reach(given, timeout=SECONDS)
    return lambda url: ask(given["driver"], [url], options)[0]


def _httpx(given: Mapping[str, Any]) -> Callable[[str], object]:
    """By address, since a plain client looks names up; the site learns the name by the Host header."""
    import httpx

    def get(url: str) -> httpx.Response:
        found = httpx.URL(url)
        headers = {"Host": found.netloc.decode()}
        return httpx.get(
            found.copy_with(host="127.0.0.1"), headers=headers, timeout=SECONDS, follow_redirects=True, trust_env=False
        )

    return get


def _too_late(*_: object) -> None:
    raise TimeoutError


def main(given: Mapping[str, Any]) -> None:
    """Says for each bomb how much memory there was above idle at most, in how many seconds, and what came out."""
    run = _httpx(given) if given["driver"] == "httpx" else _richresp(given)
    run(given["idle"])
    idle = settled()
    room = (memory("VmSize") << 10) + (given.get("room_mib", ROOM_MIB) << 20)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    signal.signal(signal.SIGALRM, _too_late)
    for name, url in given["places"].items():
        settled()
        forget_peak()
        signal.alarm(given["seconds"])
        start = time.perf_counter()
        try:
            outcome = type(run(url)).__name__
        except Exception as error:  # noqa: BLE001  # a rival may raise anything, MemoryError among it
            outcome = type(error).__name__
        took = time.perf_counter() - start
        signal.alarm(0)
        found = {"name": name, "mib": (memory("VmHWM") - idle) / _KIB, "seconds": took, "outcome": outcome}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(json.load(sys.stdin))
