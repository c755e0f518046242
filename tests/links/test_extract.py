"""From bytes to a card: the chain of each field, and what is passed over."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidURL, Preview, UsageError
from richresp.links import extract

URL = "https://site.example.com/blog/post?id=7"


def card(head, url=URL):
    return extract(f"<head>{head}</head>".encode(), url=url)


def og(name, value):
    return f'<meta property="og:{name}" content="{value}">'


def test_a_complete_page_gives_a_complete_card():
    page = card(
        "<title>T | S</title>"
        + og("site_name", "Site")
        + og("title", "Title")
        + og("description", "Words")
        + og("image", "https://cdn.example.com/i.png")
        + '<link rel="canonical" href="/blog/post">'
    )
    assert page.card() == {
        "site_name": "Site",
        "title": "Title",
        "description": "Words",
        "image": "https://cdn.example.com/i.png",
        "url": "https://site.example.com/blog/post",
    }
    assert page.sources == {
        "site_name": "og:site_name",
        "title": "og:title",
        "description": "og:description",
        "image": "og:image",
        "url": "link:canonical",
    }
    assert page.warnings == ()


def test_an_empty_page_has_its_address_and_says_what_is_missing():
    page = card("")
    assert page.card() == {
        "site_name": "site.example.com",
        "title": None,
        "description": None,
        "image": None,
        "url": URL,
    }
    assert {"no title", "no description", "no image"} <= set(page.warnings)


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (og("title", "X") + '<meta name="twitter:title" content="Y"><title>Z</title>', "og:title"),
        (og("title", " ") + '<meta name="twitter:title" content="X"><title>Z</title>', "twitter:title"),
        (og("title", "{{ title }}") + "<title>X</title>", "html:title"),
        (og("title", "undefined") + og("title", "X"), "og:title"),
        (og("title", "\u3164") + "<title>X</title>", "html:title"),
    ],
)
def test_the_first_usable_title_wins(head, source):
    page = card(head)
    assert (page.title, page.sources["title"]) == ("X", source)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("/i.png", "https://site.example.com/i.png"),
        ("//cdn.example.com/i.png", "https://cdn.example.com/i.png"),
        ("i j.png", "https://site.example.com/blog/i%20j.png"),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("http://user:pass@cdn.example.com/i.png", None),
        ("http://10.0.0.1/i.png", None),
        ("http://[::1]/i.png", None),
        ("undefined", None),
        ("/favicon.ico", None),
    ],
)
def test_an_image_is_a_public_absolute_address_or_none(image, expected):
    assert card(og("image", image)).image == expected


def test_the_base_of_the_page_counts():
    assert card('<base href="/x/">' + og("image", "i.png")).image == "https://site.example.com/x/i.png"


def test_images_come_in_groups_with_what_describes_them():
    page = card(
        og("image", "http://site.example.com/a.png")
        + og("image:secure_url", "https://site.example.com/a.png")
        + og("image:width", "600")
        + og("image", "/b.png")
        + og("image:height", "9e9")
        + og("image:alt", "B")
    )
    assert page.image == "https://site.example.com/a.png"
    assert [(image.url, image.width, image.height, image.alt) for image in page.images] == [
        ("https://site.example.com/a.png", 600, None, None),
        ("https://site.example.com/b.png", None, None, "B"),
    ]


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://site.example.com/blog/post", "https://site.example.com/blog/post"),
        ("site.example.com/blog/post", "https://site.example.com/blog/post"),
        ("https://www.site.example.com/blog/post", "https://www.site.example.com/blog/post"),
        ("https://site.example.com/", URL),
        ("https://other.example.com/blog/post", URL),
        ("https://evil.example/", URL),
        ("http://localhost/blog/post", URL),
        ("undefined", URL),
    ],
)
def test_a_claimed_address_is_believed_only_on_its_own_site_and_not_for_the_front_page(canonical, expected):
    page = card(f'<link rel="canonical" href="{canonical}">')
    assert page.url == expected
    assert page.final_url == URL


def test_a_description_that_only_repeats_is_passed_over():
    page = card(
        og("site_name", "S") + og("title", "T") + og("description", "S") + '<meta name="description" content="T">'
    )
    assert page.description is None
    assert "og:description only repeats the site_name: S" in page.warnings


def test_text_goes_out_clean():
    page = card(
        og("title", "a\u202eb\u200b  c&#8203;\n<i>\U000e0041\x07")
        + og("description", "x <b class=y>bold</b> &amp;lt;3")
    )
    assert page.title == "ab c <i>"
    assert page.description == "x bold <3"


@pytest.mark.parametrize("url", ["", "example.com", "ftp://example.com/", "javascript:alert(1)"])
def test_a_page_must_come_from_somewhere(url):
    with pytest.raises(InvalidURL):
        extract(b"", url=url)


def test_a_page_of_a_private_site_may_point_at_itself():
    page = card(og("image", "/i.png") + og("image", "http://10.0.0.2/i.png"), url="http://10.0.0.1:9000/x")
    assert page.image == "http://10.0.0.1:9000/i.png"
    assert [image.url for image in page.images] == ["http://10.0.0.1:9000/i.png"]


@given(st.binary(max_size=200))
def test_no_bytes_raise(body):
    page = extract(body, url=URL)
    assert page.to_markdown()


@given(st.lists(st.sampled_from([b"<meta property=og:title content='", b"<title>", b"</title>", b"'>", b"\xff\xfe", b"\xe4\xbd", b"\0",
                                 b"&#xD800;", b"<base href='", b"http://[", b"<link rel=canonical href='", b"og:image", b"]"]),
                max_size=12).map(b"".join))  # fmt: skip
def test_no_broken_page_raises(body):
    page = extract(body, url=URL)
    assert Preview.from_dict(page.to_dict()) == page
    "".join(value for value in page.card().values() if value).encode()


def test_a_preview_goes_through_json_and_pickle():
    page = card(og("title", "T") + og("image", "/i.png"))
    assert Preview.from_dict(page.to_dict()) == page
    assert pickle.loads(pickle.dumps(page)) == page
    assert hash(page) == hash(Preview.from_dict(page.to_dict()))
    with pytest.raises(UsageError, match="preview"):
        Preview.from_dict({"title": "T"})


def test_markdown_of_a_card_is_a_link_and_its_words():
    page = card(
        og("title", "[x](y)") + og("site_name", "S*i*te") + og("description", "# d"), url="https://e.example/a(b"
    )
    assert page.to_markdown() == "[[x]&#40;y)](https://e.example/a%28b) (S\\*i*te)\\\n\\# d"


@pytest.mark.parametrize("arguments", [{"body": "<title>"}, {"body": None}, {"url": None}, {"url": b"https://a.example/"}, {"content_type": b"text/html"}])  # fmt: skip
def test_arguments_of_another_type_are_refused(arguments):
    with pytest.raises(UsageError):
        extract(**{"body": b"", "url": URL, "content_type": None, **arguments})


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_whatever_holds_bytes_is_read(kind):
    assert extract(kind(b"<title>T</title>"), url=URL).title == "T"
