"""The FastMCP server of the samples, called by FastMCP's own client and by that of the official SDK, in process and over HTTP."""

import asyncio
import json

import pytest
from fastmcp import Client
from jsonschema import Draft202012Validator
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from richresp import tokens
from samples.mcp_server.server import BUDGET, VISITS, harbour
from tests.integration.served import served
from tests.integration.trial import Trial

FACTS = "io.github.richresp/shaped"


def parts(result):
    """What a host may show of a result: its texts, and its structure as JSON."""
    texts = [block.text for block in result.content if block.type == "text"]
    return texts + ([json.dumps(result.structured_content, separators=(",", ":"))] if result.structured_content else [])


def cost(result):
    return sum(map(tokens.count, parts(result)))


async def paged(call, tool):
    """All pages of a tool, by the cursors that their `_meta` names."""
    found, arguments = [await call(tool, {})], {}
    while (cursor := (found[-1].meta or {}).get(FACTS, {}).get("cursor")) is not None:
        found.append(await call(tool, {**arguments, "cursor": cursor}))
    return found


async def by_fastmcp(target, use):
    async with Client(target) as client:
        return await use(client.list_tools, client.call_tool_mcp)


async def by_sdk(url, use):
    async with streamable_http_client(url) as (read, write), ClientSession(read, write) as session:
        await session.initialize()

        async def tools():
            return (await session.list_tools()).tools

        return await use(tools, session.call_tool)


def asked(way, use, **options):
    if way == "FastMCP in process":
        return asyncio.run(by_fastmcp(harbour(**options), use))
    with served(harbour(**options).http_app()) as address:
        return asyncio.run((by_sdk if way == "the SDK over HTTP" else by_fastmcp)(f"{address}/mcp", use))


WAYS = ["FastMCP in process", "FastMCP over HTTP", "the SDK over HTTP"]


def trial(tool="visits", way="FastMCP in process"):
    async def every(_, call):
        return await paged(call, tool)

    async def one(_, call):
        return await call(tool, {})

    before, after = asked(way, one, middleware=[]), asked(way, every)
    return Trial(f"{way}, {tool}", "".join(parts(before)), tuple("".join(parts(page)) for page in after))


@pytest.mark.parametrize("way", WAYS)
def test_every_visit_is_shown_once_within_the_budget_and_the_schema(way):
    async def use(list_tools, call):
        listed = {tool.name: tool for tool in await list_tools()}
        return listed["visits"], await paged(call, "visits")

    tool, pages = asked(way, use)
    check = Draft202012Validator(tool.output_schema)
    shown = []
    for page in pages:
        check.validate(page.structured_content)
        assert cost(page) <= BUDGET
        assert not page.is_error
        shown += [visit["id"] for visit in page.structured_content["result"]]
    assert shown == [visit.id for visit in VISITS]
    assert "cursor" in tool.input_schema["properties"]


@pytest.mark.parametrize("way", WAYS)
def test_text_and_structure_show_the_same(way):
    async def use(_, call):
        return await paged(call, "berths")

    for page in asked(way, use):
        numbers = [row["berth"] for row in page.structured_content["result"]]
        text = page.content[0].text
        assert all(f"{number}" in text for number in numbers)
        assert page.meta[FACTS]["tokens"] <= BUDGET


def test_a_wrong_cursor_is_an_error_that_the_model_reads():
    async def use(_, call):
        return await call("visits", {"cursor": "12.made-up"})

    result = asked("FastMCP in process", use)
    assert result.is_error
    assert "without a cursor" in result.content[0].text
