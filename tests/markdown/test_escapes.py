"""The fewest escapes: none in ordinary text, none that could be left out, and those that one asks for."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.elements import roots
from tests.markdown.wording import flat, ordinary, shown, texts

ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


@pytest.mark.parametrize(
    "text",
    [
        "plain words", "snake_case_name", "C:\\Users\\me", "C:\\Users\\", "5 * 3", "2*3", "x < y", "a <- b -> c", "AT&T", "a [b] c",
        "~5", "100%", "$5 and $10", "+1 (555) 010-9999", "-5", "#hashtag", "v1.2.3", "[ ] todo", "[ref][id]", "footnote[^1]",
        "https://example.com/a_b_c?d=e&f=g", "me@example.com", "x_1, y_2", "`one", "f[i](x", "a](b", "1.5", "(a)", "a|b", "<3", "!",
        "=", "---x", "3 > 2", "&copy", "&nope;", "a<b", "**kwargs", "*args, **kwargs", "\U0001f600 ok", "“quoted” — dash…", "--",
    ],
)  # fmt: skip
def test_ordinary_text_needs_no_escape(text):
    assert md.paragraph(text) == text
    assert md.heading(text, level=1) == f"# {text}"


@given(ordinary)
@example("a *b* and *c*")
@example("x<y and y>z")
@example("__init__ and __all__")
@example("`a` and `b`")
def test_no_escape_can_be_left_out(text):
    """But a backslash of two, of which the text has one: there is more than one way to spell those."""
    source = md.paragraph(text)
    for match in ESCAPE.finditer(source):
        if match[0] != "\\\\":
            less = source[: match.start()] + source[match.start() + 1 :]
            assert any(
                page.kinds != ["p"] or page[0].lines != shown(text) or set(page[0].markup) - {"a"}
                for page in roots(less)
            )


@given(texts)
@example("mailto:a@b.co a@b.co")
@example("//e.example")
@example("1.ax README.md example.com.")
@example("[^www.e.example]")
@example("http://a.example/(\nb)")
def test_addresses_stay_text_when_asked(text):
    """GitHub's parser makes a link of a bare address of mail whatever escape stands in it."""
    for source, tag, lines in (
        (md.paragraph(text, autolink=False), "p", shown(text)),
        (md.heading(text, level=1, autolink=False), "h1", flat(text)),
        (md.quote(text, autolink=False), "blockquote", shown(text)),
        (md.bullets([text], autolink=False), "li", shown(text)),
        (md.table([{"h": text}], autolink=False), "td", shown(text)),
        (md.paragraph(text, " ", md.code("x"), autolink=False), "p", shown(text + " x")),
    ):
        markdown_it, github = roots(source)
        for page in (markdown_it, github):
            assert page.find(tag)[0].lines == lines
            assert set(page.find(tag)[0].markup) <= {"a", "p", "code"}
        assert not markdown_it.find("a")
        assert all("@" in link.attributes["href"] for link in github.find("a"))


@given(texts)
@example("\\(x\\) and \\[y\\] and $z$")
@example("\\\\(x")
@example("$`$")
def test_mathematics_is_text_when_asked(text):
    for source, tag in (
        (md.paragraph(text, math="escape"), "p"),
        (md.quote(text, math="escape"), "p"),
        (md.bullets([text], math="escape"), "li"),
        (md.table([{"h": text}], math="escape"), "td"),
        (md.link(text, "https://e.example/", title=text, math="escape"), "a"),
        (md.paragraph(md.image(text, "https://e.example/", title=text, math="escape"), math="escape"), "p"),
    ):
        assert "\\(" not in source
        assert "\\[" not in source
        assert not re.search(r"(?<!\\)\$", source)
        for page in roots(source):
            assert page.find(tag)[0].text.split() == shown(text).split()


@pytest.mark.parametrize("math", ["", "katex", True, 1])
def test_another_way_with_mathematics_is_refused(math):
    with pytest.raises(UsageError, match="give 'escape'"):
        md.paragraph("text", math=math)


@given(
    st.sampled_from(["*a ", "`a ", "[a](", "<a ", "&amp;", "http://a.b/_ ", "__a ", "[^a", "\\", "~~", "$", "a@b.c "])
)
def test_escaping_is_linear_in_the_length(unit):
    """Twice the text is twice the escapes."""
    once, twice = (len(md.escape(unit * count)) - len(unit) * count for count in (2_000, 4_000))
    assert once <= twice <= 2 * once + 8
