"""Typed answers, short, in frameworks that hold them to their annotations."""

import asyncio
import dataclasses

import fastmcp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp.client.client import Client
from mcp.server import MCPServer
from pydantic import BaseModel, TypeAdapter
from typing_extensions import TypedDict

from richresp import budgeted
from tests.decorator.handlers import BUDGET, PLAIN, TODOS, Todo, cost


class Page(BaseModel):
    items: list[Todo]
    total: int


@dataclasses.dataclass
class Task:
    id: int
    title: str


class Entry(TypedDict):
    id: int
    title: str


def models() -> list[Todo]:
    return TODOS


def page() -> Page:
    return Page(items=TODOS, total=len(TODOS))


async def tasks() -> list[Task]:
    return [Task(todo.id, todo.title) for todo in TODOS]


def entries() -> list[Entry]:
    return [{"id": record["id"], "title": record["title"]} for record in PLAIN]


HANDLERS = [(models, list[Todo]), (page, Page), (tasks, list[Task]), (entries, list[Entry])]


def by_fastapi(function):
    app = FastAPI()
    app.get("/it")(function)
    with TestClient(app) as client:
        answer = client.get("/it")
    assert answer.status_code == 200
    return answer.json()


def by_fastmcp(function):
    server = fastmcp.FastMCP("todos")
    server.tool(function)

    async def call():
        async with fastmcp.Client(server) as client:
            return await client.call_tool(function.__name__)

    return structured(asyncio.run(call()))


def by_sdk(function):
    server = MCPServer("todos")
    server.tool()(function)

    async def call():
        async with Client(server) as client:
            return await client.call_tool(function.__name__)

    return structured(asyncio.run(call()))


def structured(result):
    assert not result.is_error
    content = result.structured_content
    return content["result"] if list(content) == ["result"] else content


@pytest.mark.parametrize("host", [by_fastapi, by_fastmcp, by_sdk])
@pytest.mark.parametrize(("function", "kind"), HANDLERS, ids=lambda each: getattr(each, "__name__", ""))
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # plain values where models are annotated
def test_what_is_cut_fits_its_annotation(host, function, kind):
    short = host(budgeted(BUDGET, add_cursor=True)(function))
    TypeAdapter(kind).validate_python(short)
    items = short["items"] if kind is Page else short
    assert 3 < len(items) < len(TODOS)
    assert cost(short) <= BUDGET + 9 * len(items)  # FastAPI and the SDK write the nulls that were left out
