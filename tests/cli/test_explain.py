"""`richresp preview --explain`."""

import json

import pytest

from tests.cli.site import serving, titled

URL = "https://harbour.example/berths/1"
PAGE = b"""<!doctype html>
<link rel="canonical" href="https://other.example/">
<title>Berths | Harbour</title>
<meta property="og:title" content="{{ title }}">
  <meta property="og:title" content="Berths">
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def test_it_tells_the_tag_its_place_what_was_passed_over_and_what_to_fix(run, file):
    out = run("preview", file, "--url", URL, "--explain").out
    for told in (
        'from og:title (line 5, column 3): <meta property="og:title" content="Berths">',
        "not og:title (line 4, column 1), which holds a placeholder: {{ title }}",
        "not html:title (line 3, column 1), which is usable, but og:title comes first",
        "not link:canonical (line 2, column 1), which leads to another site: https://other.example/",
        "nothing in og:image,",
        "to fix       error:",
        " [image-missing]\n                 https://",
    ):
        assert told in out
    assert "\x1b" not in out


def test_json_has_fields_places_and_findings(run, file):
    found = json.loads(run("preview", file, "--url", URL, "--explain", "--format", "json").out)
    assert set(found) == {"preview", "fields", "findings"}
    title = next(field for field in found["fields"] if field["field"] == "title")
    assert title["place"] == {"line": 5, "column": 3, "tag": '<meta property="og:title" content="Berths">'}
    assert title["passed_over"][0]["reason"] == "holds a placeholder: {{ title }}"
    assert {"rule", "severity", "message"} <= set(found["findings"][0])


def test_pages_are_fetched_whatever_is_remembered(run, tmp_path):
    with serving({"/a": titled("Anchor")}) as site:
        options = (site.at("/a"), "--allow-private", "--cache", tmp_path / "c.sqlite")
        run("preview", *options)
        assert "from html:title (line 1, column 1)" in run("preview", *options, "--explain").out
        assert site.asked() == ["/a", "/a"]


def test_several_links_are_explained_and_errors_stand_in_place(run):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        urls = [site.at("/a"), "http://127.0.0.1:1/", site.at("/b")]
        result = run("preview", *urls, "--allow-private", "--explain")
        assert result.code == 1
        assert result.out.index("Anchor") < result.out.index("no preview") < result.out.index("Buoy")
        rows = run("preview", *urls, "--allow-private", "--explain", "--format", "ndjson").out.splitlines()
        assert [next(iter(json.loads(row))) for row in rows] == ["preview", "requested_url", "preview"]


def test_one_link_that_fails_fails_in_one_line(fails):
    code, line = fails("preview", "http://127.0.0.1:1/", "--allow-private", "--explain")
    assert code == 1
    assert "no connection" in line


def test_what_is_no_page_has_its_fields_and_nothing_to_fix(run):
    out = run("preview", "-", "--url", "https://a.example/paper.pdf", "--explain", stdin=b"%PDF-1.7 \n").out
    assert "paper.pdf" in out
    assert "nothing that the audit knows of" in out
