"""The middleware around results that were shortened already, and around tools whose fields are to be dropped."""

import asyncio

import pytest
from fastmcp import Client, FastMCP
from fastmcp.server import create_proxy
from pydantic import BaseModel

from richresp.answering.tool_given import Given
from richresp.answering.tool_result import Terms, reshaped
from richresp.integrations.fastmcp import ShapeMiddleware, to_tool_result
from tests.integrations.toolbox import cost, facts, text_of

ROWS = [{"id": number, "words": "word " * 12} for number in range(90)]


class Account(BaseModel):
    id: int
    password: str


def inside(budget):
    server = FastMCP("inside", middleware=[ShapeMiddleware(budget=budget)])

    @server.tool
    def rows() -> list[dict]:
        return ROWS

    return server


def mounted(budget, server):
    found = FastMCP("outside", middleware=[ShapeMiddleware(budget=budget)])
    found.mount(server)
    return found


def proxied(budget, server):
    found = create_proxy(server)
    found.add_middleware(ShapeMiddleware(budget=budget))
    return found


def pages_of(server, name):
    async def run():
        found, cursor = [], None
        async with Client(server) as client:
            while cursor is not None or not found:
                asked = {} if cursor is None else {"cursor": cursor}
                found.append(await client.call_tool(name, asked, raise_on_error=False))
                cursor = facts(found[-1]).get("cursor")
        return found

    return asyncio.run(run())


@pytest.mark.parametrize("around", [mounted, proxied])
@pytest.mark.parametrize("budget", [1_000, 2_000])
def test_a_page_from_further_inside_passes_and_its_cursor_goes_on(around, budget):
    found = pages_of(around(budget, inside(1_000)), "rows")
    assert [row["id"] for page in found for row in page.structured_content["result"]] == list(range(90))
    assert "of 90 items shown" in found[0].structured_content["_notice"]
    assert all(facts(page)["truncated"] for page in found)


@pytest.mark.parametrize("around", [mounted, proxied])
def test_a_page_from_further_inside_that_is_too_large_is_an_error_that_says_what_to_set(around):
    (found,) = pages_of(around(400, inside(1_000)), "rows")
    assert found.is_error
    assert "larger budget than there is here" in text_of(found)
    assert cost(found) < 120


def test_what_was_whole_further_inside_is_shortened_outside_and_pages():
    found = pages_of(mounted(700, inside(50_000)), "rows")
    assert [row["id"] for page in found for row in page.structured_content["result"]] == list(range(90))


def test_a_tool_that_pages_for_itself_keeps_its_cursor():
    server = FastMCP("own", middleware=[ShapeMiddleware(budget=900)])

    @server.tool
    def rows(cursor: str | None = None):
        return to_tool_result(ROWS, budget=600, cursor=cursor)

    found = pages_of(server, "rows")
    assert [row["id"] for page in found for row in page.structured_content["result"]] == list(range(90))


def test_what_stands_beside_a_wrapped_result_is_not_lost():
    structured = {"source": "the harbour office", "result": ROWS}
    found = reshaped(Given([], structured, {"fastmcp": {"wrap_result": True}}), Terms(budget=400))
    assert found.structured["source"] == "the harbour office"
    assert found.structured["result"]


def accounts(count, annotation, **options):
    server = FastMCP("accounts", middleware=[ShapeMiddleware(budget=500, drop=["$..password"], **options)])

    def users():
        found = [Account(id=number, password="hunter2") for number in range(count)]
        return found if annotation == list[Account] else [each.model_dump() for each in found]

    users.__annotations__["return"] = annotation
    server.tool(users)
    return pages_of(server, "users")[0]


@pytest.mark.parametrize("count", [2, 300])
def test_what_is_dropped_is_dropped_of_what_fits_as_well(count):
    found = accounts(count, list[dict])
    assert not found.is_error
    assert found.structured_content["result"][1] == {"id": 1}
    assert "hunter2" not in text_of(found)


@pytest.mark.parametrize("count", [2, 300])
def test_a_schema_that_wants_what_is_dropped_is_told(count):
    found = accounts(count, list[Account])
    assert found.is_error
    assert "does not fit its output schema without what is dropped" in text_of(found)
    assert "hunter2" not in text_of(found)


@pytest.mark.parametrize("written", ["csv", "tsv", "markdown", "json", "auto"])
def test_every_format_can_be_asked_for(written):
    server = FastMCP("rows", middleware=[ShapeMiddleware(budget=400, format=written)])

    @server.tool
    def rows() -> list[dict]:
        return ROWS

    assert facts(pages_of(server, "rows")[0])["truncated"]


def test_the_error_of_an_unknown_tool_is_cut():
    async def run():
        async with Client(FastMCP("none", middleware=[ShapeMiddleware(budget=100)])) as client:
            return await client.call_tool("nosuch" * 2_000, {}, raise_on_error=False)

    found = asyncio.run(run())
    assert found.is_error
    assert cost(found) <= 100
