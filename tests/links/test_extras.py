"""What a page says beside the five fields: images in their groups, icons, account, dates, authors, oEmbed."""

import json

import pytest

from richresp import Preview, UsageError
from richresp.links import extract
from richresp.links.model import Icon

URL = "https://site.example.com/blog/post"


def page(head, **options):
    return extract(f"<head>{head}</head>".encode(), url=URL, **options)


def og(name, value):
    return f'<meta property="og:{name}" content="{value}">'


def images(head):
    return [
        (image.url.rpartition("/")[2], image.width, image.height, image.alt, image.type) for image in page(head).images
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            og("image", "/a") + og("image:width", "6px") + og("image:alt", "A") + og("image", "/b") + og("image:type", "image/png"),
            [("a", 6, None, "A", None), ("b", None, None, None, "image/png")],
        ),
        (og("image:width", "6") + og("image", "/a") + og("image:height", "7"), [("a", 6, 7, None, None)]),
        (og("image", "/a") + og("image:url", "/a") + og("image:width", "6"), [("a", 6, None, None, None)]),
        (og("image", "/a") + og("image:secure_url", "https://s.example/s"), [("s", None, None, None, None)]),
        (og("image", "/a") + og("image:secure_url", "http://s.example/s"), [("a", None, None, None, None)]),
        (og("image", "/a") + og("image:secure_url", "https://10.0.0.1/s"), [("a", None, None, None, None)]),
        (og("image:secure_url", "https://s.example/s"), [("s", None, None, None, None)]),
        (og("image", "/a") + og("image", "/a") + og("image:width", "6"), [("a", 6, None, None, None)]),
        (og("image", "data:x") + og("image:width", "6") + og("image", "/b"), [("b", None, None, None, None)]),
        (og("image", "/a") + og("image:width", "0") + og("image:height", "9" * 9), [("a", None, None, None, None)]),
        (og("image:width", "6"), []),
        ("<link rel=image_src href=/c>", [("c", None, None, None, None)]),
        (og("images", "/a"), []),
    ],
)  # fmt: skip
def test_images_are_grouped_as_the_protocol_says(head, expected):
    assert images(head) == expected


def test_the_card_shows_the_first_of_its_images():
    found = page(
        og("image", "undefined") + og("image", "http://e.example/a") + og("image:secure_url", "https://e.example/s")
    )
    assert found.image == found.images[0].url == "https://e.example/s"


def test_icons_have_sizes_and_the_best_is_the_largest_picture():
    found = page(
        '<link rel="shortcut icon" href=/favicon.ico><link rel=icon href=/i.svg type=image/svg+xml sizes=any>'
        '<link rel=icon href=/i.png sizes="16x16 192x192" type=image/png><link rel=apple-touch-icon href=/touch.png>'
        "<link rel=icon href=/huge.png sizes=1024x1024><link rel=mask-icon href=/mask.svg><link rel=icon href=data:,>"
    )
    assert found.icon == "https://site.example.com/i.png"
    assert Icon("https://site.example.com/i.png", 192, 192, "image/png") in found.icons
    assert len(found.icons) == 5
    assert (
        page("<link rel=icon href=/a.png><link rel=apple-touch-icon href=/t.png>").icon
        == "https://site.example.com/t.png"
    )
    assert page("").icon is None


@pytest.mark.parametrize(
    ("value", "account"),
    [("@a_b", "@a_b"), ("a_b", "@a_b"), ("https://twitter.com/a_b/", "@a_b"), ("https://x.com/@a", "@a"), ("12345", None), ("a b", None), ("@" + "a" * 16, None)],
)  # fmt: skip
def test_an_account_is_a_handle(value, account):
    assert page(f'<meta name="twitter:site" content="{value}">').twitter_site == account


def test_dates_and_authors_come_from_metas_and_in_full_from_linked_data():
    node = {
        "@type": "Article",
        "datePublished": "2024-05-06T07:08:09.123Z",
        "dateModified": "2024-05",
        "author": [{"name": "Ann"}, "Bo"],
    }
    head = (
        '<meta property="article:published_time" content="yesterday"><meta property="article:author" content="https://e.example/bo">'
        f'<meta name=author content=Cy><script type="application/ld+json">{json.dumps(node)}</script>'
    )
    found = page(head)
    assert (found.published, found.modified, found.authors) == (None, None, ("Cy",))
    found = page(head, full=True)
    assert (found.published, found.modified, found.authors) == (
        "2024-05-06T07:08:09.123Z",
        "2024-05",
        ("Ann", "Bo", "Cy"),
    )
    assert (
        page('<meta property="article:published_time" content="2024-05-06 07:08 +0200">').published
        == "2024-05-06 07:08 +0200"
    )


def test_oembed_links_are_found():
    link = '<link rel="alternate" type="{}" href="{}">'
    found = page(
        link.format("application/json+oembed", "/o?a=1&amp;b")
        + link.format("text/xml+oembed", "/x")
        + link.format("application/rss+xml", "/r")
    )
    assert found.oembed == ("https://site.example.com/o?a=1&b", "https://site.example.com/x")


def test_values_of_an_older_version_are_taken():
    found = page(og("title", "T") + og("image", "/a") + "<link rel=icon href=/i>")
    values = json.loads(json.dumps(found.to_dict()))
    assert Preview.from_dict(values) == found
    older = {name: values[name] for name in ("requested_url", "final_url", "title", "images", "sources")}
    assert Preview.from_dict(older).title == "T"
    assert Preview.from_dict(older).icons == ()


@pytest.mark.parametrize(
    "change",
    [
        {"title": 1}, {"url": None, "final_url": None}, {"images": [{"url": None}]}, {"images": [{"url": "u", "width": "6"}]}, {"images": {"a": 1}},
        {"icons": [{}]}, {"warnings": [1]}, {"warnings": 1}, {"sources": {"title": 1}}, {"sources": 1}, {"stale": "yes"}, {"status": True}, {"unknown": 1},
    ],
)  # fmt: skip
def test_values_of_a_wrong_type_are_refused(change):
    with pytest.raises(UsageError, match="preview"):
        Preview.from_dict(page("").to_dict() | change)
