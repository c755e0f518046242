"""Routes are named below the root of an application, links lead back outside of it, by each way to have a root."""

import asyncio
import json
import socket
from urllib.parse import quote, unquote

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from richresp import tokens
from richresp.answering.http_mount import below, outside
from richresp.integrations.asgi import ShapeMiddleware
from richresp.integrations.fastapi import ShapedResponse
from tests.integrations.asgi_calls import answering, call

TODOS = {"todos": [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]}
BODY = json.dumps(TODOS).encode()
SHAPING = {"budget": 300, "routes": {"/search": 100, "/export": None}}


async def todos(_request):
    return JSONResponse(TODOS)


def routed(app_class=Starlette, **more):
    app = app_class(**more)
    for path in ("/search", "/export", "/todos"):
        app.router.routes.append(Route(path, todos))
    app.add_middleware(ShapeMiddleware, **SHAPING)
    return app


def check(get, root, link):
    """Each route has its own budget, and links begin where they should."""
    search, export, rest = (get(f"{root}{path}") for path in ("/search", "/export", "/todos"))
    assert tokens.count(search.text) <= 100 < tokens.count(rest.text) <= 300
    assert export.json() == TODOS
    assert search.headers["link"].startswith(f"<{link}/search?cursor=")


def test_a_mounted_application_has_routes_of_its_own():
    for mount in ("/below", "/a b/ä"):
        client = TestClient(Starlette(routes=[Mount(mount, app=routed())]))
        check(client.get, mount, httpx.URL(mount).raw_path.decode())


def test_a_mount_below_a_root_has_either_once():
    inner = Mount("/below", routes=[Route("/todos", todos)])
    app = Starlette(routes=[inner], middleware=[Middleware(ShapeMiddleware, budget=300)])
    sent = TestClient(app, root_path="/api").get("/api/below/todos")
    assert sent.headers["link"].startswith("</api/below/todos?")
    stripped = {"path": "/below/todos", "root_path": "/api/below", "app_root_path": "/api"}
    sent = call(ShapeMiddleware(answering(BODY), budget=300), **stripped)
    assert sent.headers["link"].startswith("</api/below/todos?")


TOLD = pytest.mark.filterwarnings("ignore:The `root_path` parameter is deprecated")


@TOLD
@pytest.mark.parametrize("root", ["/api", "/api/"])
def test_an_application_that_is_told_its_root_is_behind_a_proxy_that_strips_it(root):
    check(TestClient(routed(FastAPI, root_path=root)).get, "", "/api")


@TOLD
def test_a_response_class_leads_outside_as_well():
    app = FastAPI(root_path="/api")
    app.get("/todos", response_class=ShapedResponse.of(budget=300))(lambda: TODOS)
    assert TestClient(app).get("/todos").headers["link"].startswith("</api/todos?")


def test_the_root_of_a_server():
    async def run():
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(routed(), root_path="/api", log_level="critical", lifespan="off"))
        serving = asyncio.create_task(server.serve([listening]))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            found = {path: await client.get(path) for path in ("/search", "/export", "/todos")}
        server.should_exit = True
        await serving
        return found

    found = asyncio.run(run())
    check(found.__getitem__, "", "/api")


@pytest.mark.parametrize(
    ("path", "root", "found"),
    [("/api/search", "/api", 100), ("/search", "/api", 100), ("/apis/search", "/api", 300), ("/api", "/api", 300)],
)
def test_only_whole_parts_are_a_root(path, root, found):
    sent = call(ShapeMiddleware(answering(BODY), **SHAPING), path=path, root_path=root)
    assert found * 0.6 < tokens.count(sent.body.decode()) <= found


parts = st.lists(st.text("ab%ä /", min_size=1, max_size=4).map(lambda t: t.replace("/", "")).filter(bool), max_size=3)


@given(parts, parts)
def test_what_is_below_and_what_is_outside_are_of_one_path(root, path):
    root, path = ("".join(f"/{part}" for part in each) for each in (root, [*path, "end"]))
    assert below(root + path, root) == path

    assert outside(quote(root + path), root) == quote(root + path)
    if not path.startswith(f"{root}/"):
        assert unquote(outside(quote(path), root)) == root + path


def test_a_root_that_would_name_another_host_does_not():
    assert outside("/a", "//evil.example") == "/evil.example/a"
