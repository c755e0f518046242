"""Promise 10: an item of which nothing fits counts as shown, cut; paging goes on behind it."""

import json

import pytest

from richresp import BudgetTooSmall, Omission
from tests.shaping.as_json import shape
from tests.shaping.payloads import follow

GIANT = "https://example.com/" + "a" * 4000


@pytest.mark.parametrize(
    ("giant", "stub", "kind", "total"),
    [({"u": GIANT}, {}, "keys", 1), ([GIANT, 1], [], "items", 2), (GIANT, "…", "characters", len(GIANT))],
)
def test_an_item_of_which_nothing_fits_is_a_stub_and_told(giant, stub, kind, total):
    pages = follow([{"id": 1}, giant, {"id": 3}], 100)
    assert [item for page in pages for item in page.data] == [{"id": 1}, stub, {"id": 3}]
    (page,) = (page for page in pages if stub in page.data)
    assert page.tokens <= 100
    assert Omission("/1", kind, 0, total) in page.omitted
    assert json.loads(page.text)[1:] == page.data


def test_a_number_has_no_stub():
    cursor = shape([1, 10**400, 3, "words " * 99], budget=60).cursor
    with pytest.raises(BudgetTooSmall):
        shape([1, 10**400, 3, "words " * 99], budget=60, cursor=cursor)
