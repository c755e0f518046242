"""A tool that fetches pages of the web, as markdown by pages: beside the slices of characters that such tools return today."""

import asyncio

from fastmcp import Client
from markdown_it import MarkdownIt
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from richresp import tokens
from richresp.links import Policy
from richresp.markdown import from_html
from samples.mcp_server.server import BUDGET, harbour
from tests.integration.served import served
from tests.integration.trial import Trial

SLICE = 5_000
"""Characters of a page that the fetch tools of today return by default."""
FACTS = "io.github.richresp/shaped"
ROWS = 400


def page():
    rows = "".join(
        f"<tr><td>{number}<td><a href='/item/{number}'>Item {number}</a><td>{'Sound | dry. ' * (number % 5)}"
        for number in range(ROWS)
    )
    return (
        "<!doctype html><html lang=en><head><title>Stores</title><meta property=og:title content='The stores'>"
        "<style>td{color:red}</style></head><body><nav><a href='/'>Home</a></nav><main><h1>Stores</h1>"
        "<p>What lies in the sheds, by number.</p><pre><code>" + "haul(line)\n" * 120 + "</code></pre>"
        f"<table><tr><th>No<th>Name<th>State{rows}</table><p>The end.</p></main></body></html>"
    )


def fetched():
    """The pages of the page, as the tool gives them to its client."""
    site = Starlette(routes=[Route("/stores", lambda _: HTMLResponse(page()))])

    async def ask(url, port):
        policy = Policy(allow_networks=("127.0.0.1/32",), allow_ports=(port,))
        async with Client(harbour(policy=policy)) as client:
            found, cursor = [], None
            while not found or cursor is not None:
                result = await client.call_tool_mcp("fetch", {"url": url, **({"cursor": cursor} if cursor else {})})
                assert not result.is_error, result.content[0].text
                found.append(result)
                cursor = (result.meta or {}).get(FACTS, {}).get("cursor")
            return found

    with served(site) as address:
        return asyncio.run(ask(f"{address}/stores", int(address.rpartition(":")[2])))


def text_of(result):
    return "\n\n".join(block.text for block in result.content if block.type == "text")


def trial():
    return Trial("fetch tool, a page with 400 rows", page(), tuple(map(text_of, fetched())))


def test_no_table_row_or_link_is_cut():
    results = fetched()
    assert len(results) > 3
    parser = MarkdownIt("commonmark").enable("table")
    rows, links = [], []
    for result in results:
        text = text_of(result)
        assert tokens.count(text) <= BUDGET
        for block in parser.parse(text):
            links += [token.attrs["href"] for token in block.children or () if token.type == "link_open"]
        rows += [line for line in text.splitlines() if line.startswith("|") and "[Item" in line]
        assert all(line.endswith("|") for line in text.splitlines() if line.startswith("|"))
    assert len(rows) == ROWS
    numbers = [int(href.rpartition("/")[2]) for href in links if "/item/" in href]
    assert numbers == list(range(ROWS))


def test_a_slice_of_characters_cuts_both():
    """What the tool is measured against: the same markdown, by so many characters."""
    text = from_html(page(), url="https://harbour.example/stores")
    cut = str(text)[:SLICE].splitlines()[-1]
    assert cut.startswith("|")
    assert not cut.endswith("|")


def test_the_link_itself_comes_with_its_card():
    first = fetched()[0]
    [link] = [block for block in first.content if block.type == "resource_link"]
    assert link.title == "The stores"
    assert str(link.uri) in text_of(first)


def test_a_private_address_is_an_error_that_says_so():
    async def ask():
        async with Client(harbour()) as client:
            return await client.call_tool_mcp("fetch", {"url": "http://127.0.0.1:9/"})

    result = asyncio.run(ask())
    assert result.is_error
    assert "blocked" in result.content[0].text
