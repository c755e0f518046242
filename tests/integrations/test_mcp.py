"""Results for the official SDK, as its own client gets them: in memory, and over streamable HTTP."""

import asyncio
from typing import Annotated

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult

from richresp import Preview, UsageError, attach, shape
from richresp.integrations.mcp import to_call_tool_result
from tests.integrations.toolbox import DOCUMENT, ROWS, Found, cost, facts, served, text_of

BUDGET = 600


class Cards:
    """A previewer that has been everywhere."""

    timeout = 1.0

    def previews(self, urls, **_):
        return [
            Preview(url, url, "Harbour", f"Berth {url[-1]}", "Who lies here.", "https://a.example/i.png", url)
            for url in urls
        ]


def server():
    made = MCPServer("harbour")

    @made.tool()
    def rows(cursor: str | None = None) -> CallToolResult:
        return to_call_tool_result(ROWS, budget=BUDGET, cursor=cursor)

    @made.tool()
    def typed(cursor: str | None = None) -> Annotated[CallToolResult, Found]:
        payload = {"total": 300, "rows": ROWS}
        return to_call_tool_result(payload, budget=BUDGET, schema=Found.model_json_schema(), cursor=cursor)

    @made.tool()
    def shaped() -> CallToolResult:
        return to_call_tool_result(shape(DOCUMENT, budget=BUDGET))

    @made.tool()
    def linked() -> CallToolResult:
        found = attach({"hits": [{"link": f"https://a.example/{number}"} for number in range(5)]}, Cards())
        return to_call_tool_result(found, budget=3_000, links=found, annotations={"audience": ["user"]})

    @made.tool()
    def failed() -> CallToolResult:
        return to_call_tool_result("It broke. " * 900, budget=BUDGET, is_error=True, pages=False)

    return made


def ask(*calls, where=None, mode="auto"):
    async def run(target):
        async with Client(target, mode=mode) as client:
            await client.list_tools()
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    async def over_http():
        async with served(server().streamable_http_app()) as url:
            return await run(url)

    return asyncio.run(over_http() if where == "http" else run(server()))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("where", ["memory", "http"])
def test_the_client_gets_valid_results_within_the_budget(where, mode):
    rows, typed, shaped, linked, failed = ask(
        *((name, {}) for name in ("rows", "typed", "shaped", "linked", "failed")), where=where, mode=mode
    )
    for result in (rows, typed, shaped, failed):
        assert 0.85 * BUDGET < cost(result) <= BUDGET
        assert text_of(result).startswith("Shortened")
    assert rows.structured_content["result"] == ROWS[: len(rows.structured_content["result"])]
    assert Found.model_validate(typed.structured_content).total == 300
    assert failed.is_error
    blocks = [block for block in linked.content if block.type == "resource_link"]
    assert [block.uri for block in blocks] == [f"https://a.example/{number}" for number in range(5)]
    assert blocks[0].title == "Berth 0"
    assert blocks[0].icons[0].src == "https://a.example/i.png"
    assert blocks[0].annotations.audience == ["user"]
    assert all(f"Berth {number}" in text_of(linked) for number in range(5))


def test_the_cursor_leads_on_and_a_wrong_one_is_told_to_the_model():
    ((first,), seen) = ask(("rows", {})), []
    while True:
        seen += first.structured_content["result"]
        cursor = facts(first)["cursor"]
        if cursor is None:
            break
        ((first),) = ask(("rows", {"cursor": cursor}))
    assert [row["id"] for row in seen] == [row["id"] for row in ROWS]
    for name in ("rows", "typed"):
        ((wrong),) = ask((name, {"cursor": "nonsense"}))
        assert wrong.is_error
        assert "call again without a cursor" in text_of(wrong)


def test_cards_come_only_with_the_records_that_are_shown():
    found = attach(
        {"hits": [{"link": f"https://a.example/{number}", "text": "word " * 60} for number in range(5)]}, Cards()
    )
    page = to_call_tool_result(found, budget=20_000, links=found)
    assert sum(block.type == "resource_link" for block in page.content) == 5
    last = to_call_tool_result({"hits": found["hits"][3:]}, budget=20_000, links=found)
    assert [block.uri[-1] for block in last.content if block.type == "resource_link"] == ["3", "4"]


def test_previews_go_before_anything_else():
    found = attach({"hits": [{"link": f"https://a.example/{number}"} for number in range(5)]}, Cards())
    short = to_call_tool_result(found, budget=260, links=found, format="json")
    assert [hit["link"] for hit in short.structured_content["hits"]] == [hit["link"] for hit in found["hits"]]
    assert any("preview" not in hit for hit in short.structured_content["hits"])


@pytest.mark.parametrize("options", [{"budget": 5}, {"cursor": "x"}, {"format": "json"}, {"profile": "codex"}])
def test_what_is_shaped_takes_no_options_of_shape(options):
    with pytest.raises(UsageError, match="shaped already"):
        to_call_tool_result(shape(ROWS, budget=500), **options)
