"""The cost of the middleware in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/middleware.py`.
"""

import pytest

from richresp.integrations.asgi import ShapeMiddleware
from tests.benchmarks.measure import ratio
from tests.benchmarks.middleware import app_of, beside, few, requests
from tests.benchmarks.payloads import payload

ROOM = 2


@pytest.mark.parametrize("number", [1, 30])
def test_a_small_answer_costs_little_more_with_it(number):
    assert beside(app_of(few(number)), 9)[1].ratio < ROOM * 1.15


def test_what_it_costs_does_not_grow_with_a_body_that_passes():
    values = [{"text": ["word"] * times} for times in (10_000, 400_000)]
    apps = [ShapeMiddleware(app_of(value), budget=800, max_body=1_000) for value in values]
    plain = [app_of(value) for value in values]
    small, large = (ratio(requests(app, 3), requests(base, 3), 5) for app, base in zip(apps, plain, strict=True))
    assert large < ROOM * max(small, 1)


def test_the_time_to_shape_does_not_grow_faster_than_the_body():
    apps = [ShapeMiddleware(app_of(payload("records", size)), budget=800) for size in (100_000, 1_000_000)]
    assert ratio(requests(apps[1], 1), requests(apps[0], 1), 3) < ROOM * 10
