"""What is said of an image that was measured is what `audit` says of one whose page declares that size."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp.links import audit
from richresp.links.sizes import finding_of_size, form_of_size

SIZES = st.integers(1, 1300)


def declared(width, height):
    body = f"""<title>x</title><meta property=og:image content=https://a.example/i.png>
    <meta property=og:image:width content={width}><meta property=og:image:height content={height}>"""
    found = audit(body.encode(), url="https://a.example/")
    return [(told.rule, told.severity, told.source) for told in found if told.rule in ("image-tiny", "image-small")]


@given(SIZES, SIZES)
@example(199, 200)
@example(200, 200)
@example(600, 314)
@example(600, 315)
def test_a_measured_size_is_judged_as_a_declared_one(width, height):
    found = finding_of_size(width, height)
    assert ([] if found is None else [(found.rule, found.severity, found.source)]) == declared(width, height)
    assert found is None or f"{width} x {height} pixels" in found.message


@pytest.mark.parametrize(
    ("size", "form"),
    [((1200, 630), "large"), ((600, 315), "large"), ((599, 315), "small"), ((200, 200), "small"), ((200, 199), "none")],
)
def test_the_form_follows_from_the_size(size, form):
    assert form_of_size(*size) == form
