"""`richresp preview --explain`."""

import json
import threading

import pytest

from richresp.limits.links import MAX_CONNECTIONS_PER_HOST
from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE
from tests.hostile.answers import page, redirect

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


def test_a_page_that_stands_there_twice_is_fetched_once_however_it_is_spelled(run):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        spelled = site.at("/a").replace("http:", "HTTP:") + "#part"
        urls = (site.at("/a"), site.at("/b"), site.at("/a"), spelled)
        rows = run("preview", *urls, "--allow-private", "--explain", "--format", "ndjson").out.splitlines()
        assert [json.loads(row)["preview"]["title"] for row in rows] == ["Anchor", "Buoy", "Anchor", "Anchor"]
        assert sorted(site.asked()) == ["/a", "/b"]


@pytest.mark.parametrize(("jobs", "together"), [(3, 3), (1, 1), (50, MAX_CONNECTIONS_PER_HOST)])
def test_pages_are_fetched_within_the_bounds_of_jobs_and_of_each_host(run, jobs, together):
    """All that may be on their way at once are waited for, and no more came meanwhile."""
    full, most, lock, now = threading.Barrier(together, timeout=30), [0], threading.Lock(), [0]

    def waits(_visit):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        full.wait()
        with lock:
            now[0] -= 1
        yield page()

    paths = [f"/{number}" for number in range(3 * together)]
    with serving(dict.fromkeys(paths, waits)) as site:
        urls = map(site.at, paths)
        assert run("preview", *urls, "--allow-private", "--explain", "--jobs", jobs, "--timeout", 60).code == 0
    assert most[0] == together


def test_a_page_is_explained_as_soon_as_those_before_it_are(terminal):
    release = threading.Event()

    def late(_visit):
        release.wait(30)
        yield page(body=b"<title>Late</title>")

    with serving({"/first": titled("First"), "/late": late, "/last": titled("Last")}) as site:
        urls = map(site.at, ("/first", "/late", "/last"))
        shown = terminal("preview", *urls, "--allow-private", "--explain", "--quiet")
        assert "Last" not in shown.until("First")
        release.set()
        out, code = shown.end()
    assert code == 0
    assert out.index("First") < out.index("Late") < out.index("Last")


def test_progress_and_what_failed_are_told_on_standard_error(terminal, tmp_path):
    with serving({"/a": titled("Anchor")}) as site, (tmp_path / "out").open("w+") as out:
        urls = (site.at("/a"), "http://127.0.0.1:1/")
        told, code = terminal("preview", *urls, "--allow-private", "--explain", out=out).end()
        out.seek(0)
        written = out.read()
    assert code == 1
    assert "2/2" in told
    assert "1 failed" in told
    assert told.endswith("richresp: 1 of 2 links failed\n")
    assert "Anchor" in written
    assert "\x1b" not in written


def test_verbose_tells_status_size_and_redirects_of_each(run):
    with serving({"/old": redirect("/new"), "/new": titled("New"), "/b": titled("Buoy")}) as site:
        urls = (site.at("/old"), site.at("/b"), "http://127.0.0.1:1/")
        several = run("preview", *urls, "--allow-private", "--explain", "-v").err.splitlines()
        single = run("preview", urls[0], "--allow-private", "--explain", "-v").err.splitlines()
        for told in (several, single):
            assert f"richresp: {urls[0]}: fetched: status 200, 18 B" in told
            assert f"richresp: {urls[0]} leads to {site.at('/new')}" in told
            assert told[-1].endswith(" s in all")
        assert f"richresp: {urls[1]}: fetched: status 200, 19 B" in several
        assert "richresp: http://127.0.0.1:1/: failed" in several


def test_ctrl_c_ends_at_once_with_130(terminal):
    asked, release = threading.Semaphore(0), threading.Event()

    def waits(_visit):
        asked.release()
        release.wait(PATIENCE)
        yield b""

    with serving(dict.fromkeys(map("/{}".format, range(12)), waits)) as site:
        urls = [site.at(f"/{number}") for number in range(12)]
        shown = terminal("preview", *urls, "--allow-private", "--explain", "--timeout", "300")
        for _ in range(MAX_CONNECTIONS_PER_HOST):
            assert asked.acquire(timeout=PATIENCE)
        shown.types(b"\x03")
        out, code = shown.end()
        release.set()
    assert code == 130
    assert out.splitlines()[-1] == "richresp: stopped"
    assert "Traceback" not in out
