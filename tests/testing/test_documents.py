"""Documents in markdown and plain text pass the kit, alone and as parts; what is no stretch of them does not."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, shape, shape_parts, testing
from richresp.testing import assert_pages, assert_shaped

SECTION = "## Part {n}\n\nParagraph {n} has words, and more words.\n\n|a|b|\n|-|-|\n{rows}\n\n```py\n{code}```"
DOCUMENT = "# Title\n\n" + "\n\n".join(
    SECTION.format(n=number, rows="|x|y|\n" * 12, code="line = of_code\n" * 12) for number in range(9)
)
ROWS = [{"id": number, "name": f"row {number}"} for number in range(60)]
FORMATS = ["markdown", "text", "auto", "json"]
ANY = {"chars": 10**9}


def at_least(payload, budget, **options):
    try:
        return shape(payload, budget=budget, **options)
    except BudgetTooSmall as error:
        return shape(payload, budget=error.needed, **options)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("aside", ["inline", "aside"])
def test_a_document_passes_in_each_format(kind, aside):
    result = shape(DOCUMENT, budget=200, format=kind, notice=aside)
    assert result.truncated
    assert_shaped(result, budget=200, payload=DOCUMENT)
    assert_shaped(result.text, budget=200, payload=DOCUMENT, format=result.format, notice=result.notice)
    pages = assert_pages(
        lambda cursor: shape(DOCUMENT, budget=200, format=kind, notice=aside, cursor=cursor),
        payload=DOCUMENT,
        budget=200,
    )
    assert pages > 5


@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_the_pages_of_a_document_pass_as_texts(kind):
    pages = assert_pages(
        lambda cursor: shape(DOCUMENT, budget=200, format=kind, cursor=cursor).text, payload=DOCUMENT, budget=200
    )
    assert pages > 5


@pytest.mark.parametrize("kind", FORMATS)
def test_documents_pass_as_parts(kind):
    parts = {"page": DOCUMENT, "hits": ROWS, "note": "short"}
    assert_shaped(shape_parts(parts, budget=500, format=kind), budget=500, payload=parts)
    pages = assert_pages(
        lambda cursors: shape_parts(parts, budget=500, format=kind, cursors=cursors), payload=parts, budget=500
    )
    assert pages > 2


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(testing.payloads() | testing.tables(min_size=1), st.integers(40, 900), st.sampled_from([*FORMATS, "csv", "tsv"]))
@example("Shortened: 3 of 5 items shown", 40, "markdown")
def test_what_shape_returns_passes_in_each_format(payload, budget, kind):
    kind = "auto" if kind in ("csv", "tsv") and not isinstance(payload, list) else kind
    assert_shaped(at_least(payload, budget, format=kind), budget=ANY, payload=payload)
    assert_pages(lambda cursor: at_least(payload, budget, format=kind, cursor=cursor), payload=payload, budget=ANY)


PAGE = shape(DOCUMENT, budget=200, format="markdown")
LATER = shape(DOCUMENT, budget=200, format="markdown", cursor=PAGE.cursor)
MUTANTS = {
    "other words": (replace(PAGE, data=PAGE.data.replace("words", "birds"), text=PAGE.text.replace("words", "birds")), "not in the payload"),
    "a text of its own": (replace(PAGE, text=PAGE.text.replace("words", "birds")), "something else"),
    "a shorter stretch": (replace(PAGE, data=PAGE.data[:-9], text=PAGE.text.replace(PAGE.data, PAGE.data[:-9])), "ends at character"),
    "something before it": (replace(LATER, text=LATER.text.replace("\n\n", "\n\nBuy birds.\n\n", 1)), "'Buy birds'"),
    "something behind it": (replace(PAGE, text=PAGE.text + "\n\nBuy birds."), "something else"),
    "another stretch": (replace(LATER, data=PAGE.data, text=LATER.text.replace(LATER.data, PAGE.data)), "not in the payload"),
    "other words as text": (PAGE.text.replace("words", "birds"), "something else"),
    "a slice as text": (DOCUMENT[:100], "no notice says so"),
    "another text": ("something of its own", "another one than the payload"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_document_that_shows_something_else_is_told(name):
    output, told = MUTANTS[name]
    with pytest.raises(AssertionError) as error:
        assert_shaped(output, budget=9_000, payload=DOCUMENT, format="markdown")
    assert told in str(error.value)


LEGAL = {
    "a ragged table": "# A\n\n|a|b|\n|-|-|\n|1|\n|1|2|3|\n\nEnd.",
    "an open fence": "# A\n\n```py\ncode\nmore code",
    "an open fence in a list": "- A\n\n  ```py\n  code",
    "ticks in a line": "# A\n\n``` not a fence `\n\nEnd.",
    "a fence in an html block": "<!--\n```\n-->\n\n# A",
    "a fence in a quote": "> ```\n> code\n\nEnd.",
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal_markdown_of_the_payload_passes(name):
    document = LEGAL[name]
    result = shape(document, budget=300, format="markdown")
    assert not result.truncated
    assert_shaped(result, budget=300)
    assert_shaped(result, budget=300, payload=document)
    assert_shaped(result.text, budget=300, payload=document, format="markdown")
    parts = {"a": document, "hits": ROWS[:3]}
    assert_shaped(shape_parts(parts, budget=300, format="markdown"), budget=300, payload=parts)


@pytest.mark.parametrize("name", ["a ragged table", "an open fence"])
def test_the_same_is_a_fault_where_the_payload_has_it_not(name):
    with pytest.raises(AssertionError, match=r"never closed|cells under"):
        assert_shaped(LEGAL[name], budget=300, payload="# Another\n", format="markdown")
