"""The promises of extract as properties, on pages made here: what is stated is said, nothing unsafe goes out, nothing raises."""

import html
import json
import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import Preview
from richresp.links import extract
from richresp.links.values import Unusable, prose_of
from richresp.text import one_line

URL = "https://www.talltrees.example/blog/post?id=7"
FIELDS = ("site_name", "title", "description", "image", "url")

words = st.lists(
    st.sampled_from(
        [
            "Tall",
            "trees",
            "42",
            "\u00e9t\u00e9",
            "\u6728",
            "of",
            "C++",
            "<3",
            "a & b",
            "&amp;",
            "|",
            "\u201cx\u201d",
            "\U0001f333",
        ]
    ),
    min_size=2,
    max_size=6,
)
texts = words.map(" ".join)
dirt = st.sampled_from(["", " ", "\n\t", "\u200b", "\u202e", "\xad", "\U000e0041"])
junk = st.sampled_from(
    [
        "",
        " ",
        "undefined",
        "null",
        "{{ x }}",
        "\u3164",
        "[object Object]",
        "data:,",
        "javascript:alert(1)",
        "http://10.0.0.1/x",
        "http://u:p@e.example/",
    ]
)
paths = st.text(alphabet="abcXYZ019-_.~/%20()'\u00e9 ", min_size=1, max_size=12).map(
    lambda text: "/" + text.strip().strip("/.")
)
images = st.one_of(paths, paths.map("https://cdn.example.org".__add__), paths.map("//cdn.example.org".__add__))


def meta(name, value):
    return f'<meta property="{name}" content="{html.escape(value)}">'


names = st.sampled_from([
    "og:site_name", "og:title", "og:description", "og:image", "og:image:url", "og:image:secure_url", "og:image:width", "og:url", "og:type",
    "twitter:title", "twitter:image", "twitter:site", "description", "application-name", "article:author", "article:published_time", "publisher",
])  # fmt: skip
nodes = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Article", "WebSite", "Product", ["NewsArticle", "x"], 7])},
    optional={"headline": texts, "name": texts, "description": texts | junk, "image": images | junk | st.lists(images), "publisher": st.just({"@id": "#p"}) | texts,
              "author": st.lists(texts), "mainEntity": st.just({"@type": "Article", "headline": "Main"}), "@id": st.just("#p"), "datePublished": st.just("2024-01-02")},
)  # fmt: skip
tags = st.one_of(
    st.builds(meta, names, texts | images | junk),
    st.builds('<link rel="{}" href="{}" sizes="{}" type="{}">'.format, st.sampled_from(["canonical", "icon", "image_src", "alternate", "apple-touch-icon"]),
              images | junk | st.just("/"), st.sampled_from(["", "any", "16x16 32x32"]), st.sampled_from(["", "image/png", "application/json+oembed"])),
    nodes.map(lambda node: f'<script type="application/ld+json">{json.dumps(node)}</script>'),
    texts.map(lambda text: f"<title>{html.escape(text)} | Tall Trees</title>"),
    st.sampled_from(["</head><body>", "<h1>Heading</h1>", "<p>" + "word " * 30 + "</p>", "<article><img src=/a.jpg width=900 height=600></article>", "<base href=/b/>", "<svg><title>s</title></svg>"]),
)  # fmt: skip
pages = st.lists(tags, max_size=14).map(lambda parts: "<!doctype html><head>" + "".join(parts))


@given(site=texts, title=texts, description=texts, image=images, dirt=dirt, rest=pages)
def test_what_a_page_states_for_cards_is_what_the_card_says(site, title, description, image, dirt, rest):
    stated = {"site_name": site, "title": title, "description": description}
    head = "".join(meta(f"og:{name}", dirt + text + dirt) for name, text in stated.items()) + meta("og:image", image)
    page = extract((head + rest).encode(), url=URL)
    expected = {name: one_line(re.sub("&amp;", "&", text)) for name, text in stated.items()}
    assert (page.site_name, page.title) == (expected["site_name"], expected["title"])
    letters = {name: re.sub(r"\W", "", text).casefold() for name, text in expected.items()}
    if letters["description"] not in (letters["site_name"], letters["title"]):
        assert page.description == expected["description"]
        assert page.sources["description"] == "og:description"
    assert page.image is not None
    assert page.sources["image"] == "og:image"
    if "og:image:secure_url" not in rest:  # which may speak for the image
        host = "cdn.example.org" if "cdn." in image else "www.talltrees.example"
        assert page.image.startswith(f"https://{host}/")


