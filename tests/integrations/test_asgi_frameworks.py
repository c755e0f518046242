"""The middleware in the frameworks that people use, each by its own means."""

import asyncio
import json

import litestar
import litestar.testing
import pytest
import quart
from litestar.middleware import DefineMiddleware

from richresp import tokens
from richresp.integrations.asgi import ShapeMiddleware
from tests.integrations.apps import TODOS, by_testclient, fastapi, follow, starlette


def by_litestar():
    @litestar.get("/todos")
    async def _todos() -> dict:
        return TODOS

    @litestar.get("/few")
    async def _few() -> dict:
        return {"todos": []}

    app = litestar.Litestar([_todos, _few], middleware=[DefineMiddleware(ShapeMiddleware, budget=300)])

    def get(path, **headers):
        with litestar.testing.TestClient(app) as client:
            answer = client.get(path, headers=headers)
        return answer.status_code, answer.headers, answer.content

    return get


def by_quart():
    app = quart.Quart("todo")

    @app.get("/todos")
    async def _todos():
        return TODOS

    @app.get("/few")
    async def _few():
        return {"todos": []}

    app.asgi_app = ShapeMiddleware(app.asgi_app, budget=300)

    def get(path, **headers):
        async def ask():
            answer = await app.test_client().get(path, headers=headers)
            return answer.status_code, answer.headers, await answer.get_data()

        return asyncio.run(ask())

    return get


@pytest.fixture(params=["starlette", "fastapi", "litestar", "quart"])
def get(request):
    match request.param:
        case "starlette":
            return by_testclient(starlette())
        case "fastapi":
            return by_testclient(fastapi())
        case "litestar":
            return by_litestar()
    return by_quart()


def test_pages_join_to_what_the_application_returned(get):
    found, pages = follow(get, "/todos?q=a%20b")
    assert found == TODOS["todos"]
    assert pages > 5


def test_markdown_is_sent_where_it_is_asked_for(get):
    status, headers, body = get("/todos", accept="text/markdown, application/json;q=0.5")
    assert (status, headers["content-type"]) == (200, "text/markdown; charset=utf-8")
    assert headers["x-markdown-tokens"] == str(tokens.count(body.decode()))
    assert "|id|title|" in body.decode()
    assert get("/few", accept="text/markdown")[1]["content-type"] == "text/markdown; charset=utf-8"


def test_what_fits_is_what_the_application_sends(get):
    status, headers, body = get("/few")
    assert (status, json.loads(body), headers["vary"]) == (200, {"todos": []}, "Accept")


def test_a_wrong_cursor_is_told(get):
    status, _, body = get("/todos?cursor=1-000000000000000")
    assert (status, list(json.loads(body))) == (400, ["error"])
