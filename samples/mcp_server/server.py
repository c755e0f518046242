"""The server: two tools that know nothing of budgets, behind a middleware, and one that shapes for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastmcp import FastMCP
from fastmcp.server.middleware import Middleware
from fastmcp.tools import ToolResult

from richresp import AsyncPreviewer
from richresp.integrations.fastmcp import ShapeMiddleware, to_tool_result
from richresp.links import Policy, extract
from richresp.markdown import from_html

BUDGET = 1_000
"""Tokens of a result, text and structured content together."""


@dataclass(frozen=True)
class Visit:
    """A ship in the harbour."""

    id: int
    ship: str
    berth: int
    arrived: str
    remarks: str


VISITS = [
    Visit(
        number,
        f"Example {number}",
        number % 40 + 1,
        f"2026-04-{number % 30 + 1:02}",
        "Fenders checked, water taken in, the crew ashore until noon. " * (number % 4),
    )
    for number in range(1, 401)
]


def fitting() -> ShapeMiddleware:
    """What fits the results of the first two tools."""
    return ShapeMiddleware(budget=BUDGET, tools=["berths", "visits"])


def harbour(*, middleware: Sequence[Middleware] | None = None, policy: Policy | None = None) -> FastMCP:
    """The server.

    Args:
        middleware: by default the one that fits; none to see what happens without it.
        policy: where `fetch` may go beyond public addresses.
    """
    server = FastMCP("harbour", middleware=[fitting()] if middleware is None else list(middleware))

    @server.tool(annotations={"readOnlyHint": True})
    def berths() -> list[dict[str, Any]]:
        """The berths of the harbour."""
        return [{"berth": number, "metres": 12 + number % 30, "power": number % 3 == 0} for number in range(1, 501)]

    @server.tool(annotations={"readOnlyHint": True})
    def visits(berth: int | None = None) -> list[Visit]:
        """The ships that came, of one berth or of all."""
        return [visit for visit in VISITS if berth in (None, visit.berth)]

    @server.tool(annotations={"readOnlyHint": True, "openWorldHint": True})
    async def fetch(url: str, cursor: str | None = None) -> ToolResult:
        """A page of the web as markdown, by pages; `cursor` is what a shortened result names."""
        async with AsyncPreviewer(policy=policy or Policy()) as previewer:
            page = await previewer.fetch(url)
        text = from_html(page.body, url=page.url, content_type=page.content_type)
        cards = [] if cursor else [extract(page.body, url=page.url, content_type=page.content_type)]
        return to_tool_result(str(text), budget=BUDGET, format="markdown", cursor=cursor, links=cards)

    return server
