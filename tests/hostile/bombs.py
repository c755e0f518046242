"""What bombs cost: memory above idle and seconds, for richresp and for a plain `httpx.get`.

    python tests/hostile/bombs.py

prints the table, as markdown. Every client is a process of its own with a limit of memory: one for all bombs of richresp, since
what one leaves behind counts against the next, and one for each bomb of httpx, which dies of some.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hostile.authority import authority_pem, server_context
from tests.hostile.cases import bodies
from tests.hostile.clients import run_client
from tests.hostile.every import CASES, Crowd
from tests.hostile.wire import Scene

STOCK_MIB, STOCK_SECONDS = 4096, 20
OUR_SECONDS = 60

_MORE = {
    "with a body that is a gigabyte",
    "with a body that is endless",
    "9,000 fields",
    "a field of two megabytes",
    "endless fields",
    "endless blank lines",
    "an extension of two megabytes",
    "200,000 trailers",
    "hints as fast as they go",
}
BOMBS = {f"{table}: {case.name}": case for table, case in CASES if case in bodies.BOMBS or case.name in _MORE}


def measured(driver: str) -> list[dict[str, Any]]:
    """What a client says of each bomb: `name`, `mib` above idle, `seconds` and `outcome`, the name of a class."""
    crowd = Crowd(BOMBS.values())
    with Scene(crowd.script, tls=server_context()) as scene:
        return _said(_task(driver, crowd, scene))


def _task(driver: str, crowd: Crowd, scene: Scene) -> dict[str, Any]:
    places = {name: crowd.url(case, scene.ports) for name, case in BOMBS.items()}
    reach = {"idle": crowd.plain_url(scene.ports), "ports": list(scene.ports.values()), "pem": authority_pem()}
    return {"driver": driver, "places": places, "seconds": OUR_SECONDS, **reach}


def _said(task: dict[str, Any]) -> list[dict[str, Any]]:
    done = run_client("bombs_client.py", task)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if task["driver"] != "httpx":
        assert done.returncode == 0, done.stderr
    elif not found:
        found.append({"name": "", "mib": STOCK_MIB, "seconds": 0.0, "outcome": done.stderr.strip().rpartition("\n")[2]})
    return found


def table() -> Iterator[str]:
    """The lines of the table, each as soon as it is known."""
    lacking = [name for name in ("brotli", "zstandard") if find_spec(name) is None]
    yield f"httpx is cut at {STOCK_SECONDS} s and {STOCK_MIB} MiB." + "".join(f" Without {name}." for name in lacking)
    yield "\n|bomb|sync MiB|s|async MiB|s|httpx MiB|s|httpx says|\n|-|-|-|-|-|-|-|-|"
    crowd = Crowd(BOMBS.values())
    with Scene(crowd.script, tls=server_context()) as scene:
        _said(_task("sync", crowd, scene))  # the site makes its bombs when it is first asked
        ours = [{each["name"]: each for each in _said(_task(driver, crowd, scene))} for driver in ("sync", "asyncio")]
        task = {**_task("httpx", crowd, scene), "seconds": STOCK_SECONDS, "room_mib": STOCK_MIB}
        for name, place in task["places"].items():
            stock = _said({**task, "places": {name: place}})[0]
            cells = [f"{each['mib']:.1f}|{each['seconds']:.2f}" for each in (*(one[name] for one in ours), stock)]
            yield f"|{name}|{'|'.join(cells)}|{stock['outcome']}|"


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
