"""What a body offers: its own words and images, never those of the frame around them; None rather than junk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.extract import MAX_BODY_IMAGES, MAX_TREE_CHARS, MIN_PARAGRAPH_CHARS
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.limits.tree import MAX_TAG_CHARS
from richresp.links.content import read_content
from richresp.links.pictures import largest
from richresp.links.tree import parse

WORDS = "The quick brown fox jumps over the lazy dog, and then it turns round and does the same once more."
OTHER = "Pack my box with five dozen liquor jugs, said the man at the door, and be quick about it, will you."


def paragraph(body):
    return read_content(f"<html><head><title>T</title></head><body>{body}</body></html>").paragraph


def images(body):
    return read_content(f"<html><body>{body}</body></html>").images


@pytest.mark.parametrize(
    "before",
    [
        f"<nav><p>{OTHER}</nav>",
        f"<header><p>{OTHER}</header>",
        f"<footer><p>{OTHER}</footer>",
        f"<aside><p>{OTHER}</aside>",
        f"<div role=navigation><p>{OTHER}</div>",
        f"<div role=dialog><p>{OTHER}</div>",
        f"<div class='site-cookie-bar'><p>{OTHER}</div>",
        f"<div id=cookieNotice><p>{OTHER}</div>",
        f"<div hidden><p>{OTHER}</div>",
        f"<div aria-hidden=true><p>{OTHER}</div>",
        f"<div style='color:red; display: none'><p>{OTHER}</div>",
        f"<noscript><p>{OTHER}</noscript>",
        f"<script>document.write('<p>{OTHER}')</script>",
        f"<!-- <p>{OTHER} -->",
        f"<svg><text><p>{OTHER}</p></text></svg>",
        f"<template><p>{OTHER}</template>",
        f"<p><a href=x>{OTHER}</a></p>",
        f"<p>More: <a href=x>{OTHER[:50]}</a> and <a href=y>{OTHER[50:]}</a></p>",
        f"<figure><figcaption><p>{OTHER}</figcaption></figure>",
        "<p>By A. Writer, 1 May</p>",
        "<p>We use cookies to give you the best experience. By using this site you accept our privacy policy and the use of cookies.</p>",
        "<p>Please enable JavaScript in your browser to see this page as it was meant to be seen by those who wrote it.</p>",
        "<p>© 2024 The Company, and all of its subsidiaries, wherever they may be on this earth or elsewhere. Rights.</p>",
        "<p>" + "&nbsp;" * 100 + "</p>",
    ],
)
def test_the_first_real_paragraph_is_not_one_of_the_frame(before):
    assert paragraph(f"{before}<p>{WORDS}</p>") == WORDS
    assert paragraph(before) is None


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WORDS}</p>",
        f"<p>The quick <b>brown</b> fox <a href=x>jumps</a>{WORDS[25:]}</p>",
        WORDS.join(("<P CLASS=lead>", "</P>")),
        f"<article><header><p>{WORDS}</header></article>",
        f"<p>{WORDS.replace(' ', '<br>')}</p>",
        f"<p>{WORDS.replace(' ', chr(10) * 3)}</p>",
        f"<p>{WORDS}",
        f"<table><tr><td><p>{WORDS}</table>",
        f"<div><p>x</body></html><div><p>{WORDS}</p></div>",
        f"<p>x<svg class=a /><p>{WORDS}</p><svg><path/></svg>",
    ],
)
def test_a_paragraph_is_its_text_on_one_line(body):
    assert paragraph(body) == WORDS


@pytest.mark.parametrize("state", ["nav-open", "menu-closed cookie-consent-given", "modal-ready has-sidebar"])
def test_a_state_of_the_whole_page_named_in_its_classes_hides_nothing(state):
    text = f"<p>{WORDS}</p>"
    assert paragraph(f"<div class='{state}'><h1>T</h1>{text}</div>") == WORDS
    assert paragraph(f"<div class='{state}'>{text * 6}</div>") == WORDS
    assert paragraph(f"</body><body class='{state}'>{text}") == WORDS
    assert paragraph(f"<main class='{state}'>{text}</main>") == WORDS
    assert paragraph(f"<div class='{state}'>{text}</div>") is None


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("<h1>A <i>b</i></h1><h1>C</h1>", "A b"),
        ("<h1> </h1><h1>C</h1>", "C"),
        ("<header><h1>Site</h1></header><main><h1>Page</h1></main>", "Page"),
        ("<header><h1>Site</h1></header><p>x", "Site"),
        ("<h1><img src=logo.png alt=Site></h1>", None),
        ("<h2>x</h2>", None),
        ("", None),
    ],
)
def test_the_heading_is_the_pages_own(body, heading):
    assert read_content(f"<body>{body}").heading == heading


@pytest.mark.parametrize(
    "image",
    [
        "<img src=/a.jpg width=600 height=400>",
        "<img src=/a.jpg style='width:600px;height:400px'>",
        "<img src=/a.jpg WIDTH=600px HEIGHT='400'>",
        "<figure><img src=/a.jpg></figure>",
        "<article><div><img src=/a.jpg></div></article>",
        "<main><img src=/a.jpg></main>",
        "<main><img src=data:image/gif;base64,R0 data-src=/a.jpg></main>",
        "<main><img src=/blank.gif data-lazy-src=/a.jpg></main>",
        "<main><img src=/loading.gif data-original=/a.jpg></main>",
        "<main><img src=/s.jpg srcset='/s.jpg 300w, /a.jpg 1200w,/m.jpg 600w'></main>",
        "<main><img src=/s.jpg srcset='/s.jpg, /a.jpg 2x'></main>",
        "<main><img src=/s.jpg data-srcset='/s.jpg 1x,/a.jpg 3x'></main>",
        "<main><picture><source srcset='/n.webp' type=image/webp><img src=/a.jpg></picture></main>",
        "<main><picture><source srcset='/a.jpg 800w, /s.jpg 400w'><img src=data:x></picture></main>",
        "<main><picture><source type=image/avif srcset=/n.avif><source srcset=/a.jpg><img></picture></main>",
        "<main><amp-img src=/a.jpg></amp-img></main>",
        "<main><noscript><img src=/a.jpg></noscript></main>",
        f"<main><img data-json='{'x' * 2000}' onload=\"if (a > b) {{}}\" src=/a.jpg></main>",
    ],
)
def test_a_content_image_is_found_where_its_real_address_stands(image):
    assert images(image)[:1] == ("/a.jpg",)


@pytest.mark.parametrize(
    "image",
    [
        "<img src=/a.jpg>",
        "<img src=/a.jpg width=600>",
        "<main><img src=/a.gif width=1 height=1></main>",
        "<main><img src=/a.jpg width=120 height=600></main>",
        "<main><img src=/a.jpg style='height:20px'></main>",
        "<main><img src=/a.svg width=600 height=400></main>",
        "<main><img src=/a.svg?v=1 width=600 height=400></main>",
        "<main><img src=data:image/png;base64,AAAA width=600 height=400></main>",
        "<main><img src=javascript:x width=600 height=400></main>",
        "<main><img src=/img/sprite.png width=600 height=400></main>",
        "<main><img src=/img/site-logo-2.png width=600 height=400></main>",
        "<main><img src=/avatars/7.png width=600 height=400></main>",
        "<main><img src=/a.jpg class='user-avatar' width=600 height=400></main>",
        "<main><img src=/tracking/pixel.gif></main>",
        "<nav><img src=/a.jpg width=600 height=400></nav>",
        "<footer><img src=/a.jpg width=600 height=400></footer>",
        "<header><img src=/a.jpg width=600 height=400></header>",
        "<div class=sidebar><img src=/a.jpg width=600 height=400></div>",
        "<main><img src='' width=600 height=400><img></main>",
        "<link rel=icon href=/favicon.ico>",
    ],
)
def test_junk_is_no_image(image):
    assert images(image) == ()


def test_images_of_the_pages_own_part_that_say_how_large_they_are_come_first():
    body = "<img src=/c.jpg width=300 height=300><main><img src=/b.jpg><img src=/a.jpg width=300 height=300><img src=/b.jpg></main>"
    assert images(body) == ("/a.jpg", "/b.jpg", "/c.jpg")
    assert len(images("<main>" + "".join(f"<img src=/{number}.jpg>" for number in range(100)))) == MAX_BODY_IMAGES


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.jpg", "a.jpg"),
        ("a.jpg 1x, b.jpg 2x", "b.jpg"),
        ("a.jpg,  b.jpg 1.5x,c.jpg", "b.jpg"),
        ("/t/w_1,h_2/a.jpg 100w, /t/w_9,h_9/b.jpg 900w", "/t/w_9,h_9/b.jpg"),
        ("a.jpg 100w 50h, b.jpg 50w", "a.jpg"),
        ("a.jpg nonsense, b.jpg 1x", "b.jpg"),
        (",,,", None),
        ("", None),
    ],
)
def test_the_largest_of_a_srcset(srcset, expected):
    assert largest(srcset) == expected


@pytest.mark.parametrize("part", ["article", "section", "main", "x-card"])
def test_a_part_that_the_parser_does_not_know_ends_the_head(part):
    words = "What lies in the sheds of the harbour, by number, by owner and by the day on which it came. "
    page = f"<title>x</title><{part}><p>{words}</p><figure><img src=/o.jpg width=900 height=600></figure></{part}>"
    found = read_content(page)
    assert found.paragraph == words.strip()
    assert found.images == ("/o.jpg",)


def test_what_belongs_to_a_head_is_no_content():
    assert read_content("<title>x</title><noscript><img src=/pixel.gif width=900 height=600></noscript>").images == ()


def test_a_page_offers_all_that_it_has():
    content = read_content(f"<main><h1>H</h1><p>{WORDS}</p><img src=/a.jpg></main>")
    assert (content.heading, content.paragraph, content.images) == ("H", WORDS, ("/a.jpg",))
    empty = read_content("")
    assert (empty.heading, empty.paragraph, empty.images) == (None, None, ())


PIECES = ["<p>", "</p>", "<main>", "<div class=nav>", "</div>", "<a href=x>", "</a>", "<h1>", "<img src=", "srcset='", "a 1w,", "'", '"', ">", "<", "word " * 20,
          "<script>", "</script>", "<!--", "-->", "&nbsp;", "&#x0;", "\0", "\ud800", "é", "<p hidden", "=", "<svg", "/>", "<html ", "<frameset>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_what_comes_out_is_bounded(text):
    content = read_content(text)
    assert content.paragraph is None or MIN_PARAGRAPH_CHARS <= len(content.paragraph) <= MAX_FIELD_CHARS
    assert content.heading is None or len(content.heading) <= MAX_FIELD_CHARS
    assert len(content.images) <= MAX_BODY_IMAGES


def test_a_page_cut_anywhere_says_no_more_than_the_whole():
    page = f"<body><main><h1>H</h1><p title='>'>{WORDS}</p><img src='/a.jpg' srcset='/b.jpg 2x'></main>"
    for end in range(len(page)):
        cut = read_content(page[:end])
        assert WORDS.startswith(cut.paragraph or "")
        assert set(cut.images) <= {"/a.jpg", "/b.jpg", "/b.jp", "/b.j", "/b.", "/b", "/"}


def test_what_stands_far_behind_scripts_is_found():
    assert paragraph(f"<script>{'x' * 3 * MAX_TREE_CHARS}</script><p>{WORDS}") == WORDS


BOMBS = ["<p>", "<div>", "<p><a>x", "<b i>", "<p " + "a=1 " * 100, '<p a=">"', "<script>", "<!--", "<svg>", "<div class=nav><p>", "<h1>x", "<", "&amp;",
         "<img src=a srcset='a 1w, b 2w' width=300 height=300>", "<p class='nav nav'>", "<a href='", "<!", "</p>", "<table><tr><td>"]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_is_more_than_linear_work(bomb, count_steps):
    def read(page):
        content = read_content(page)
        return content.heading, content.paragraph, content.images

    small, large = (count_steps(read, bomb * times) for times in (500, 1000))
    assert large <= 2.5 * small + 1_000


FLOOD = " ".join(f"a{number}=1" for number in range(400))
TAG_PIECES = ["<p", "</p", "<svg", "<script", "</script", "<!--", "-->", "<!", "<?", "<textarea", "<title", "<", ">", "/>", "/", "=", "'", '"', "='", '="',
              "a", " ", "\u2003", "\x0b", "\0", "b c", "x=y", "&quot;", "<![CDATA[", "]]>"]  # fmt: skip


@given(
    st.lists(st.sampled_from(TAG_PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(TAG_PIECES), max_size=6).map("".join),
)
def test_no_element_of_the_tree_has_many_attributes_however_they_are_hidden(before, behind):
    root = parse(f"{before} {FLOOD} {behind}")
    assert root is None or all(len(element.attrib) <= MAX_TAG_CHARS / 2 for element in root.iter())


def test_a_tag_with_many_attributes_reaches_the_tree_with_few():
    flood = "<p " + "".join(f'a{number}=">" ' for number in range(20_000)) + f">{WORDS}"
    assert paragraph(flood) == WORDS
