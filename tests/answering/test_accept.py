"""Markdown is chosen where it is named and worth as much as the JSON, by RFC 9110, 12.5.1; an oracle of our own says when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.answering.accept import accepts, media_ranges, prefers_markdown
from richresp.limits.answering import MAX_ACCEPT_CHARS, MAX_ACCEPT_RANGES

JSON, MARKDOWN = "application/json", "text/markdown"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", False),
        ("*/*", False),
        ("text/*", False),
        ("text/*, application/json;q=0", False),
        ("application/json", False),
        ("text/markdown", True),
        ("TEXT/Markdown", True),
        ("text/markdown;q=0", False),
        ("text/markdown;q=0.000", False),
        ("text/markdown, application/json", True),
        ("application/json, text/markdown", True),
        ("application/json;q=0.9, text/markdown;q=0.8", False),
        ("application/json;q=0.8, text/markdown;q=0.8", True),
        ("text/markdown, text/html, */*", True),
        ("text/markdown;q=0.5, */*", False),
        ("text/markdown;q=0.5, */*;q=0.1", True),
        ("text/markdown;q=0.5, application/*;q=0.4, */*", True),
        ("text/markdown;q=0.5, application/json;q=0.4, application/*", True),
        ("text/markdown;charset=UTF-8", True),
        ('text/markdown;variant="GFM";q=0.5', True),
        ("text/markdown;variant=pandoc", False),
        ("text/markdown;q=0, text/markdown;variant=gfm;q=0.5", True),
        ("text/markdown;Q=0.3, application/json; charset=utf-8; q=0.4", False),
        ("application/json;profile=x, text/markdown;q=0.1", True),
        ("text/markdown;q=1.5", False),
        ("text/markdown;q=0.12345", False),
        ("text/markdown;q=-1", False),
        ("text/markdown;q=nan", False),
        ("text/markdown;q=1;level=2", True),
        ('a/b;c="text/markdown, x"', False),
        ('a/b;c="unclosed, text/markdown', True),
        ("text / markdown", False),
        ("text/markdownish, x-text/markdown", False),
        (",,, text/markdown,,", True),
    ],
)
def test_what_is_chosen(accept, chosen):
    assert prefers_markdown(accept) is chosen


tokens = st.text("abcXYZ019!#$%&'*+.^_`|~-", min_size=1, max_size=5)
kinds = st.one_of(
    st.sampled_from([MARKDOWN, JSON, "text/*", "application/*", "*/*", "text/html", "*/json"]),
    st.tuples(tokens, tokens).map("/".join),
)
parameters = st.lists(
    st.sampled_from([("charset", "utf-8"), ("variant", "gfm"), ("level", "1"), ("profile", "a, b;q=1")]), max_size=2
)
weights = st.one_of(st.none(), st.integers(0, 1_000))
blank = st.sampled_from(["", " ", "\t "])


@st.composite
def elements(draw):
    """A range as (kind, parameters, weight), and one way to write it."""
    kind, given_parameters, weight = draw(kinds), draw(parameters), draw(weights)
    text = "".join(draw(st.sampled_from([char.lower(), char.upper()])) for char in kind)
    for name, value in given_parameters:
        quoted = "," in value or draw(st.booleans())
        text += f'{draw(blank)};{draw(blank)}{name}="{value}"' if quoted else f";{name}={value}"
    if weight is not None:
        short = f"{weight / 1_000:.3f}".rstrip("0").rstrip(".")
        text += f"{draw(blank)};q={draw(st.sampled_from([short, f'{weight / 1_000:.3f}']))}"
    return (kind.lower(), frozenset(given_parameters), 1_000 if weight is None else weight), text


def worth(ranges, media_type, has):
    """The weight of the most precise range: of the exact type with most parameters, then of the group, then of all."""
    for pattern in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        for count in (4, 3, 2, 1, 0):
            weights = [q for kind, given, q in ranges if kind == pattern and len(given) == count and given <= has]
            if weights:
                return max(weights)
    return 0


@given(st.lists(elements(), max_size=6), st.sampled_from([",", ", ", " ,\t", ",,"]))
def test_the_choice_is_that_of_the_rfc(drawn, comma):
    ranges = [one for one, _ in drawn]
    own = {("charset", "utf-8"), ("variant", "gfm")}
    named = worth([one for one in ranges if one[0] == MARKDOWN], MARKDOWN, own)
    json = worth(ranges, JSON, {("charset", "utf-8")})
    header = comma.join(text for _, text in drawn)
    assert prefers_markdown(header) is (0 < named >= json)
    assert accepts(header, MARKDOWN) is (not drawn or 0 < worth(ranges, MARKDOWN, own) >= json)


@given(
    st.lists(elements(), max_size=4),
    st.lists(st.sampled_from(["text", "/", ";;q", "a/b;q=2", "a/b c", '"', "é/x"]), max_size=3),
)
def test_what_is_malformed_takes_nothing_else_with_it(drawn, broken):
    sound = [text for _, text in drawn]
    assume_closed = [text for text in broken if text != '"']
    assert media_ranges(",".join([*assume_closed, *sound])) == media_ranges(",".join(sound))


@given(st.text(max_size=300))
def test_no_text_is_an_error(text):
    assert prefers_markdown(text + ", text/markdown;q=0.5") in {True, False}
    assert accepts(text, MARKDOWN) in {True, False}


def test_long_headers_and_many_ranges_name_nothing():
    assert not prefers_markdown("text/markdown," + " " * MAX_ACCEPT_CHARS)
    assert not prefers_markdown("text/markdown" + ",a/b" * MAX_ACCEPT_RANGES)
    assert prefers_markdown("text/markdown" + ",a/b" * (MAX_ACCEPT_RANGES - 1))


@pytest.mark.parametrize("unit", ['"', '";', "\\", ";q=", ";a=", ',"', "a/b;", "[", " "])
def test_a_hostile_header_costs_no_more_than_its_length(unit):
    prefers_markdown("text/markdown" + unit * ((MAX_ACCEPT_CHARS - 13) // len(unit)))
