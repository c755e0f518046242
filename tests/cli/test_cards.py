"""Cards as a terminal shows them: wrapped to its width in any script, with an image where there are colours."""

import io
import os
import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from richresp import Preview
from richresp.cli.card import Canvas, card, failure
from tests.cli.site import serving
from tests.cli.terminal import PATIENCE, process
from tests.hostile.answers import head

URL = "https://site.example.com/page"
CJK = "日本語の長い説明文がここに続きますので、四十桁の端末では必ず折り返されるはずです。"
HEBREW = "זהו תיאור ארוך של דף שנכתב בעברית, ולכן הוא חייב להישבר לשורות אחדות במסוף צר."
LONG = f"https://site.example.com/{'a' * 120}.png"
TRUE_COLOR = {"COLORTERM": "truecolor"}
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def plain(text):
    return SEQUENCE.sub("", text)


def columns(line):
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line)
    return len(line) + wide - sum(unicodedata.combining(char) != 0 for char in line)


def shown(width, *, coloured=False, folds=True, **fields):
    preview = Preview(**{"requested_url": URL, "final_url": URL, **fields})
    return card(preview, Canvas(width, coloured, folds, "▎"))


@pytest.mark.parametrize("width", [10, 20, 40, 79])
@pytest.mark.parametrize("text", [CJK, HEBREW, "word " * 60, "a" * 300, "🌳 " * 50])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(width, text):
    out = shown(width, title=text, description=text, site_name=text, image=LONG, warnings=(text,))
    lines = out.splitlines()
    assert max(map(columns, lines)) <= width
    letters = "".join(re.sub(r"^(▎|! | {2})", "", line) for line in lines)
    assert re.sub(r"\s", "", letters).count(re.sub(r"\s", "", text)) == 4


def test_a_pipe_gets_addresses_in_one_piece():
    assert f"image {LONG}\n" in shown(80, folds=False, image=LONG)


def test_what_a_page_says_is_never_markup_of_ours():
    out = shown(80, coloured=True, title="[red]T[/red] :smile:", description="[link=http://x]y[/link]")
    assert "[red]T[/red] :smile:" in plain(out)
    assert "[link=http://x]y[/link]" in plain(out)
    assert "http://x" not in "".join(SEQUENCE.findall(out))


def test_the_title_and_the_addresses_are_hyperlinks():
    out = shown(80, coloured=True, title="Title", image=LONG)
    targets = re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\", out)
    assert set(targets) == {URL, LONG}


def test_links_have_the_same_numbers_whenever_they_are_drawn_and_rows_of_one_link_have_one():
    drawn = [shown(30, coloured=True, title="Title " * 20, image=LONG) for _ in range(2)]
    assert drawn[0] == drawn[1]
    found = re.findall(r"\x1b\]8;id=(\d+);([^\x1b]+)\x1b\\", drawn[0])
    assert len(found) > 6
    assert list(dict.fromkeys(found)) == [("1", URL), ("2", LONG)]


def test_a_card_without_a_title_names_its_address_once():
    assert shown(80).count(URL) == 1


@given(st.text(), st.text(), st.booleans())
def test_of_a_clean_preview_nothing_but_our_own_sequences_goes_out(title, description, coloured):
    from richresp.links import extract, meta_tags

    found = extract(meta_tags(Preview(URL, URL, title=title, description=description)).encode(), url=URL)
    out = card(found, Canvas(60, coloured=coloured, folds=True, bar="|"))
    assert not [char for char in plain(out) if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")]


def test_an_error_stands_where_its_card_would():
    out = failure("https://a.example/: the server answers 404", Canvas(30, coloured=False, folds=True, bar="|"))
    assert out.splitlines()[0] == "| no preview"
    assert max(map(columns, out.splitlines())) <= 30


def picture(name="PNG"):
    """Red above blue."""
    image = Image.new("RGB", (120, 60), (200, 0, 0))
    image.paste((0, 0, 200), (0, 30, 120, 60))
    body = io.BytesIO()
    image.save(body, name)
    return body.getvalue()


@pytest.fixture
def web():
    body = picture()
    sent = head("Content-Type: image/png", f"Content-Length: {len(body)}") + body
    broken = head("Content-Type: image/png", "Content-Length: 20") + body[:20]
    page = "<title>Title</title><meta property=og:image content=/{0}>"
    with serving(
        {"/i.png": sent, "/b.png": broken, "/page": page.format("i.png"), "/broken": page.format("b.png")}
    ) as site:
        yield site


def test_the_image_is_drawn_in_half_blocks_of_its_colours(terminal, web):
    out, code = terminal("preview", web.at("/page"), "--allow-private", **TRUE_COLOR).end()
    assert code == 0
    rows = [line for line in out.splitlines() if "▄" in line]
    assert len(rows) == 10
    colours = [tuple(map(int, found)) for found in re.findall(r"38;2;(\d+);(\d+);(\d+)", "".join(rows))]
    assert colours[0][0] > 150 > colours[0][2] + 90
    assert colours[-1][2] > 150 > colours[-1][0] + 90
    assert f"image {web.at('/i.png')}" not in plain(out)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--no-image",), TRUE_COLOR),
        (("--color", "never"), TRUE_COLOR),
        ((), {"NO_COLOR": "1"}),
        ((), {"TERM": "xterm"}),
    ],
)
def test_where_it_is_not_drawn_it_is_not_fetched(terminal, web, arguments, environment):
    out, _ = terminal("preview", web.at("/page"), "--allow-private", *arguments, **environment).end()
    assert web.asked() == ["/page"]
    assert f"image {web.at('/i.png')}" in plain(out)


