"""Promise 1 of markdown, place by place: parsers show exactly the text, as one element of the right kind, and no other."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from tests.markdown.elements import roots
from tests.markdown.hostile import visible
from tests.markdown.rendered import folded
from tests.markdown.wording import flat, shown, texts

URL = "https://e.example/"
LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@given(texts)
@example("```x``")
@example("[~a~*[^1]: n*b*")
@example("[a](b]: c")
@example("d*e*~[ ] t\n_a_*a*")
@example("a\n[^1]: b")
@example("[^\n]")
@example("[x] a]: b")
@example("[x] a")
@example("a\n===")
@example("a|b\n-|-")
@example("[^[x]: y")
@example("a\n[^a[b]: c")
@example("http://a.example/%3Cb%3E https://xn--fsqu00a.example/%41 a%41@b.example b.co/%41")
@example("http://a~b:80 http://:1 http://a\u3002example/")
def test_a_paragraph_shows_its_text(text):
    for page in roots(md.paragraph(text)):
        assert page.kinds == ["p"]
        assert page[0].lines == shown(text)
        assert set(page.markup) <= {"p", "a"}


@given(texts, st.integers(1, 6))
@example("a #", 1)
@example("###", 2)
@example("C #\nx ##", 2)
def test_a_heading_shows_its_text_on_its_level(text, level):
    for page in roots(md.heading(text, level=level)):
        assert page.kinds == [f"h{level}"]
        assert page[0].lines == flat(text)
        assert set(page[0].markup) <= {"a"}


@given(texts)
@example("a\n> b")
def test_a_quote_shows_its_text(text):
    for page in roots(md.quote(text)):
        assert page.kinds == ["blockquote"]
        assert page[0].kinds == ["p"]
        assert page[0].lines == shown(text)
        assert set(page[0].markup) <= {"p", "a"}


@given(texts, texts)
@example("[ ] t", "[x] t")
@example("--", "**")
@example("[x] a]: b", "[^\n]")
def test_list_items_show_their_texts(first, second):
    for page in roots(md.bullets([first, second])):
        assert page.kinds == ["ul"]
        assert [item.lines for item in page[0].elements] == [shown(first), shown(second)]
        assert set(page[0].markup) <= {"li", "p", "a"}


@given(texts)
@example("===")
@example(":-")
def test_an_escaped_text_may_stand_below_a_line(text):
    for page in roots("a|b\\\n" + md.escape(text)):
        assert page.kinds == ["p"]
        assert page[0].lines == "a|b\n" + shown(text)


@given(texts)
@example("a[0](b)")
@example("a]b[c")
@example("[^1*a*]")
@example("^;[a]:")
@example(":-https://e.examplehttp://a.example/(")
def test_a_link_shows_its_text_and_title(text):
    for page in roots(f"http:see{md.link(text, URL, title=text)} ) ] > ` * _ ~"):
        links = [link for link in page.find("a") if link.attributes["href"] == URL]
        assert page.markup == ["p", "a"]
        assert links[0].text.split() == visible(text).split()
        assert links[0].attributes.get("title", "").split() == visible(text).split()
        assert page[0].text.endswith(" ) ] > ` * _ ~")


@given(texts)
@example("^ a")
@example("^")
def test_an_image_has_its_alternative_text_and_title(text):
    for page in roots(f"see {md.image(text, URL, title=text)} there"):
        assert page.markup == ["p", "img"]
        image = page.find("img")[0].attributes
        assert image["src"] == URL
        assert image["alt"].split() == image["title"].split() == visible(text).split()


@given(texts)
@example("``` ` ``")
@example(" a ")
@example("  ")
@example("` `")
def test_a_code_span_shows_its_text(text):
    for page in roots(f"x {md.code(text)} y"):
        assert page.markup == ["p", "code"]
        assert page.find("code")[0].text == LINE_ENDS.sub(" ", visible(text))


@given(texts)
@example("a\\|b")
@example("a|b\\")
@example("\\")
def test_code_in_a_cell_shows_its_text(text):
    for page in roots(md.table([{"h": md.code(text), "i": "x"}, {"h": "y", "i": md.code(text)}])):
        cells = page.find("td")
        assert [cell.text for cell in cells[1:3]] == ["x", "y"]
        for cell in (cells[0], cells[3]):
            assert cell.text.split() == LINE_ENDS.sub(" ", visible(text)).split()
            assert set(cell.markup) <= ({"a"} if "\\|" in visible(text) else {"code"})


@given(texts)
@example("```\na\n````")
@example("   ````")
@example("a\rb\n")
@example("")
def test_a_fence_shows_its_text_as_it_is(text):
    source = re.sub("\r\n?", "\n", visible(text))
    for page in roots(md.document("x", md.fence(text, info="py"), "y")):
        assert page.kinds == ["p", "pre", "p"]
        assert page[1].markup == ["code"]
        assert page[1].text == source + ("\n" if source and not source.endswith("\n") else "")
        assert page[1][0].attributes == {"class": "language-py"}


PLACES = {
    "paragraph": md.paragraph,
    "heading": md.heading,
    "quote": md.quote,
    "item": lambda text: md.bullets([text]),
    "cell": lambda text: md.table([{"h": text}]),
    "link": lambda text: md.link(text, URL, title=text),
    "image": lambda text: md.image(text, URL, title=text),
}


@pytest.mark.parametrize("place", PLACES)
@given(texts)
@example("[x]: y")
@example("a](b")
@example("((")
def test_chat_windows_are_given_no_mathematics(place, text):
    source = PLACES[place](text)
    for pair in ("\\[", "\\("):
        assert pair in visible(text) or pair not in source


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["\u202e", "\U000e0041", "a\u202eb", "\x07a", "\ufeffa"])
def test_nothing_invisible_is_written_at_any_place(place, text):
    assert not re.search("[\u202e\U000e0041\x07\ufeff]", PLACES[place](text))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "❤\ufe0f", "क्\u200dष", "می\u200cخواهم"])
def test_joined_characters_stay_joined(place, text):
    assert text in PLACES[place](text)


@given(st.text(alphabet="\n\r \u2028a", max_size=8))
def test_line_ends_of_all_kinds_are_hard_line_breaks(text):
    for page in roots(md.paragraph(text)):
        assert [element.lines for element in page.elements] == ([folded(text)] if folded(text) else [])
