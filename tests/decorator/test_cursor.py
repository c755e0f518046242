"""Where the cursor comes from, and what the signature says of it."""

import inspect
from typing import Annotated, Any, Literal, NewType, get_type_hints

import pytest
from fastapi import Query

from richresp import InvalidCursor, Shaped, UsageError, budgeted
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, Todo, later_todos, todos

SEEN = []


def by_name(user, cursor=None):
    SEEN.append(cursor)
    return TODOS


def only_by_name(user, *, cursor: str | None = None):
    SEEN.append(cursor)
    return TODOS


def only_by_place(cursor, /, **rest):
    SEEN.append(cursor)
    return TODOS


WAYS = [
    (by_name, lambda call, cursor: call("ada", cursor)),
    (by_name, lambda call, cursor: call("ada", cursor=cursor)),
    (by_name, lambda call, cursor: call(cursor=cursor, user="ada")),
    (only_by_name, lambda call, cursor: call("ada", cursor=cursor)),
    (only_by_place, lambda call, cursor: call(cursor)),
    (only_by_place, lambda call, cursor: call(cursor, cursor="another")),
]


@pytest.mark.parametrize(("function", "ask"), WAYS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_cursor_of_the_function_pages_and_is_passed_on(function, ask, nothing):
    call = budgeted(BUDGET, returns="shaped")(function)
    assert inspect.signature(call).parameters == inspect.signature(function).parameters
    ids, cursor = [], nothing
    SEEN.clear()
    while True:
        page = ask(call, cursor)
        assert SEEN.pop() == cursor
        ids += [item["id"] for item in page.data]
        cursor = page.cursor
        if cursor is None:
            break
    assert ids == [item["id"] for item in PLAIN]


def test_a_default_is_used_if_it_is_text():
    first = budgeted(BUDGET, returns="shaped")(by_name)("ada")

    def second(cursor=first.cursor):
        return TODOS

    def queried(cursor=Query(None)):  # noqa: B008  # as FastAPI has it
        return TODOS

    assert budgeted(BUDGET, returns="shaped")(second)().data[0]["id"] == len(first.data)
    assert budgeted(BUDGET, returns="shaped")(queried)() == first


@pytest.mark.parametrize("cursor", ["nonsense", 7, False, ["7"]])
def test_what_is_no_cursor_is_told(cursor):
    with pytest.raises(InvalidCursor, match="not a cursor"):
        budgeted(BUDGET)(by_name)("ada", cursor)


def varied(user: str, *more: int, flag: bool = False, **rest: object) -> int:
    assert "cursor" not in rest
    return TODOS


@pytest.mark.parametrize("function", [todos, varied, later_todos])
def test_a_cursor_is_added_to_the_signature(function):
    call = budgeted(BUDGET, add_cursor=True)(function)
    seen = inspect.signature(call)
    cursor = seen.parameters["cursor"]
    assert (cursor.kind, cursor.default, cursor.annotation) == (cursor.KEYWORD_ONLY, None, str | None)
    rest = [parameter for name, parameter in seen.parameters.items() if name != "cursor"]
    assert rest == list(inspect.signature(function, eval_str=True).parameters.values())
    assert get_type_hints(call) == {**get_type_hints(function), "cursor": str | None}
    assert "cursor" not in get_type_hints(function)
    assert (call.__name__, call.__doc__, call.__module__) == (function.__name__, function.__doc__, function.__module__)


def test_an_added_cursor_is_not_passed_on():
    call = budgeted(BUDGET, add_cursor=True, returns="shaped")(varied)
    first = call("ada", 1, 2, x=3)
    assert call("ada", 1, 2, x=3, cursor="") == first
    assert call("ada", 1, 2, x=3, cursor=first.cursor).data[0]["id"] == len(first.data)


def test_there_is_one_cursor_only():
    with pytest.raises(UsageError, match="has a parameter of that name"):
        budgeted(BUDGET, add_cursor=True)(by_name)
    with pytest.raises(UsageError, match="no signature"):
        budgeted(BUDGET, add_cursor=True)(max)


def test_keywords_of_any_name_are_no_cursor():
    call = budgeted(BUDGET)(lambda **rest: [rest["cursor"]])
    assert call(cursor="mine") == ["mine"]


def test_spread_has_no_pages():
    call = budgeted(BUDGET, add_cursor=True, returns="shaped", strategy="spread")(todos)
    assert call("ada").cursor is None


ANNOTATED = [("data", list[Todo]), ("text", str), ("shaped", Shaped)]


@pytest.mark.parametrize(("returns", "annotation"), ANNOTATED, ids=str)
@pytest.mark.parametrize("add_cursor", [False, True])
@pytest.mark.parametrize("function", [todos, later_todos])
def test_the_return_annotation_says_what_is_returned(returns, annotation, add_cursor, function):
    call = budgeted(BUDGET, returns=returns, add_cursor=add_cursor)(function)
    assert get_type_hints(call)["return"] == annotation
    assert inspect.signature(call, eval_str=True).return_annotation == annotation
    assert get_type_hints(function)["return"] == list[Todo]


def test_annotations_that_cannot_be_looked_up_stay_text():
    def odd(user: "Nowhere") -> "Nowhere":  # noqa: F821
        return TODOS

    call = budgeted(BUDGET, add_cursor=True)(odd)
    assert call.__annotations__ == {"user": "Nowhere", "return": "Nowhere", "cursor": str | None}


def test_a_generator_function_is_annotated_as_the_list_it_returns():
    from collections.abc import Iterator

    def each() -> Iterator[Todo]:
        yield from TODOS

    assert get_type_hints(budgeted(BUDGET)(each))["return"] == list[Todo]
    assert not inspect.isgeneratorfunction(inspect.unwrap(budgeted(BUDGET)(each)))


def number(cursor: int = 0): ...


def false(*, cursor=False): ...


def several(cursor: list[str]): ...


def maybe_number(cursor: "int | None" = None): ...


def raw(*, cursor: Annotated[bytes, "of the database"] = b""): ...


@pytest.mark.parametrize("function", [number, false, several, maybe_number, raw])
def test_a_parameter_that_holds_no_cursor_is_told(function):
    with pytest.raises(UsageError, match=r"cursor.*give it another name"):
        budgeted(BUDGET)(function)


Token = NewType("Token", str)


class Marker(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "annotation",
    [
        str,
        Any,
        object,
        "str | None",
        "Nowhere",
        Token,
        Marker,
        Annotated[Token | None, Query()],
        Literal["a", 1],
        int | str,
    ],
    ids=str,
)
def test_a_parameter_that_may_hold_a_cursor_is_used(annotation):
    def page(cursor=""):
        return PLAIN

    page.__annotations__["cursor"] = annotation
    first = budgeted(BUDGET, returns="shaped")(page)()
    assert budgeted(BUDGET, returns="shaped")(page)(first.cursor).data[0]["id"] == len(first.data)
