"""The speed of previews over the wire beside bare httpx, against a loopback site that runs in a process of its own.

    python tests/benchmarks/fetch.py [--requests N] [--rounds N] [--only WORD] [--markdown FILE]

Every row is measured in one run: its sides take turns, each with clients that stay open, and no address is asked for twice
by anybody. `wall` is what a user waits, `CPU` the time of the processor that the client's process takes with all its threads.
A ratio is the median of those of the single rounds.
"""

import argparse
import asyncio
import ssl
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from inspect import iscoroutinefunction
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, process_time
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
import trustme
from lxml import html

from richresp import AsyncPreviewer, Previewer
from richresp.links import Policy
from richresp.links.transport import AsyncGuardedTransport, GuardedTransport
from richresp.links.trip import TRIP, Trip
from tests.benchmarks import fetch_site
from tests.benchmarks.measure import settled

GOAL = 1.5
"""The most that previews should take of what httpx and a parse by lxml take."""

_TIMEOUT = 60.0  # seconds, for every side: what is measured is not how it gives up
_WARM = 3  # requests of each place among the connections, before the first round


class Side(NamedTuple):
    """What fetches: of a site and how many requests there are at once its client, of that and a URL what is there."""

    client: Callable[..., Any]
    ask: Callable[..., Any]


def _httpx(kind, site, _):
    return kind(trust_env=False, verify=site.tls or True, timeout=_TIMEOUT)


def _transport(kind, site, at_once):
    return kind(_policy(site), ssl_context=site.tls, max_connections=at_once)


def _previewer(kind, site, at_once):
    lifted = {"max_connections": at_once, "max_connections_per_host": at_once}
    return kind(policy=_policy(site), ssl_context=site.tls, timeout=_TIMEOUT, **lifted)


def _policy(site):
    return Policy(allow_networks=("127.0.0.0/8", "::1/128"), allow_ports=(site.port,))


def _parsed(client, url):
    return html.fromstring(client.get(url).content)


async def _async_parsed(client, url):
    return html.fromstring((await client.get(url)).content)


def _handled(transport, url):
    TRIP.set(Trip(monotonic() + 60))  # outside of a preview no connection is kept
    return transport.handle_request(httpx.Request("GET", url)).read()


async def _async_handled(transport, url):
    TRIP.set(Trip(monotonic() + 60))
    return await (await transport.handle_async_request(httpx.Request("GET", url))).aread()


SYNC = {
    "httpx + lxml": Side(partial(_httpx, httpx.Client), _parsed),
    "httpx": Side(partial(_httpx, httpx.Client), httpx.Client.get),
    "transport": Side(partial(_transport, GuardedTransport), _handled),
    "preview": Side(partial(_previewer, Previewer), Previewer.preview),
}
ASYNC = {
    "httpx + lxml": Side(partial(_httpx, httpx.AsyncClient), _async_parsed),
    "httpx": Side(partial(_httpx, httpx.AsyncClient), httpx.AsyncClient.get),
    "transport": Side(partial(_transport, AsyncGuardedTransport), _async_handled),
    "preview": Side(partial(_previewer, AsyncPreviewer), AsyncPreviewer.preview),
}
_WHOLE = ("httpx + lxml", "preview")
_PARTS = ("httpx", "transport", "preview")


@dataclass(frozen=True)
class Row:
    """What is measured beside what.

    Attributes:
        name: as the table has it.
        among: the sides there are.
        names: of the rival, and of those beside it.
        kind: of the pages, as the site calls it.
        at_once: requests at once, by so many tasks or threads.
        host: to connect to.
        tls: whether over TLS.
        goal: for the last side, on both clocks.
    """

    name: str
    among: dict[str, Side]
    names: tuple[str, ...]
    kind: str
    at_once: int = 1
    host: str = "127.0.0.1"
    tls: bool = False
    goal: float | None = None


