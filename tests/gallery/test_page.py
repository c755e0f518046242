"""How a gallery is built: headings in order, landmarks, alternative texts, a policy that fits its styles."""

import base64
import hashlib
import re
from itertools import pairwise

import html5lib
import pytest

from richresp import Image, Preview
from richresp.gallery import Entry, gallery
from richresp.limits.gallery import MAX_MARKDOWN_CHARS, MAX_OPEN_ENTRIES
from tests.gallery.entries import PIXEL, bare, entry, hostile, ordinary, picture
from tests.gallery.trees import SVG, texts, tree_of

URL = "https://site.example.com/page"


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
    tree = tree_of(*entries)
    kept = {found.get("id"): found for found in tree.iter(f"{SVG}image")}
    shots = [found for found in tree.iter(f"{SVG}svg") if found.get("class") == "shot"]
    assert bool(shots) == bool(kept)
    for shot in shots:
        if shot.get("aria-hidden") != "true":
            assert (shot.get("role"), bool(shot.get("aria-label").strip())) == ("img", True)
        image = kept[shot.find(f"{SVG}use").get("href").removeprefix("#")]
        assert shot.get("viewBox") == f"0 0 {image.get('width')} {image.get('height')}"


def test_a_picture_stands_in_the_page_once_however_often_it_is_shown():
    page = gallery([entry("a"), entry("b")])
    assert page.count(base64.b64encode(PIXEL).decode()) == 1
    shots = [found for found in tree_of(entry("a"), entry("b")).iter(f"{SVG}svg") if found.get("class") == "shot"]
    assert [shot.get("aria-hidden") for shot in shots] == [None, "true"] * 4


def test_names_are_given_once_and_every_jump_has_its_place(entries):
    tree = tree_of(*entries)
    ids = [found.get("id") for found in tree.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    jumps = [link.get("href")[1:] for link in tree.findall(".//nav//a")]
    articles = [found.get("id") for found in tree.iter("article")] * (len(entries) > 1)
    assert sorted(jumps) == sorted(articles)
    assert [f"link-{item.get('value')}" for item in tree.findall(".//nav//li")] == jumps
    backs = [link.get("href")[1:] for back in tree.iter("p") if back.get("class") == "back" for link in back]
    assert set(backs) <= set(ids)
    assert len(backs) == len(articles)
    uses = {found.get("href")[1:] for found in tree.iter(f"{SVG}use")}
    assert uses <= set(ids)
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
    assert texts(tree, ".//li") == ["warningno image", "warningno site name", "warningno description"]


def test_what_is_known_of_a_picture_is_told():
    preview = Preview(
        URL, URL, image="https://a.example/i.png", images=(Image("https://a.example/i.png", alt="A crane"),)
    )
    shown = tree_of(Entry(URL, preview, picture=picture()))
    assert texts(shown, ".//dd/small") == ["1200 × 630 pixels", "Alternative text: A crane"]
    failed = tree_of(Entry(URL, preview, no_picture="the PNG is broken"))
    assert texts(failed, ".//dd/small") == ["Not loaded: the PNG is broken", "Alternative text: A crane"]
    assert "Picture not loaded" in "".join(failed.itertext())
    left_out = tree_of(Entry(URL, preview, left_out="the page is full"))
    assert texts(left_out, ".//dd/small") == ["Left out: the page is full", "Alternative text: A crane"]
    assert "picture left out" in texts(left_out, ".//header/p/span")
    assert "Picture left out" in "".join(tree_of(Entry(URL, preview)).itertext())
    assert not list(tree_of(Entry(URL, preview)).iter(f"{SVG}image"))


def test_a_picture_of_another_type_is_not_put_in():
    odd = picture()
    object.__setattr__(odd, "media_type", "image/svg+xml")
    preview = Preview(URL, URL, image="https://a.example/i.svg")
    assert not list(tree_of(Entry(URL, preview, picture=odd)).iter(f"{SVG}image"))


@pytest.mark.parametrize("count", [MAX_OPEN_ENTRIES, MAX_OPEN_ENTRIES + 1])
def test_the_details_of_few_links_are_open(count):
    details = list(tree_of(*[bare(title="x")] * count).iter("details"))
    assert len(details) == 2 * count
    assert {found.get("open") for found in details} == ({""} if count == MAX_OPEN_ENTRIES else {None})


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        ("de_AT", "de-AT"),
        ("fr", "fr"),
        ("EN_us", "en-US"),
        ("zh_Hant_TW", "zh-Hant-TW"),
        ("sr_latn", "sr-Latn"),
        ("es_419", "es-419"),
        ("en_USA", None),
        ("english", None),
        ('x" y="', None),
        ("", None),
        (None, None),
    ],
)
def test_texts_are_in_the_language_of_their_page(locale, lang):
    cards = [
        found
        for found in tree_of(bare(title="x", locale=locale)).iter("div")
        if "card" in found.get("class", "").split()
    ]
    assert [card.get("lang") for card in cards] == [lang] * 4


def test_of_a_long_address_the_beginning_is_shown_everywhere():
    address = "https://site.example.com/" + "a" * 8_000
    tree = tree_of(Entry(address, Preview(address, address, url=address, image=address)), Entry(address, error=address))
    assert all(len(text) <= MAX_MARKDOWN_CHARS + 1 for text in tree.find("body").itertext())
    assert {link.get("href") for link in tree.findall(".//article//p/a")} == {address, "#links"}
