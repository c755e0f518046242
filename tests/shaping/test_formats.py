"""The promises of `shape` in the formats beside JSON: the same pieces, written otherwise."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import richresp
from tests.shaping.oracles import compact, missing, same, within
from tests.shaping.payloads import (
    WORDS,
    cases,
    clean_text,
    counters,
    enough,
    follow,
    pages,
    prose,
    refusal,
    shaped,
    tables,
    trees,
)
from tests.shaping.tables import table_of

FORMATS = ["markdown", "text", "auto"]
SEPARATED = {"csv": ",", "tsv": "\t"}
MEDIA = {"json": "application/json", "markdown": "text/markdown", "csv": "text/csv", "tsv": "text/tab-separated-values",
         "text": "text/plain"}  # fmt: skip
formats = st.sampled_from(FORMATS)
every = st.sampled_from([*FORMATS, *SEPARATED])
notices = st.sampled_from(["inline", "aside"])
hostile = st.one_of(
    clean_text, st.sampled_from([*WORDS, "a|b", "`", "# x", "- x", "<b>", "|-|-|", "", "…", "=1+1", '"', "\r"])
)
plain_rows = st.lists(
    st.fixed_dictionaries({"id": st.integers(0, 999), "name": hostile, "ok": st.booleans(), "note": hostile}),
    min_size=3,
    max_size=30,
)
lists = st.one_of(tables, plain_rows, st.lists(trees, min_size=1, max_size=9))
listed = st.tuples(lists, st.integers(40, 900))


@st.composite
def any_case(draw):
    """A payload, a budget and a format that it can have."""
    if draw(st.booleans()):
        return *draw(listed), draw(every)
    return *draw(cases), draw(formats)


@settings(max_examples=settings().max_examples // 3)
@given(any_case(), counters, notices)
def test_the_text_is_within_the_budget_or_the_call_says_what_would_be(case, counter, notice):
    payload, budget, form = case
    options = {"counter": counter, "notice": notice, "format": form}
    refused = refusal(payload, budget, **options)
    if refused is not None:
        assert refused.budget == budget < refused.needed
        budget = refused.needed
    result = richresp.shape(payload, budget=budget, **options)
    assert result.tokens == counter(result.text) <= budget
    assert result.media_type == MEDIA[result.format]
    assert form in ("auto", result.format)


@settings(max_examples=settings().max_examples // 3)
@given(any_case(), notices)
def test_nothing_is_missing_that_is_not_told(case, notice):
    payload, budget, form = case
    result = shaped(payload, budget, format=form, notice=notice)
    if not isinstance(payload, str):
        assert list(result.omitted) == missing(payload, result.data)
    assert result.truncated == (result.notice is not None)
    if result.notice is not None and notice == "aside":
        assert result.notice not in result.text


@settings(max_examples=settings().max_examples // 3)
@given(any_case(), st.integers(0, 200))
def test_a_bigger_budget_shows_all_that_a_smaller_one_shows(case, more):
    payload, budget, form = case
    budget = enough(payload, budget, format=form)
    small = richresp.shape(payload, budget=budget, format=form)
    big = richresp.shape(payload, budget=budget + more, format=form)
    assert (
        big.data.startswith(small.data)
        if big.format != "json" and isinstance(payload, str)
        else within(small.data, big.data)
    )


@settings(max_examples=settings().max_examples // 3)
@given(lists, every)
def test_what_fits_is_whole(payload, form):
    result = richresp.shape(payload, budget=100_000, format=form)
    assert same(result.data, payload)
    assert not result.truncated
    assert result.cursor is None


@settings(max_examples=settings().max_examples // 5)
@given(tables, st.integers(60, 300), every)
def test_pages_show_each_item_once_and_end(payload, budget, form):
    pages = follow(payload, budget, format=form)
    assert sum(len(page.data) for page in pages) == len(payload)
    assert {page.format for page in pages} == {pages[0].format}


@settings(max_examples=settings().max_examples // 3)
@given(st.one_of(plain_rows, tables), st.integers(60, 900), st.sampled_from(list(SEPARATED)), notices)
def test_separated_text_holds_the_records_of_the_data(payload, budget, form, notice):
    result = shaped(payload, budget, format=form, notice=notice)
    records = list(csv.reader(io.StringIO(result.text, newline=""), delimiter=SEPARATED[form], strict=True))
    if result.notice is not None and notice == "inline":
        assert records.pop(0) == [result.notice]
    header, *rows = records
    assert all(len(row) == len(header) for row in rows)
    for item, row in zip(result.data, rows, strict=True):
        for name, cell in zip(header, row, strict=True):
            _check(item, name, cell)


@settings(max_examples=settings().max_examples // 3)
@given(plain_rows, st.integers(60, 900))
def test_a_table_shows_the_records_of_the_data(payload, budget):
    result = shaped(payload, budget, format="markdown")
    if not result.data:
        return
    header, rows = table_of(result.text)
    assert len(rows) == len(result.data)
    for item, row in zip(result.data, rows, strict=True):
        for name, cell in zip(header, row, strict=True):
            shown = item.get(name)
            if isinstance(shown, int):
                assert cell == compact(shown)
            elif not shown:
                assert cell in ("", "…")


def _check(item, name, cell):
    """Fails where a cell does not say what the item has."""
    if name not in item:
        assert cell in ("", "…")
    elif isinstance(item[name], str):
        assert cell == item[name]
    elif item[name] is None:
        assert cell == ""
    elif not isinstance(item[name], float):
        assert cell == compact(item[name])


@settings(max_examples=settings().max_examples // 3)
@given(st.one_of(clean_text, prose, pages), st.integers(40, 400), st.sampled_from(["auto", "text", "markdown"]))
def test_the_pages_of_a_document_are_the_document(text, budget, form):
    found = follow(text, budget, format=form)
    assert "".join(page.data for page in found) == text
    assert all(page.format == found[0].format for page in found)


def test_a_table_that_is_cut_has_its_header_on_each_page():
    text = "# Berths\n\n|id|name|\n|-|-|\n" + "".join(f"|{number}|Berth {number}|\n" for number in range(80))
    found = follow(text, 200, format="markdown")
    assert len(found) > 2
    rows = [row for page in found for row in table_of(page.text)[1]]
    assert rows == [[str(number), f"Berth {number}"] for number in range(80)]
    assert "".join(page.data for page in found) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("# Berths\n\nAll of them.", "markdown"),
        ("|a|b|\n|-|-|\n|1|2|", "markdown"),
        ("Berths are where ships lie.", "text"),
        ("# Heading\n\npara of text that is long.\n\n" * 60, "markdown"),
        ('def f():\n    """See [x](https://a.b/c)."""\n    return 1\n' * 60, "text"),
        ("2024-01-01 GET [home](http://x.y/y) 200 ok\n" * 60, "text"),
        ("<!doctype html>\n<p>[x](https://a.b/c)\n" * 60, "text"),
        ("See [the docs](https://a.b/c) for more.\n\nThen go on reading.", "markdown"),
        ("# a comment\nx = f(1)\nif x:\n    y = {2: 3}\n    z = [1]\n", "text"),
    ],
)
def test_a_string_is_what_it_looks_like(text, form):
    found = richresp.shape(text, budget=5_000)
    assert (found.format, found.text) == (form, text)
