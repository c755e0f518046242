"""How a gallery is built: headings in order, landmarks, alternative texts, a policy that fits its styles."""

import base64
import hashlib
import re
from itertools import pairwise

import html5lib
import pytest

from richresp import Image, Preview
from richresp.gallery import Entry, gallery
from tests.gallery.entries import bare, entry, finding, hostile, ordinary, picture

URL = "https://site.example.com/page"


def tree_of(*entries):
    return html5lib.parse(gallery(entries), namespaceHTMLElements=False)


def texts(tree, where):
    return ["".join(found.itertext()) for found in tree.findall(where)]


@pytest.fixture(params=["ordinary", "hostile", "one", "none"])
def entries(request):
    return {"ordinary": ordinary(), "hostile": hostile("http://127.0.0.1:9"), "one": [entry("x")], "none": []}[
        request.param
    ]


def test_a_page_is_html_without_a_single_error(entries):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(gallery(entries))
    assert parser.errors == []


def test_headings_stand_in_order_below_one_first(entries):
    levels = [int(found.tag[1]) for found in tree_of(*entries).iter() if re.fullmatch("h[1-6]", str(found.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) == len(entries)


def test_landmarks_a_language_and_a_title_are_there(entries):
    tree = tree_of(*entries)
    assert tree.get("lang") == "en"
    assert texts(tree, "head/title")[0].endswith("Link previews")
    assert [found.tag for found in tree.find("body")] == ["header", *["nav"] * (len(entries) > 1), "main", "footer"]


def test_every_picture_has_an_alternative_text_and_its_size(entries):
    for image in tree_of(*entries).iter("img"):
        assert image.get("alt").strip()
        assert (image.get("width"), image.get("height")) == ("1", "1")


def test_names_are_given_once_and_every_jump_has_its_place(entries):
    tree = tree_of(*entries)
    ids = [found.get("id") for found in tree.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    jumps = [link.get("href")[1:] for link in tree.findall(".//nav//a")]
    assert jumps == [found.get("id") for found in tree.iter("article")] * (len(entries) > 1)
    assert {found.get("aria-labelledby") for found in tree.iter("article")} <= set(ids)


def test_the_policy_stands_before_all_it_governs_and_lets_in_the_styles_and_nothing_else(entries):
    head = tree_of(*entries).find("head")
    policy = next(found.get("content") for found in head if found.get("http-equiv") == "Content-Security-Policy")
    assert [found.tag for found in head][:2] == ["meta", "meta"]
    assert head[1].get("http-equiv") == "Content-Security-Policy"
    digest = base64.b64encode(hashlib.sha256(texts(head, "style")[0].encode()).digest()).decode()
    assert (
        policy == f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_equal_entries_make_equal_pages():
    assert gallery(ordinary()) == gallery(ordinary())


def test_a_link_is_a_large_card_a_small_card_and_a_line_in_both_themes():
    tree = tree_of(entry("Harbour"))
    assert texts(tree, ".//figcaption") == ["Large card", "Small card", "Line in a chat"] * 2
    assert [pane.get("inert") for pane in tree.iter("div") if "pane" in pane.get("class", "").split()] == [None, ""]


def test_the_line_is_what_markdown_makes_of_the_card():
    made = bare(title="A [b](c) *d*", site_name="S", description="Words")
    tree = tree_of(made)
    assert made.preview.to_html().strip() in gallery([made])
    assert texts(tree, ".//pre/code") == [made.preview.to_markdown()]
    assert any(re.fullmatch(r"Markdown, \d+ tokens", heading) for heading in texts(tree, ".//h3"))


def test_fields_say_where_they_came_from_and_what_is_missing():
    preview = Preview(
        URL, URL, title="T", url=URL, sources={"title": "og:title", "url": "link:canonical"}, warnings=("no image",)
    )
    tree = tree_of(Entry(URL, preview))
    assert texts(tree, ".//dt") == ["Site name", "Title", "Description", "Image", "Address"]
    assert texts(tree, ".//dd") == ["none", "", "T", "og:title", "none", "", "none", "", URL, "link:canonical"]
    assert texts(tree, ".//li") == ["no image"]


def test_what_is_known_of_a_picture_is_told():
    preview = Preview(
        URL, URL, image="https://a.example/i.png", images=(Image("https://a.example/i.png", alt="A crane"),)
    )
    shown = tree_of(Entry(URL, preview, picture=picture(), thumbnail=picture()))
    assert texts(shown, ".//dd/small") == ["1200 × 630 pixels", "Alternative text: A crane"]
    failed = tree_of(Entry(URL, preview, no_picture="the PNG is broken"))
    assert texts(failed, ".//dd/small") == ["Not loaded: the PNG is broken", "Alternative text: A crane"]
    assert "Picture not loaded" in "".join(failed.itertext())
    assert "Picture left out" in "".join(tree_of(Entry(URL, preview)).itertext())
    assert not list(tree_of(Entry(URL, preview)).iter("img"))


def test_a_picture_of_another_type_is_not_put_in():
    odd = picture()
    object.__setattr__(odd, "media_type", "image/svg+xml")
    preview = Preview(URL, URL, image="https://a.example/i.svg")
    assert not list(tree_of(Entry(URL, preview, picture=odd, thumbnail=odd)).iter("img"))


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (bare(title="x"), "whole"),
        (Entry(URL, error="gone"), "no preview"),
        (bare(wall="consent"), "behind a consent wall"),
        (bare(status=404), "HTTP 404"),
        (bare(stale=True), "old"),
        (bare(warnings=("a", "b")), "2 warnings"),
        (Entry(URL, bare().preview, findings=(finding(), finding("b", "hint"))), "1 error"),
        (Entry(URL, bare().preview, no_picture="gone"), "picture not loaded"),
    ],
)
def test_the_state_of_a_link_is_told_in_a_word(shown, told):
    tree = tree_of(shown, shown)
    badges = [found for found in tree.findall(".//nav//span") if "badge" in found.get("class", "")]
    assert ["".join(found.itertext()) for found in badges] == [told, told]
    assert told in texts(tree, ".//article/header/p/span")


def test_findings_are_told_with_their_documentation_and_their_absence_as_well():
    tree = tree_of(Entry(URL, bare().preview, findings=(finding("write og:image"),)))
    assert "errorwrite og:imageimage-missinghttps://ogp.me/" in texts(tree, ".//li")
    assert "Nothing that is documented." in "".join(tree_of(Entry(URL, bare().preview, findings=())).itertext())
    assert "To fix" not in texts(tree_of(bare()), ".//h3")


@pytest.mark.parametrize(
    ("locale", "lang"), [("de_AT", "de-AT"), ("fr", "fr"), ('x" y="', None), ("", None), (None, None)]
)
def test_texts_are_in_the_language_of_their_page(locale, lang):
    cards = [
        found
        for found in tree_of(bare(title="x", locale=locale)).iter("div")
        if "card" in found.get("class", "").split()
    ]
    assert [card.get("lang") for card in cards] == [lang] * 4
