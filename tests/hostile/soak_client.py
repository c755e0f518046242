"""The client of soak.py: asks for many URLs with one previewer and says what came out and what is left of it."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from richresp import AsyncPreviewer, Previewer, PreviewError
from richresp.links import extract
from tests.hostile.clients import belongings, in_use, reach

SECONDS = 0.25
THREADS = TASKS = 8


def _resolver(given: Mapping[str, Any]):
    never = threading.Event()

    def resolve(host: str) -> list[str]:
        kind = given["names"].get(host)
        if kind == "hanging":
            never.wait(2 * SECONDS)
        if kind == "breaking":
            raise OSError
        return ["127.0.0.2" if kind == "inside" else "127.0.0.1"]

    return resolve


def _threads(urls: list[str], options: dict[str, Any]) -> Counter[str]:
    def one(url: str) -> str:
        try:
            return type(previewer.preview(url, refresh=True)).__name__
        except PreviewError as error:
            return type(error).__name__

    with Previewer(**options) as previewer, ThreadPoolExecutor(THREADS) as threads:
        return Counter(threads.map(one, urls))


def _tasks(urls: list[str], options: dict[str, Any]) -> Counter[str]:
    async def run() -> Counter[str]:
        waiting, found = iter(urls), Counter[str]()

        async def worker() -> None:
            for url in waiting:
                try:
                    found[type(await previewer.preview(url, refresh=True)).__name__] += 1
                except PreviewError as error:
                    found[type(error).__name__] += 1

        async with AsyncPreviewer(**options) as previewer:
            await asyncio.gather(*(worker() for _ in range(TASKS)))
        found["tasks left"] += len(asyncio.all_tasks()) - 1
        return found

    return asyncio.run(run())


def main(given: Mapping[str, Any]) -> dict[str, Any]:
    """`outcomes` by class; `left`, what is open that was not before; `grown`, KiB after each was asked for once."""
    broken: list[str] = []
    sys.unraisablehook = lambda told: broken.append(f"{told.exc_value!r}"[:300])
    threading.excepthook = lambda told: broken.append(f"{told.exc_value!r} in a thread")
    run = {"sync": _threads, "asyncio": _tasks}[given["driver"]]
    options = reach(given, timeout=SECONDS, resolve=_resolver(given))
    each = given["urls"]
    drawn = random.Random(7).choices(each, k=given["fetches"] - len(each))
    run(each[:THREADS], options)  # loads what is loaded late; on a busy machine other pages may do so only later
    extract(b"<p>" + "\u0441\u043b\u043e\u0432\u043e ".encode("cp1251") * 99, url="https://site.example.com/")
    before = belongings()
    found = run(each, options)
    early = in_use()
    found += run(drawn, options)
    grown = in_use() - early
    left = {name: count for name, count in (belongings() - before).items() if count}
    if count := found.pop("tasks left", 0):
        left["tasks"] = count
    return {"outcomes": found, "left": left, "grown": grown, "unclosed": broken}


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
