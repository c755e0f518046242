"""The sample pages are served with their pictures, and make a gallery."""

import html5lib
import pytest

from richresp.cli import main
from richresp.cli.pixels import picture_of
from samples.previews.pictures import PICTURES
from samples.previews.site import PAGES, served


def test_every_page_is_a_link_of_a_gallery(tmp_path):
    file = tmp_path / "cards.html"
    with served() as address:
        urls = [address + path for path in PAGES]
        assert main(["gallery", "--allow-private", "--audit", "-o", str(file), *urls, f"{address}/missing"]) == 0
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    headings = ["".join(found.itertext()) for found in tree.iter("h2")]
    assert len(headings) == len(PAGES) + 1
    assert "The last crane driver of berth nine" in headings
    assert any(heading.startswith("<script>alert(1)</script>") for heading in headings)
    badges = {"".join(found.itertext()) for found in tree.iter("span") if "badge" in found.get("class", "")}
    assert {"behind a bot check", "no preview"} <= badges
    assert (
        len({found.get("src") for found in tree.iter("img")}) == 2 * len(PICTURES) - 1
    )  # the lunch box is as small as a thumbnail


@pytest.mark.parametrize("path", PICTURES)
def test_every_picture_can_be_drawn_small_and_large(path):
    body = PICTURES[path]()
    assert picture_of(body).picture is not None
    assert len(body) < 60_000
