"""A call that is cancelled at any of its steps leaves the others what is theirs."""

import asyncio

import pytest

from richresp.caching import AsyncRedisCache
from tests.caching.servers import listening, proxy


@pytest.mark.parametrize("steps", range(0, 40, 3))
def test_a_call_that_is_cancelled_leaves_nobody_anothers_reply(server, steps):
    """Cancelled at each of its steps in turn, while others use the same few connections."""

    async def own(cache, name):
        for _ in range(10):
            value = name.encode() * 50
            await cache.set(name, value, 60)
            assert await cache.get(name) in {None, value}

    async def scenario(port):
        cache = AsyncRedisCache(f"redis://127.0.0.1:{port}")
        await asyncio.gather(*(cache.set(f"{number}", b"%d" % number * 200, 60) for number in range(8)))
        for _ in range(5):
            calls = [asyncio.ensure_future(cache.get(f"{number}")) for number in range(8)]
            for _ in range(steps):
                await asyncio.sleep(0)
            for doomed in calls[::2]:
                doomed.cancel()
            for number, found in enumerate(await asyncio.gather(*calls, return_exceptions=True)):
                assert found == b"%d" % number * 200 or isinstance(found, asyncio.CancelledError) or found is None
        await asyncio.gather(*(own(cache, f"own {number}") for number in range(4)))
        for number in range(8):
            assert await cache.get(f"{number}") == b"%d" % number * 200
        errors = cache.stats.errors
        await cache.close()
        return errors

    with listening(proxy(server.port, pause=0.001, piece=1_000)) as (port, _):
        assert asyncio.run(scenario(port)) == 0


def test_calls_that_are_cancelled_use_no_connection_up(server):
    async def scenario():
        cache = AsyncRedisCache(server.url)
        await cache.set("key", b"value", 60)
        for steps in range(300):
            calls = [asyncio.ensure_future(cache.get("key")) for _ in range(4)]
            for _ in range(steps % 12):
                await asyncio.sleep(0)
            for _ in range(2):
                for doomed in calls:
                    doomed.cancel()
                await asyncio.sleep(0)
            await asyncio.gather(*calls, return_exceptions=True)
        found = await asyncio.gather(*(cache.get("key") for _ in range(100)))
        errors = cache.stats.errors
        await cache.close()
        return found, errors

    found, errors = asyncio.run(scenario())
    assert found == [b"value"] * 100
    assert errors == 0
