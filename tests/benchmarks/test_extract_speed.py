"""The speed row of extract in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/extract.py` and real pages; these pages are invented, of the shapes that
real ones have: a head of scripts and metas, a body of paragraphs, of cards with drawings, or of one large script.
"""

import json

import pytest
from lxml import html

from richresp.links.extracting import extract
from richresp.links.scan import scan
from tests.benchmarks.measure import ratio

ROOM = 4
"""How many times the goal is let pass, for machines that are busy, and pages that are not like the others."""

URL = "https://example.com/news/2026/a-story"
METAS = "".join(
    f'<meta property="{name}" content="{content}">\n'
    for name, content in {
        "og:site_name": "The Example",
        "og:title": "A story of bridges &amp; rivers",
        "og:description": "What became of the old bridge, and who mends it now.",
        "og:image": "https://example.com/images/bridge.jpg",
        "og:url": URL,
        "og:type": "article",
        "twitter:card": "summary_large_image",
        "article:published_time": "2026-01-02T03:04:05Z",
    }.items()
)
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A story | The Example</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="canonical" href="https://example.com/news/2026/a-story">
{metas}<link rel="stylesheet" href="/a.css"><script src="/a.js" async></script>
<script>{script}</script><style>{style}</style></head><body class="story">"""
SCRIPT = (
    "window.dataLayer = window.dataLayer || []; function tag() {{ for (var i = 0; i < {0}; i++) dataLayer.push(i); }}\n"
)
STYLE = ".card-{0} > a:hover {{ color: #12{0}; background: url('/img/{0}.png') }}\n"
PARAGRAPH = '<p class="text" id="p{0}">The <a href="/river/{0}">river</a> rose again in year {0}, &amp; the <em>bridge</em> held.</p>\n'
CARD = """<div class="card" data-id="{0}"><a href="/item/{0}?a=1&amp;b=2"><img src="/img/{0}.jpg" alt="Item {0}" width="200" height="100">
<svg viewBox="0 0 24 24" class="icon"><title>Open</title><path d="M12 2L2 7l10 5 10-5-10-5z"/></svg><span>Item {0}</span></a></div>\n"""


def page(kind, size, metas=METAS):
    head = HEAD.format(metas=metas, script=many(SCRIPT, 2_000), style=many(STYLE, 3_000))
    if kind == "script":
        state = json.dumps(
            {"rows": [{"id": number, "name": f"row {number}", "html": "<b>x</b>"} for number in range(size // 55)]}
        )
        body = f'<div id="app"></div><script id="state" type="application/json">{state}</script>'
    else:
        body = many(PARAGRAPH if kind == "paragraphs" else CARD, size)
    return f"{head}{body}</body></html>".encode()


def many(piece, size):
    return "".join(piece.format(number) for number in range(size // len(piece)))


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
