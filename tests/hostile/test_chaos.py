"""Chaos in a reduced form: each fault in a setting or two. The whole table is for `python tests/hostile/chaos.py`."""

from itertools import count

import pytest

from tests.hostile.chaos import GRACE, is_in_time, rows, suffered
from tests.hostile.chaos_files import FILE_FAULTS
from tests.hostile.chaos_run import CALLERS, SHORT_TIMEOUT, Work
from tests.hostile.chaos_servers import REDIS_FAULTS
from tests.hostile.chaos_stores import HAS_REDIS, SETTINGS

WORK = Work(each=12, timeout=3.0, hurried=2)
TIERED_EVERY = 3


def drawn():
    """Each fault in one of the settings without memory above, in turn, and some with it."""
    possible = set(rows())
    for faults, is_redis in ((REDIS_FAULTS, True), (FILE_FAULTS, False)):
        settings = [setting for setting in SETTINGS if setting.is_redis == is_redis]
        direct = [setting for setting in settings if not setting.is_tiered]
        tiered = [setting for setting in settings if setting.is_tiered]
        for at, fault in enumerate(faults):
            chosen = [direct[at % len(direct)]]
            if at % TIERED_EVERY == 0:
                chosen.append(tiered[at // TIERED_EVERY % len(tiered)])
            yield from ((fault, each) for each in chosen if (fault, each) in possible)


ROWS = list(drawn())


def test_every_fault_is_there():
    assert {fault for fault, _ in ROWS} == {*REDIS_FAULTS, *FILE_FAULTS}


@pytest.mark.parametrize(("fault", "setting"), ROWS, ids=[f"{setting.name}: {fault.name}" for fault, setting in ROWS])
def test_nothing_is_lost_but_cache_hits(fault, setting, tmp_path):
    if setting.is_redis and not HAS_REDIS:
        pytest.skip("no redis-server on PATH: apt-get install redis-server")
    for attempt in count():
        folder = tmp_path / str(attempt)
        folder.mkdir()
        outcome = suffered(fault, setting, folder, WORK)
        assert outcome.wrong == []
        assert outcome.right == outcome.asked == WORK.each * CALLERS
        assert outcome.left == {}
        if fault.is_felt and not setting.is_tiered:
            assert outcome.errors + outcome.fetched - outcome.pages > 0, "the fault harmed nothing"
        if fault.lasts:
            assert outcome.fetched <= 2 * outcome.pages, "memory was not used"
        if is_in_time(outcome, WORK):
            break
        if attempt == 1:  # once may be the machine's fault
            assert outcome.missed == []
            assert outcome.slowest < WORK.timeout + GRACE
            assert outcome.late < GRACE, f"beyond {SHORT_TIMEOUT} s"
