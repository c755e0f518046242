"""What a gallery says of the state of a link: badges, the list of problems, the form in which its image is drawn."""

from dataclasses import replace

import pytest

from richresp.gallery import Entry
from tests.gallery.entries import bare, finding, picture, whole
from tests.gallery.trees import SVG, texts, tree_of

URL = "https://site.example.com/page"


def badges(shown):
    """Those in the list of links, which are those at the link itself."""
    tree = tree_of(shown, shown)
    listed = [[told for told in item if "badge" in told.get("class", "")] for item in tree.findall(".//nav//li")]
    listed = [["".join(told.itertext()) for told in each] for each in listed]
    assert texts(tree.find(".//article"), "header/p/span") == listed[0] == listed[1]
    return listed[0]


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (whole(), ["no problems found"]),
        (whole(findings=()), ["no problems found"]),
        (whole(description=None), ["1 warning", "no description"]),
        (whole(image=None, warnings=("no image",)), ["1 warning", "no image"]),
        (whole(warnings=("a", "b")), ["2 warnings"]),
        (whole(findings=(finding(), finding("b", "hint"), finding("c", "hint"))), ["1 error", "2 hints"]),
        (whole(status=404), ["HTTP 404", "1 error"]),
        (whole(stale=True), ["1 warning", "remembered"]),
        (whole(no_picture="gone"), ["1 warning", "picture not loaded"]),
        (whole(left_out="full"), ["no problems found", "picture left out"]),
        (whole(no_audit="gone"), ["1 warning"]),
        (bare(title="x"), ["4 warnings", "no site name", "no description", "no image", "no address"]),
        (bare(wall="consent"), ["behind a consent wall", "1 error"]),
        (Entry(URL, error="gone"), ["no preview"]),
    ],
)
def test_the_state_of_a_link_is_told_in_a_few_words(shown, told):
    assert badges(shown) == told


def test_links_that_fail_stand_first_in_the_list_with_their_numbers_and_are_counted():
    tree = tree_of(whole(), whole(findings=(finding(),)), Entry(URL, error="gone"), whole())
    assert [item.get("value") for item in tree.findall(".//nav//li")] == ["3", "2", "1", "4"]
    assert "4 links as chat windows show them: 1 without a preview, 1 with errors." in texts(tree, ".//header/p")


def test_problems_stand_below_the_badges_with_their_documentation_and_nowhere_if_there_are_none():
    tree = tree_of(whole(findings=(finding("write og:image"),), warnings=("words",)))
    article = tree.find(".//article")
    assert [found.tag for found in article][:2] == ["header", "section"]
    assert texts(article, "section/h3") == ["Problems"]
    assert texts(tree, ".//li") == ["errorwrite og:imageimage-missing", "warningwords"]
    assert tree.find(".//li//a").get("href") == "https://ogp.me/"
    assert "Problems" not in texts(tree_of(whole(findings=())), ".//h3")


@pytest.mark.parametrize(
    ("size", "large", "small", "problem"),
    [
        ((600, 315), ("large", True), True, None),
        ((599, 315), ("small", True), True, ("warning", "599 x 315 pixels; below 600 x 315")),
        ((200, 200), ("small", True), True, ("warning", "200 x 200 pixels; below 600 x 315")),
        ((199, 900), ("large", False), False, ("error", "199 x 900 pixels; below 200 x 200 Facebook shows none")),
        ((16, 16), ("large", False), False, ("error", "16 x 16 pixels; below 200 x 200 Facebook shows none")),
    ],
)
def test_an_image_is_shown_in_the_form_that_its_size_has_and_a_problem_says_so(size, large, small, problem):
    tree = tree_of(replace(whole(), picture=picture(full=size)))
    cards = [found for found in tree.iter("div") if "card" in found.get("class", "").split()]
    forms = [(card.get("class").split()[1], card.find(f"{SVG}svg") is not None) for card in cards]
    assert forms == [large, ("small", small)] * 2
    told = [told for told in texts(tree, ".//li") if "pixels" in told]
    assert len(told) == (problem is not None)
    if problem is not None:
        assert told[0].startswith(problem[0])
        assert problem[1] in told[0]