@pytest.mark.parametrize(
    ("environment", "arguments", "reason"),
    [
        ({"TERM": "xterm"}, ("--color", "always"), "16 colours"),
        ({**TRUE_COLOR, "PYTHONIOENCODING": "ascii"}, ("--color", "always"), "half blocks"),
        (TRUE_COLOR, (), "no colours"),
    ],
)
def test_why_no_image_is_drawn_is_told_once_to_those_who_ask_for_it(web, environment, arguments, reason):
    call = ("preview", web.at("/page"), web.at("/broken"), "--allow-private", *arguments)
    asked, default, quiet = (process(*call, *more, **environment) for more in (("--image",), (), ("--image", "-q")))
    assert asked.stderr.count(b"\n") == 1
    assert b"no image is drawn: " in asked.stderr
    assert reason.encode() in asked.stderr
    assert default.stderr == quiet.stderr == b""
    assert asked.stdout == default.stdout
    assert "▄".encode() not in asked.stdout
    assert f"image {web.at('/i.png')}" in plain(asked.stdout.decode("utf-8"))
    assert "/i.png" not in web.asked()
    assert "PYTHONIOENCODING" not in environment or asked.stdout.isascii()


def test_what_a_pipe_gets_in_colours_is_the_same_each_time(web):
    call = ("preview", web.at("/page"), "--allow-private", "--color", "always")
    first, again = (process(*call, **TRUE_COLOR).stdout for _ in range(2))
    assert first == again
    assert "▄".encode() in first


def test_several_links_have_images_on_demand(terminal, web):
    urls = (web.at("/page"), web.at("/broken"), "--allow-private")
    assert "▄" not in terminal("preview", *urls, **TRUE_COLOR).end()[0]
    out, code = terminal("preview", *urls, "--image", **TRUE_COLOR).end()
    assert code == 0
    assert "▄" in out
    assert "the image cannot be shown: " in plain(out)


def test_an_image_is_remembered_with_its_card(terminal, web, tmp_path):
    call = ("preview", web.at("/page"), "--allow-private", "--cache", tmp_path / "c.sqlite")
    first, again = (terminal(*call, "-q", **TRUE_COLOR).end()[0] for _ in range(2))
    assert web.asked() == ["/page", "/i.png"]
    assert plain(first) == plain(again)
    assert "▄" in again


@pytest.mark.parametrize("name", ["PIL", "rich_pixels"])
def test_without_the_extra_there_is_a_hint_and_no_image(web, name):
    code = f"import sys; sys.modules[{name!r}] = None; from richresp.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["preview", web.at("/page"), "--allow-private", "--color", "always"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, **TRUE_COLOR},
    )  # fmt: skip
    assert done.returncode == 0
    assert "richresp[images]" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Title" in done.stdout
    assert web.asked() == ["/page"]


@pytest.mark.parametrize(
    ("size", "most"), [((80, 24), 10), ((120, 40), 14), ((40, 20), 6), ((20, 5), 4), ((10, 24), 4)]
)
def test_a_small_terminal_has_a_small_image(terminal, web, size, most):
    out, _ = terminal("preview", web.at("/page"), "--allow-private", size=size, **TRUE_COLOR).end()
    rows = [line for line in plain(out).splitlines() if "▄" in line]
    assert 1 <= len(rows) <= most
    assert max(map(columns, plain(out).splitlines())) <= size[0]
    assert all(line.startswith(("▎", "! ", "  ")) for line in plain(out).splitlines())
