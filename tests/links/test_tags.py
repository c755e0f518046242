"""Promise 9 of links: what `meta_tags` writes, `extract` and any parser of HTML read back."""

import re
from html import escape

import html5lib
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from richresp import UsageError
from richresp.links import Image, Preview, extract
from richresp.links.tags import meta_tags

URL = "https://site.example.com/blog/post?id=7&section=2&copy=1"
FIELDS = {
    "site_name": ("property", "og:site_name"),
    "title": ("property", "og:title"),
    "description": ("property", "og:description"),
    "image": ("property", "og:image"),
    "url": ("property", "og:url"),
}

hostile = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from([
            '"', "'", "&", "&amp;", "&amp;amp;", "&amp;amp;amp;lt;", "&lt;", "&quot;", "&copy", "&copy=1", "&#x27;", "&#38;lt;",
            "</title>", "<b class=x>", "<a<b>c=d>", "<br>", "-->", "<!--", "<script>", "\n", "\r\n", "\t", "\0", "\u202e",
            "\u2066", "\U000e0041", "\u200b", "\u200d", "\U0001f469\u200d\U0001f4bb", "\ufe0f", "e\u0301", "\u0301" * 6,
            "\u3164", "\ufb2c", "\ud800", "\x85", "{{ x }}", "undefined", "AT&T;", "`", "=", ">", " ", "x",
        ]),
    ),
    min_size=1,
    max_size=8,
).map("".join)  # fmt: skip
paths = st.text(
    st.sampled_from("abcäß/?&=%#()'\"<> {}|;+,.~!*$@:é漢") | st.characters(codec="utf-8"), max_size=20
) | st.sampled_from(["a?x=1&lt=2", "a?x=1&section=2&times=3", "a&amp;b", "a%2Fb", "a'b", "ä b.png"])


def page(values, image, url):
    tags = [f'<meta property="{FIELDS[name][1]}" content="{escape(value)}">' for name, value in values.items()]
    tags.append(f'<meta property="og:image" content="{escape(image)}"><link rel="canonical" href="{escape(url)}">')
    return "".join(tags).encode("utf-8", "surrogatepass")


def extracted(values, image="/i.png", url=URL):
    return extract(page(values, image, url), url=URL)


def as_parsed(markup):
    """The tags as a parser made after the standard reads them: (attribute, name) or rel, and value, in order."""
    document = html5lib.parse(f"<!doctype html><title>t</title>{markup}<p>", namespaceHTMLElements=False)
    found = []
    for tag in document.find("head"):
        if tag.tag == "meta":
            key = "property" if "property" in tag.attrib else "name"
            found.append(((key, tag.attrib[key]), tag.attrib["content"]))
        elif tag.tag == "link":
            found.append(((tag.attrib["rel"],), tag.attrib["href"]))
    return found


@given(site_name=hostile, title=hostile, description=hostile, image=paths, path=paths)
@example("S", "&amp;amp;amp;lt;", "<a<b>c=d>", "a?x=1&section=2", "a?x=1&copy=2")
def test_what_was_extracted_comes_back_the_same(site_name, title, description, image, path):
    values = {"site_name": site_name, "title": title, "description": description}
    first = extracted(values, f"https://cdn.example.com/{image}", f"https://site.example.com/{path}")
    assume(all(first.card().values()))
    again = extract(meta_tags(first).encode(), url=first.url)
    assert again.card() == first.card()


@given(site_name=hostile, title=hostile, description=hostile, image=paths)
def test_a_parser_after_the_standard_reads_the_same_values(site_name, title, description, image):
    values = {"site_name": site_name, "title": title, "description": description}
    preview = extracted(values, f"https://cdn.example.com/{image}")
    parsed = as_parsed(meta_tags(preview))
    for field, key in FIELDS.items():
        value = getattr(preview, field)
        assert [found for name, found in parsed if name == key] == ([] if value is None else [value])
    assert [found for name, found in parsed if name == ("canonical",)] == [preview.url]


@given(st.builds(Preview, st.just(URL), st.just(URL), *[st.none() | hostile] * 5, locale=st.none() | hostile))
def test_any_values_give_tags_of_one_form(preview):
    for line in meta_tags(preview).splitlines():
        assert re.fullmatch(
            r'<meta (?:name|property)="[a-z_:]+" content="[^"<>\n]+">|<link rel="canonical" href="https?://[^"<>\n]+">',
            line,
        )
        line.encode()


