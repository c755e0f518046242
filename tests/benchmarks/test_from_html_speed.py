"""The speed of from_html in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/from_html.py` and real pages. The rival here is beautifulsoup's own parse of
the page, which markdownify does first and which takes it about half of its time.
"""

import pytest
from bs4 import BeautifulSoup

from richresp import markdown as md
from tests.benchmarks.measure import ratio
from tests.benchmarks.pages import page

ROOM = 3
"""How many times the goal is let pass, for machines that are busy, and pages that are not like the others."""


@pytest.mark.parametrize("kind", ["paragraphs", "cards"])
def test_a_page_is_markdown_in_two_thirds_of_the_time_that_a_soup_takes(kind):
    text = page(kind, 100_000).decode()
    assert (
        ratio(lambda: md.from_html(text, url="https://example.com/"), lambda: BeautifulSoup(text, "lxml"), 5)
        < ROOM * 0.67
    )


@pytest.mark.parametrize("kind", ["paragraphs", "cards"])
def test_the_pages_say_what_they_should(kind):
    source = md.from_html(page(kind, 10_000), url="https://example.com/")
    wanted = (
        "The [river](https://example.com/river/0) rose"
        if kind == "paragraphs"
        else "[Item 0 Item 0](https://example.com/item/0?a=1&b=2)"
    )
    assert wanted in source
