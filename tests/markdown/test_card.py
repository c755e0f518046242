"""Cards: a title that links, a site, a description; whatever a page says of itself stays text."""

from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import Preview, UsageError
from richresp import markdown as md
from richresp.text import one_line
from tests.markdown.hostile import texts
from tests.markdown.rendered import folded, pages, shown

URL = "https://e.example/a"
PAGE = {
    "title": "A title",
    "site_name": "Site",
    "description": "What it says.",
    "image": "https://e.example/i.png",
    "url": URL,
}


def test_a_card_is_a_link_a_site_and_a_description():
    assert md.card(PAGE) == f"[A title]({URL}) (Site)\\\nWhat it says."


def test_a_card_is_made_of_what_there_is():
    assert md.card({"url": URL}) == f"[{URL}]({URL})"
    assert md.card({"title": "A title"}) == "A title"
    assert md.card({"url": URL, "description": "What."}) == f"[{URL}]({URL})  \nWhat."
    assert md.card({"final_url": URL, "url": None, "title": "T"}) == f"[T]({URL})"
    assert md.card({}) == md.card(SimpleNamespace(title=None)) == ""


def test_mappings_and_objects_have_cards():
    preview = Preview(requested_url=URL, final_url=URL, **PAGE)
    assert md.card(PAGE) == md.card(SimpleNamespace(**PAGE)) == md.card(preview) == md.card(preview.card())


@given(st.fixed_dictionaries({"title": texts, "site_name": texts | st.none(), "description": texts | st.none()}))
@example({"title": "a`b", "site_name": "c`d", "description": "e`f"})
@example({"title": "*a", "site_name": "b*", "description": "*c* ](x)"})
@example({"title": "a](b", "site_name": None, "description": "- x"})
def test_a_card_shows_its_texts_and_no_other_markup(page):
    title, site, description = (one_line(page[name] or "") for name in ("title", "site_name", "description"))
    head = f"{title or URL} ({site})" if site else title or URL
    expected = folded(f"{head}\n{description or ''}")
    for found, markup in shown(md.card({**page, "url": URL}), "p"):
        assert found == [expected]
        assert not markup


@given(
    texts, st.sampled_from(["javascript:alert(1)", "//e.example", "data:text/html,x", "vscode://x", "", "https:", "x"])
)
def test_an_address_that_is_none_makes_no_link_and_no_image(title, url):
    source = md.card({"title": title, "url": url, "image": url}, image=True)
    for page in pages(source):
        assert "<img" not in page
        assert 'href="javascript' not in page
    for found, markup in shown(source, "p"):
        assert found == ([one_line(title)] if one_line(title) else [])
        assert not markup


def test_an_image_is_shown_only_where_it_is_asked_for():
    for page in pages(md.card(PAGE)):
        assert "<img" not in page
    for page in pages(md.card(PAGE, image=True)):
        assert page.count('<img src="https://e.example/i.png"') == 1
        assert page.count("<br") == 2


@given(texts.map(lambda text: text * 9), st.integers(1, 20))
def test_long_texts_are_cut(text, limit):
    for found, _ in shown(md.card({"title": text, "description": text}, max_title=limit, max_description=limit), "p"):
        for line in "".join(found).split("\n"):
            assert len(line) <= limit


@pytest.mark.parametrize("option", ["max_title", "max_description"])
@pytest.mark.parametrize("length", [0, 1.5, "5", True, None])
def test_a_length_is_a_number_of_characters(option, length):
    with pytest.raises(UsageError, match=option):
        md.card(PAGE, **{option: length})


@pytest.mark.parametrize("preview", ["abc", b"abc", 5, None, ["abc"], object()])
def test_what_is_no_preview_is_refused(preview):
    with pytest.raises(UsageError, match="give a Preview, or a mapping"):
        md.card(preview)


@pytest.mark.parametrize("place", ["title", "site_name", "description"])
@pytest.mark.parametrize("address", ["https://bank.example/account", "bank.com/account", "www.bank.example/a"])
def test_a_cut_address_is_no_link(place, address):
    text = f"{'d' * 9} {address}"
    for length in range(11, len(text)):
        source = md.card({place: text}, max_title=length, max_description=length)
        for found, _ in shown(source, "a"):
            assert found == []
