"""An application of FastAPI with a database behind it: as it is, behind the middleware, and with a dependency that pages."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI

from richresp import budgeted, tokens
from richresp.integrations.asgi import ShapeMiddleware
from richresp.integrations.fastapi import Shaper, Shaping
from richresp.testing import assert_shaped
from tests.integration.trial import Trial, followed

BUDGET = 1_000
WHOLE = ["$[*].*"]
"""Records are shown whole or not at all."""


@dataclass
class Arrival:
    ship: str
    berth: int
    due: str
    cargo: str
    agent: str | None = None


ARRIVALS = [
    Arrival(f"Vessel {number}", number % 40, f"2026-05-{number % 28 + 1:02}T06:30:00Z", "Timber, 400 standards")
    for number in range(600)
]
app = FastAPI(title="Harbour")


@app.get("/arrivals")
def arrivals() -> list[Arrival]:
    return ARRIVALS


@app.get("/pages")
def pages(shaped: Annotated[Shaper, Depends(Shaping(budget=BUDGET, keep=WHOLE))]):
    return shaped(ARRIVALS)


@app.get("/decorated")
@budgeted(BUDGET, returns="text", add_cursor=True)
def decorated() -> list[Arrival]:
    return ARRIVALS


def asked(path, *, application=app, **headers):
    async def ask():
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://harbour.example", headers=headers) as client:
            return [answer async for answer in followed(client, path)]

    return asyncio.run(ask())


def trial():
    [before] = asked("/arrivals")
    after = asked("/arrivals", application=ShapeMiddleware(app, budget=BUDGET))
    return Trial("FastAPI, 600 records", before.text, tuple(answer.text for answer in after))


def test_the_middleware_pages_what_the_route_returns():
    found = trial()
    assert tokens.count(found.before) > 20 * BUDGET
    for page in found.pages:
        assert_shaped(page, budget=BUDGET, format="json")


def test_the_dependency_and_the_middleware_show_the_same_pages():
    plain = [asdict(arrival) for arrival in ARRIVALS]
    for answers in (asked("/pages"), asked("/arrivals", application=ShapeMiddleware(app, budget=BUDGET, keep=WHOLE))):
        assert [row for answer in answers for row in answer.json() if "_notice" not in row] == plain


def test_the_document_tells_the_model_of_the_cursor():
    paths = app.openapi()["paths"]
    for path in ("/pages", "/decorated"):
        assert "cursor" in {parameter["name"] for parameter in paths[path]["get"]["parameters"]}
    assert "parameters" not in paths["/arrivals"]["get"]
