"""`richresp markdown`."""

import pytest

from richresp import tokens
from tests.cli.site import serving
from tests.hostile.answers import head
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


TEXT = "# Title\n\nSome `words` and <b>a tag</b>.\n\n- one\n- two\n" + "".join(
    f"\nParagraph {n} of it.\n" for n in range(60)
)


@pytest.mark.parametrize("name", ["README.md", "notes.markdown", "notes.txt", "README", "-"])
def test_a_text_that_is_no_html_is_shown_as_it_is_which_is_told(run, tmp_path, name):
    file = tmp_path / name if name != "-" else name
    if name != "-":
        file.write_text(TEXT, encoding="utf-8")
    result = run("markdown", file, stdin=TEXT.encode())
    assert (result.code, result.out) == (0, TEXT)
    assert result.err == f"richresp: {file}: a text, not HTML, which is shown as it is\n"
    assert run("markdown", file, "-q", stdin=TEXT.encode()).err == ""
    page = run("markdown", file, "--budget", 120, "-q", stdin=TEXT.encode()).out
    assert page.startswith("Shortened: ")
    assert "\n\n# Title\n\nSome `words` and <b>a tag</b>.\n\n- one\n- two\n" in page
    assert tokens.count(page.removesuffix("\n")) <= 120
    more = page.split("cursor ")[1].split("\n")[0]
    assert "Paragraph" in run("markdown", file, "--budget", 120, "--cursor", more, "-q", stdin=TEXT.encode()).out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("page", "<!doctype html><p>a<b>b</b>"),
        ("page", "words and a<p>tag"),
        ("page.html", "words without a tag"),
        ("page", "<!-- a comment --><h1>x</h1>"),
        ("README.md.html", "# a\n# b"),
    ],
)
def test_html_is_told_by_its_name_or_its_tags(run, tmp_path, name, said):
    file = tmp_path / name
    file.write_text(said, encoding="utf-8")
    result = run("markdown", file)
    assert (result.code, result.err) == (0, "")
    assert "\n# b" not in result.out


def test_a_text_of_a_server_is_shown_as_it_is_as_well(run, fails):
    answer = head("Content-Type: text/markdown", f"Content-Length: {len(TEXT)}") + TEXT.encode()
    with serving(
        {"/a": answer, "/b": head("Content-Type: image/png", "Content-Length: 8") + b"\x89PNG\r\n\x1a\n"}
    ) as site:
        assert run("markdown", site.at("/a"), "--allow-private").out == TEXT
        assert "not a page but image/png" in fails("markdown", site.at("/b"), "--allow-private")[1]
