"""Chaos: previews run, by threads or coroutines, while their cache's store is harmed. What they got, and how long it took.

    python tests/hostile/chaos.py [--each N] [--only WORD]

The promise: nothing is ever lost but cache hits. Every preview is right and within its deadline, and nothing stays open. The program
ends with 1 if a row breaks it, and says what was wrong.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from richresp.links import Policy
from tests.hostile.answers import page
from tests.hostile.chaos_faults import Fault
from tests.hostile.chaos_files import FILE_FAULTS
from tests.hostile.chaos_run import Outcome, Run, Work, in_tasks, in_threads
from tests.hostile.chaos_servers import REDIS_FAULTS
from tests.hostile.chaos_stores import HAS_REDIS, SETTINGS, Setting, world_for
from tests.hostile.clients import belongings
from tests.hostile.wire import Act, Scene, Visit

TIMEOUT = 5.0
GRACE = 0.3
"""Seconds beyond its deadline in which a preview must be back."""

_HURRIED = 6
_PATIENCE = 10.0
_DESCRIBED = 1_500
"""Bytes that no deflating makes less: a page is some KB in a cache."""


def _script(visit: Visit) -> Iterator[bytes | Act]:
    if visit.path.startswith("/never"):
        yield Act.SILENCE
    described = random.Random(visit.path).randbytes(_DESCRIBED // 2).hex()
    yield page(body=f"<title>Page {visit.path}</title><meta name=description content={described}>".encode())


def suffered(fault: Fault, setting: Setting, folder: Path, work: Work) -> Outcome:
    """What becomes of previews in such a setting under such a fault."""
    with world_for(setting, folder) as world, Scene(_script) as scene:
        fault.before(world)
        threads, before = set(threading.enumerate()), belongings()
        run = Run(fault, world, scene.ports["plain"], work)
        cache = setting.cache(world)
        policy = Policy(allow_networks=("127.0.0.1/32",), allow_ports=tuple(scene.ports.values()))
        do = in_threads if setting.callers == "threads" else in_tasks
        do(run, cache, {"policy": policy, "resolve": lambda host: ["127.0.0.1"]})
        outcome = run.outcome
        asked_for = [visit.path for visit in scene.visits if visit.path.count("/") == 1]
        outcome.fetched, outcome.pages = len(asked_for), len(set(asked_for))
        outcome.errors = cache.stats.errors
        if world.stands is not None and world.path.read_bytes() != world.stands:
            outcome.wrong.append("what stood in place of the file was changed")
        if left := scene.left():
            outcome.left["connections to the site"] = left
        outcome.left |= _left(threads, before)
        return outcome


def _left(threads: set[threading.Thread], before: Counter[str]) -> dict[str, int]:
    """What is open that was not before, after what stands before a store has had time to see that nobody is there."""
    for thread in set(threading.enumerate()) - threads:
        thread.join(_PATIENCE)
    return {name: count for name, count in (belongings() - before).items() if count}


def is_in_time(outcome: Outcome, work: Work) -> bool:
    """Whether all came before their deadlines, and a little."""
    return not outcome.missed and outcome.slowest < work.timeout + GRACE and outcome.late < GRACE


def rows() -> Iterator[tuple[Fault, Setting]]:
    """All faults in all settings in which they can be."""
    for setting in SETTINGS:
        for fault in REDIS_FAULTS if setting.is_redis else FILE_FAULTS:
            if fault.callers in ("", setting.callers):
                yield fault, setting


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=100, metavar="N", help="previews of each of the callers")
    parser.add_argument("--only", default="", metavar="WORD", help="rows with this in their names")
    options = parser.parse_args()
    logging.getLogger("richresp").setLevel(logging.CRITICAL)
    work, write, broken = Work(options.each, TIMEOUT, _HURRIED), sys.stdout.write, 0
    head = (
        "cache",
        "fault",
        "injected by",
        "asked",
        "right",
        "origin requests",
        "errors",
        "slowest ms",
        "late ms",
        "left",
    )
    write(f"| {' | '.join(head)} |\n|{'---|' * 3}{'---:|' * 7}---|\n")
    for fault, setting in rows():
        if options.only not in f"{setting.name}: {fault.name}" or (setting.is_redis and not HAS_REDIS):
            continue
        with tempfile.TemporaryDirectory() as folder:
            told = suffered(fault, setting, Path(folder), work)
        cells = (
            setting.name, fault.name, fault.how, told.asked, told.right, told.pages, told.fetched, told.errors,
            round(1e3 * told.slowest), round(1e3 * told.late), told.left or "nothing",
        )  # fmt: skip
        write(f"| {' | '.join(map(str, cells))} |\n")
        sys.stdout.flush()
        broken += told.right < told.asked or bool(told.wrong or told.left) or not is_in_time(told, work)
        for each in (told.wrong + told.missed)[:3]:
            sys.stderr.write(f"{setting.name}, {fault.name}: {each}\n")
    sys.exit(broken > 0)


if __name__ == "__main__":
    main()
