"""`richresp markdown`."""

import pytest

from richresp import tokens
from tests.hostile.wire import Scene

PAGE = b"""<!doctype html><title>Berths</title><nav><a href=/menu>Menu</a></nav><main><h1>Berths</h1><p>All <a href="/b">of them</a>.
<table><tr><th>id<th>name""" + b"".join(b"<tr><td>%d<td>Berth %d" % (at, at) for at in range(200)) + b"</table></main>"  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def test_a_saved_page_is_markdown_with_absolute_links_and_without_its_menu(run, file):
    out = run("markdown", file, "--url", "https://harbour.example.com/a/").out
    assert out.startswith("# Berths\n\nAll [of them](https://harbour.example.com/b).\n\n|id|name|\n")
    assert out.count("\n|") == 202
    assert "Menu" not in out
    assert "Menu" in run("markdown", file, "--navigation").out
    assert "harbour" not in run("markdown", "-", "--url", "https://harbour.example.com/", "--no-links", stdin=PAGE).out


def test_the_pages_of_a_budget_hold_all_rows_below_their_header(run, file):
    rows, cursor, pages = [], (), 0
    while True:
        out = run("markdown", file, "--budget", 400, *cursor).out
        assert tokens.count(out.removesuffix("\n")) <= 400
        assert "|id|name|\n" in out
        rows += [line for line in out.splitlines() if "Berth " in line and line.startswith("|")]
        pages += 1
        if "cursor " not in out:
            break
        cursor = ("--cursor", out.split("cursor ")[1].split("\n")[0])
    assert rows == [f"|{at}|Berth {at}|" for at in range(200)]
    assert pages > 3


def test_a_page_is_fetched_by_the_guarded_fetcher(run, fails):
    def script(_visit):
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE

    with Scene(script) as scene:
        url = f"http://127.0.0.1:{scene.ports['plain']}/a"
        assert run("markdown", url, "--allow-private").out.startswith("# Berths\n")
        code, told = fails("markdown", url)
    assert code == 1
    assert "blocked" in told


def test_what_cannot_be_meant_is_said(fails, file):
    assert fails("markdown", file, "--cursor", "7-1")[0] == 2
    assert fails("markdown", "missing.html") == (2, fails("markdown", "missing.html")[1])
    assert fails("markdown", file, "--budget", 1)[0] == 2
