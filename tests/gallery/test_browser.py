"""What a real Chromium makes of a gallery: it asks for nothing, runs nothing, complains about nothing, and shows all of it."""

import io

import pytest
from PIL import Image

from richresp.gallery import gallery
from richresp.limits.gallery import MAX_OPEN_ENTRIES
from tests.gallery.entries import PIXEL, bare, entry, hostile, ordinary

PIXEL_COLOR = Image.open(io.BytesIO(PIXEL)).convert("RGB").getpixel((0, 0))

WIDTHS = (320, 360, 768, 1440)
THEMES = ("light", "dark")
INJECTED = "<script>alert(1)</script><img src=/hit/img><iframe src=/hit/frame></iframe><style>@import '/hit/style'</style></main>"

OVERFLOWING = """
[...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (box.right <= innerWidth + .5 && box.left >= -.5) return false;
  for (let around = element.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).overflowX === "hidden") return false;
  return true;
}).map(element => element.outerHTML.slice(0, 200))
"""

SHOTS = """
[...document.querySelectorAll("svg.shot")].map(shot => shot.getBoundingClientRect())
  .map(box => [Math.round(box.x + box.width / 3), Math.round(scrollY + box.y + box.height / 3)])
"""

CONTRASTS = """
(() => {
  const parsed = color => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return {rgb: [r, g, b], a};
  };
  const over = (top, below) => top.rgb.map((value, at) => value * top.a + below[at] * (1 - top.a));
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parsed(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = rgb => rgb.map(value => value / 255)
    .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [.2126, .7152, .0722][at], 0);
  const found = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest("style")) continue;
    const ground = behind(element), ink = over(parsed(getComputedStyle(element).color), ground);
    const [low, high] = [light(ground), light(ink)].sort((a, b) => a - b);
    const dark = element.closest(".dark") ? "dark " : element.closest(".light") ? "light " : "";
    found[`${dark}${element.tagName}.${element.className} ${ink} ${ground}`] = (high + .05) / (low + .05);
  }
  return found;
})()
"""


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_of_attacks_opens_no_dialog_and_loads_nothing(show, site, theme):
    tab = show(gallery(hostile(site.base)), theme=theme)
    assert tab.complaints() == []
    assert tab.requests() == [f"{site.base}/cards.html"]
    assert site.asked == ["/cards.html"]
    assert tab.run("[document.scripts.length, document.forms.length, frames.length]") == [0, 0, 0]


def test_an_ordinary_page_loads_nothing_and_shows_its_pictures(show, site):
    tab = show(gallery(ordinary()))
    assert (tab.complaints(), site.asked) == ([], ["/cards.html"])
    places = tab.run(SHOTS)
    assert len(places) > 10
    seen = Image.open(io.BytesIO(tab.shot(most=1 << 15))).convert("RGB")
    assert {seen.getpixel(tuple(place)) for place in places if place[1] < seen.height} == {PIXEL_COLOR}


def test_the_policy_stops_what_is_put_into_the_page(show, site):
    tab = show(gallery([entry("x")]).replace("</main>", INJECTED))
    assert not tab.told("Page.javascriptDialogOpening")
    assert site.asked == ["/cards.html"]
    assert tab.complaints()


def test_without_the_policy_the_same_is_seen(show, site):
    html = gallery([entry("x")]).replace("Content-Security-Policy", "x").replace("</main>", INJECTED)
    tab = show(html)
    assert tab.told("Page.javascriptDialogOpening")
    assert {"/hit/img", "/hit/frame", "/hit/style"} <= set(site.asked)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge(show, site, width):
    for entries in (ordinary(), hostile(site.base)):
        tab = show(gallery(entries), width=width)
        assert tab.run("document.documentElement.scrollWidth") <= width
        assert tab.run(OVERFLOWING) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_has_the_contrast_that_wcag_asks_for(show, theme):
    tab = show(gallery(ordinary()), theme=theme)
    found = tab.run(CONTRASTS)
    assert len(found) > 30
    assert {place: round(ratio, 2) for place, ratio in found.items() if ratio < 4.5} == {}


