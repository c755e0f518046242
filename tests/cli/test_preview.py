"""`richresp preview`."""

import json

import pytest

from richresp import Preview
from tests.hostile.sites import running

URL = "https://site.example.com/page"
PAGE = b"""<title>Tit\x1b[31mle</title><meta property=og:description content="[bold]Words[/bold] &amp; more">
<meta property=og:site_name content=Site><meta property=og:image content=/i.png>"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def test_a_saved_page_is_drawn_as_a_card(run, file):
    result = run("preview", file, "--url", URL)
    assert result.code == 0
    for text in ("Site", "Tit[31mle", "[bold]Words[/bold] & more", "https://site.example.com/i.png", URL):
        assert text in result.out
    assert "\x1b" not in result.out


def test_json_is_the_whole_preview(run, file):
    found = Preview.from_dict(json.loads(run("preview", file, "--url", URL, "--format", "json").out))
    assert found.card()["site_name"] == "Site"
    assert found.sources["title"] == "html:title"


def test_markdown_is_a_link(run, file):
    out = run("preview", "-", "--url", URL, "--format", "markdown", stdin=PAGE).out
    assert out.startswith(f"[Tit&#91;31mle]({URL}) (Site)")


def test_meta_is_tags_that_preview_the_same(run, file):
    first = json.loads(run("preview", file, "--url", URL, "--format", "json").out)
    tags = run("preview", file, "--url", URL, "--format", "meta").out
    again = json.loads(run("preview", "-", "--url", URL, "--format", "json", stdin=tags.encode()).out)
    assert Preview.from_dict(again).card() | {"title": None} == Preview.from_dict(first).card() | {"title": None}
    assert tags.count("<meta") >= 5


def test_html_is_safe_to_put_into_a_page(run):
    page = b"<meta property=og:title content='&lt;script&gt;alert(1)&lt;/script&gt;'>"
    out = run("preview", "-", "--url", URL, "--format", "html", stdin=page).out
    assert "&lt;script&gt;" in out
    assert "<script" not in out
    assert f'<a href="{URL}"' in out


def test_a_saved_page_needs_its_address(fails, file):
    code, line = fails("preview", file)
    assert code == 2
    assert "--url" in line
    assert fails("preview", file, "https://example.com/")[0] == 2


def test_a_loopback_site_opens_on_request_only(run, fails):
    with running() as site:
        address = f"http://127.0.0.1:{site.port}/page"
        assert "Title" in run("preview", address, "--allow-private").out
        assert "Title" in run("preview", address.replace("127.0.0.1", "localhost"), "--allow-private").out
        hits = len(site.hits)
        code, line = fails("preview", address)
        assert code == 1
        assert "blocked" in line
        assert len(site.hits) == hits


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["missing.html", "--url", URL], 2, "no such file"),
        (["missing.html"], 2, "no such file, and no URL"),
        (["ftp://example.com/"], 1, "only http:// and https://"),
        (["http://10.0.0.1/"], 1, "private (RFC 1918)"),
        (["http://169.254.169.254/"], 1, "blocked"),
        (["http://localhost/"], 1, "blocked"),
        (["-", "--url", URL, "--explain", "--format", "html"], 2, "--explain has no form in html"),
        ([URL, "--cache", "a", "--no-cache"], 2, "give one of them"),
        ([URL, "other", "--url", URL], 2, "one saved page"),
        ([URL, "--jobs", "0"], 2, "jobs"),
        ([URL, "--user-agent", ""], 2, "--user-agent"),
        ([URL, "--accept-language", "d\u00e9"], 2, "--accept-language"),
        (["-", "--url", "nowhere"], 2, "no URL, which starts with"),
        ([URL, "--timeout", "0"], 2, "timeout"),
        (["a" * 5000], 2, "no such file"),
        (["https://example.com/" + "a" * 9000], 1, "longer than"),
        ([URL, "--format", "xml"], 2, "xml"),
        ([], 2, "URL|FILE"),
        (["http://evil\x1b[31m\n.example/"], 1, "control character"),
    ],
)
def test_a_wrong_call_fails_in_one_line(fails, arguments, code, complaint):
    got, line = fails("preview", *arguments)
    assert got == code
    assert complaint in line
    assert line[:-1].isprintable()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("banner", "not HTTP"),
        ("hang-up", "connection broke"),
        ("missing", "the server answers 404"),
        ("loop", "in a circle"),
    ],
)
def test_a_broken_site_fails_in_one_line(fails, path, complaint):
    with running() as site:
        code, line = fails("preview", f"http://127.0.0.1:{site.port}/{path}", "--allow-private")
    assert code == 1
    assert complaint in line
