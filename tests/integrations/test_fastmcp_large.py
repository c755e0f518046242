"""What is very large, and what is no result to shape."""

import asyncio
import threading

from fastmcp import Client, FastMCP
from fastmcp.server.middleware import Middleware, MiddlewareContext
from fastmcp.tools import ToolResult
from fastmcp.tools.base import InputRequiredToolResult
from mcp_types import CallToolRequestParams, InputRequiredResult

from richresp.integrations import fastmcp as face
from richresp.integrations.fastmcp import ShapeMiddleware
from tests.integrations.toolbox import ROWS, cost, text_of

BIG = [{"id": number, "name": f"Item {number}", "note": "words about it " * 8} for number in range(200_000)]


def test_thirty_megabytes_are_shaped_elsewhere_than_on_the_event_loop(monkeypatch):
    threads = []
    shaping = face.reshaped
    monkeypatch.setattr(
        face, "reshaped", lambda *args, **named: threads.append(threading.get_ident()) or shaping(*args, **named)
    )
    server = FastMCP("x", middleware=[ShapeMiddleware(budget=600)])

    @server.tool
    def large() -> dict:
        return {"rows": BIG}

    @server.tool
    def little() -> dict:
        return {"rows": ROWS[:24]}

    async def run():
        return threading.get_ident(), await server.call_tool("large"), await server.call_tool("little")

    loop, large_one, little_one = asyncio.run(run())
    assert sum(len(block.text) for block in large_one.content) < 4_000
    assert cost(large_one) <= 600
    assert "of 200000 items" in text_of(large_one)
    assert threads[0] != loop
    assert threads[1] == loop
    assert cost(little_one) <= 600


def test_calls_at_the_same_time_do_not_mix():
    server = FastMCP("x", middleware=[ShapeMiddleware(budget=600)])

    @server.tool
    async def numbered(which: int) -> list:
        await asyncio.sleep(0)
        return [{"which": which, "at": number, "note": "words " * 9} for number in range(3_000)]

    async def run():
        async with Client(server) as client:
            return await asyncio.gather(*(client.call_tool("numbered", {"which": number}) for number in range(12)))

    for number, result in enumerate(asyncio.run(run())):
        assert cost(result) <= 600
        assert f"|{number}|0|" in text_of(result)


def context(name="tool"):
    return MiddlewareContext(message=CallToolRequestParams(name=name, arguments={}), method="tools/call")


def passed(result):
    """What comes out of the middleware for what a tool, or an extension in its place, answered."""

    async def answer(_):
        return result

    return asyncio.run(ShapeMiddleware(budget=50).on_call_tool(context(), answer))


def test_questions_tasks_and_foreign_answers_pass():
    asking = InputRequiredToolResult(InputRequiredResult(request_state="state " * 500))
    task = object()
    assert passed(asking) is asking
    assert passed(task) is task


def test_without_a_context_nothing_is_known_of_the_tool_and_no_cursor_promised():
    result = passed(ToolResult("word " * 500))
    assert "cursor" not in text_of(result)
    assert cost(result) <= 50


def test_other_middleware_sees_no_cursor():
    seen = []

    class Watching(Middleware):
        async def on_call_tool(self, context, call_next):
            seen.append(context.message.arguments)
            return await call_next(context)

    server = FastMCP("x", middleware=[ShapeMiddleware(budget=600), Watching()])

    @server.tool
    def rows(start: int = 0) -> list:
        return ROWS[start:]

    async def run():
        async with Client(server) as client:
            await client.call_tool("rows", {"start": 1, "cursor": ""})

    asyncio.run(run())
    assert seen == [{"start": 1}]
