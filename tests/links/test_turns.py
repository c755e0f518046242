"""Whose turn it is in a batch, against what is promised: each link once, the caps, no free place while a link may begin, hosts in turn."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from richresp.links.turns import Turns


def host_of(link):
    return link[0]


@given(
    links=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 20)), max_size=40),
    total=st.integers(1, 6),
    per_host=st.integers(1, 4),
    picks=st.lists(st.integers(0, 50), min_size=80, max_size=80),
)
def test_each_link_begins_once_within_the_caps_as_soon_as_there_is_a_place(links, total, per_host, picks):
    first = len(links) // 2
    turns = Turns(links[:first], host_of, total=total, per_host=per_host)
    for link in dict.fromkeys(links):
        if link not in links[:first]:
            turns.add(link)
    waiting, running, begun = list(dict.fromkeys(links)), [], []
    for pick in picks:
        for link in turns.ready():
            waiting.remove(link)
            running.append(link)
            begun.append(link)
        held = Counter(map(host_of, running))
        assert len(running) <= total
        assert max(held.values(), default=0) <= per_host
        assert not [each for each in waiting if len(running) < total and held[host_of(each)] < per_host]
        assert bool(turns) == bool(waiting or running)
        if running:
            link = running.pop(pick % len(running))
            turns.done(link)
    assert sorted(begun) == sorted(set(links))
    for host in "abcd":
        assert [each for each in begun if host_of(each) == host] == [
            each for each in dict.fromkeys(links) if host_of(each) == host
        ]


@given(many=st.integers(1, 200), total=st.integers(2, 10))
def test_a_host_with_many_links_does_not_keep_the_others_waiting(many, total):
    links = [("a", number) for number in range(many)] + [(host, 0) for host in "bcdefgh"]
    turns = Turns(links, host_of, total=total, per_host=1)
    order = list(turns.ready())
    while order and turns:
        first = next(iter(turns._running))
        turns.done((first, 0))
        order += turns.ready()
    assert [host for host, _ in order[:8]] == list("abcdefgh")


def test_a_hundred_thousand_links_of_one_host_are_looked_at_once_each(count_steps):
    def run(count):
        turns = Turns([("a", number) for number in range(count)], host_of, total=64, per_host=4)
        while turns:
            running.extend(turns.ready())
            turns.done(running.pop())

    running = []
    small, large = count_steps(run, 1_000), count_steps(run, 10_000)
    assert large < 12 * small
