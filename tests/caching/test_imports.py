"""Each backend loads only what it needs."""

import pytest

from richresp import caching

HEAVY = {"cachetools", "sqlite3", "redis", "platformdirs", "asyncio", "httpx"}


@pytest.mark.parametrize(
    ("names", "needed"),
    [
        ("Cache, AsyncCache, Stats", set()),
        ("MemoryCache", {"cachetools"}),
        ("TieredCache, AsyncTieredCache", set()),
        ("SQLiteCache", {"cachetools", "sqlite3"}),
        ("RedisCache, AsyncRedisCache", {"asyncio"}),
    ],
)
def test_a_backend_loads_only_what_it_needs(names, needed, run_program):
    loaded = run_program(f"import sys; from richresp.caching import {names}; print(*sys.modules)").split()
    assert HEAVY.intersection(loaded) == needed


def test_every_name_is_there_and_tells_what_it_is():
    for name in caching.__all__:
        assert getattr(caching, name).__doc__
    assert set(caching.__all__) <= set(dir(caching))
    with pytest.raises(AttributeError, match="nonsense"):
        caching.nonsense  # noqa: B018


MISSING = """
import sys
sys.modules["redis"] = None
from richresp import RichRespError
from richresp.caching import AsyncRedisCache, RedisCache
for kind in (RedisCache, AsyncRedisCache):
    try:
        kind("redis://localhost")
    except ImportError as error:
        assert isinstance(error, RichRespError) and error.extra == "redis"
        print(error)
"""


def test_without_its_package_a_backend_says_what_to_install(run_program):
    assert run_program(MISSING).count("pip install 'richresp[redis]'") == 2
