"""What a client gets with the middleware and without it, in tokens and characters."""

from __future__ import annotations

import asyncio
import json

from fastmcp import Client
from fastmcp.server.middleware import Middleware
from fastmcp.server.middleware.response_limiting import ResponseLimitingMiddleware

from richresp import markdown as md
from richresp import tokens

from .server import fitting, harbour

KEY = "io.github.richresp/shaped"


async def compared() -> list[dict[str, object]]:
    """A row for each tool and each way: what text and structured content cost together, and whether it can be used."""
    rows: list[dict[str, object]] = []
    ways: dict[str, list[Middleware]] = {
        "as it is": [],
        "ResponseLimiting": [ResponseLimitingMiddleware(max_size=4_000)],
        "ShapeMiddleware": [fitting()],
    }
    for way, middleware in ways.items():
        async with Client(harbour(middleware=middleware)) as client:
            for name in ("berths", "visits"):
                result = await client.call_tool(name)
                texts = [block.text for block in result.content if block.type == "text"]
                if result.structured_content is not None:
                    texts.append(json.dumps(result.structured_content, separators=(",", ":")))
                facts = (result.meta or {}).get(KEY, {})
                rows.append(
                    {
                        "tool": name,
                        "way": way,
                        "tokens": sum(map(tokens.count, texts)),
                        "characters": sum(map(len, texts)),
                        "items": len(result.data) if isinstance(result.data, list) else None,
                        "cursor": facts.get("cursor"),
                    }
                )
    return rows


def main() -> None:
    """Prints the table."""
    print(md.table(asyncio.run(compared())))
