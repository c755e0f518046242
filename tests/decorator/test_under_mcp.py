"""Below the tool decorators of FastMCP and of the official SDK, called by their own clients in process."""

from __future__ import annotations

import asyncio
import json

import fastmcp
import pytest
from fastmcp.exceptions import ToolError
from mcp.client.client import Client
from mcp.server import MCPServer
from pydantic import TypeAdapter

from richresp import budgeted, tokens
from tests.decorator.handlers import BUDGET, PLAIN, Todo, cost, later_todos, records, todos

SCHEMA = TypeAdapter(list[Todo]).json_schema()


def fast(function, **options):
    """A call of a tool of FastMCP, and what the tool says of itself."""
    server = fastmcp.FastMCP("todos")
    server.tool(**options)(function)

    async def call(**arguments):
        async with fastmcp.Client(server) as client:
            (tool,) = await client.list_tools()
            return tool, await client.call_tool(tool.name, {"user": "ada", **arguments})

    return lambda **arguments: asyncio.run(call(**arguments))


def official(function, **options):
    """The same of the official SDK."""
    server = MCPServer("todos")
    server.tool(**options)(function)

    async def call(**arguments):
        async with Client(server) as client:
            (tool,) = (await client.list_tools()).tools
            return tool, await client.call_tool(tool.name, {"user": "ada", **arguments})

    return lambda **arguments: asyncio.run(call(**arguments))


def text_of(result):
    return "".join(block.text for block in result.content)


@pytest.mark.parametrize("function", [todos, later_todos])
@pytest.mark.parametrize(
    ("host", "options"),
    [(fast, {"output_schema": None}), (official, {"structured_output": False})],
    ids=["FastMCP", "SDK"],
)
def test_text_within_the_budget_by_pages(host, options, function):
    _, before = host(function, **options)()
    call = host(budgeted(BUDGET, returns="text", format="json", add_cursor=True)(function), **options)
    tool, after = call()
    assert tokens.count(text_of(before)) > 3_500
    assert tokens.count(text_of(after)) <= BUDGET
    assert after.structured_content is None
    assert set(tool.input_schema["properties"]) == {"user", "limit", "cursor"}
    assert tool.input_schema["required"] == ["user"]
    assert tool.description == "The todos of a user."
    first = json.loads(text_of(after))
    second = json.loads(text_of(call(cursor=first[0]["_notice"].split()[-1])[1]))
    assert second[1]["id"] == first[-1]["id"] + 1


def test_data_of_a_tool_that_promises_nothing():
    _, result = fast(budgeted(BUDGET, add_cursor=True)(records))()
    said = json.loads(text_of(result))
    assert said == result.structured_content["result"]
    assert said[0]["_notice"].startswith("Shortened: ")
    assert said[1] == PLAIN[0]
    assert tokens.count(text_of(result)) <= BUDGET


@pytest.mark.parametrize("function", [todos, later_todos])
@pytest.mark.parametrize("notice", ["inline", "aside"])
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # plain values where models are annotated
def test_data_that_fits_its_schema(function, notice):
    tool, result = fast(budgeted(BUDGET, schema=SCHEMA, notice=notice)(function))()
    said = json.loads(text_of(result))
    assert said == result.structured_content["result"]
    assert 0 < len(TypeAdapter(list[Todo]).validate_python(said)) < len(PLAIN)
    assert tokens.count(text_of(result)) <= BUDGET
    assert tool.output_schema is not None


def test_the_official_sdk_writes_values_its_own_way():
    """Why text is better there: each item is a block of its own, indented."""
    _, result = official(budgeted(BUDGET)(records), structured_output=False)()
    short = [json.loads(block.text) for block in result.content]
    assert cost(short) <= BUDGET < tokens.count(text_of(result))


def test_a_cursor_of_another_time_is_an_error_of_the_tool():
    call = fast(budgeted(BUDGET, returns="text", add_cursor=True)(todos))
    with pytest.raises(ToolError, match="call again without a cursor"):
        call(cursor="7-000000000000000")
