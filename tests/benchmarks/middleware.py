"""What `ShapeMiddleware` costs a request, beside the same application without it, as ratios of one run.

    python tests/benchmarks/middleware.py [--quick]

Requests go to ASGI directly, without a server or a client, which cost the same on both sides. All times are of the processor.
"""

import argparse
import asyncio
import json
import sys
from itertools import product
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from richresp import tokens
from richresp.integrations.asgi import ShapeMiddleware
from tests.benchmarks.measure import in_turns
from tests.benchmarks.payloads import dumps, payload
from tests.benchmarks.shape import KB, verdict, write
from tests.benchmarks.tables import Table

SMALL = 1.15
"""The most that a small answer which fits should take of what it takes without the middleware."""

BUDGET = 2_000
_TIMES = 200


def few(number):
    """To-dos, as a small answer has them."""
    return {"todos": [{"id": one, "title": f"Check the lines of berth {one}", "done": False} for one in range(number)]}


def app_of(value):
    """A Starlette application with one route, which returns a value as JSON."""

    async def todos(_request):
        return JSONResponse(value)

    return Starlette(routes=[Route("/todos", todos)])


def fastapi_of(value):
    """The same of FastAPI."""
    app = FastAPI()

    @app.get("/todos")
    async def _todos(limit: int = 20) -> dict:
        return value

    return app


def bare_of(value):
    """The least that an ASGI application can do."""
    body = dumps(value).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


_HEADERS = [
    (b"host", b"127.0.0.1:8000"), (b"accept", b"application/json"), (b"accept-encoding", b"gzip, deflate, br"),
    (b"connection", b"keep-alive"), (b"user-agent", b"Mozilla/5.0 (compatible; ChatGPT-User/1.0)"),
]  # fmt: skip


def requests(app, times=_TIMES, accept=None):
    """Some requests to an application, one after the other, in one event loop."""
    headers = [one for one in _HEADERS if one[0] != b"accept" or accept is None]
    headers += [(b"accept", accept)] if accept else []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message):
        return None

    async def run():
        for _ in range(times):
            scope = {
                "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "GET",
                "scheme": "http", "path": "/todos", "raw_path": b"/todos", "query_string": b"limit=20", "root_path": "",
                "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
            }  # fmt: skip
            await app(scope, receive, send)

    return lambda: asyncio.run(run())


def beside(app, rounds, times=_TIMES, **asked):
    """What a request takes without the middleware, and with it beside that."""
    shaped = ShapeMiddleware(app, budget=BUDGET)
    return in_turns(requests(app, times, **asked), [requests(shaped, times, **asked)], rounds)


def small(rounds):
    """Row 1: answers that fit for certain."""
    rows, found = [], {}
    routed = {"/search": 800, "/items/{id}": {"chars": 50_000}, "/export/*": None}
    apps = {"bare ASGI": bare_of, "Starlette": app_of, "FastAPI": fastapi_of}
    for (name, app_for), number in product(apps.items(), (1, 10, 30)):
        value = few(number)
        app = app_for(value)
        shaped = [ShapeMiddleware(app, budget=BUDGET), ShapeMiddleware(app, budget=BUDGET, routes=routed)]
        base, alone, by_route = in_turns(requests(app), [requests(one) for one in shaped], rounds)
        found[f"{name}, {number} to-dos"] = alone.ratio
        times = [f"{one.seconds * 1e6 / _TIMES:.1f}" for one in (base, alone)]
        rows.append(
            [
                f"{name}, {number} to-dos, {len(dumps(value))} bytes",
                *times,
                f"{alone.ratio:.3f}",
                f"{by_route.ratio:.3f}",
            ]
        )
    head = ["a route that returns", "us without", "us with", "ratio", "three routes"]
    title = f"(1) small answers that fit {BUDGET} tokens for certain; goal {SMALL} with a framework"
    notes = (f"{name}: {verdict(value, SMALL)}" for name, value in found.items() if not name.startswith("bare"))
    return found, Table(title, head, rows, tuple(notes))


def large(rounds):
    """Row 2: answers that have to be looked at."""
    rows, times = [], 4
    for size in (5, 10, 100):
        value = payload("records", size * KB)
        app, text = app_of(value), dumps(value)
        base, with_it = beside(app, rounds, times)
        _, markdown = beside(app, rounds, times, accept=b"text/markdown")
        _, counted = in_turns(requests(app, times), [lambda text=text: tokens.count(text)], rounds)
        rows.append(
            [f"{size} KB, {tokens.count(text)} tokens", f"{base.seconds * 1e3 / times:.3f}",
             f"{with_it.seconds * 1e3 / times:.3f}", f"{with_it.ratio:.1f}", f"{markdown.ratio:.1f}",
             f"{counted.ratio * times:.1f}", f"{with_it.seconds / times / counted.seconds:.2f}"]
        )  # fmt: skip
    head = ["answer", "ms without", "ms with", "ratio", "as markdown", "a count of it all", "with / count"]
    return Table(f"(2) answers over the sure size, at {BUDGET} tokens", head, rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios of small answers there, too")
    options = parser.parse_args()
    found, table = small(11 if options.quick else 41)
    write(table.in_columns())
    write(large(5 if options.quick else 15).in_columns())
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
