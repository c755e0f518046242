"""The middleware among other things that a site has: files, streams, sockets, errors, validators, compression."""

import gzip
import json

from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, JSONResponse, StreamingResponse
from starlette.routing import Route

from richresp import tokens
from tests.integrations.apps import TODOS, by_testclient, fastapi, follow, starlette


def test_an_openapi_document_stays_whole():
    app = fastapi()
    for number in range(99):
        app.get(f"/more/{number}")(lambda: None)
    assert by_testclient(app)("/openapi.json")[2] == JSONResponse(app.openapi()).body


def test_errors_streams_and_sockets_are_untouched():
    plain, shaped = TestClient(Starlette(routes=starlette().routes)), TestClient(starlette())
    for path in ("/failing", "/stream", "/below/stream", "/none"):
        one, other = plain.get(path), shaped.get(path)
        assert (one.status_code, one.content, one.headers) == (other.status_code, other.content, other.headers)
    with shaped.websocket_connect("/talk") as socket:
        assert socket.receive_json() == TODOS


def test_a_mounted_route_has_links_to_itself():
    found, pages = follow(by_testclient(starlette()), "/below/todos")
    assert (found, pages > 5) == (TODOS["todos"], True)


def test_a_file_is_untouched_even_if_it_is_json(tmp_path):
    file = tmp_path / "todos.json"
    file.write_text(json.dumps(TODOS), encoding="utf-8")

    async def download(request):
        return FileResponse(file, filename="todos.json")

    app = starlette()
    app.routes.append(Route("/file", download))
    client = TestClient(app)
    answer = client.get("/file")
    assert (answer.content, "etag" in answer.headers) == (file.read_bytes(), True)
    part = client.get("/file", headers={"range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, file.read_bytes()[:10])


def test_validators_of_the_whole_stay_with_the_whole():
    get = by_testclient(starlette())
    assert "etag" in get("/few")[1]
    assert "etag" not in get("/todos")[1]
    assert "etag" not in get("/few", accept="text/markdown")[1]


def test_a_head_says_what_a_get_would():
    client = TestClient(starlette())
    for path in ("/todos", "/few"):
        for accept in ("*/*", "text/markdown"):
            head = client.head(path, headers={"accept": accept})
            assert head.headers == client.get(path, headers={"accept": accept}).headers


def test_gzip_further_out_compresses_what_is_shaped():
    app = starlette(Middleware(GZipMiddleware, minimum_size=10))
    answer = TestClient(app).get("/todos", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert tokens.count(answer.text) <= 300
    assert {field.strip() for field in answer.headers["vary"].split(",")} == {"Accept", "Accept-Encoding"}
    assert answer.json()["todos"][:3] == TODOS["todos"][:3]


def test_what_gzip_further_in_compressed_passes():
    app = starlette(inner=[Middleware(GZipMiddleware, minimum_size=10)])
    with TestClient(app).stream("GET", "/todos", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert json.loads(gzip.decompress(raw)) == TODOS


def test_other_middleware_further_in_and_out_changes_nothing():
    class Stamp(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            answer = await call_next(request)
            answer.headers["x-stamp"] = "1"
            return answer

    cors = Middleware(CORSMiddleware, allow_origins=["https://chatgpt.com"])
    for app in (starlette(Middleware(Stamp), cors), starlette(inner=[cors, Middleware(Stamp)])):
        client = TestClient(app)
        for path, status in (("/todos", 200), ("/todos?cursor=1-000000000000000", 400)):
            answer = client.get(path, headers={"origin": "https://chatgpt.com"})
            assert (answer.status_code, answer.headers["x-stamp"]) == (status, "1")
            assert answer.headers["access-control-allow-origin"] == "https://chatgpt.com"
            assert tokens.count(answer.text) <= 300


def test_a_handler_that_fails_is_the_frameworks_to_tell():
    async def broken(request):
        raise ZeroDivisionError

    async def half(request):
        def pieces():
            yield '{"todos": ['
            raise ZeroDivisionError

        return StreamingResponse(pieces(), media_type="application/json", headers={"content-length": "900"})

    app = starlette()
    app.routes.extend([Route("/broken", broken), Route("/half", half)])
    client = TestClient(app, raise_server_exceptions=False)
    assert [client.get(path).status_code for path in ("/broken", "/half")] == [500, 500]
    assert "todos" not in client.get("/half").text
