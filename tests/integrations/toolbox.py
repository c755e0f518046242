"""Tools of all makes, and servers of them on a loopback port."""

import asyncio
import dataclasses
import json
import socket
from contextlib import asynccontextmanager

import uvicorn
from fastmcp import FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.tools import ToolResult
from mcp_types import AudioContent, EmbeddedResource, ImageContent, ResourceLink, TextContent, TextResourceContents
from pydantic import BaseModel, Field

from richresp import tokens

ROWS = [{"id": number, "name": f"Item {number}", "note": "some words " * (number % 5)} for number in range(300)]
PROSE = "Some long sentence with words in it. "
DOCUMENT = "\n\n".join(f"## Part {number}\n\n{PROSE * 3}" for number in range(200))
KEY = "io.github.richresp/shaped"


class Row(BaseModel):
    id: int
    name: str
    note: str


class Found(BaseModel):
    total: int
    rows: list[Row]


class AtLeast(BaseModel):
    rows: list[Row] = Field(min_length=300)


@dataclasses.dataclass
class Page:
    url: str
    title: str
    text: str


def toolbox(*middleware, only=None):
    """A server of all tools, or of one: each takes a while to be read."""
    server = FastMCP("toolbox", middleware=list(middleware))
    for tool in TOOLS:
        if only in (None, tool.__name__):
            server.add_tool(tool)
    return server


def models() -> list[Row]:
    return [Row(**row) for row in ROWS]


def model() -> Found:
    return Found(total=300, rows=models())


def pages() -> list[Page]:
    return [Page(f"https://a.example/{number}", f"Page {number}", PROSE * 40) for number in range(20)]


def page() -> Page:
    return Page("https://a.example/", "A page", PROSE * 400)


def rows() -> list:
    return ROWS


def record() -> dict:
    return {"total": 300, "results": ROWS}


def json_text() -> str:
    return json.dumps(ROWS, indent=2)


def bare_json():
    return json.dumps({"rows": ROWS}, indent=2)


def markdown() -> str:
    return DOCUMENT


def plain():
    return PROSE * 500


def indented() -> ToolResult:
    return ToolResult(json.dumps({"rows": ROWS}, indent=2), {"rows": ROWS})


def narrated() -> ToolResult:
    return ToolResult("Found 300 items in 3 ms.", {"rows": ROWS})


def several():
    return [TextContent(type="text", text=DOCUMENT), TextContent(type="text", text=json.dumps(ROWS))]


def media():
    return [
        TextContent(type="text", text=PROSE * 500),
        ImageContent(type="image", data="AAAA" * 1_000, mime_type="image/png"),
        AudioContent(type="audio", data="BBBB" * 100_000, mime_type="audio/wav"),
        EmbeddedResource(type="resource", resource=TextResourceContents(uri="file:///notes.txt", text=PROSE * 300)),
        ResourceLink(type="resource_link", uri="https://a.example/", name="a", title="The page"),
    ]


def failed() -> ToolResult:
    return ToolResult("It broke. " * 900, is_error=True)


def raised():
    raise ToolError("It broke. " * 900)


def own(cursor: str = "") -> list[Row]:
    return models()


def held() -> AtLeast:
    return AtLeast(rows=models())


def small() -> Row:
    return models()[0]


CUT = [
    models,
    model,
    pages,
    page,
    rows,
    record,
    json_text,
    bare_json,
    markdown,
    plain,
    indented,
    narrated,
    several,
    media,
]
TOOLS = [*CUT, failed, raised, own, held, small]


def cost(result):
    """What text and structured content of a result cost together, and links."""
    texts = [block.text for block in result.content if block.type == "text"]
    texts += [
        block.model_dump_json(by_alias=True, exclude_none=True)
        for block in result.content
        if block.type == "resource_link"
    ]
    if result.structured_content is not None:
        texts.append(json.dumps(result.structured_content, ensure_ascii=False, separators=(",", ":")))
    return sum(map(tokens.count, texts))


def text_of(result):
    return "\n".join(block.text for block in result.content if block.type == "text")


def facts(result):
    return (result.meta or {}).get(KEY, {})


@asynccontextmanager
async def served(app):
    """The address of an application that is served on a free loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        finally:
            server.should_exit = True
            await running