def test_the_page_follows_its_reader_and_each_card_is_there_in_both(show):
    colours = (
        "['body', '.pane.light', '.pane.dark'].map(at => getComputedStyle(document.querySelector(at)).backgroundColor)"
    )
    (page, light, dark), night = (show(gallery([bare(title="x")]), theme=theme).run(colours) for theme in THEMES)
    assert page == light != dark
    assert night == [dark, light, dark]


def test_on_paper_the_page_is_light_and_the_cards_stand_side_by_side(show):
    tab = show(gallery([entry("x")]), theme="dark", media="print")
    white = tab.run("getComputedStyle(document.body).color")
    assert max(map(int, white.removeprefix("rgb(").removesuffix(")").split(","))) < 64
    tops = "[...document.querySelectorAll('.pane')].map(pane => Math.round(pane.getBoundingClientRect().top))"
    light, dark = tab.run(tops)
    assert light == dark


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1440, 2)])
def test_light_and_dark_stand_side_by_side_where_there_is_room(show, width, columns):
    tops = "new Set([...document.querySelectorAll('.pane')].map(pane => Math.round(pane.getBoundingClientRect().top))).size"
    assert show(gallery([entry("x")]), width=width).run(tops) == 3 - columns


def test_the_dark_copy_is_there_for_the_eye_alone(show):
    tab = show(gallery([entry("x")]))
    nodes = tab.send("Accessibility.getFullAXTree")["nodes"]
    names = [node["name"]["value"] for node in nodes if not node["ignored"] and node.get("name")]
    assert (names.count("Light"), names.count("Dark")) == (2, 0)  # a paragraph's text and the line that it makes
    assert "Large card" in names


def test_a_picture_is_met_once_by_its_alternative_text(show):
    nodes = show(gallery([entry("A crane")])).send("Accessibility.getFullAXTree")["nodes"]
    named = [node["name"]["value"] for node in nodes if not node["ignored"] and node["role"]["value"] == "image"]
    assert named == ["A crane"]


def test_on_a_phone_the_theme_of_its_reader_comes_first(show):
    tops = "['light', 'dark'].map(theme => document.querySelector(`.pane.${theme}`).getBoundingClientRect().top)"
    light, dark = show(gallery([entry("x")]), width=360, theme="light").run(tops)
    assert light < dark
    light, dark = show(gallery([entry("x")]), width=360, theme="dark").run(tops)
    assert dark < light


def test_in_forced_colours_the_cards_keep_theirs(show):
    tab = show(gallery([entry("x")]))
    colours = "['.pane.light', '.pane.dark'].map(at => getComputedStyle(document.querySelector(at)).backgroundColor)"
    before = tab.run(colours)
    tab.send("Emulation.setEmulatedMedia", media="screen", features=[{"name": "forced-colors", "value": "active"}])
    assert tab.run("matchMedia('(forced-colors: active)').matches")
    assert tab.run(colours) == before


def test_with_text_of_twice_the_size_nothing_runs_over_the_edge_of_a_phone(show):
    tab = show(gallery(ordinary()), width=360)
    tab.run("document.documentElement.style.fontSize = '200%'")
    assert tab.run("getComputedStyle(document.body).fontSize") == "32px"
    assert tab.run("document.documentElement.scrollWidth") <= 360
    assert tab.run(OVERFLOWING) == []


def test_a_heading_stands_where_its_badges_do_whichever_way_it_is_read(show):
    tab = show(gallery([entry("سوق الكتب")]), width=1440)
    lefts = """["h2", ".marks"].map(at => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(at));
      return Math.round(range.getBoundingClientRect().left);
    })"""
    heading, badges = tab.run(lefts)
    assert abs(heading - badges) <= 1


def test_on_paper_what_is_folded_is_there(show):
    entries = [bare(title="x")] * (MAX_OPEN_ENTRIES + 1)
    height = "document.querySelector('dl').getBoundingClientRect().height > 20 && document.querySelector('dl').checkVisibility()"
    assert not show(gallery(entries)).run("document.querySelector('dl').checkVisibility({contentVisibilityAuto: true})")
    assert show(gallery(entries), media="print").run(height)
