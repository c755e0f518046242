"""The MCP server of the samples: in process, as a program over stdio and over HTTP, and beside what it replaces."""

import asyncio
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastmcp import Client
from fastmcp.client.transports import StdioTransport

from richresp import tokens
from richresp.links import Policy
from samples.mcp_server.demo import KEY, compared
from samples.mcp_server.server import BUDGET, VISITS, harbour

ROOT = Path(__file__).parents[2]
PAGE = (
    "<!doctype html><html><head><title>Berths</title><meta property='og:description' content='Who lies where.'></head><body>"
    "<h1>Berths</h1><table><tr><th>Berth</th><th>Ship</th></tr>"
    + "".join(
        f"<tr><td>{number}</td><td><a href='/ships/{number}'>Example {number}</a></td></tr>" for number in range(400)
    )
    + "</table></body></html>"
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = (PAGE if self.path == "/long" else PAGE[:400] + "</table>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def text_of(result):
    return "\n".join(block.text for block in result.content if block.type == "text")


def cursor_of(result):
    return result.meta[KEY]["cursor"]


def policy(site):
    host, _, port = site.partition(":")
    return Policy(allow_hosts=[host], allow_ports=[int(port)])


async def through(client, name, **arguments):
    """All pages of a tool."""
    found = [await client.call_tool(name, arguments)]
    while (cursor := (found[-1].meta or {}).get(KEY, {}).get("cursor")) is not None:
        found.append(await client.call_tool(name, {**arguments, "cursor": cursor}))
    return found


def test_all_visits_come_by_pages_and_valid():
    async def run():
        async with Client(harbour()) as client:
            await client.list_tools()
            return await through(client, "visits")

    results = asyncio.run(run())
    shown = [visit["id"] for result in results for visit in result.structured_content["result"]]
    assert shown == [visit.id for visit in VISITS]
    assert len(results) > 5


def test_a_page_comes_by_pages_with_no_row_cut_and_a_header_on_each(site):
    async def run(path):
        async with Client(harbour(policy=policy(site))) as client:
            return await through(client, "fetch", url=f"http://{site}/{path}")

    results = asyncio.run(run("long"))
    text = "".join(map(text_of, results))
    assert len(results) > 3
    assert all(tokens.count(text_of(result)) <= BUDGET for result in results)
    assert [int(number) for number in re.findall(r"\|\[Example (\d+)\]\(http://[^|]+\)\|", text)] == list(range(400))
    assert all("|Berth|Ship|" in text_of(result) for result in results)
    (short,) = asyncio.run(run("short"))
    assert [block.type for block in short.content] == ["text", "text", "resource_link"]
    assert short.content[-1].title == "Berths"
    assert short.content[-1].description == "Who lies where."


def test_an_address_that_is_not_public_is_an_error():
    async def run():
        async with Client(harbour()) as client:
            return await client.call_tool("fetch", {"url": "http://127.0.0.1:9/"}, raise_on_error=False)

    result = asyncio.run(run())
    assert result.is_error
    assert "blocked" in text_of(result)


def test_the_demo_shows_smaller_results_that_say_how_to_go_on():
    rows = {(row["tool"], row["way"]): row for row in asyncio.run(compared())}
    for tool in ("berths", "visits"):
        assert rows[tool, "as it is"]["tokens"] > 10 * BUDGET
        assert 0.9 * BUDGET < rows[tool, "ShapeMiddleware"]["tokens"] <= BUDGET
        assert rows[tool, "ShapeMiddleware"]["cursor"]
        assert rows[tool, "ShapeMiddleware"]["items"] > 5
        assert rows[tool, "ResponseLimiting"]["items"] is None


@pytest.mark.parametrize("over", ["stdio", "http"])
def test_the_program_serves(over):
    command = [sys.executable, "-m", "samples.mcp_server"]

    async def run(target):
        async with Client(target) as client:
            return await client.call_tool("berths")

    if over == "stdio":
        result = asyncio.run(run(StdioTransport(command[0], command[1:], cwd=str(ROOT), keep_alive=False)))
    else:
        with subprocess.Popen([*command, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
            try:
                result = asyncio.run(run(program.stdout.readline().strip()))
            finally:
                program.terminate()
    assert "of 500 items" in text_of(result)
    assert cursor_of(result)