def test_all_that_is_known_has_its_tag_and_an_image_its_properties_behind_it():
    preview = Preview(
        URL,
        URL,
        site_name='The "Site"',
        title="T",
        description="D",
        image="https://cdn.example.com/b.png",
        url="https://site.example.com/p",
        images=(
            Image("https://cdn.example.com/a.png"),
            Image("https://cdn.example.com/b.png", 600, 315, "B", "image/png"),
        ),
        type="article",
        locale="de_DE",
        twitter_site="@site",
        published="2024-01-02",
        modified="2024-01-03",
        authors=("Ann", "Bob"),
    )
    assert meta_tags(preview).splitlines() == [
        '<meta name="description" content="D">',
        '<link rel="canonical" href="https://site.example.com/p">',
        '<meta property="og:url" content="https://site.example.com/p">',
        '<meta property="og:type" content="article">',
        '<meta property="og:site_name" content="The &quot;Site&quot;">',
        '<meta property="og:title" content="T">',
        '<meta property="og:description" content="D">',
        '<meta property="og:locale" content="de_DE">',
        '<meta property="article:published_time" content="2024-01-02">',
        '<meta property="article:modified_time" content="2024-01-03">',
        '<meta property="article:author" content="Ann">',
        '<meta property="article:author" content="Bob">',
        '<meta property="og:image" content="https://cdn.example.com/b.png">',
        '<meta property="og:image:type" content="image/png">',
        '<meta property="og:image:width" content="600">',
        '<meta property="og:image:height" content="315">',
        '<meta property="og:image:alt" content="B">',
        '<meta property="og:image" content="https://cdn.example.com/a.png">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<meta name="twitter:site" content="@site">',
    ]


def test_what_is_not_known_has_no_tag():
    assert meta_tags(Preview(URL, URL)) == ""


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:image/png;base64,AA", "/i.png", "//cdn.example.com/i", "http://[", "",
     "https://user:secret@site.example.com/", "http://10.0.0.1/i.png", "http://localhost/i.png", "https://e.example/a\nb",
     "https://e.exa\u202emple/i.png", "https://e.example/{{ image }}", "https:///i.png"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_written(url):
    assert meta_tags(Preview(URL, URL, image=url, url=url, images=(Image(url, 600, 600),))) == ""


@pytest.mark.parametrize(
    ("images", "card"),
    [
        ((), "summary"),
        ((Image("https://e.example/i.png"),), "summary_large_image"),
        ((Image("https://e.example/i.png", 300, 157),), "summary_large_image"),
        ((Image("https://e.example/i.png", 299, 299),), "summary"),
    ],
)
def test_an_image_that_is_too_small_for_a_large_card_gets_a_small_one(images, card):
    preview = Preview(URL, URL, title="T", image=images[0].url if images else None, images=images)
    assert f'<meta name="twitter:card" content="{card}">' in meta_tags(preview)


def test_an_address_is_written_in_its_normal_form_and_the_same_in_both_tags():
    tags = meta_tags(Preview(URL, URL, url="HTTPS://Site.Example.com:443/a\u202eb/../c#top", title="T"))
    assert '<link rel="canonical" href="https://site.example.com/c">' in tags
    assert '<meta property="og:url" content="https://site.example.com/c">' in tags


def test_an_image_that_is_left_out_makes_no_large_card():
    preview = Preview(URL, URL, title="T", image="http://10.0.0.1/i.png")
    assert '<meta name="twitter:card" content="summary">' in meta_tags(preview)


@pytest.mark.parametrize(
    "preview",
    [None, {"title": "T"}, Preview(URL, URL, url=5), Preview(URL, URL, title=b"T"), Preview(URL, URL, authors=5),
     Preview(URL, URL, images=("https://e.example/i.png",)), Preview(URL, URL, images=(Image(5),)),
     Preview(URL, URL, images=(Image("https://e.example/i.png", "600"),)), Preview(URL, URL, authors=(5,))],
)  # fmt: skip
def test_values_of_a_wrong_type_are_told(preview):
    with pytest.raises(UsageError):
        meta_tags(preview)
