"""A Caller of what real frameworks hand to a handler."""

import asyncio

import fastmcp
import flask
import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from mcp.client.client import Client
from mcp.server import MCPServer
from mcp.server.mcpserver import Context

from richresp.hosts import Caller
from tests.hosts.test_caller import APP, COPILOT, OF_APP, OF_COPILOT, OF_PLUGIN, PLUGIN

HEADERS = [(PLUGIN, OF_PLUGIN), (COPILOT, OF_COPILOT)]


@pytest.mark.parametrize(("headers", "caller"), HEADERS, ids=["plugin", "Copilot"])
def test_fastapi_and_asgi(headers, caller):
    app, seen = FastAPI(), []

    @app.get("/")
    def handler(request: Request) -> None:
        seen.append(Caller.from_headers(request.headers))
        seen.append(Caller.from_headers(request.scope["headers"]))

    TestClient(app).get("/", headers=headers)
    assert seen == [caller, caller]


@pytest.mark.parametrize(("headers", "caller"), HEADERS, ids=["plugin", "Copilot"])
def test_flask(headers, caller):
    app, seen = flask.Flask(__name__), []

    @app.get("/")
    def handler():
        seen.append(Caller.from_headers(flask.request.headers))
        return ""

    app.test_client().get("/", headers=headers)
    assert seen == [caller]


def test_fastmcp():
    server = fastmcp.FastMCP("places")
    seen = []

    @server.tool
    def near(ctx: fastmcp.Context) -> str:
        seen.append(Caller.from_meta(ctx.request_context.meta))
        return ""

    async def call():
        async with fastmcp.Client(server) as client:
            await client.call_tool("near", {}, meta=APP)

    asyncio.run(call())
    assert seen == [OF_APP]


def test_the_official_sdk():
    server = MCPServer("places")
    seen = []

    @server.tool()
    def near(ctx: Context) -> str:
        seen.append(Caller.from_meta(ctx.request_context.meta))
        return ""

    async def call():
        async with Client(server) as client:
            await client.call_tool("near", {}, meta=APP)

    asyncio.run(call())
    assert seen == [OF_APP]