@given(pages)
def test_reading_it_all_changes_none_of_the_five_fields(page):
    short, full = extract(page.encode(), url=URL), extract(page.encode(), url=URL, full=True)
    assert short.card() == full.card()
    assert short.sources == full.sources
    assert set(short.images) <= {*full.images} or len(full.images) >= len(short.images)


@given(pages, st.booleans())
def test_all_that_goes_out_is_safe(page, full):
    found = extract(page.encode(), url=URL, full=full)
    icons = [icon.url for icon in found.icons]
    urls = [found.requested_url, found.final_url, found.url, found.image, found.canonical_url, found.og_url, found.icon, *found.oembed, *icons, *(image.url for image in found.images)]  # fmt: skip
    for url in filter(None, urls):
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert parts.username is None
        assert parts.hostname != "10.0.0.1"
        assert url.isascii()
        assert url.isprintable()
        assert " " not in url
    texts = [found.site_name, found.title, found.title_clean, found.description, found.type, found.locale, found.twitter_site, *found.authors, *found.warnings, found.published]  # fmt: skip
    for text in filter(None, texts):
        assert one_line(text) == text
    assert set(found.sources) == {name for name in FIELDS if getattr(found, name) is not None}
    assert len(set(found.warnings)) == len(found.warnings)
    assert found.image == (found.images[0].url if found.images else None)
    assert Preview.from_dict(json.loads(json.dumps(found.to_dict()))) == found


@given(
    st.lists(
        st.sampled_from(["&", "amp;", "#38;", "lt;", "l", "t;", "\u200b", "<b x=1>", "</b>", "<br>", "<", ">", "a"]),
        max_size=14,
    )
)
def test_what_was_said_reads_the_same_when_it_is_stated_again(parts):
    raw = "".join(parts)
    first = extract((meta("og:title", raw) + meta("og:description", "The words: " + raw)).encode(), url=URL)
    again = extract(
        b"".join(meta(f"og:{name}", getattr(first, name) or "").encode() for name in ("title", "description")), url=URL
    )
    assert (again.title, again.description) == (first.title, first.description)


@given(pages, st.binary(max_size=8), st.integers(0, 2_000), st.booleans())
def test_no_bytes_raise(page, noise, place, full):
    body = page.encode()
    for broken in (body[:place], body[:place] + noise + body[place:], noise):
        found = extract(broken, url=URL, full=full)
        assert found.url
        json.dumps(found.to_dict()).encode()


@given(st.text(alphabet='{}[]",:@a1\\ \n</>!-&;', max_size=60))
def test_no_linked_data_raises(text):
    page = f'<script type="application/ld+json">{{"@type":"Article",{text}</script><title>T</title>'
    assert extract(page.encode(), url=URL, full=True).title == "T"


@pytest.mark.parametrize("depth", [1, 7, 8, 9, 40])
@pytest.mark.parametrize(
    ("opening", "closing"), [("</b", ">"), ("<i", " x=1>"), ("&", "#38;"), ("&&#97;mp;", "lt;"), ("&#3", "8;")]
)
def test_nested_junk_leaves_no_markup_and_reads_the_same_again(depth, opening, closing):
    junk = opening * depth + closing * depth
    for raw in (f"hello <scr{junk}ipt>alert(1)</scr{junk}ipt>", f"hello {junk}lt;b{junk}"):
        once = prose_of(raw)
        assert prose_of(once) == once
        assert "<script" not in once


@given(st.lists(st.sampled_from(["<", "</", ">", "b", "script", "style", "&lt;", "&amp;", "&#38;", "=", " ", "x", "img", "&", "lt;"]), max_size=60).map("".join))  # fmt: skip
def test_prose_is_settled(raw):
    once = prose_of(raw)
    assert isinstance(once, Unusable) or prose_of(once) == once
