"""`richresp gallery`."""

import base64
import io
import os
import subprocess
import sys

import html5lib
import pytest
from PIL import Image

from tests.hostile.answers import head, page, redirect, site
from tests.hostile.wire import Scene

URL = "https://site.example.com/page"
PAGE = (
    b"""<title>Title</title><meta property=og:description content="Words"><meta property=og:site_name content=Site>"""
)


def png(size=(320, 160)):
    kept = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(kept, "PNG")
    return kept.getvalue()


def image(body):
    return head("Content-Type: image/png", f"Content-Length: {len(body)}") + body


@pytest.fixture
def scene():
    answers = {
        "/a": page(body=PAGE + b"<meta property=og:title content=First><meta property=og:image content=/i.png>"),
        "/b": page(body=PAGE + b"<meta property=og:title content=Second><meta property=og:image content=/i.png>"),
        "/gone": page(body=PAGE + b"<meta property=og:title content=Third><meta property=og:image content=/no.png>"),
        "/moved": redirect("/a"),
        "/i.png": image(png()),
        "/no.png": head("Content-Length: 0", status="404 Not Found"),
        "/missing": head("Content-Length: 0", status="404 Not Found"),
    }
    with Scene(site(answers)) as scene:
        yield scene


@pytest.fixture
def at(scene):
    return lambda path: f"http://127.0.0.1:{scene.ports['plain']}{path}"


@pytest.fixture
def gallery(run):
    """Runs `richresp gallery` on links of this machine; the result and the tree of the page."""

    def gallery(*arguments, **how):
        result = run("gallery", "--allow-private", *arguments, **how)
        return result, html5lib.parse(result.out, namespaceHTMLElements=False)

    return gallery


def headings(tree, level=2):
    return ["".join(found.itertext()) for found in tree.iter(f"h{level}")]


def asked(scene):
    return [visit.path for visit in scene.visits]


def test_links_are_shown_in_their_order_with_errors_in_place(gallery, at):
    result, tree = gallery(at("/b"), at("/missing"), at("/moved"), "http://nowhere.invalid:99999/")
    assert headings(tree) == ["Second", at("/missing"), "First", "http://nowhere.invalid:99999/"]
    assert "the server answers 404" in result.out
    assert (result.code, result.err) == (0, "richresp: 2 of 4 links have no preview; the page says why\n")


def test_pictures_are_fetched_once_and_put_in(gallery, at, scene):
    result, tree = gallery(at("/a"), at("/b"))
    shown = {found.get("src") for found in tree.iter("img")}
    kept = [Image.open(io.BytesIO(base64.b64decode(src.removeprefix("data:image/jpeg;base64,")))) for src in shown]
    assert sorted(picture.size for picture in kept) == [(240, 120), (320, 160)]
    assert asked(scene).count("/i.png") == 1
    assert "320 × 160 pixels" in result.out
    assert len(list(tree.iter("img"))) == 8


def test_a_picture_that_cannot_be_had_is_told(gallery, at):
    result, tree = gallery(at("/gone"))
    assert result.code == 0
    assert "Not loaded: the server answers 404" in result.out
    assert not list(tree.iter("img"))


def test_without_images_none_is_fetched(gallery, at, scene):
    result, tree = gallery("--no-images", at("/a"))
    assert asked(scene) == ["/a"]
    assert not list(tree.iter("img"))
    assert "Picture left out" in result.out


def test_without_pillow_the_page_has_no_pictures_and_a_hint_says_how_to_get_them(at):
    code = "import sys; sys.modules['PIL'] = None; from richresp.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "gallery", "--allow-private", at("/a")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "pip install 'richresp[images]'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Picture left out" in done.stdout


def test_what_to_fix_is_told_on_request(gallery, at, scene):
    _, tree = gallery("--no-images", at("/moved"))
    assert "To fix" not in headings(tree, 3)
    _, tree = gallery("--no-images", "--audit", at("/moved"))
    assert "To fix" in headings(tree, 3)
    assert asked(scene) == ["/moved", "/a", "/moved", "/a", "/a"]


