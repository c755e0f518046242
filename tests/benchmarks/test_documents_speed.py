"""The speed of documents in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/documents.py`.
"""

import pytest

from tests.benchmarks.documents import FIRST, KINDS, NEXT, document, page, ratios
from tests.benchmarks.measure import ratio

ROOM = 4
SIZE = 250_000
"""A quarter of what the goals are for: so the ratio of a page may be four times theirs."""


PARSED = [kind for kind in KINDS if kind != "one fence"]
"""A parser finds the end of a fence and does nothing else: no page costs a hundredth of that."""


@pytest.mark.parametrize("kind", PARSED)
def test_a_page_costs_little_of_what_a_parse_of_the_whole_does(kind):
    _, first, later = ratios(kind, SIZE, 2, share=0.2)
    assert first.ratio < FIRST
    assert later.ratio < ROOM * NEXT * 1_000_000 / SIZE


@pytest.mark.parametrize("kind", KINDS)
def test_the_time_for_a_page_does_not_grow_with_the_document(kind):
    less, more = document(kind, 20_000), document(kind, 4_000_000)
    assert ratio(lambda: page(more), lambda: page(less), 3) < ROOM
