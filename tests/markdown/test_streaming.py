"""A table of any number of rows is written in constant memory."""

import tracemalloc

import pytest

from richresp import markdown as md


def rows(count):
    for number in range(count):
        yield {"id": number, "name": f"name {number}", "note": f"a|b {number} *x*", "score": number / 7, "tag": None}


def peak(count, **options):
    tracemalloc.start()
    try:
        for _ in md.iter_table(rows(count), **options):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("options", [{}, {"max_cell": 5, "format": {"score": ".2f"}, "columns": ["note", "score"]}])
def test_five_times_the_rows_take_no_more_memory(options):
    peak(2_000, **options)
    assert peak(20_000, **options) < 1.3 * peak(4_000, **options) < 2_000_000


def test_rows_are_read_only_as_lines_are_taken():
    taken = []

    def watched():
        for row in rows(10_000):
            taken.append(row)
            yield row

    lines = md.iter_table(watched())
    assert not taken
    next(lines)
    assert len(taken) <= 256
