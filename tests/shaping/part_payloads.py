"""Several payloads by name, the budgets to share between them, and what an answer of them must be."""

from hypothesis import strategies as st

from richresp import Omission, tokens
from richresp.exceptions import BudgetTooSmall
from tests.shaping import payloads as some
from tests.shaping.as_json import shape_parts
from tests.shaping.oracles import compact, missing, same, strict

names = st.one_of(
    st.sampled_from(
        ["hits", "facets", "log", "_notice", "_notice_2", "", "a/b", "m~n", "\n", "# x", "k" * 300, "😀" * 40]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
values = st.one_of(some.tables, some.rows, some.pages, some.trees, some.deep, some.maps, some.scalars, some.urls)
several = st.dictionaries(names, values, max_size=5)
sizable = st.dictionaries(names, st.one_of(some.rows, some.pages, some.maps), min_size=2, max_size=5)


def _case(parts, share):
    return parts, tokens.count(compact(parts)) * share // 100 + 40 + 60 * len(parts)


small = st.tuples(several, st.integers(0, 600))
large = st.builds(_case, st.one_of(sizable, several), st.integers(2, 100))
cases = st.integers(0, 2).flatmap(lambda draw: large if draw else small)
"""Parts with a budget: two of three times a share of what all of them cost."""


def refusal(parts, budget, **options):
    """The error that says the budget is too small, None where it is not."""
    try:
        shape_parts(parts, budget=budget, **options)
    except BudgetTooSmall as error:
        return error
    return None


def enough(parts, budget, **options):
    """The budget, or where that is too small the smallest one that the same call accepts."""
    error = refusal(parts, budget, **options)
    return budget if error is None else error.needed


def shared(parts, budget, **options):
    """The result for a budget that is enough."""
    return shape_parts(parts, budget=enough(parts, budget, **options), **options)


def without_notice(result, parts):
    """What a text of JSON says beside the notice, which must stand first."""
    value = strict(result.text)
    if result.notice is None:
        return value
    key = next(key for key in ("_notice", "_notice_2", "_notice_3") if key not in parts)
    assert next(iter(value)) == key
    assert value.pop(key) == result.notice
    return value


def assert_honest(parts, result):
    """The text says what the data says, which is of the parts, and `omitted` tells exactly what is missing."""
    assert same(without_notice(result, parts), result.data)
    told = [omission for omission in result.omitted if omission.kind != "replaced"]
    assert told == missing(parts, result.data)
    assert result.truncated == bool(told) == (result.notice is not None)
    assert [*result.parts, *result.left_out] == sorted(parts, key=lambda name: name in result.left_out)
    if result.left_out:
        assert told[0] == Omission("", "keys", len(result.parts), len(parts))
    for name, shaped in result.parts.items():
        assert same(shaped.data, result.data[name])
        assert shaped.cursor == result.cursors.get(name)
