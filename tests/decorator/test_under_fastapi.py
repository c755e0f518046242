"""Below FastAPI's decorators, with annotations that are text: parameters, documents, answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Query
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel, TypeAdapter

from richresp import InvalidCursor, budgeted, tokens
from richresp.integrations.fastapi import add_cursor_handler
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, Todo

app = FastAPI()
Whose = Annotated[str, Query(min_length=3)]


def limit(limit: int = 120) -> int:
    return limit


class Todos(BaseModel):
    todos: list[Todo]


@app.get("/plain")
def plain(user: Whose, most: Annotated[int, Depends(limit)]) -> list[dict]:
    return PLAIN[:most]


@app.get("/short")
@budgeted(BUDGET, add_cursor=True)
def short(user: Whose, most: Annotated[int, Depends(limit)]) -> list[dict]:
    """What is to be done."""
    return PLAIN[:most]


@app.get("/later")
@budgeted(BUDGET, add_cursor=True)
async def later(user: Whose, most: Annotated[int, Depends(limit)]):
    return TODOS[:most]


@app.get("/text", response_class=PlainTextResponse)
@budgeted(BUDGET, returns="text")
async def text(user: Whose, cursor: str | None = None) -> Todos:
    return Todos(todos=TODOS)


@app.get("/schema")
@budgeted(BUDGET, schema=TypeAdapter(list[Todo]).json_schema())
def schemed(user: Whose) -> list[Todo]:
    return TODOS


@app.get("/each")
@budgeted(BUDGET)
def each(user: Whose) -> Iterator[dict]:
    yield from PLAIN


@pytest.fixture(scope="module")
def client():
    with TestClient(app) as client:
        yield client


def get(client, path, **query):
    answer = client.get(path, params={"user": "ada", **query})
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("path", ["/short", "/later"])
def test_before_and_after(client, path):
    before, after = get(client, "/plain"), get(client, path)
    assert tokens.count(before.text) > 3_500
    assert tokens.count(after.text) <= BUDGET
    assert after.json()[0]["_notice"].startswith("Shortened: ")
    assert get(client, path, limit=3).json() == get(client, "/plain", limit=3).json()


@pytest.mark.parametrize("path", ["/short", "/later"])
def test_the_cursor_of_the_query_turns_the_page(client, path):
    first = get(client, path).json()
    cursor = first[0]["_notice"].split()[-1]
    assert get(client, path, cursor=cursor).json()[1]["id"] == first[-1]["id"] + 1
    assert get(client, path, cursor="").json() == first
    with pytest.raises(InvalidCursor):
        get(client, path, cursor="nonsense")


@pytest.mark.parametrize("path", ["/short", "/later"])
def test_the_document_shows_the_cursor(path):
    operation = app.openapi()["paths"][path]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert set(parameters) == {"user", "limit", "cursor"}
    assert parameters["cursor"]["in"] == "query"
    assert not parameters["cursor"]["required"]
    assert parameters["user"]["schema"]["minLength"] == 3
    assert (operation["summary"], app.openapi()["paths"]["/short"]["get"]["description"]) == (
        path[1:].title(),
        "What is to be done.",
    )


def test_text_is_the_body(client):
    answer = get(client, "/text")
    assert tokens.count(answer.text) <= BUDGET
    assert answer.headers["content-type"].startswith("text/plain")
    cursor = answer.text.splitlines()[0].split()[-1]
    assert get(client, "/text", cursor=cursor).text.splitlines()[0].startswith("Shortened: items 9 to ")


def test_a_schema_keeps_typed_answers_valid(client):
    answer = get(client, "/schema")
    assert TypeAdapter(list[Todo]).validate_python(answer.json())
    assert tokens.count(answer.text) <= BUDGET + 9 * len(answer.json())  # FastAPI writes the nulls that were left out


def test_a_generator_is_a_list(client):
    answer = get(client, "/each")
    assert answer.json()[1:4] == PLAIN[:3]
    assert tokens.count(answer.text) <= BUDGET


@pytest.mark.parametrize(("told", "status"), [(False, 500), (True, 400)])
def test_a_wrong_cursor_is_the_mistake_of_the_request_where_the_application_is_told_so(told, status):
    own = FastAPI()
    own.get("/short")(budgeted(BUDGET, add_cursor=True)(lambda: PLAIN))
    if told:
        add_cursor_handler(own)
    with TestClient(own, raise_server_exceptions=False) as asking:
        assert asking.get("/short?cursor=nonsense").status_code == status