def test_a_saved_page_is_shown_with_what_to_fix_in_it(run, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    for arguments, stdin in (([file], b""), (["-"], PAGE)):
        result = run("gallery", *arguments, "--url", URL, stdin=stdin)
        tree = html5lib.parse(result.out, namespaceHTMLElements=False)
        assert (result.code, result.err, headings(tree)) == (0, "", ["Title"])
        assert "image-missing" in result.out


def test_the_picture_of_a_saved_page_is_no_file_beside_it(run, tmp_path):
    (tmp_path / "i.png").write_bytes(png())
    file = tmp_path / "page.html"
    address = (tmp_path / "i.png").as_uri()
    for source in ("i.png", address):
        file.write_bytes(PAGE + f"<meta property=og:image content='{source}'>".encode())
        result = run("gallery", file, "--url", "http://127.0.0.1:9/page", "--allow-private")
        assert result.code == 0
        assert "<img" not in result.out


def test_links_on_standard_input_stand_one_a_line(gallery, at):
    lines = f"# mine\n{at('/b')}\n\n  {at('/a')}\r\nnowhere\n".encode()
    result, tree = gallery("-", "--no-images", stdin=b"\xef\xbb\xbf" + lines)
    assert headings(tree) == ["Second", "First", "nowhere"]
    assert result.err == "richresp: 1 of 3 links has no preview; the page says why\n"


def test_private_addresses_open_on_request_only(run, at, scene):
    result = run("gallery", at("/a"))
    assert result.code == 1
    assert "blocked" in result.out
    assert scene.visits == []


def test_where_no_link_has_a_preview_the_page_is_written_and_the_exit_code_tells(run, at, tmp_path):
    file = tmp_path / "cards.html"
    result = run("gallery", "--allow-private", at("/missing"), "-o", file)
    assert (result.code, result.out) == (1, "")
    assert result.err == "richresp: 1 of 1 links has no preview; the page says why\n"
    assert "the server answers 404" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["missing/cards.html", ".", "a\0b", "a" * 300])
def test_where_nothing_can_be_written_one_line_says_so_before_anything_is_fetched(fails, at, scene, tmp_path, where):
    code, line = fails("gallery", "--allow-private", at("/a"), "-o", f"{tmp_path}/{where}")
    assert code == 2
    assert "cannot be written" in line
    assert scene.visits == []


def test_progress_is_shown_where_somebody_looks(at):
    ours, theirs = os.openpty()
    command = [
        sys.executable,
        "-m",
        "richresp",
        "gallery",
        "--allow-private",
        "--no-images",
        at("/a"),
        at("/a"),
        at("/b"),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=60)
    shown = os.read(ours, 10_000)
    os.close(theirs)
    os.close(ours)
    assert b"2/2" in shown
    assert done.stdout.startswith(b"<!doctype html>")


def test_a_page_is_not_replaced_by_its_gallery(fails, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    code, line = fails("gallery", file, "--url", URL, "-o", file)
    assert (code, file.read_bytes()) == (2, PAGE)
    assert "would replace the page" in line


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        ([], 2, "URL...|FILE"),
        (["missing.html"], 2, "no such file, and no URL"),
        (["missing.html", "--url", URL], 2, "no such file"),
        ([URL, URL, "--url", URL], 2, "one saved page"),
        (["-"], 1, "no URL on standard input"),
        (["-", "--url", "nowhere"], 1, "not an absolute URL"),
        ([URL, "--timeout", "0"], 2, "timeout"),
        ([URL, "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_a_wrong_call_fails_in_one_line(fails, arguments, code, complaint):
    got, line = fails("gallery", *arguments)
    assert got == code
    assert complaint in line


def test_a_saved_page_needs_its_address(fails, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    assert fails("gallery", file) == (2, f"richresp: {file}: give the page's address with --url\n")


def test_help_has_examples(run):
    result = run("gallery", "--help")
    assert result.code == 0
    assert "Examples:" in result.out
    assert "richresp gallery https://www.python.org/" in result.out
