"""Thousands of hostile fetches one after another and side by side, and what is left of them: nothing.

    python tests/hostile/soak.py [FETCHES]

prints what came out and what was left, for threads and for coroutines. The site is in this process, the client in another.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hostile.authority import authority_pem, server_context
from tests.hostile.clients import run_client
from tests.hostile.every import CASES, Crowd
from tests.hostile.wire import Scene

FETCHES = 1_000
"""For each driver."""

_NAMES = {"hanging.example.com": "hanging", "breaking.example.com": "breaking", "inside.example.com": "inside"}


def soaked(driver: str, fetches: int = FETCHES) -> dict[str, Any]:
    """What a client says that asks for so many URLs, and how many connections were left open at the site."""
    crowd = Crowd(case for _, case in CASES)
    with Scene(crowd.script, tls=server_context()) as scene:
        urls = [crowd.url(case, scene.ports) for case in crowd.cases]
        urls += [f"http://{host}:{scene.ports['plain']}/" for host in _NAMES]
        reach = {"names": _NAMES, "ports": list(scene.ports.values()), "pem": authority_pem()}
        task = {"driver": driver, "urls": urls, "fetches": fetches, **reach}
        # Each thread of glibc has an arena of its own, which grows for its own part: one for all says what is kept.
        done = run_client("soak_client.py", task, MALLOC_ARENA_MAX="1")
        assert done.returncode == 0, done.stderr
        return {**json.loads(done.stdout), "at the site": scene.left(), "noise": done.stderr}


if __name__ == "__main__":
    for each in ("sync", "asyncio"):
        said = soaked(each, int(sys.argv[1]) if len(sys.argv) > 1 else FETCHES)
        sys.stdout.write(f"{each}\n" + "".join(f"  {name}: {value}\n" for name, value in said.items()))
