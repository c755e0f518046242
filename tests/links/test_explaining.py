"""What `explain` tells is what `extract` does: the same values and sources, at places where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.explain import MAX_TOLD
from richresp.links import explain, extract
from tests.links import bombs, soup

URL = "https://www.talltrees.example/a/b"
ARTICLE = '<body><article><h1>Oaks <b>and</b> elms</h1><p>{0}</p><figure><img alt="" src=/oak.jpg width=900 height=600></figure>'
PROSE = "Oaks are trees of the genus Quercus, and elms are those of Ulmus; both were planted here in 1871 by the park."


def by_field(page, **options):
    return {field.field: field for field in explain(page.encode(), url=URL, **options).fields}


def agrees(body, url=URL):
    told, found = explain(body, url=url), extract(body, url=url)
    assert {field.field: field.value for field in told.fields} == found.card()
    assert {field.field: field.source for field in told.fields if field.source} == dict(found.sources)
    return told


@given(soup.pages())
def test_it_says_what_extract_says_of_any_page(page):
    agrees(page.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=400))
def test_it_says_so_of_any_bytes(body):
    agrees(body)


@given(soup.pages())
def test_every_place_is_that_of_a_tag(page):
    body = page.encode("utf-8", "replace")
    lines = body.decode().replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for field in explain(body, url=URL, content_type="text/html; charset=utf-8").fields:
        for place in (field.place, *(passed.place for passed in field.passed_over)):
            if place is not None:
                assert lines[place.line - 1][place.column - 1] == "<"
                assert place.tag.isprintable()


@pytest.mark.parametrize(
    ("written", "field", "source", "tag"),
    [
        ('<meta property="og:title" content="Oaks">', "title", "og:title", '<meta property="og:title"'),
        ("<meta name=twitter:title value=Oaks>", "title", "twitter:title", "<meta name=twitter:title"),
        ("<title>Oaks</title>", "title", "html:title", "<title>"),
        ("<div itemscope><meta itemprop=headline content=Oaks></div>", "title", "itemprop:headline", "<meta itemprop"),
        ('<script type="application/ld+json">{"@type":"Article","headline":"O\\u0061ks \\"x\\""}</script>', "title", "json-ld:headline", "<script"),
        ("<link rel='shortcut image_src' href=/o.png>", "image", "link:image_src", "<link rel='shortcut image_src'"),
        ("<meta property=og:image:secure_url content=https://i.example/o.png>", "image", "og:image", "<meta property=og:image:secure"),
        ("<link rel=canonical href=/oaks>", "url", "link:canonical", "<link rel=canonical"),
        (ARTICLE.format(PROSE), "title", "body:h1", "<h1>"),
        (ARTICLE.format(PROSE), "description", "body:paragraph", "<p>"),
        (ARTICLE.format(PROSE), "image", "body:img", "<img alt"),
        ("<title>Talltrees</title>", "site_name", "html:title", "<title>"),
        ("<meta property=og:title content='Oaks | Talltrees'>", "site_name", "html:title", "<meta property=og:title"),
    ],
)  # fmt: skip
def test_a_value_is_found_where_it_stands(written, field, source, tag):
    page = f"<!doctype html>\r\n<link rel=icon href=/i.png>\n\r  {written}\n"
    found = by_field(page)[field]
    assert found.source == source
    at = written.index(tag) + 1
    assert (found.place.line, found.place.column) == (4, 2 + at)
    assert found.place.tag.startswith(tag)


def test_what_was_passed_over_is_told_in_order_with_its_reason():
    page = """<meta property=og:title content=undefined><meta property=og:title content='Oaks'>
    <meta name=twitter:title content=Oaks><title>Oaks | Park</title>"""
    title = by_field(page)["title"]
    assert [(each.source, each.stated, each.reason) for each in title.passed_over] == [
        ("og:title", "undefined", "holds a placeholder: undefined"),
        ("twitter:title", "Oaks", "says the same, and og:title comes first"),
        ("html:title", "Oaks | Park", "is usable, but og:title comes first"),
    ]
    assert title.silent == ()


def test_what_says_nothing_is_told_up_to_the_source_that_is_used():
    fields = by_field("<title>Oaks</title>")
    assert fields["title"].silent == ("og:title", "twitter:title")
    assert fields["image"].value is None
    assert fields["image"].silent[:2] == ("og:image", "og:image:url")
    assert fields["image"].silent[-1] == "body:img"


def test_the_first_of_two_equal_tags_is_the_one():
    page = "<!-- <link rel=canonical href=/x> -->\n<link rel=canonical href=/x><link rel=canonical href=/x>"
    place = by_field(page)["url"].place
    assert (place.line, place.column) == (2, 1)


def test_a_wall_has_no_fields_but_those_of_its_site():
    page = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    told = explain(page.encode(), url=URL)
    assert told.preview.wall == "challenge"
    fields = {field.field: field for field in told.fields}
    assert (fields["title"].value, fields["title"].passed_over, fields["title"].silent) == (None, (), ())
    assert fields["site_name"].value is not None


def test_what_is_no_page_is_told_as_extract_tells_it():
    told = explain(b"\x89PNG\r\n\x1a\n" + bytes(40), url="https://a.example/oak.png")
    assert {field.field: field.value for field in told.fields} == told.preview.card()
    assert told.fields[1].passed_over == ()


def test_of_hundreds_of_values_some_are_told():
    page = (
        "".join(f"<meta property=og:title content='{{{{ {number} }}}}'>" for number in range(250))
        + "<title>Oaks</title>"
    )
    title = by_field(page)["title"]
    assert title.value == "Oaks"
    assert len(title.passed_over) == MAX_TOLD


@pytest.mark.parametrize("name", sorted(bombs.BOMBS))
def test_no_bomb_raises(name):
    agrees(bombs.BOMBS[name](50_000).encode())
