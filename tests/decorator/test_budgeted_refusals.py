"""What a decorator is told off for before any call, and which errors pass through it."""

import functools

import pytest

from richresp import (
    BudgetTooSmall,
    InvalidCursor,
    InvalidPath,
    InvalidPayload,
    UsageError,
    budgeted,
    tokens,
)
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, compact, cost, records, todos

WRONG = [
    ({"budget": "800"}, UsageError, "budget="),
    ({"budget": 0}, BudgetTooSmall, "at least 1"),
    ({"budget": {"chars": -5}}, BudgetTooSmall, "chars"),
    ({"budget": None}, UsageError, "budget="),
    ({"budget": todos}, UsageError, r"@budgeted\(800\)"),
    ({"profile": "chatgtp"}, UsageError, "profile="),
    ({"keep": ["$["]}, InvalidPath, "at 2"),
    ({"drop": "$.a"}, UsageError, "drop="),
    ({"drop_order": "$.a"}, UsageError, "drop_order="),
    ({"drop_order": 5}, UsageError, "drop_order="),
    ({"format": "yaml"}, UsageError, "format="),
    ({"format": "markdown"}, UsageError, "returns='text'"),
    ({"format": "csv", "returns": "data"}, UsageError, "returns='text'"),
    ({"strategy": "best"}, UsageError, "strategy="),
    ({"notice": "below"}, UsageError, "notice="),
    ({"counter": "o200k_base"}, UsageError, "counter="),
    ({"secret": ""}, UsageError, "secret"),
    ({"schema": {"type": "nonsense"}}, UsageError, "schema"),
    ({"returns": "json"}, UsageError, "returns="),
    ({"returns": ["data"]}, UsageError, "returns="),
    ({"add_cursor": "yes"}, UsageError, "add_cursor="),
]


@pytest.mark.parametrize(("options", "error", "says"), WRONG)
def test_a_wrong_option_is_told_before_any_call(options, error, says):
    with pytest.raises(error, match=says):
        budgeted(**{"budget": 800, **options})


@pytest.mark.parametrize("option", ["buget", "cursor", "max_tokens"])
def test_an_unknown_option_is_told(option):
    with pytest.raises(TypeError, match=option):
        budgeted(800, **{option: 1})


class Decorated:
    @budgeted(300)
    def todos(self, user):
        return TODOS


async def endless():
    yield 1


NO_FUNCTIONS = [
    (5, "takes a function"),
    (dict, "takes a function"),
    (None, "takes a function"),
    (endless, "async generator"),
    (staticmethod(todos), "below @staticmethod"),
    (classmethod(todos), "below @classmethod"),
    (budgeted(300)(todos), "already"),
    (functools.partial(budgeted(300, returns="text")(todos), limit=2), "already"),
    (functools.lru_cache(budgeted(300)(todos)), "already"),
    (Decorated().todos, "already"),
]


@pytest.mark.parametrize(("function", "says"), NO_FUNCTIONS)
def test_what_is_no_function_is_told(function, says):
    with pytest.raises(UsageError, match=says):
        budgeted(800)(function)


def test_what_the_function_raises_passes_unchanged():
    error = KeyError("ada")

    def fails():
        raise error

    with pytest.raises(KeyError) as raised:
        budgeted(800)(fails)()
    assert raised.value is error
    with pytest.raises(TypeError, match="user"):
        budgeted(800)(todos)()


def test_what_shape_raises_passes():
    with pytest.raises(BudgetTooSmall):
        budgeted(3)(records)("ada")
    with pytest.raises(InvalidPayload):
        budgeted(800)(lambda: b"bytes")()
    with pytest.raises(InvalidCursor):
        budgeted(800, add_cursor=True)(todos)("ada", cursor="nonsense")


def test_a_schema_holds_for_what_is_left():
    from pydantic import TypeAdapter

    schema = TypeAdapter(list[type(TODOS[0])]).json_schema()
    short = budgeted(BUDGET, schema=schema)(todos)("ada")
    TypeAdapter(list[type(TODOS[0])]).validate_python(short)
    assert 0 < len(short) < len(PLAIN)
    assert cost(short) <= BUDGET


def test_a_counter_of_ones_own_counts():
    short = budgeted(1_000, counter=len)(todos)("ada")
    assert 900 < len(compact(short)) <= 1_000
    assert tokens.count(compact(short)) < 400
