"""FastMCP's own client before the tools of the box, behind the middleware."""

import asyncio

from fastmcp import Client

from richresp.integrations.fastmcp import ShapeMiddleware
from tests.integrations.toolbox import CUT, toolbox

BUDGET = 600
NAMES = [tool.__name__ for tool in CUT]


def ask(name, arguments=None, *, middleware=None, mode="auto", **client):
    """The result of a tool behind the middleware, after its schema was listed, so that the client validates against it."""

    async def run():
        server = toolbox(middleware or ShapeMiddleware(budget=BUDGET), only=name)
        async with Client(server, mode=mode, **client) as asking:
            await asking.list_tools()
            return await asking.call_tool(name, arguments or {}, raise_on_error=False)

    return asyncio.run(run())
