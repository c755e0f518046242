"""What a decorated function returns."""

import asyncio
import functools
import gc
import inspect
import json
from operator import itemgetter
from typing import get_type_hints

import pytest

from richresp import (
    Shaped,
    budgeted,
    shape,
)
from richresp.shaping.options import Options, Wishes
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, compact, cost, later_todos, records, todos


def test_data_is_the_values_with_the_notice_as_the_text_has_them():
    short = budgeted(BUDGET, add_cursor=True)(records)("ada")
    whole = shape(TODOS, budget=BUDGET, format="json", drop_order=["$..preview"])
    assert short == json.loads(whole.text)
    assert list(short[0]) == ["_notice"]
    assert cost(short) <= BUDGET < cost(PLAIN)


def test_in_a_dict_the_notice_has_the_first_free_key():
    payload = {"_notice": "mine", "todos": PLAIN, "_notice_2": 0}
    short = budgeted(BUDGET)(lambda: payload)()
    assert next(iter(short)) == "_notice_3"
    assert short["_notice_3"].startswith("Shortened: ")
    assert cost(short) <= BUDGET


def test_a_string_is_a_document_that_begins_with_its_notice():
    text = '# Über "alles"\n\nEin Satz\tmit Wörtern.\n\n' * 90
    short = budgeted(120, add_cursor=True)(lambda: text)()
    first, rest = short.split("\n\n", 1)
    assert first.startswith("Shortened: ")
    assert text.startswith(rest)
    assert 60 < cost(compact(short)) <= 120


def test_what_fits_comes_back_as_it_is():
    assert budgeted(9_000)(todos)("ada") == PLAIN
    assert budgeted(9_000)(lambda: "a\nb")() == "a\nb"
    assert budgeted(9_000)(lambda: None)() is None


def test_text_is_the_text_in_any_format():
    table = budgeted(BUDGET, returns="text")(todos)("ada")
    assert "|id|title|notes|" in table.splitlines()
    assert cost(table) <= BUDGET
    csv = budgeted(BUDGET, returns="text", format="csv")(todos)("ada")
    assert "id,title,notes" in csv.splitlines()


def test_shaped_is_the_result():
    result = budgeted(BUDGET, returns="shaped")(todos)("ada")
    assert isinstance(result, Shaped)
    assert result.truncated
    assert result.tokens <= BUDGET


@pytest.mark.parametrize("returns", ["data", "text", "shaped"])
def test_async_functions_stay_async_and_return_the_same(returns):
    decorate = budgeted(BUDGET, returns=returns, add_cursor=True)
    later = decorate(later_todos)
    assert inspect.iscoroutinefunction(later)
    assert asyncio.run(later("ada")) == decorate(todos)("ada")


def test_a_function_that_returns_a_coroutine_is_waited_for():
    def hidden(user):
        return later_todos(user)

    decorated = budgeted(BUDGET, add_cursor=True)(hidden)
    assert asyncio.run(decorated("ada")) == budgeted(BUDGET, add_cursor=True)(records)("ada")


def test_aside_leaves_the_values_pure():
    short = budgeted(BUDGET, notice="aside")(todos)("ada")
    assert short[0]["id"] == 0
    assert 0 < len(short) < len(PLAIN)


def test_caps_and_profiles_are_budgets():
    short = budgeted({"chars": 700, "bytes": 650})(todos)("ada")
    assert 500 < len(compact(short).encode()) <= 650
    assert len(compact(budgeted(profile="codex")(lambda: TODOS * 5)()).encode()) <= 10_240


def test_previews_go_first():
    records = [{"id": number, "note": "a note " * 6} for number in range(4)]
    cards = [record | {"preview": {"title": "a title " * 9, "site_name": "s"}} for record in records]
    budget = cost(records) + 30
    assert cost(cards) > budget
    short = budgeted(budget)(lambda: cards)()
    assert [{**item, "preview": None} for item in short[1:]] == [record | {"preview": None} for record in records]


def test_without_a_cursor_to_pass_on_none_is_offered():
    assert "cursor" not in budgeted(BUDGET)(records)("ada")[0]["_notice"]
    assert budgeted(BUDGET, returns="shaped")(todos)("ada").cursor is None
    assert "cursor" in budgeted(BUDGET, add_cursor=True)(records)("ada")[0]["_notice"]


def test_generators_are_read_as_far_as_they_are_shown_and_closed():
    read, held = [], []

    @budgeted(80)
    def count():
        held.extend(item for item in gc.get_objects() if inspect.isgenerator(item) and item.gi_running)
        try:
            for number in range(10**9):
                read.append(number)
                yield {"number": number}
        finally:
            read.append("closed")

    short = count()
    assert short[0]["_notice"].startswith("Shortened: the first ")
    assert short[1:] == [{"number": number} for number in range(len(short) - 1)]
    assert len(read) < 1_000
    assert held, "else it is closed as soon as nobody holds it"
    assert read[-1] == "closed"


class Store:
    @budgeted(BUDGET, add_cursor=True)
    def todos(self, user):
        return self.of(user)

    @staticmethod
    @budgeted(BUDGET)
    def every(user):
        return TODOS

    @classmethod
    @budgeted(BUDGET)
    async def later(cls, user):
        return TODOS

    def of(self, user):
        return TODOS

    def __call__(self, user: str) -> list[dict]:
        return TODOS


class Later:
    """Asks later."""

    async def __call__(self, user: str) -> list[dict]:
        return TODOS


def test_methods_and_objects():
    store = Store()
    first = store.todos("ada")
    cursor = first[0]["_notice"].split()[-1]
    assert store.todos("ada", cursor=cursor)[1]["id"] == first[-1]["id"] + 1
    short = budgeted(BUDGET)(records)("ada")
    assert Store.every("ada") == store.every("ada") == short
    assert asyncio.run(Store.later("ada")) == short
    assert budgeted(BUDGET)(store)("ada") == short
    assert budgeted(BUDGET)(store.of)("ada") == short
    assert asyncio.run(budgeted(BUDGET)(Later())("ada")) == short
    assert budgeted(BUDGET)(functools.partial(todos, limit=2))("ada") == PLAIN[:2]
    assert budgeted(BUDGET)(itemgetter(0))([TODOS]) == short


def test_objects_and_partials_have_names_and_annotations():
    partial = budgeted(BUDGET)(functools.partial(todos, limit=2))
    assert (partial.__name__, partial.__doc__) == ("todos", "The todos of a user.")
    assert list(inspect.signature(partial).parameters) == ["user", "limit"]
    assert get_type_hints(partial)["user"] is str
    later = budgeted(BUDGET)(Later())
    assert (later.__name__, later.__doc__) == ("Later", "Asks later.")
    assert inspect.iscoroutinefunction(later)
    assert get_type_hints(later) == {"user": str, "return": list[dict]}


def test_the_options_are_those_of_shape():
    def options(function, but):
        parameters = inspect.signature(function).parameters.values()
        return {each.name: (each.default, each.kind) for each in parameters if each.name not in but}

    ours = options(budgeted, {"budget", "returns", "add_cursor"})
    assert ours == options(shape, {"payload", "budget", "cursor"})
    assert set(get_type_hints(Wishes)) == set(ours)
    read = options(Options.read, {"budget", "pages", "quoted"})
    assert read == ours
