"""What hostile sites cost: no bomb takes more than 24 MiB above idle, and after thousands of fetches nothing is left.

The clients are processes of their own; a bomb's could not have much more memory if it wanted to.
"""

import pytest

from tests.hostile.bombs import BOMBS, measured
from tests.hostile.soak import FETCHES, soaked

MOST_MIB = 24
FLAT_KIB = 1 << 10
KINDS = {"Preview", "FetchError", "DeadlineExceeded", "Blocked", "InvalidURL", "TooManyRedirects"}


@pytest.fixture(params=["sync", "asyncio"])
def driver(request):
    return request.param


def test_bombs_take_little_memory(driver):
    found = {each["name"]: each for each in measured(driver)}
    assert list(found) == list(BOMBS)
    assert {name: each["mib"] for name, each in found.items() if each["mib"] > MOST_MIB} == {}
    assert {"MemoryError", "TimeoutError"}.isdisjoint(each["outcome"] for each in found.values())


def test_no_socket_thread_task_or_memory_is_left(driver):
    found = soaked(driver)
    assert sum(found["outcomes"].values()) == FETCHES
    assert set(found["outcomes"]) >= KINDS
    assert (found["left"], found["unclosed"], found["at the site"], found["noise"]) == ({}, [], 0, "")
    assert found["grown"] < FLAT_KIB
