"""What is asked of a cache before a page is asked for, in which order, and how long that may hold up a preview.

The clock is moved on by the calls to the cache and by waiting alone.
"""

from contextlib import suppress

import pytest

from richresp.exceptions import DeadlineExceeded
from richresp.links.entries import entry_of, to_bytes
from richresp.links.flights import Flights
from richresp.links.freshness import Rules, judge
from richresp.links.memory import Memory
from richresp.links.model import Preview
from richresp.links.recall import recall
from richresp.links.steps import Claim, Failed, Join, Lookup, Wait

URL = "http://example.com/"
TIMEOUT = 4.0
NOW = 1e9


class Asked(Exception):
    """The page is asked for; what went before is known."""


class Caller:
    """A preview up to where its page is asked for; each call to the cache takes so many seconds."""

    def __init__(self, call_seconds, *, lease, found_at_last=None, join_seconds=0.0):
        self.now = 0.0
        self.taken = []
        self.joined = []
        self._found_at_last = found_at_last
        self._join_seconds = join_seconds
        self._call_seconds = call_seconds
        self._lease = lease

    def steps(self):
        """The names of the steps before the page is asked for."""
        memory = Memory(
            clock=lambda: NOW,
            steady=lambda: self.now,
            jitter=lambda: 0.0,
            rules=Rules(ttl=60.0),
            patience=TIMEOUT / 2,
            lease=TIMEOUT + 1,
        )
        going, told = recall(URL, "key", self._visit, memory), None
        with suppress(Asked):
            while True:
                step = going.send(told)
                self.taken.append(type(step).__name__)
                self.joined += [step.key] if isinstance(step, Join) else []
                told = self._perform(step)
        return self.taken

    def _visit(self, _known):
        raise Asked

    def _perform(self, step):
        match step:
            case Join(key, within):
                if within is not None and self._join_seconds > within:
                    self.now += within
                    return Failed(DeadlineExceeded(url=URL, seconds=within))
                self.now += self._join_seconds
                return Flights().join(key, lambda: None)
            case Wait(seconds):
                self.now += seconds
                return None
        self.now += self._call_seconds
        if isinstance(step, Claim):
            return self._lease
        return self._found_at_last if "Claim" in self.taken and isinstance(step, Lookup) else None


def test_a_quick_cache_is_asked_again_once_there_is_the_lease():
    assert Caller(0.001, lease="token").steps() == ["Lookup", "Join", "Claim", "Lookup"]


@pytest.mark.parametrize(
    ("call_seconds", "steps"),
    [
        (TIMEOUT / 6, ["Lookup", "Join"]),
        (TIMEOUT / 12, ["Lookup", "Join", "Claim"]),
        (TIMEOUT / 15, ["Lookup", "Join", "Claim", "Lookup"]),
    ],
)
def test_a_slow_cache_is_asked_no_more_after_a_third_of_the_patience(call_seconds, steps):
    assert Caller(call_seconds, lease="token").steps() == steps


@pytest.mark.parametrize("call_seconds", [0.0001, 0.01, 0.1, 0.25])
def test_another_process_is_waited_for_as_long_as_patience_lasts_however_slow_the_cache_is(call_seconds):
    caller = Caller(call_seconds, lease=None)
    taken = caller.steps()
    assert Lookup.__name__ in taken[taken.index("Wait") :]
    assert TIMEOUT / 2 <= caller.now < TIMEOUT / 2 + 0.1 + 2 * call_seconds


def test_who_has_waited_long_for_a_leader_that_gave_up_does_not_wait_for_a_lease_as_well():
    assert Caller(0.001, lease=None, join_seconds=TIMEOUT / 2 - 0.001).steps() == ["Lookup", "Join"]


def test_who_waits_too_long_for_whoever_asks_looks_once_more_and_then_asks():
    caller = Caller(0.001, lease=None, join_seconds=TIMEOUT / 2 + 0.1)
    assert caller.steps() == ["Lookup", "Join", "Lookup", "Join"]
    assert caller.joined == ["key", "key+"]


def test_what_another_process_stored_before_the_lease_was_had_is_found_and_the_lease_is_given_back():
    found = Preview(requested_url=URL, final_url=URL, url=URL, title="Title", status=200)
    freshness = judge(200, [], (), requested_at=NOW, answered_at=NOW, rules=Rules(ttl=60.0))
    caller = Caller(0.001, lease="token", found_at_last=to_bytes(entry_of(found, freshness, NOW), "key"))
    with pytest.raises(StopIteration) as told:
        caller.steps()
    assert told.value.value.title == "Title"
    assert caller.taken == ["Lookup", "Join", "Claim", "Lookup", "Release"]
