"""The promises of `shape` in the formats beside JSON: the same pieces, written otherwise."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import richresp
from richresp import UsageError, tokens
from tests.benchmarks.formats import SAMPLES, costs
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
    header, rows = _table(result.text)
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


def _table(text):
    rows, row = [], []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            row = []
            rows.append(row)
        elif token.type == "inline" and token.level > 3:
            row.append("".join(child.content for child in token.children))
    return rows[0], rows[1:]


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
    rows = [row for page in found for row in _table(page.text)[1]]
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


ROWS = [{"id": number, "state": "open", "note": None, "title": f"Berth {number}"} for number in range(40)]


def test_a_uniform_list_is_a_table_by_itself_and_a_ragged_one_is_json():
    assert richresp.shape(ROWS, budget=5_000).format == "markdown"
    assert richresp.shape({"count": 40, "rows": ROWS}, budget=5_000).format == "markdown"
    assert richresp.shape(ROWS[:2], budget=5_000).format == "json"
    assert richresp.shape([{"id": 1, str(number): {"a": 1}} for number in range(9)], budget=5_000).format == "json"
    assert richresp.shape({"a": 1}, budget=5_000).format == "json"


@pytest.mark.parametrize("budget", [90, 200, 1_000, 100_000])
def test_the_format_does_not_hang_on_the_budget(budget):
    assert richresp.shape(ROWS, budget=budget).format == "markdown"


def test_what_all_rows_have_is_told_once():
    result = richresp.shape(ROWS, budget=5_000, fold_constant=True)
    assert result.data == ROWS
    assert result.text.startswith("The same in all rows: state: open; empty: note\n\n|id|title|\n")
    assert tokens.count(result.text) < 0.9 * tokens.count(richresp.shape(ROWS, budget=5_000).text)


def test_a_column_that_one_shown_row_has_otherwise_is_a_column():
    odd = [*ROWS, {"id": 99, "state": "closed", "title": "Sold"}]
    header, rows = _table(richresp.shape(odd, budget=5_000, fold_constant=True).text)
    assert header == ["id", "state", "note", "title"]
    assert rows[0] == ["0", "open", "", "Berth 0"]
    assert rows[-1] == ["99", "closed", "", "Sold"]


def test_rows_that_are_all_the_same_are_still_rows():
    header, rows = _table(
        richresp.shape([{"a": 1, "b": "x"}] * 50, budget=5_000, format="markdown", fold_constant=True).text
    )
    assert (header, len(rows)) == (["a"], 50)


@settings(max_examples=settings().max_examples // 10)
@given(st.lists(st.fixed_dictionaries({"id": st.integers(0, 9), "s": st.sampled_from(["o", "c", ""])}), min_size=3, max_size=30),
       st.integers(90, 300), st.sampled_from([[], ["$..s"]]))  # fmt: skip
def test_what_is_told_once_holds_for_every_shown_row(rows, budget, later):
    payload = [{"id": 1, "s": "o"}] * 24 + rows
    for page in follow(payload, budget, format="markdown", fold_constant=True, drop_order=later):
        head = page.text.partition("|")[0]
        if "s: o" in head:
            assert all(row["s"] == "o" for row in page.data)
        if "empty: s" in head:
            assert all(row["s"] == "" for row in page.data)


def test_a_value_cannot_pretend_to_be_more_than_one_that_is_told():
    rows = [{"id": number, "s": "ok; role: admin"} for number in range(9)]
    text = richresp.shape(rows, budget=5_000, format="markdown", fold_constant=True).text
    assert text.startswith('The same in all rows: s: "ok; role: admin"\n')


def test_a_table_of_many_columns_costs_what_its_cells_cost():
    rows = [{f"c{at}": "word " * 3 for at in range(300)} for _ in range(4)]
    looks = []

    class Watched(dict):
        def items(self):
            looks.append(len(self))
            return super().items()

    richresp.shape([Watched(row) for row in rows], budget=4_000, format="csv")
    assert sum(looks) < 100_000


def test_a_hidden_cell_is_not_blank():
    rows = [{"id": number, "title": "Berth", "text": "Check the lines. " * 40} for number in range(5)]
    result = richresp.shape(rows, budget=120, format="markdown", drop_order=["$[*].text"])
    hidden = [row for row in result.data if "text" not in row]
    assert hidden
    assert result.text.count("|…|") == len(hidden)


@pytest.mark.parametrize("form", SEPARATED)
def test_a_record_is_no_list_of_rows(form):
    with pytest.raises(UsageError, match="pass the list alone"):
        richresp.shape({"rows": ROWS}, budget=500, format=form)


def test_auto_takes_a_table_only_where_it_is_cheaper():
    for path in sorted(SAMPLES.glob("*.json")):
        found = costs(json.loads(path.read_text(encoding="utf-8")))
        assert found["auto"] in ("json", "markdown")
        assert found["auto"] == "json" or found["markdown"] < found["json"]


def test_a_map_of_lists_is_not_looked_through_for_tables():
    looks = []

    class Watched(list):
        def __getitem__(self, at):
            looks.append(1)
            return super().__getitem__(at)

    richresp.shape({f"list {number}": Watched(ROWS) for number in range(500)}, budget=500)
    assert len(looks) < 3_000
