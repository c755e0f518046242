"""What is no page is told by its bytes, then by its content type, and gets a card of what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.links import Preview
from richresp.links.media import MAX_FILE_NAME_CHARS, kind_of, media_preview

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PAGE = b"<!doctype html><html><head><title>T</title>"
ZIP = b"PK\3\4\x14\0\6\0\x08\0"
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2"
SVG = b"<?xml version='1.0'?>\n<!-- made by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PNG, "image"),
        (b"GIF89a\1\0\1\0", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "image"),
        (SVG, "image"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (MP4, "video"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0", "video"),
        (b"RIFF\x24\0\0\0AVI LIST", "video"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", "audio"),
        (b"ID3\4\0\0\0", "audio"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio"),
        (b"OggS" + b"\0" * 24 + b"OpusHead", "audio"),
        (b"wOF2\0\1\0\0", "font"),
        (ZIP, "archive"),
        (b"\x1f\x8b\x08\0", "archive"),
    ],
)
@pytest.mark.parametrize("told", [None, "application/octet-stream", "text/html; charset=utf-8", "text/plain"])
def test_bytes_that_show_what_they_are_need_no_content_type_and_refute_one(body, kind, told):
    assert kind_of(body, told) == kind or (body == SVG and told == "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "told", ["text/html", "application/octet-stream", "text/plain", None, "image/png", "application/pdf", "application/json", "video/mp4", "nonsense"]
)  # fmt: skip
@pytest.mark.parametrize(
    "body", [PAGE, b"\xef\xbb\xbf \n" + PAGE, b"<!-- c -->" + PAGE, b"<?xml version='1.0'?><html xmlns='x'>", PAGE.decode().encode("utf-16")]
)  # fmt: skip
def test_a_page_is_a_page_whatever_it_is_called(body, told):
    assert kind_of(body, told) is None


@pytest.mark.parametrize(
    ("body", "told", "kind"),
    [
        (b'{"a": [1]}', "application/json", "json"),
        (b'[{"a": "<p>"}]', "application/ld+json", "json"),
        (b'{"a": 1}', None, "json"),
        (b' {"a": 1}', "text/html", "json"),
        (b'{"a": "<p>"}', "text/html", None),
        (b"<rss version='2.0'>", "application/rss+xml", "xml"),
        (b"<?xml version='1.0'?><!-- x --><html xmlns='x'>", "application/xml", None),
        (b"name,size\nx,1", "text/csv; header=present", "text"),
        (b"just words", "text/plain", "text"),
        (b"just words", None, None),
        (b"words <b>and</b> tags", "application/octet-stream", None),
        (b"\0\1\2\3", None, "file"),
        (b"\0\1\2\3", "application/x-thing", "file"),
        (b"\0\1\2\3", "text/html", None),
        (b"", None, None),
        (b"", "text/html", None),
        (b"", "image/png", "image"),
        (b"\xff\xfb\x90\x64", "audio/mpeg", "audio"),
        (b"\0\0\0\x20ftypisom", "audio/mp4", "audio"),
        (ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document"),
        (ZIP, "application/zip", "archive"),
        (b"Not found", "image/png", "text"),
        (b"<p class=x>Not found", "image/png", None),
        (b"#EXTM3U\n#EXT-X-VERSION:3", "application/vnd.apple.mpegurl", "video"),
        (b"body{}", "text/css", "text"),
        (b"x <html><title>T</title>", "application/x-php", None),
        (b"<meta property='og:title' content='x'>", "text/plain", None),
    ],
)
def test_the_content_type_tells_what_the_bytes_do_not(body, told, kind):
    assert kind_of(body, told) == kind


def test_an_image_is_its_own_image():
    url = "https://cdn.example.com/a/My%20photo%E2%80%AE_1.jpg?w=1"
    card = media_preview("image", url, "image/jpeg; q=1")
    assert card.card() == {"site_name": "cdn.example.com", "title": "My photo_1.jpg", "description": None, "image": url, "url": url}  # fmt: skip
    assert [(image.url, image.type) for image in card.images] == [(url, "image/jpeg")]
    assert card.sources == {"site_name": "url:host", "title": "url:file", "image": "url:final", "url": "url:final"}


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://www.example.com/files/Report_2024.pdf", "Report_2024.pdf"),
        ("https://www.example.com/files/%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf;v=1", "отчёт.pdf"),
        ("https://www.example.com/files/a%2Fb.pdf/", "a b.pdf"),
        ("https://www.example.com/%00%0A", None),
        ("https://www.example.com/", None),
        ("https://www.example.com", None),
        ("https://www.example.com/" + "x" * 1000, None),
    ],
)
def test_the_name_of_a_file_is_its_title(url, title):
    card = media_preview("pdf", url, None)
    assert (card.title, card.image, card.site_name) == (title, None, "example.com")


@given(
    st.binary(max_size=100),
    st.none() | st.text(max_size=40) | st.sampled_from(["image/png", "text/html", "text/plain"]),
)
def test_no_bytes_raise(body, told):
    kind = kind_of(body, told)
    assert kind is None or kind.isalpha()


@given(st.text(max_size=100).map("https://example.com/".__add__) | st.text(max_size=50))
def test_no_address_raises(url):
    card = media_preview("image", url, url)
    assert len(card.title or "") <= MAX_FILE_NAME_CHARS
    assert Preview.from_dict(card.to_dict()) == card


@pytest.mark.parametrize("body", [b"ID3 tags explained: <h1>x</h1>", b"#EXTM3U lists <p>x", b"GIF89a is old <p>x"])
def test_words_that_begin_like_a_file_are_a_page_where_they_are_called_one(body):
    assert kind_of(body, "text/html") is None
    assert kind_of(body, None) is not None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<svg></svg><title>T</title>", None),
        (b"<svg><svg></svg><path/></svg> <p>words", None),
        (b"<svg/><p>words", None),
        (b"<svg><svg></svg><title>T</title></svg>\n<!-- end -->", "image"),
        (b"<svg><title>T</title><path/>", "image"),
    ],
)
def test_a_drawing_that_other_markup_follows_is_in_a_page(body, kind):
    assert kind_of(body, None) == kind
    assert kind_of(body, "image/svg+xml") == "image"
