"""Which format `auto` takes, and what tables tell once."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import richresp
from richresp import UsageError, tokens
from tests.benchmarks.formats import SAMPLES, costs
from tests.shaping.payloads import (
    follow,
)
from tests.shaping.tables import table_of

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
    header, rows = table_of(richresp.shape(odd, budget=5_000, fold_constant=True).text)
    assert header == ["id", "state", "note", "title"]
    assert rows[0] == ["0", "open", "", "Berth 0"]
    assert rows[-1] == ["99", "closed", "", "Sold"]


def test_rows_that_are_all_the_same_are_still_rows():
    header, rows = table_of(
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


@pytest.mark.parametrize("form", ["csv", "tsv"])
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