ROWS = (
    Row("20 KB pages, async, 50 at once", ASYNC, _WHOLE, "page", at_once=50, goal=GOAL),
    Row("20 KB pages, async, 10 at once", ASYNC, _WHOLE, "page", at_once=10, goal=GOAL),
    Row("20 KB pages in gzip, async, 10 at once", ASYNC, _WHOLE, "gzip", at_once=10, goal=GOAL),
    Row("20 KB pages, 10 threads", SYNC, _WHOLE, "page", at_once=10, goal=GOAL),
    Row("20 KB pages, one thread", SYNC, _WHOLE, "page", goal=GOAL),
    *(
        Row(f"tiny page, {what}, {how}", among, _PARTS, kind, **options)
        for what, kind, options in (
            ("kept connection", "tiny", {}),
            ("kept connection with TLS", "tiny", {"tls": True}),
            ("new connection", "tiny-close", {}),
            ("new connection to a name", "tiny-close", {"host": "localhost"}),
            ("new connection with TLS", "tiny-close", {"tls": True}),
        )
        for how, among in (("sync", SYNC), ("async", ASYNC))
    ),
)


@contextmanager
def turns(side, site, at_once):
    """A side with its client open, as what fetches a list of URLs."""
    client = side.client(site, at_once)
    ask = partial(side.ask, client)
    if iscoroutinefunction(side.ask):
        with asyncio.Runner() as runner:
            yield lambda urls: runner.run(_by_tasks(ask, iter(urls), at_once))
            runner.run(client.close() if isinstance(client, AsyncPreviewer) else client.aclose())
    else:
        with ThreadPoolExecutor(at_once) as threads:
            yield lambda urls: _by_threads(ask, iter(urls), at_once, threads)
            client.close()


async def _by_tasks(ask, todo, at_once):
    async def work():
        for url in todo:
            await ask(url)

    await asyncio.gather(*(work() for _ in range(at_once)))


def _by_threads(ask, todo, at_once, threads):
    def work():
        for url in todo:
            ask(url)

    for done in [threads.submit(work) for _ in range(at_once)]:
        done.result()


def contest(row, site, requests, rounds):
    """For each side its (wall, CPU) seconds of a request, round by round."""
    urls, seconds = (site.url(row.kind, number, row.host) for number in count()), [[] for _ in row.names]
    with ExitStack() as stack, settled():
        running = [stack.enter_context(turns(row.among[name], site, row.at_once)) for name in row.names]
        for turn in running:
            turn(list(islice(urls, _WARM * row.at_once)))
        for _ in range(rounds):
            for turn, took in zip(running, seconds, strict=True):
                todo = list(islice(urls, requests))
                wall, cpu = perf_counter(), process_time()
                turn(todo)
                took.append(((perf_counter() - wall) / requests, (process_time() - cpu) / requests))
    return seconds


def ratios(seconds, rival):
    """Of wall and CPU, as medians over the rounds."""
    return [median(one[at] / other[at] for one, other in zip(seconds, rival, strict=True)) for at in (0, 1)]


def lines(row, seconds):
    """The lines of the table for a row."""
    for name, took in zip(row.names, seconds, strict=True):
        times = [f"{1e6 * median(each[at] for each in took):.0f}" for at in (0, 1)]
        if took is seconds[0]:
            yield [row.name, name, *times, "", "", ""]
            continue
        beside = ratios(took, seconds[0])
        goal = row.goal if name == row.names[-1] else None
        verdict = f"<= {goal}: {'within' if max(beside) <= goal else 'OVER'}" if goal else ""
        yield ["", name, *times, *(f"{ratio:.2f}" for ratio in beside), verdict]


@contextmanager
def sites():
    """One site without TLS and one with it."""
    authority, tls = trustme.CA(), ssl.create_default_context()
    authority.configure_trust(tls)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        pem = Path(folder, "site.pem")
        authority.issue_cert("127.0.0.1", "localhost").private_key_and_cert_chain_pem.write_to_path(pem)
        plain, secure = fetch_site.running(), fetch_site.running(pem, tls)
        yield {False: stack.enter_context(plain), True: stack.enter_context(secure)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=1_000, metavar="N", help="of each side in each round")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="that count, after one to get warm")
    parser.add_argument("--only", default="", metavar="WORD", help="rows with this in their names")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there, too")
    options = parser.parse_args()
    head = ["what", "side", "wall us", "CPU us", "wall ratio", "CPU ratio", "goal"]
    table = [head, ["---", "---", "---:", "---:", "---:", "---:", "---"]]
    with sites() as both:
        for row in ROWS:
            if options.only in row.name:
                table.extend(lines(row, contest(row, both[row.tls], options.requests, options.rounds)))
    text = "".join(f"| {' | '.join(cells)} |\n" for cells in table)
    text += f"\nMedians of {options.rounds} rounds of {options.requests} requests a side; times are for one request.\n"
    sys.stdout.write(text)
    if options.markdown:
        options.markdown.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
