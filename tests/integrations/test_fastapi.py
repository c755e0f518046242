"""The response class and the dependency in a real application, by FastAPI's own client."""

import datetime as dt
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Annotated

import pytest
from fastapi import BackgroundTasks, Depends, FastAPI, Response
from fastapi.testclient import TestClient
from openapi_spec_validator import validate
from pydantic import BaseModel

from richresp import UsageError, shape, tokens
from richresp.integrations.asgi import ShapeMiddleware
from richresp.integrations.fastapi import ShapedResponse, Shaper, Shaping, add_cursor_handler

TODOS = [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]
DONE = []


class Short(ShapedResponse, budget=300, drop=["$..secret"]):
    """To-dos in 300 tokens."""


class Todo(BaseModel):
    id: int
    title: str


@dataclass
class Berth:
    number: int
    since: dt.date


def application():
    app = FastAPI()

    @app.get("/class", response_class=Short)
    async def of_class() -> list[Todo]:
        return TODOS

    @app.get("/made", response_class=ShapedResponse.of(budget={"chars": 900}), status_code=201)
    def made(tasks: BackgroundTasks, response: Response):
        tasks.add_task(DONE.append, "made")
        response.headers["x-by"] = "handler"
        return {"todos": TODOS, "secret": 1}

    @app.get("/direct")
    async def direct():
        return Short((todo for todo in TODOS), headers={"x-by": "handler", "etag": '"1"'})

    @app.get("/dependency")
    async def dependency(shaped: Annotated[Shaper, Depends(Shaping(budget=300))]):
        return shaped({"todos": TODOS}, headers={"X-By": "handler"})

    @app.get("/renamed")
    def renamed(q: str, shaped: Annotated[Shaper, Depends(Shaping(budget=300, cursor_parameter="from"))]):
        return shaped([Berth(number, dt.date(2026, 4, 1)) for number in range(200)], status_code=203)

    @app.get("/text")
    async def text(cursor: str | None = None):
        return shape(TODOS, budget=300, format="json", cursor=cursor).data

    return app


@pytest.fixture
def client():
    return TestClient(application())


def follow(client, path, key=None):
    found, pages = [], 0
    while path:
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["content-length"] == str(len(answer.content))
        value = answer.json()
        found += value[key] if key else [item for item in value if "_notice" not in item]
        path = answer.links["next"]["url"] if "next" in answer.links else None
        pages += 1
    assert pages > 5
    return found


@pytest.mark.parametrize(
    ("path", "key"),
    [("/class", None), ("/made?q=1", "todos"), ("/direct", None), ("/dependency", "todos")],
)
def test_pages_join_to_what_the_handler_returned(client, path, key):
    assert follow(client, path, key) == TODOS


def test_a_cursor_may_have_another_name(client):
    found = follow(client, "/renamed?q=a%20b")
    assert found == [{"number": number, "since": "2026-04-01"} for number in range(200)]
    assert client.get("/renamed?q=1").status_code == 203


@pytest.mark.parametrize("path", ["/class", "/made", "/direct", "/dependency", "/renamed?q=1"])
def test_each_negotiates(client, path):
    answer = client.get(path, headers={"accept": "text/markdown"})
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["x-markdown-tokens"] == str(tokens.count(answer.text))
    assert answer.headers["vary"] == "Accept"
    assert client.get(path).headers["vary"] == "Accept"


@pytest.mark.parametrize("path", ["/class?cursor=x", "/direct?cursor=x", "/dependency?cursor=x", "/renamed?q=1&from=x"])
def test_a_wrong_cursor_is_a_400(client, path):
    answer = client.get(path)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_a_handler_that_shapes_itself_gets_the_same_by_one_line(client):
    raising = TestClient(application(), raise_server_exceptions=False)
    assert raising.get("/text?cursor=x").status_code == 500
    app = application()
    add_cursor_handler(app)
    answer = TestClient(app).get("/text?cursor=x")
    assert (answer.status_code, answer.json()) == (400, client.get("/class?cursor=x").json())


def test_what_the_handler_says_of_its_answer_is_kept(client):
    DONE.clear()
    answer = client.get("/made")
    assert (answer.status_code, answer.headers["x-by"], DONE) == (201, "handler", ["made"])
    assert client.get("/direct").headers["x-by"] == "handler"
    assert client.get("/dependency").headers["x-by"] == "handler"
    assert "etag" not in client.get("/direct").headers


def test_what_is_dropped_does_not_show():
    app = FastAPI()
    app.get("/", response_class=Short)(lambda: {"id": 1, "secret": 2})
    assert TestClient(app).get("/").json() == {"id": 1}


def test_the_middleware_around_it_changes_nothing(client):
    app = application()
    app.add_middleware(ShapeMiddleware, budget=100)
    around = TestClient(app)
    for path, key in (("/class", None), ("/dependency", "todos")):
        assert follow(around, path, key) == TODOS
        assert around.get(path).content == client.get(path).content
    assert tokens.count(around.get("/text").text) <= 100


def test_the_openapi_document_tells_of_the_cursor(client):
    document = client.get("/openapi.json").json()
    validate(document)

    def parameters(path):
        return {one["name"]: one for one in document["paths"][path]["get"].get("parameters", [])}

    assert parameters("/dependency").keys() == {"cursor"}
    assert parameters("/renamed").keys() == {"q", "from"}
    cursor = parameters("/dependency")["cursor"]
    assert (cursor["in"], cursor["required"]) == ("query", False)
    assert "notice" in cursor["description"]
    assert "application/json" in document["paths"]["/class"]["get"]["responses"]["200"]["content"]


def test_options_are_checked_where_they_are_written():
    with pytest.raises(UsageError):
        ShapedResponse.of(budget=0)
    with pytest.raises(UsageError, match="no budget"):
        ShapedResponse([])
    with pytest.raises(UsageError):
        Shaping(budget=300, drop=["$["])
    with pytest.raises(UsageError):
        type("Bad", (ShapedResponse,), {}, budget="many")


def test_a_subclass_of_a_subclass_keeps_its_options():
    class Same(Short):
        pass

    assert Same.way is Short.way
    assert ShapedResponse.way is None


def test_what_has_no_json_form_is_a_500_and_no_half_answer(caplog):
    app = FastAPI()

    @app.get("/")
    async def broken():
        def items():
            yield 1
            raise ZeroDivisionError

        return Short(items())

    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert (answer.status_code, list(answer.json())) == (500, ["error"])
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("framework", ["fastapi", "flask"])
def test_without_the_framework_its_extra_is_named(framework):
    code = f"""
import sys
sys.modules[{framework!r}] = None
from richresp import MissingExtra
try:
    import richresp.integrations.{framework}
except MissingExtra as error:
    print(error.extra, error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{framework} ")
    assert f"pip install 'richresp[{framework}]'" in done.stdout


def test_large_budgets_are_shaped_beside_the_event_loop():
    answer = None
    app = FastAPI()
    big = [{"id": number, "text": "word " * 20} for number in range(3_000)]
    app.get("/", response_class=ShapedResponse.of(budget=10_000))(lambda: big)
    answer = TestClient(app).get("/")
    assert 9_000 < tokens.count(answer.text) <= 10_000
    assert json.loads(answer.text)[1:] == big[: len(answer.json()) - 1]
