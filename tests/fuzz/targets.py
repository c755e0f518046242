"""What is checked of any bytes, by the fuzzers and on random bytes by the test suite.

The fuzzers are run by hand, where atheris has a wheel:

    pip install atheris && python tests/fuzz/fuzz_scan.py -max_total_time=600 -timeout=2 -max_len=4096 -dict=tests/fuzz/html.dict [folder]

The options are libFuzzer's; the folder keeps what was found.
"""

from urllib.parse import urlsplit

from richresp.decode import decode
from richresp.limits.links import MAX_METAS
from richresp.links.extracting import extract
from richresp.links.scan import scan
from richresp.markdown import Block, from_html
from richresp.text import one_line

TYPES = [None, "", "text/html", "text/html; charset=", "text/html; charset=utf-16", "text/html;charset=shift_jis", "charset=rot13",
         "application/json", "image/png", "text/html; charset=\ud800", "text/html; charset=" + "x" * 1_000]  # fmt: skip
URL = "https://example.com/a/b?c=d"


def split(data):
    """A content type, picked by the first byte, and the rest as a body."""
    return TYPES[data[0] % len(TYPES)] if data else None, data[1:]


def check_scan(data):
    text = data.decode("latin-1" if data[:1] > b"\xf0" else "utf-8", "replace")
    head = scan(text)
    assert len(head.metas) <= MAX_METAS
    for meta in head.metas:
        assert meta.name == meta.name.lower()
        assert meta.content.strip()
        assert text.replace("\0", "")[meta.at : meta.at + 5].lower() == "<meta"
    early = scan(text, lambda _: True)
    assert early.metas == head.metas[: len(early.metas)]


def check_decode(data):
    content_type, body = split(data)
    text, codec = decode(body, content_type)
    assert isinstance(text, str)
    "".encode(codec)


def check_extract(data):
    content_type, body = split(data)
    preview = extract(body, url=URL, content_type=content_type)
    for text in (preview.title, preview.site_name, preview.description):
        assert text is None or text == one_line(text)
    for url in (preview.url, preview.image):
        assert url is None or urlsplit(url).scheme in ("http", "https")
    preview.to_dict()


def check_from_html(data):
    content_type, body = split(data)
    source = from_html(body, url=URL, content_type=content_type, navigation=len(body) % 2 == 0, images="keep")
    assert isinstance(source, Block)
    assert "\0" not in source
