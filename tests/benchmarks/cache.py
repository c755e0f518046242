"""Caches beside hishel's cached client: what a known preview costs, and how often a site is asked for what many want.

    python tests/benchmarks/cache.py [--times N] [--rounds N] [--callers N] [--pages N] [--only WORD]

A known preview is asked for by one caller, again and again, in turns with hishel; the ratio is the median of those of the single
rounds. Then many callers want one page at once, and processes that share a Redis want the same pages. A site in a process of its own
counts its answers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
from redis import Redis

from tests.benchmarks import fetch_site
from tests.benchmarks.cache_sides import CACHES, SIDES, Place, right_among
from tests.benchmarks.measure import settled
from tests.benchmarks.tables import Table
from tests.caching.servers import PROGRAM, Server

GOALS = {"memory": 50.0, "SQLite": 250.0}
"""Microseconds of a known preview, at most."""

PROCESSES = 4
AT_ONCE = 16
"""Requests of each of them at once."""

_HEAD = ["who asks", "origin requests", "seconds", "right"]
_WORKER = Path(__file__).with_name("cache_worker.py")


@contextmanager
def surroundings():
    """A site, and where things are kept; a Redis if there is one."""
    with fetch_site.running() as site, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = Server(Path(folder)) if PROGRAM else None
        if server is not None:
            stack.callback(server.close)
        yield site, Place(Path(folder), server.url if server else None)


def answers(site):
    """How many pages a site gave."""
    return int(httpx.get(site.url("counts", 0), trust_env=False).text.split()[1])


def fresh(place, name):
    """A place where nothing is kept yet."""
    folder = Path(tempfile.mkdtemp(prefix=name.replace(" ", "-"), dir=place.folder))
    if place.redis:
        with Redis.from_url(place.redis) as client:
            client.flushall()
    return Place(folder, place.redis)


def known(how, store, site, place, times, rounds):
    """Microseconds of a page that is known, for richresp and for hishel, in each round, and how often the site was asked for it."""
    at = fresh(place, f"{how} {store}")
    with ExitStack() as stack, settled():
        asks = [stack.enter_context(SIDES[name, how](store, at, site.port, 1)).ask for name in ("richresp", "hishel")]
        urls = [site.url("page", 1)] * times
        before = answers(site)
        for ask in asks:
            ask(urls[:3])
        took = [[1e6 * _seconds(ask, urls) / times for ask in asks] for _ in range(rounds)]
        return took, answers(site) - before


def crowded(name, how, site, place, callers):
    """How often a site is asked for one page that so many callers want at once, the seconds, and callers that got it."""
    at = fresh(place, f"crowd {name} {how}")
    urls = [site.url("page", 2)] * callers
    with SIDES[name, how]("memory", at, site.port, callers) as (ask, _):
        before, began = answers(site), perf_counter()
        found = ask(urls)
        return answers(site) - before, perf_counter() - began, right_among(found, urls)


@dataclass(frozen=True)
class Shared:
    """What came of processes that share a Redis.

    Attributes:
        requests: that the site saw.
        seconds: of the slowest process.
        right: pages that were right, of all processes.
        errors: calls to Redis that failed; each may cost requests.
    """

    requests: int
    seconds: float
    right: int
    errors: int


def shared(name, how, site, place, pages, processes=PROCESSES):
    """What comes of processes that share a Redis, each of which asks for so many pages."""
    at = fresh(place, f"shared {name} {how} {pages}")
    urls = [site.url("page", number) for number in range(pages)]
    task = {"name": name, "how": how, "redis": at.redis, "port": site.port, "at_once": AT_ONCE, "urls": urls}
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker()) for _ in range(processes)]
        for worker in workers:
            _say(worker, json.dumps(task))
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        before = answers(site)
        for worker in workers:
            _say(worker, "go")
        told = [json.loads(worker.stdout.readline()) for worker in workers]
        seconds = max(each["seconds"] for each in told)
        right, errors = (sum(each[what] for each in told) for what in ("right", "errors"))
        return Shared(answers(site) - before, seconds, right, errors)


def _worker():
    return subprocess.Popen(
        [sys.executable, str(_WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_WORKER.parents[2]
    )


def _say(worker, line):
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()


def _seconds(ask, urls):
    began = perf_counter()
    ask(urls)
    return perf_counter() - began


def of_known(site, place, times, rounds, only=""):
    """Microseconds of known previews by store and how it is asked, and the table."""
    found, rows = {}, []
    for how, caches in CACHES.items():
        for store in caches:
            if only not in f"{store}, {how}" or ("Redis" in store and not place.redis):
                continue
            took, requests = known(how, store, site, place, times, rounds)
            assert requests == 2, "each side keeps the page"
            ours, theirs = (min(each[side] for each in took) for side in (0, 1))
            found[store, how], goal = ours, GOALS.get(store)
            verdict = f"<= {goal:.0f}: {'within' if ours <= goal else 'OVER'}" if goal else ""
            ratio = median(one / other for one, other in took)
            rows.append([f"{store}, {how}", f"{ours:.0f}", f"{theirs:.0f}", f"{ratio:.2f}", verdict])
    notes = () if place.redis else ("not measured: Redis, for there is no redis-server",)
    return found, Table("a known preview", ["cache", "richresp us", "hishel us", "ratio", "goal"], rows, notes)


def of_a_crowd(site, place, callers):
    """How many requests it takes to give one page to many at once."""
    rows = []
    for name, how in SIDES:
        requests, seconds, right = crowded(name, how, site, place, callers)
        rows.append([f"{name}, {how}", f"{requests}", f"{seconds:.2f}", f"{right}"])
    return Table(f"{callers} callers, one page", _HEAD, rows)


def of_processes(site, place, pages):
    """How many requests processes take that share a Redis."""
    rows = []
    for name, how in SIDES:
        one = shared(name, how, site, place, pages)
        errors = f" ({one.errors} calls to Redis failed)" if one.errors else ""
        rows.append([f"{name}, {how}", f"{one.requests}{errors}", f"{one.seconds:.2f}", f"{one.right}"])
    return Table(f"{PROCESSES} processes, {pages} pages", _HEAD, rows)


def tables(options):
    """Each as soon as it is known."""
    with surroundings() as (site, place):
        yield of_known(site, place, options.times, options.rounds, options.only)[1]
        yield of_a_crowd(site, place, options.callers)
        if place.redis:
            yield of_processes(site, place, options.pages)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--times", type=int, default=1_000, metavar="N", help="that a known page is asked for in a round"
    )
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--callers", type=int, default=1_000, metavar="N", help="of one page")
    parser.add_argument("--pages", type=int, default=500, metavar="N", help="that processes share")
    parser.add_argument("--only", default="", metavar="WORD", help="rows of known previews with this in their names")
    for table in tables(parser.parse_args()):
        sys.stdout.write(f"{table.in_markdown()}\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
