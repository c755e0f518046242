"""Beside FastMCP's own ResponseLimitingMiddleware: the same tools, about the same size."""

import asyncio
import json

import pytest
from fastmcp import Client
from fastmcp.server.middleware.response_limiting import ResponseLimitingMiddleware

from richresp.integrations.fastmcp import ShapeMiddleware
from tests.integrations.toolbox import ROWS, cost, facts, text_of, toolbox

NAMES = ["models", "model", "rows", "record", "json_text", "indented"]


def asked(name, middleware):
    async def run():
        async with Client(toolbox(middleware, only=name)) as client:
            schemas = {tool.name: tool.output_schema for tool in await client.list_tools()}
            return schemas[name], await client.call_tool(name)

    return asyncio.run(run())


def parses(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
def test_valid_counted_and_paged_where_the_other_is_not(name):
    schema, ours = asked(name, ShapeMiddleware(budget=600, format="json"))
    other_schema, other = asked(name, ResponseLimitingMiddleware(max_size=2_000))
    assert parses(text_of(ours))
    assert not parses(text_of(other))
    assert (schema is not None) >= (other_schema is not None)
    assert other_schema is None
    assert other.structured_content is None
    assert "of 300" in text_of(ours)
    assert "300" not in text_of(other).partition("Response truncated")[2]
    assert facts(ours)["cursor"] in text_of(ours)
    assert not facts(other)
    assert cost(ours) <= 600


@pytest.mark.parametrize("name", ["models", "model", "json_text"])
def test_a_client_that_knows_the_schema_still_gets_values(name):
    schema, ours = asked(name, ShapeMiddleware(budget=600))
    assert schema is not None
    assert ours.data is not None
    assert ROWS[0]["name"] in str(ours.structured_content)
