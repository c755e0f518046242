"""The client of test_once_processes.py: many callers of one page in a process that shares a cache with others. It begins when it is told to."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

from richresp import AsyncPreviewer, Preview, Previewer, PreviewError
from richresp.caching import AsyncRedisCache, RedisCache, SQLiteCache
from richresp.links import Policy

CACHES = {"sqlite": SQLiteCache, "redis": RedisCache, "aredis": AsyncRedisCache}


def told(found):
    return found.title if isinstance(found, Preview) else repr(found)


def ready():
    """Says so, and waits until it may begin."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def in_threads(callers, url, options):
    with Previewer(**options) as previewer, ThreadPoolExecutor(callers) as pool:

        def one(_):
            try:
                return told(previewer.preview(url))
            except PreviewError as error:
                return told(error)

        options["cache"].get("warm")
        ready()
        found = list(pool.map(one, range(callers)))
    options["cache"].close()
    return found


async def in_tasks(callers, url, options):
    async with AsyncPreviewer(**options) as previewer:
        await options["cache"].get("warm")
        ready()
        found = await asyncio.gather(*(previewer.preview(url) for _ in range(callers)), return_exceptions=True)
    await options["cache"].close()
    return list(map(told, found))


def resolve(_host):
    return ["127.0.0.1"]


resolve.cache_name = "loopback"


def main(given):
    cache = CACHES[given["cache"]](given["at"])
    options = {
        "cache": cache,
        "policy": Policy(allow_networks=("127.0.0.1/32",), allow_ports=(given["port"],)),
        "resolve": resolve,
        "timeout": given["timeout"],
    }
    asked = given["callers"], given["url"], options
    found = in_threads(*asked) if given["threads"] else asyncio.run(in_tasks(*asked))
    return {"found": found, "failed": cache.stats.errors > 0}


if __name__ == "__main__":
    json.dump(main(json.loads(sys.stdin.readline())), sys.stdout)
