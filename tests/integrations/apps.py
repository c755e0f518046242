"""Applications with the middleware in them, and what a client gets of them page by page."""

import json

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute

from richresp import tokens
from richresp.integrations.asgi import ShapeMiddleware

TODOS = {"todos": [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]}


async def todos(request):
    return JSONResponse(TODOS, headers={"etag": '"1"'})


async def few(request):
    return JSONResponse({"todos": []}, headers={"etag": '"1"'})


async def failing(request):
    raise HTTPException(404, "x " * 900)


async def stream(request):
    return StreamingResponse((f"data: {json.dumps(TODOS)}\n\n" for _ in range(3)), media_type="text/event-stream")


async def talk(socket):
    await socket.accept()
    await socket.send_json(TODOS)
    await socket.close()


def starlette(*outer, inner=(), **more):
    routes = [Route("/todos", todos), Route("/few", few), Route("/failing", failing), Route("/stream", stream)]
    routes.append(WebSocketRoute("/talk", talk))
    middleware = [*outer, Middleware(ShapeMiddleware, budget=300), *inner]
    return Starlette(routes=[*routes, Mount("/below", routes=routes)], middleware=middleware, **more)


def fastapi():
    app = FastAPI()
    app.add_middleware(ShapeMiddleware, budget=300)

    @app.get("/todos")
    def _todos() -> dict:
        return TODOS

    @app.get("/few")
    async def _few() -> dict:
        return {"todos": []}

    return app


def follow(get, path):
    """The to-dos of all pages, by the links of what a client gets for a path."""
    found, pages = [], 0
    while path:
        status, headers, body = get(path)
        assert (status, headers["content-type"], headers["content-length"]) == (200, "application/json", str(len(body)))
        assert headers["vary"] == "Accept"
        assert tokens.count(body.decode()) <= 300
        found += json.loads(body)["todos"]
        path = headers["link"].partition(">")[0].removeprefix("<") if "link" in headers else None
        pages += 1
    return found, pages


def by_testclient(app):
    client = TestClient(app)

    def get(path, **headers):
        answer = client.get(path, headers=headers)
        return answer.status_code, answer.headers, answer.content

    return get
