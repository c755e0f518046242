"""Where the scanner reads pages otherwise than parsers of whole documents, and why. This is the whole list.

Beyond it there are the limits: MAX_SCAN_CHARS, MAX_TAGS, MAX_METAS, MAX_ATTRIBUTES, MAX_BLOCKS, MAX_BLOCK_CHARS, MAX_DEPTH.
"""

import pytest

from richresp.links.scan import scan
from tests.links.oracle import by_html5lib, by_lexbor, by_scan


def read(page):
    return by_scan(scan(page))


def test_nul_characters_are_dropped_everywhere():
    """Browsers show U+FFFD for them in attributes and titles, which helps nobody: they come from broken encoders."""
    page = "<meta name=a content='b\0c'><title>d\0e</title>"
    assert read(page).metas == [("a", "bc")]
    assert read(page).title == "de"
    assert by_html5lib(page).title == "d\ufffde"


def test_a_blank_title_gives_way_to_the_next():
    """As a blank meta does: a page's first usable word counts. The oracles are asked the same way."""
    page = "<title> </title><title>a</title>"
    assert read(page).title == by_lexbor(page).title == "a"


def test_tags_count_in_the_order_in_which_they_stand():
    """Browsers move what a table cannot hold to before it, and with it the tags in there."""
    page = "<table><tr><script type=application/ld+json>1</script><p><script type=application/ld+json>2</script>"
    assert read(page).json_ld == ["1", "2"]
    assert by_lexbor(page).json_ld == ["2", "1"]


def test_noscript_is_never_read():
    """A browser that runs scripts sees text in it; one that does not sees tags. Pages are made for the first."""
    page = "<noscript><meta name=a content=b></noscript>"
    assert read(page).metas == by_html5lib(page).metas == []


def test_tags_in_a_select_count():
    """The standard of 2013 dropped them, today's does not (HTML 13.2.6.4 has no "in select" any more)."""
    page = "<select><meta name=a content=b></select>"
    assert read(page).metas == by_lexbor(page).metas == [("a", "b")]
    assert by_html5lib(page).metas == []


def test_tags_in_a_frameset_count():
    """Browsers drop them. A page of frames has nothing else, so that no other tag is displaced."""
    page = "<frameset><frame src=a><meta name=a content=b></frameset>"
    assert read(page).metas == [("a", "b")]
    assert by_lexbor(page).metas == []


@pytest.mark.parametrize("page", ["<svg></b><title>a</title>", "<math></div><title>a</title>"])
def test_a_drawing_ends_at_any_end_tag_of_html(page):
    """Which elements are open around it is not tracked. Nearly always such an element is, and then browsers agree."""
    assert read(page).title == "a"
    assert by_lexbor(page).title is None
    assert by_lexbor("<div><b>" + page).title == "a"


def test_an_inset_ends_with_its_own_end_tag_or_the_drawings():
    """HTML elements within insets are not tracked: one that is left open does not keep the inset open."""
    page = "<svg><title>icon<b></title></svg><title>a</title>"
    assert read(page).title == "a"
    assert by_lexbor(page).title is None


def test_elements_of_drawings_that_mean_nothing_are_not_tracked():
    """The end tag of a shape around an inset ends the inset for browsers."""
    page = "<svg><g><desc></g><link rel=a href=b></svg>"
    assert read(page).links == by_lexbor(page).links == []
    page = "<text><svg></text><title>a</title>"
    assert read(page).title is None
    assert by_lexbor(page).title == "a"


@pytest.mark.parametrize("rel", ["stylesheet", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect"])
def test_links_that_only_load_something_are_not_kept_where_that_is_plain_to_see(rel):
    """Most pages have dozens, none says anything about the page, and they would fill the room for others."""
    page = f'<link rel="{rel}" href="a"><link media="b" rel="{rel}" href="a"><link rel="canonical" href="c">'
    assert read(page).links == [(("href", "c"), ("rel", "canonical"))]
    assert len(by_lexbor(page).links) == 3
