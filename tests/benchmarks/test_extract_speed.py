"""The speed row of extract in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/extract.py` and real pages; these pages are invented, of the shapes that
real ones have: a head of scripts and metas, a body of paragraphs, of cards with drawings, or of one large script.
"""

import pytest
from lxml import html

from richresp.links.extracting import extract
from richresp.links.scan import scan
from tests.benchmarks.measure import ratio
from tests.benchmarks.pages import URL, page

ROOM = 4
"""How many times the goal is let pass, for machines that are busy, and pages that are not like the others."""


@pytest.mark.parametrize("size", [40_000, 200_000])
@pytest.mark.parametrize("kind", ["paragraphs", "cards"])
def test_a_page_that_says_it_all_in_its_head_costs_half_of_a_tree(kind, size):
    body = page(kind, size)
    assert ratio(lambda: extract(body, url=URL), lambda: html.document_fromstring(body), 5) < ROOM * 0.5


@pytest.mark.parametrize("kind", ["paragraphs", "cards"])
def test_a_page_read_to_its_end_costs_no_more_than_a_tree(kind):
    body = page(kind, 200_000)
    text = body.decode()
    assert ratio(lambda: scan(text), lambda: html.document_fromstring(body), 5) < ROOM * 0.7


def test_a_page_of_one_script_costs_little_more_than_a_tree_which_has_one_leaf_for_it():
    text = page("script", 200_000).decode()
    assert ratio(lambda: scan(text), lambda: html.document_fromstring(text.encode()), 5) < ROOM * 2


@pytest.mark.parametrize("kind", ["paragraphs", "cards", "script"])
def test_the_pages_say_what_they_should(kind):
    preview = extract(page(kind, 20_000), url=URL)
    assert (preview.title, preview.site_name, preview.url) == ("A story of bridges & rivers", "The Example", URL)
    assert 20_000 < len(page(kind, 20_000)) < 40_000
