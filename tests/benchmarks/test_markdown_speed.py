"""The speed row of tables in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/markdown.py`.
"""

import json

import pytest

from richresp import markdown as md
from tests.benchmarks import markdown_rows
from tests.benchmarks.measure import ratio

ROOM = 4
"""How many times the goal is let pass, for machines that are busy."""


@pytest.mark.parametrize(("kind", "goal"), [("plain", 1.5), ("marked", 3)])
def test_a_table_costs_little_more_than_the_records_as_json(kind, goal):
    rows = getattr(markdown_rows, kind)(1_000)
    assert ratio(lambda: md.table(rows), lambda: json.dumps(rows), 5) < ROOM * goal
    assert ratio(lambda: "\n".join(md.iter_table(iter(rows))), lambda: json.dumps(rows), 5) < ROOM * goal


@pytest.mark.parametrize(
    "text",
    [
        "*a ",
        "a_b ",
        "<b>",
        "`x` ",
        "http://e.example/a?b=c* ",
        "w.w.",
        "[^](",
        "<1 ",
        "http://e.example ",
        "<1 http://e.example ",
        "<1 a@b.example ",
        "\u0301",
        "\n|",
    ],
)
def test_the_time_for_a_cell_grows_with_its_length(text):
    """Each cell is escaped by all rules; none of them looks at the whole text for each place it finds."""
    long, short = [[text * 5_000]], [[text * 500]]
    assert ratio(lambda: md.table(long, columns=["h"]), lambda: md.table(short, columns=["h"]), 2) < 30
