"""What a page claims is weighed: what its site declares against guesses, one article against a list, and what stands late."""

import json

import pytest

from richresp.links import extract

URL = "https://www.talltrees.example/post/7"
ARTICLE = {"@type": "Article", "publisher": {"name": "LD"}}


def card(html, url=URL):
    return extract(html.encode(), url=url)


def meta(name, value):
    return f'<meta property="{name}" content="{value}">'


def linked(node):
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


HEAD = "<head><title>What | Tall Trees</title>" + meta("og:image", "/i.png") + meta("description", "Words")


@pytest.mark.parametrize("html", ["<title>None</title>", "<title>None | Tall Trees</title>" + meta("og:title", "None")])
def test_a_work_may_be_called_none(html):
    page = card(html + "<h1>Other</h1>")
    assert (page.title, page.sources["title"]) == ("None", "og:title" if "og:title" in html else "html:title")
    assert card("<title>none</title>").title is None
    assert card(meta("og:title", "None") + "<title>Words</title>").title == "Words"


def test_the_name_that_a_site_declares_stands_before_guesses():
    for declared in (linked({"@type": "WebSite", "name": "Tall Trees"}), meta("application-name", "Tall Trees")):
        assert card("<title>What | Tally Lush Trees</title>" + declared).site_name == "Tall Trees"
    assert card("<title>Trees bend | Wood</title>", url="https://trees.example/").site_name == "Trees"


@pytest.mark.parametrize(
    "html",
    [
        linked({"@type": "WebSite", "name": "https://talltrees.example/"}),
        linked({"@type": "WebSite", "name": "Other", "url": "https://other.example/"}),
        linked({"@type": "Article", "publisher": {"name": "https://talltrees.example/"}}),
        meta("publisher", "https://social.example/+trees"),
    ],
)
def test_an_address_or_another_site_names_no_site(html):
    assert card("<title>Words</title>" + html).sources["site_name"] == "url:host"


def test_of_a_list_of_articles_none_is_the_page():
    one, two = ({"@type": "Article", "headline": text, "description": text} for text in ("One", "Two"))
    assert card(linked(one) + linked(two)).title is None
    assert card(linked(one) + linked(one)).title == "One"
    assert card(linked(one) + linked({**two, "url": URL})).title == "Two"
    assert card(linked([one, {"@type": "WebPage", "mainEntity": two}])).title == "Two"


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (meta("Og:Title", "OG"), "title", "OG"),
        (linked(ARTICLE).replace("ld+json", "Ld+Json"), "site_name", "LD"),
        (meta("og:image:secure_url", "https://cdn.example/s.png"), "image", "https://cdn.example/s.png"),
    ],
)
def test_what_stands_higher_is_found_however_it_is_written(body, field, value):
    assert getattr(card(HEAD + "</head><body>" + body), field) == value


def test_each_place_in_a_chain_counts_though_several_have_one_name():
    head = "<head><title>What we grow on Talltrees</title>" + meta("og:image", "/i.png") + meta("description", "Words")
    assert card(head + "</head><body>").site_name == "Talltrees"
    assert card(head + "</head><body>" + meta("application-name", "Trees App")).site_name == "Trees App"
