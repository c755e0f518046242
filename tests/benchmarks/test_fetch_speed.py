"""The speed rows of previews over the wire in a reduced form, with so much room that only a change of its order is found.

The true numbers are for `python tests/benchmarks/fetch.py`.
"""

import httpx
import pytest

from richresp.links.extracting import extract
from tests.benchmarks import fetch_site
from tests.benchmarks.fetch import ASYNC, GOAL, ROWS, SYNC, contest, ratios, sites, turns

ROOM = 4
"""How many times the goal is let pass, for machines that are busy."""

WHOLE = [row for row in ROWS if row.goal]
PARTS = [row for row in ROWS if not row.goal]
KINDS = ("page", "gzip", "tiny", "tiny-close")


@pytest.fixture(scope="module")
def both():
    with sites() as running:
        yield running


def named(rows):
    return {"argvalues": rows, "ids": [row.name for row in rows]}


@pytest.mark.parametrize("row", **named(WHOLE))
def test_a_preview_costs_little_more_than_a_fetch_and_a_parse(row, both):
    seconds = contest(row, both[row.tls], 50, 3)
    assert ratios(seconds[-1], seconds[0])[1] < ROOM * GOAL


@pytest.mark.parametrize("row", **named(PARTS))
def test_the_guarded_transport_costs_little_more_than_a_client_of_httpx(row, both):
    seconds = contest(row, both[row.tls], 15, 3)
    assert ratios(seconds[row.names.index("transport")], seconds[0])[1] < ROOM


def counts(site):
    """How many connections were made to a site, and how many pages it gave."""
    told = httpx.get(site.url("counts", 0), verify=site.tls or True, trust_env=False).text
    return [int(number) for number in told.split()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sides", [SYNC, ASYNC], ids=["sync", "async"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_every_side_fetches_every_page_once_and_keeps_its_connections_where_it_can(tls, sides, kind, both):
    site = both[tls]
    for side in sides.values():
        with turns(side, site, 3) as turn:
            before = counts(site)
            turn([site.url(kind, number) for number in range(12)])
            connections, answers = (now - then for now, then in zip(counts(site), before, strict=True))
        assert answers == 12
        assert connections - 1 == 12 if kind.endswith("-close") else connections - 1 <= 3


@pytest.mark.parametrize("kind", ["page", "tiny"])
def test_pages_are_always_the_same_and_no_two_are(kind):
    first, again, second = (fetch_site.page(kind.encode(), number)[0] for number in (b"1", b"1", b"2"))
    assert first == again != second
    assert kind == "tiny" or 19_900 < len(first) < 20_100
    preview = extract(first, url="http://the.site/story/00000001")
    assert "00000001" in preview.title
    assert preview.image is not None
    assert preview.warnings == ()
