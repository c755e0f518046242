"""CSV and TSV as text are read back: what shape writes passes, broken and dishonest rows do not."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import BudgetTooSmall, UsageError, shape, testing
from richresp.testing import assert_shaped

ROWS = [{"id": number, "name": f"row, {number}", "url": f"https://example.com/{number}"} for number in range(80)]
GOOD = shape(ROWS, budget=300, format="csv")
ODD = [{"a": "x\u2028y\x85z\x0c", "b": None}, {"c": [1, {"d": "e"}]}, 5, "…", {}, {"a": "", "": True}]


@given(
    testing.tables() | st.lists(testing.records() | testing.scalars(), max_size=9),
    st.integers(30, 900),
    st.sampled_from(["csv", "tsv"]),
)
@example(ODD, 900, "csv")
@example(["0000000 0:0000000000000000\U0001f3fb\x81ƢƱ⛀⛀⛀"], 30, "csv")
@example([], 900, "csv")
@example([{}, {}], 900, "tsv")
def test_what_shape_writes_passes_as_text(rows, budget, kind):
    try:
        result = shape(rows, budget=budget, format=kind)
    except BudgetTooSmall as error:
        budget = error.needed
        result = shape(rows, budget=budget, format=kind)
    assert_shaped(result, budget=budget, payload=rows)
    assert_shaped(result.text, budget=budget, format=kind, payload=rows)


@pytest.mark.parametrize("strategy", ["head", "tail", "spread"])
@pytest.mark.parametrize("notice", ["inline", "aside"])
def test_all_strategies_pass(strategy, notice):
    result = shape(ROWS, budget=300, format="csv", strategy=strategy, notice=notice)
    assert_shaped(result.text, budget=300, format="csv", payload=ROWS, notice=result.notice, paged=strategy != "spread")


def written(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([ROWS[0], *(row.values() for row in rows)])
    return text.getvalue()


MUTANTS = {
    "nothing": ("", "is empty"),
    "sliced rows": (written(ROWS[:9]), "9 of 80 items and no notice"),
    "an invented row": (written([*ROWS, {**ROWS[0], "id": 80}]), "80"),
    "a row twice": (written([*ROWS, ROWS[0]]), "out of order or twice"),
    "an invented cell": (written([{**ROWS[0], "name": "birds"}, *ROWS[1:]]), "birds"),
    "another order": (written([ROWS[1], ROWS[0], *ROWS[2:]]), "out of order"),
    "a number as it is not": (written([{**ROWS[0], "id": "0.0"}, *ROWS[1:]]), "0.0"),
    "a cut URL": (GOOD.text.replace("https://example.com/0", "https://exam…"), "cuts the URL"),
    "another count": (GOOD.text.replace("of 80", "of 90"), "the notice says"),
    "a row fewer": (GOOD.text.rpartition("\n")[0].rpartition("\n")[0] + "\n", "the notice says"),
    "no notice": (GOOD.text.partition("\n")[2], "no notice says so"),
    "half a row": (GOOD.text + "9\n", "fields"),
    "a needless notice": (f'"Shortened: 3 of 80 items shown"\n{written(ROWS)}', "nothing is missing"),
    "a lost cursor": (GOOD.text.replace(GOOD.cursor, ""), "names no cursor"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_rows_that_are_wrong_are_told(name):
    text, told = MUTANTS[name]
    assert_shaped(GOOD.text, budget=9_000, format="csv", payload=ROWS)
    assert_shaped(written(ROWS), budget=9_000, format="csv", payload=ROWS)
    with pytest.raises(AssertionError) as error:
        assert_shaped(text, budget=9_000, format="csv", payload=ROWS)
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["", "id,name,url\n", GOOD.text + "80,birds,\n"])
def test_a_result_with_other_rows_than_its_data_is_told(text):
    with pytest.raises(AssertionError, match="rows and the data"):
        assert_shaped(replace(GOOD, text=text), budget=9_000, payload=ROWS)


@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_what_cannot_be_read_back_is_refused(kind):
    result = shape(ROWS, budget=300, format=kind)
    assert_shaped(result, budget=300, payload=ROWS)
    assert_shaped(result.text, budget=300, format=kind)
    with pytest.raises(UsageError, match="give the result of shape"):
        assert_shaped(result.text, budget=300, format=kind, payload=ROWS)


def test_rows_of_no_list_are_refused():
    with pytest.raises(UsageError, match="rows show a list"):
        assert_shaped("a\n1\n", budget=300, format="csv", payload={"a": 1})


def test_no_line_end_but_those_of_csv_ends_a_row():
    assert_shaped("a,b\nx\u2028y\x85z\x0bu,2\n", budget=300, format="csv")
