"""Lookups that hang: whom they hold up, and whom not."""

import asyncio
import threading

import pytest

from richresp.limits.links import MAX_LOOKUPS, MAX_LOOKUPS_PER_DOMAIN
from richresp.links.lookup import domain_of, until_cancelled, within

PATIENCE = 30


class Hanging:
    """A resolver that knows one name at once, and all others once it is let go."""

    def __init__(self, known):
        self.known = known
        self.asked = []
        self.more = threading.Condition()
        self.go = threading.Event()

    def __call__(self, host):
        with self.more:
            self.asked.append(host)
            self.more.notify()
        if host != self.known:
            self.go.wait(PATIENCE)
        return ["93.184.216.34"]

    def told(self, number):
        """What it was asked, once that is as many names."""
        with self.more:
            assert self.more.wait_for(lambda: len(self.asked) >= number, PATIENCE)
            return sorted(self.asked)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        """Until its lookups have ended, so that the next test has all places."""
        self.go.set()
        for host in list(self.asked):
            within(self, host, PATIENCE)


def in_threads(resolve, hosts, known):
    for host in hosts:
        with pytest.raises(TimeoutError):
            within(resolve, host, 0)
    return within(resolve, known, PATIENCE)


def in_tasks(resolve, hosts, known):
    async def run():
        tasks = [asyncio.create_task(until_cancelled(resolve, host)) for host in hosts]
        await asyncio.sleep(0)
        try:
            return await asyncio.wait_for(until_cancelled(resolve, known), PATIENCE)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


@pytest.fixture(params=[in_threads, in_tasks])
def after(request):
    """`after(resolve, hosts, known)`: what is known of a name, while the others are being looked up."""
    return request.param


@pytest.mark.parametrize("domain", ["evil.example", "evil.co.uk"])
def test_names_of_one_domain_that_hang_hold_up_no_other(after, domain):
    with Hanging("good.co.uk") as resolve:
        hosts = [f"x{number}.{domain}" for number in range(2 * MAX_LOOKUPS)]
        assert after(resolve, hosts, "good.co.uk") == ["93.184.216.34"]
        begun = [*hosts[:MAX_LOOKUPS_PER_DOMAIN], "good.co.uk"]
        assert resolve.told(len(begun)) == sorted(begun)


def test_there_are_no_more_lookups_than_that_in_all():
    with Hanging("good.example") as resolve:
        for number in range(MAX_LOOKUPS + 3):
            with pytest.raises(TimeoutError):
                within(resolve, f"evil{number}.example", 0)
        with pytest.raises(TimeoutError):
            within(resolve, "good.example", 0)
        assert resolve.told(MAX_LOOKUPS) == sorted(f"evil{number}.example" for number in range(MAX_LOOKUPS))


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("a.b.Example.com.", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("a.b.example.uk", "example.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("", ""),
        ("10.1.2.3", "10.1.2.3"),
        ("2606:4700::1", "2606:4700::1"),
    ],
)
def test_a_domain_is_what_somebody_may_have_registered(host, domain):
    assert domain_of(host) == domain
