"""The scanner finds tags where a browser would, and nowhere else, in any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.links import MAX_ATTRIBUTES, MAX_METAS
from richresp.links.scan import scan

META = '<meta property="og:title" content="x">'
HIDDEN = [
    "<!-- {} -->", "<!--> --><!-- {} -->", "<script>{}</script>", "<style>{}</style>", "<noscript>{}</noscript>",
    "<textarea>{}</textarea>", "<template>{}</template>", "<template><template></template>{}</template>", "<!-- {}",
    "<script>{}</scripty>", "<title>{}</title>", "<p title='{}'>", "<!doctype '{}>", "<SCRIPT>{}</sCript >",
]  # fmt: skip


def metas(text):
    return [(meta.name, meta.content) for meta in scan(text).metas]


@pytest.mark.parametrize("around", HIDDEN)
def test_a_tag_that_a_browser_does_not_see_is_not_seen(around):
    assert metas(around.format(META)) == [] or around == "<!doctype '{}>"


@pytest.mark.parametrize(
    "text",
    [
        META,
        "<META PROPERTY=og:title CONTENT=x>",
        "<meta\n property = 'og:title'\tcontent\f=\n\"x\" />",
        "<meta/property='og:title'/content='x'/>",
        "<meta property=og:title content=x property=og:other content=y>",
        "<!-->" + META,
        "<!--->" + META,
        "<!-- a --!>" + META,
        "<svg><meta property=og:title content=x></svg>",
        "<p title='>' class=\">\">" + META,
        "<p a'b>" + META,
        "< p>" + META,
        "<3 " + META,
        "</ p>" + META,
        "<html><head></head><body><p>" + META,
        "<title>a</title >" + META,
        '<meta property="og:title" value="x">',
        '<me\0ta property="og:title" content="x">',
    ],
)
def test_a_tag_that_a_browser_sees_is_seen(text):
    assert metas(text) == [("og:title", "x")]


def test_names_are_lower_case_and_one_meta_may_have_several():
    assert metas('<meta property="OG:Title twitter:title" name=og:title content=x>') == [
        ("og:title", "x"),
        ("twitter:title", "x"),
    ]


def test_entities_are_decoded_once():
    assert metas("<meta name=d content='a &amp;amp; b &lt;'>") == [("d", "a &amp; b <")]


def test_a_tag_that_never_ends_is_none():
    assert metas("<meta name=d content='x") == []
    assert metas("<meta name=d content=x") == []


def test_the_title_is_the_first_outside_of_svg():
    assert (
        scan("<svg><title>icon</title></svg><title> </title><title>a &amp; b</title><title>c</title>").title == "a & b"
    )


def test_links_and_the_base_are_kept():
    head = scan(
        "<base href=/b/><base href=/c/><link rel='canonical x' href=u><link rel=icon><svg><link rel=a href=b></svg>"
    )
    assert head.base == "/b/"
    assert [link["href"] for link in head.links] == ["u"]


def test_reading_ends_with_the_head_when_nothing_is_missing():
    asked = []
    page = f"<head>{META}</head><body><meta name=late content=y>"
    assert scan(page, lambda head: not asked.append(len(head.metas))).metas[0][:2] == ("og:title", "x")
    assert asked == [1]
    assert scan(page).late


def test_what_is_kept_is_bounded():
    assert len(metas("<meta name=a content=b>" * 10_000)) == MAX_METAS
    many = "<meta " + "".join(f"a{number}=1 " for number in range(10_000)) + "name=a content=b>"
    assert metas(many) == []
    assert MAX_ATTRIBUTES < 10_000


@given(st.lists(st.sampled_from(["<", ">", "!", "--", "/", "=", '"', "'", " ", "meta", "svg", "title", "template", "script",
                                 "content", "name", "a", "\0", "&lt;", "body", "</"]), max_size=30).map("".join))  # fmt: skip
def test_any_text_is_read(text):
    head = scan(text)
    assert all(name and content.strip() for name, content, *_ in head.metas)


def test_a_page_cut_anywhere_says_no_more_than_the_whole():
    page = (
        "<!doctype html><head><title>T</title><meta name='a b' content=\"c>d\"><!-- <meta name=x content=y> --></head>"
    )
    whole = metas(page)
    for end in range(len(page)):
        assert metas(page[:end]) in ([], whole)


BOMBS = [
    "<meta ",
    "<meta a",
    "<p a='",
    "<!",
    "<!--",
    "<svg>",
    "<template>",
    "</",
    '<a b="c" ',
    "<title>",
    "<b i>",
    "&amp;",
    "<a =",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_is_more_than_linear_work(bomb, count_steps):
    small, large = (count_steps(scan, bomb * times) for times in (500, 1000))
    assert large <= 2.5 * small + 100
