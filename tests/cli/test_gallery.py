"""`richresp gallery`."""

import base64
import io
import subprocess
import sys

import html5lib
import pytest
from PIL import Image

from tests.cli.gallery_pages import PAGE, png, serving_pages
from tests.hostile.answers import head, in_turn, page

URL = "https://site.example.com/page"
IMAGE, USE = "{http://www.w3.org/2000/svg}image", "{http://www.w3.org/2000/svg}use"


@pytest.fixture
def scene():
    with serving_pages() as scene:
        yield scene


@pytest.fixture
def at(scene):
    return scene.at


@pytest.fixture
def gallery(run):
    """Runs `richresp gallery` on links of this machine; the result and the tree of the page."""

    def gallery(*arguments, **how):
        result = run("gallery", "--allow-private", *arguments, **how)
        return result, html5lib.parse(result.out, namespaceHTMLElements=False)

    return gallery


def headings(tree, level=2):
    return ["".join(found.itertext()) for found in tree.iter(f"h{level}")]


def problems(tree):
    return ["".join(found.itertext()) for found in tree.iter("li")]


def test_links_are_shown_in_their_order_with_errors_in_place(gallery, at):
    result, tree = gallery(at("/b"), at("/missing"), at("/moved"), "http://nowhere.invalid:99999/")
    assert headings(tree) == ["Second", at("/missing"), "First", "http://nowhere.invalid:99999/"]
    assert "the server answers 404" in result.out
    assert (result.code, result.err) == (0, "richresp: 2 of 4 links have no preview; the page says why\n")


def test_pictures_are_fetched_once_and_put_in(gallery, at, scene):
    result, tree = gallery(at("/a"), at("/b"))
    (kept,) = tree.iter(IMAGE)
    picture = Image.open(io.BytesIO(base64.b64decode(kept.get("href").removeprefix("data:image/jpeg;base64,"))))
    assert picture.size == (640, 320)
    assert scene.asked().count("/i.png") == 1
    assert result.out.count("640 × 320 pixels") == 2
    assert len(list(tree.iter(USE))) == 8


def test_a_picture_that_cannot_be_had_is_told(gallery, at):
    result, tree = gallery(at("/gone"))
    assert result.code == 0
    assert "Not loaded: the server answers 404" in result.out
    assert any("the image could not be loaded: the server answers 404" in told for told in problems(tree))
    assert result.err == "richresp: 1 picture was not loaded; the page says why\n"
    assert not list(tree.iter(IMAGE))


def test_an_image_too_small_for_a_card_is_told(gallery, at):
    _, tree = gallery(at("/tiny"))
    assert any("16 x 16 pixels" in told for told in problems(tree))
    assert not list(tree.iter(USE))


def test_without_images_none_is_fetched(gallery, at, scene):
    result, tree = gallery("--no-images", at("/a"))
    assert scene.asked() == ["/a"]
    assert not list(tree.iter(IMAGE))
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
    assert not any("image-alt-missing" in told for told in problems(tree))
    _, tree = gallery("--no-images", "--audit", at("/moved"))
    assert any("image-alt-missing" in told for told in problems(tree))
    assert scene.asked() == ["/moved", "/a", "/moved", "/a", "/a"]


def test_a_page_that_cannot_be_audited_says_so(gallery):
    gone = head("Content-Length: 0", status="404 Not Found")
    with serving_pages({"/once": in_turn(page(body=PAGE), gone)}) as scene:
        result, tree = gallery("--no-images", "--audit", scene.at("/once"))
    assert any("the page could not be audited: " in told and "404" in told for told in problems(tree))
    assert result.err == "richresp: 1 page could not be audited; the gallery says why\n"


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
        assert "<image" not in result.out
        assert "no public address" in result.out or "not loaded" in result.err


def test_links_on_standard_input_stand_one_a_line(gallery, at):
    lines = f"# mine\n{at('/b')}\n\n  {at('/a')}\r\nnowhere\n".encode()
    result, tree = gallery("-", "--no-images", stdin=b"\xef\xbb\xbf" + lines)
    assert headings(tree) == ["Second", "First", "nowhere"]
    assert result.err == "richresp: 1 of 3 links has no preview; the page says why\n"


def test_private_addresses_open_on_request_only(run, at, scene):
    result = run("gallery", at("/a"))
    assert result.code == 1
    assert "blocked" in result.out
    assert scene.asked() == []


def test_where_no_link_has_a_preview_the_page_is_written_and_the_exit_code_tells(run, at, tmp_path):
    file = tmp_path / "cards.html"
    result = run("gallery", "--allow-private", at("/missing"), "-o", file)
    assert (result.code, result.out) == (1, "")
    assert result.err == "richresp: the link has no preview; the page says why\n"
    assert "the server answers 404" in file.read_text(encoding="utf-8")
    result = run("gallery", "--allow-private", at("/missing"), "http://nowhere.invalid:99999/", "-o", file)
    assert (result.code, result.err) == (1, "richresp: none of the 2 links has a preview; the page says why\n")


def test_a_link_that_is_given_again_is_shown_once(gallery, at, scene):
    result, tree = gallery("--no-images", at("/a"), at("/b"), at("/a"))
    assert headings(tree) == ["First", "Second"]
    assert result.err == "richresp: 1 link was given before, and shown once\n"
    assert scene.asked().count("/a") == 1
