"""The breaker and the log: pure, with a clock that is moved."""

import logging

from richresp.caching.breaker import CircuitBreaker
from richresp.caching.protocol import Stats
from richresp.caching.tally import Tally
from richresp.limits.caching import BREAKER_FAILURES, BREAKER_SECONDS, LOG_SECONDS
from tests.conformance.backends import Clock


def opened(clock):
    breaker = CircuitBreaker(clock)
    for _ in range(BREAKER_FAILURES):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row():
    assert not opened(Clock()).allows()


def test_a_success_in_between_starts_the_row_anew():
    breaker = CircuitBreaker(Clock())
    for _ in range(10 * BREAKER_FAILURES):
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()


def test_one_call_may_try_when_the_time_is_over():
    clock = Clock()
    breaker = opened(clock)
    clock.advance(BREAKER_SECONDS - 0.1)
    assert not breaker.allows()
    clock.advance(0.1)
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_trial_that_fails_closes_it_for_as_long_again():
    clock = Clock()
    breaker = opened(clock)
    clock.advance(BREAKER_SECONDS)
    assert breaker.allows()
    clock.advance(1)
    breaker.failed()
    clock.advance(BREAKER_SECONDS - 0.1)
    assert not breaker.allows()


def test_a_trial_that_succeeds_lets_everybody_in():
    clock = Clock()
    breaker = opened(clock)
    clock.advance(BREAKER_SECONDS)
    assert breaker.allows()
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_a_trial_that_never_comes_back_does_not_close_it_for_ever():
    clock = Clock()
    breaker = opened(clock)
    clock.advance(BREAKER_SECONDS)
    assert breaker.allows()
    clock.advance(BREAKER_SECONDS)
    assert breaker.allows()


def test_the_same_trouble_is_told_once_a_while_and_with_how_often(caplog):
    clock = Clock()
    tally = Tally("a cache", clock)
    for _ in range(1_000):
        tally.failed("the store is away", OSError("secret"))
    tally.failed("something else")
    clock.advance(LOG_SECONDS)
    tally.failed("the store is away", OSError("secret"))
    assert [record.getMessage() for record in caplog.records] == [
        "a cache: the store is away (OSError)",
        "a cache: something else",
        "a cache: the store is away (OSError); 999 more like it since the last record",
    ]
    assert {(record.name, record.levelno) for record in caplog.records} == {("richresp.caching", logging.WARNING)}
    assert tally.stats == Stats(errors=1_002)
