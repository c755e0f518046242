"""Which tools the middleware of FastMCP fits, how, and what it leaves alone."""

import asyncio

import pytest
from fastmcp import Client, FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.tools import ToolResult

from richresp import UsageError
from richresp.integrations.fastmcp import ShapeMiddleware, to_tool_result
from tests.integrations.fastmcp_client import BUDGET, NAMES, ask
from tests.integrations.toolbox import (
    PROSE,
    ROWS,
    cost,
    facts,
    served,
    text_of,
    toolbox,
)


def test_schemas_stay_and_the_cursor_is_added():
    async def listed(*middleware):
        async with Client(toolbox(*middleware)) as client:
            return {tool.name: tool for tool in await client.list_tools()}

    before, after = asyncio.run(listed()), asyncio.run(listed(ShapeMiddleware(budget=BUDGET)))
    for name, tool in after.items():
        assert tool.output_schema == before[name].output_schema
        properties = dict(tool.input_schema["properties"])
        if name != "own":
            assert properties.pop("cursor")["type"] == "string"
        assert properties == before[name].input_schema["properties"]
        assert "cursor" not in tool.input_schema.get("required", [])
    assert asyncio.run(listed(ShapeMiddleware(budget=BUDGET, add_cursor=False))) == before
    some = asyncio.run(listed(ShapeMiddleware(budget=BUDGET, tools=["rows"], max_result_chars=9_000)))
    assert {name for name, tool in some.items() if tool != before[name]} == {"rows"}
    assert some["rows"].meta["anthropic/maxResultSizeChars"] == 9_000


def test_a_tool_with_a_cursor_of_its_own_is_left_alone():
    result = ask("own", {"cursor": "mine"})
    assert facts(result)["cursor"] is None
    assert "cursor" not in text_of(result) + str(result.structured_content)
    assert "ask for less at a time" in text_of(result)


def test_what_changes_something_is_not_called_again_for_a_page():
    server = FastMCP("x", middleware=[ShapeMiddleware(budget=BUDGET)])

    @server.tool(annotations={"readOnlyHint": False})
    def create() -> list:
        return ROWS

    async def run():
        async with Client(server) as client:
            return await client.list_tools(), await client.call_tool("create")

    tools, result = asyncio.run(run())
    assert "cursor" not in tools[0].input_schema["properties"]
    assert "cursor" not in text_of(result)


def test_media_stays_whole_or_is_left_out_and_told():
    kept = ask("media")
    assert {block.type for block in kept.content} >= {"text", "image", "audio"}
    assert next(block for block in kept.content if block.type == "audio").data == "BBBB" * 100_000
    assert "file:///notes.txt" in text_of(kept)
    less = ask("media", middleware=ShapeMiddleware(budget=BUDGET, media_chars=5_000))
    assert [block.type for block in less.content if block.type in ("image", "audio")] == ["image"]
    assert "Left out, because it is too large: audio/wav, 300000 bytes" in text_of(less)
    assert cost(less) <= BUDGET


def test_links_of_a_tool_stand_in_the_text_as_well():
    result = ask("media", middleware=ShapeMiddleware(budget=30_000, media_chars=5_000))
    assert any(block.type == "resource_link" for block in result.content)
    assert "[The page](https://a.example/)" in text_of(result)


def test_independent_texts_stay_beside_the_structure():
    result = ask("narrated")
    assert "Found 300 items in 3 ms." in text_of(result)
    assert "Item 0" not in text_of(result)
    assert result.structured_content["rows"][0]["name"] == "Item 0"


def test_budgets_of_single_tools_and_tools_that_are_not_covered():
    middleware = ShapeMiddleware(budget=BUDGET, budgets={"rows": 2_000}, tools=["rows", "models"])
    assert BUDGET < cost(ask("rows", middleware=middleware)) <= 2_000
    assert cost(ask("models", middleware=middleware)) <= BUDGET
    assert cost(ask("record", middleware=middleware)) > 2_000


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"budget": 0},
        {"budget": -5},
        {"budget": "many"},
        {"budget": 100, "budgets": {"a": 0}},
        {"budget": 100, "tools": "rows"},
        {"budget": 100, "channels": "none"},
        {"budget": 100, "media_chars": -1},
        {"budget": 100, "max_result_chars": 500_001},
        {"budget": 100, "max_result_chars": 0},
        {"budget": 100, "schema": {}},
        {"budget": 100, "format": "xml"},
        {"budget": 100, "keep": ["$["]},
        {"profile": "nobody"},
    ],
)
def test_what_cannot_be_right_is_told_when_it_is_made(wrong):
    with pytest.raises(UsageError):
        ShapeMiddleware(**wrong)


def test_what_a_tool_raises_otherwise_passes():
    server = FastMCP("x", middleware=[ShapeMiddleware(budget=BUDGET)])

    @server.tool
    def short():
        raise ToolError("short")

    @server.tool
    def broken():
        raise RuntimeError("inside")

    async def run():
        async with Client(server) as client:
            return [await client.call_tool(name, raise_on_error=False) for name in ("short", "broken", "unknown")]

    short_one, broken_one, unknown = asyncio.run(run())
    assert [short_one.is_error, broken_one.is_error, unknown.is_error] == [True] * 3
    assert text_of(short_one) == "short"
    assert "inside" in text_of(broken_one)


def test_mounted_tools_are_fitted_too():
    parent = FastMCP("parent", middleware=[ShapeMiddleware(budget=BUDGET)])
    parent.mount(toolbox(), namespace="box")

    async def run():
        async with Client(parent) as client:
            await client.list_tools()
            first = await client.call_tool("box_models")
            return first, await client.call_tool("box_models", {"cursor": facts(first)["cursor"]})

    first, second = asyncio.run(run())
    assert cost(first) <= BUDGET
    assert (
        first.structured_content["result"] + second.structured_content["result"]
        == ROWS[: len(first.structured_content["result"]) + len(second.structured_content["result"])]
    )


def test_over_http_and_at_the_same_time():
    async def run():
        async with served(toolbox(ShapeMiddleware(budget=BUDGET)).http_app()) as url, Client(url) as client:
            await client.list_tools()
            return await asyncio.gather(*(client.call_tool(name) for name in NAMES * 3))

    results = asyncio.run(run())
    for name, result in zip(NAMES * 3, results, strict=True):
        assert cost(result) <= BUDGET
        assert result.content == ask(name).content


def test_a_tool_that_shapes_for_itself():
    server = FastMCP("x")

    @server.tool
    def search(cursor: str | None = None) -> ToolResult:
        return to_tool_result(
            ROWS, budget=BUDGET, cursor=cursor, links=[{"url": "https://a.example/", "title": "A"}], meta={"mine": 1}
        )

    async def run():
        async with Client(server) as client:
            return await client.call_tool("search")

    result = asyncio.run(run())
    assert cost(result) <= BUDGET
    assert result.structured_content["result"][0] == ROWS[0]
    assert result.meta["mine"] == 1


def test_a_short_page_brings_its_link():
    result = to_tool_result(PROSE, budget=BUDGET, links=[{"url": "https://a.example/", "title": "A"}])
    assert [block.type for block in result.content] == ["text", "text", "resource_link"]
