"""The manifests in samples/, and the tools that a real FastMCP server lists."""

import asyncio

import pytest
from fastmcp import Client, FastMCP

from richresp.hosts.lint import lint, named_in
from tests.hosts.lint.documents import BESIDE, PLACES, SAMPLES


def test_the_todo_plugin_is_clean_but_for_standing_on_this_machine():
    folder = SAMPLES / "todo_plugin"
    manifest = (folder / "ai-plugin.json").read_bytes()
    report = lint(manifest, beside={name: (folder / "openapi.yaml").read_bytes() for name in named_in(manifest)})
    assert report.ok
    assert {found.code for found in report.findings} == {"url-local"}
    assert [charge.name for charge in report.bill.charges] == ["the manifest", "addTodo", "listTodos", "deleteTodo"]


def test_a_manifest_names_its_documents():
    assert named_in((PLACES / "harbour" / "ai-plugin.json").read_bytes()) == {
        "https://api.harbour.example/openapi.yaml": "openapi"
    }
    assert named_in((PLACES / "m365" / "plugin.json").read_text(encoding="utf-8")) == {
        "openapi.yaml": "openapi",
        "tools.json": "mcp-tools",
    }
    assert named_in(BESIDE["tools.json"]) == named_in(b"{") == {}


@pytest.mark.parametrize(
    ("name", "kind", "errors"),
    [
        ("ai-plugin.json", "chatgpt-plugin", {"field-missing", "field-type", "url-relative", "auth-field", "email", "url-plain-http", "too-long", "name-for-model"}),
        ("openapi.yaml", "openapi", {"operation-id-twice", "ref-lost", "url-plain-http"}),
        ("tools.json", "mcp-tools", {"input-schema", "tool-name", "field-type", "tool-twice"}),
    ],
)  # fmt: skip
def test_the_bad_ones_are_found_bad(name, kind, errors):
    report = lint((PLACES / "bad" / name).read_bytes())
    assert report.kind == kind
    assert {found.code for found in report.findings if found.severity == "error"} == errors


def test_the_tools_of_a_real_server_are_a_list_of_tools():
    server = FastMCP("harbour")

    @server.tool(annotations={"readOnlyHint": True, "openWorldHint": False})
    def list_berths(length: float, cursor: str | None = None) -> dict[str, list[str]]:
        """Free berths for a boat, the smallest first, by pages."""
        return {"berths": [str(length), str(cursor)]}

    @server.tool
    def book(berth: str) -> str:
        return berth

    async def listed():
        async with Client(server) as client:
            return [
                tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in await client.list_tools()
            ]

    report = lint({"tools": asyncio.run(listed())})
    assert report.kind == "mcp-tools"
    assert [charge.name for charge in report.bill.charges] == ["list_berths", "book"]
    of_book = {found.code for found in report.findings if found.place.startswith("/tools/1")}
    assert of_book == {"tool-undescribed", "property-undescribed", "tool-hints"}
    of_list = {found.code for found in report.findings if found.place.startswith("/tools/0")}
    assert of_list == {"property-undescribed"}
