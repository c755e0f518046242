"""Answers whose annotation names a type with fields fit it, however short they are."""

import dataclasses
import logging
import subprocess
import sys
from collections.abc import Coroutine, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, NotRequired, TypedDict

import pytest
from pydantic import BaseModel, Field, TypeAdapter

from richresp import InvalidPayload, UsageError, budgeted, shape
from tests.decorator import handlers
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, Todo, cost, records, todos


@dataclasses.dataclass
class Task:
    id: int
    title: str
    price: Decimal = Decimal("1.50")


class Entry(TypedDict):
    id: int
    title: str
    notes: NotRequired[str]


class Pair(NamedTuple):
    id: int
    title: str


class Page(BaseModel):
    items: list[Todo]
    total: int


class Aliased(BaseModel):
    number: int = Field(alias="id")
    title: str


TASKS = [Task(number, f"task {number}") for number in range(120)]
ENTRIES = [{"id": number, "title": f"entry {number}", "notes": "so it is"} for number in range(120)]
PAIRS = [Pair(number, f"pair {number}") for number in range(120)]
TYPED = [
    (list[Todo], TODOS),
    (list[Task], TASKS),
    (list[Entry], ENTRIES),
    (list[Pair], PAIRS),
    (Page, Page(items=TODOS, total=120)),
    (list[Aliased], [Aliased(id=number, title="x") for number in range(200)]),
    (Page | None, Page(items=TODOS, total=120)),
    (Annotated[list[Entry | Task], "both"], [*ENTRIES, *TASKS]),
    (dict[str, list[Task]], {"tasks": TASKS}),
    (Coroutine[Any, Any, list[Todo]], TODOS),
    (Iterator[Todo], TODOS),
]


def answering(annotation, payload):
    def handler():
        return payload

    handler.__annotations__["return"] = annotation
    return handler


@pytest.mark.parametrize(("annotation", "payload"), TYPED, ids=str)
def test_a_short_answer_fits_its_annotation(annotation, payload, caplog):
    caplog.set_level(logging.INFO, "richresp.decorator")
    handler = answering(annotation, payload)
    if annotation in {Coroutine[Any, Any, list[Todo]], Iterator[Todo]}:
        annotation = list[Todo]
    short = budgeted(BUDGET)(handler)()
    assert BUDGET / 3 < cost(short) <= BUDGET
    from richresp.decorator.portable import portable

    adapter = TypeAdapter(portable(annotation))
    assert adapter.validate_python(short)
    (said,) = caplog.messages
    assert said.startswith("Shortened: ")
    whole = budgeted(90_000)(handler)()
    assert whole == adapter.dump_python(payload, mode="json", by_alias=True)
    assert caplog.messages == [said]


@pytest.mark.parametrize(
    "annotation", [list, dict, list[dict], Any, object, Mapping[str, Any], None, "Nowhere"], ids=str
)
def test_an_annotation_without_fields_changes_nothing(annotation, caplog):
    caplog.set_level(logging.INFO, "richresp.decorator")
    short = budgeted(BUDGET)(answering(annotation, PLAIN))()
    assert short == budgeted(BUDGET)(lambda: PLAIN)()
    assert short[0]["_notice"].startswith("Shortened: ")
    assert caplog.messages == []


def test_what_is_said_goes_before_the_annotation():
    assert budgeted(BUDGET, notice="aside")(todos)("ada")[-1] != budgeted(BUDGET)(todos)("ada")[-1]
    schema = {"items": {"required": ["title"]}}
    assert budgeted(BUDGET, schema=schema)(todos)("ada") == shape(TODOS, budget=BUDGET, schema=schema).data
    assert "Shortened: " in budgeted(BUDGET, returns="text")(todos)("ada")


def test_aside_is_told_to_the_log(caplog):
    caplog.set_level(logging.INFO, "richresp.decorator")
    budgeted(BUDGET, notice="aside")(records)("ada")
    assert [message.partition(":")[0] for message in caplog.messages] == ["Shortened"]


def test_what_stands_below_the_handler_is_looked_up_when_it_is_called(monkeypatch):
    handler = answering("list[LaterTodo]", TODOS)
    handler = type(handler)(handler.__code__, vars(handlers), "handler", None, handler.__closure__)
    handler.__annotations__["return"] = "list[LaterTodo]"
    call = budgeted(BUDGET)(handler)
    monkeypatch.setattr(handlers, "LaterTodo", Todo, raising=False)
    assert call() == budgeted(BUDGET)(todos)("ada")
    assert budgeted(BUDGET)(todos)("ada")[0]["id"] == 0


def test_a_model_that_is_finished_below_the_handler():
    class Shelf(BaseModel):
        books: "list[Book]"

    call = budgeted(BUDGET)(answering(Shelf, {"books": [{"title": f"book {number}"} for number in range(200)]}))

    class Book(BaseModel):
        title: str

    Shelf.model_rebuild(_types_namespace={"Book": Book})
    short = call()
    assert list(short) == ["books"]
    assert 3 < len(short["books"]) < 200


def test_what_cannot_be_kept_is_told_by_shape():
    with pytest.raises(InvalidPayload, match="id"):
        budgeted(BUDGET)(answering(list[Todo], [{"title": "no id"}]))()


class Odd:
    """Nothing that pydantic knows."""


def test_an_annotation_without_a_schema_is_told():
    with pytest.raises(UsageError, match=r"schema=, notice='aside' or returns='text'"):
        budgeted(BUDGET)(answering(tuple[Todo, Odd], ()))
    assert budgeted(BUDGET, notice="aside")(answering(tuple[Todo, Odd], ()))() == []


@pytest.mark.parametrize(("missing", "told"), [("pydantic", "UsageError"), ("jsonschema", "MissingExtra")])
def test_what_is_not_installed_is_told_where_it_is_needed(missing, told):
    code = (
        "import sys, dataclasses\n"
        f"for name in {[missing, missing + '.validators']!r}: sys.modules[name] = None\n"
        "from richresp import RichRespError, budgeted\n"
        "@dataclasses.dataclass\nclass Task:\n    id: int\n"
        "def tasks() -> list[Task]: return [Task(1)]\n"
        "def plain() -> list[dict]: return [{}]\n"
        "print(budgeted(9, notice='aside')(tasks)(), budgeted(9, returns='text')(tasks)(), budgeted(9)(plain)())\n"
        "try:\n    budgeted(9)(tasks)\n"
        "except RichRespError as error: print(type(error).__name__, error, *getattr(error, '__notes__', ()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answers, error = done.stdout.splitlines()
    assert answers.startswith("[{'id': 1}] ")
    assert error.startswith(told)
    assert "Task" in error
    assert "schema=, notice='aside' or returns='text'" in error
