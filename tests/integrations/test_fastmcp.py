"""The middleware, as FastMCP's own client sees it: with output schemas checked, in process and over HTTP."""

import asyncio
import json

import pytest
from fastmcp import Client
from fastmcp.server.middleware import Middleware

from richresp.integrations.fastmcp import ShapeMiddleware
from richresp.testing import assert_shaped
from tests.integrations.fastmcp_client import BUDGET, NAMES, ask
from tests.integrations.toolbox import (
    DOCUMENT,
    ROWS,
    cost,
    facts,
    text_of,
    toolbox,
)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("name", NAMES)
def test_results_fit_and_tell_what_is_missing(name, mode):
    before, after = ask(name, middleware=Middleware(), mode=mode), ask(name, mode=mode)
    assert cost(before) > 1.5 * BUDGET
    assert 0.7 * BUDGET < cost(after) <= BUDGET
    assert not after.is_error
    assert "Shortened" in text_of(after)
    assert facts(after)["truncated"]
    assert (before.structured_content is None) == (after.structured_content is None)
    if after.structured_content is not None:
        assert "Shortened" in after.structured_content["_notice"]
        assert (before.meta or {}).get("fastmcp") == (after.meta or {}).get("fastmcp")
        assert type(after.data).__name__ == type(before.data).__name__


@pytest.mark.parametrize(
    "name", ["models", "rows", "record", "json_text", "bare_json", "markdown", "indented", "narrated"]
)
def test_pages_show_everything_once_by_the_cursor_of_the_last(name):
    async def run():
        seen, count = [], 0
        written = "markdown" if name == "markdown" else "json"
        whole = [f"$..{field}" for field in ROWS[0]]
        async with Client(toolbox(ShapeMiddleware(budget=BUDGET, format=written, keep=whole), only=name)) as client:
            cursor = None
            while cursor is not None or not count:
                result = await client.call_tool(name, {} if cursor is None else {"cursor": cursor})
                assert cost(result) <= BUDGET
                seen.append(result)
                count += 1
                cursor = facts(result)["cursor"]
                assert cursor is None or cursor in text_of(result)
        return seen

    results = asyncio.run(run())
    assert len(results) > 5
    if name == "markdown":
        assert "".join(result.structured_content["result"] for result in results).split() == DOCUMENT.split()
        return
    shown = []
    for result in results:
        data = result.structured_content or json.loads(text_of(result))
        data = data.get("result", data) if isinstance(data, dict) else data
        data = json.loads(data) if isinstance(data, str) else data
        listed = next(value for value in data.values() if isinstance(value, list)) if isinstance(data, dict) else data
        shown += [row for row in listed if "_notice" not in row]
    assert shown == ROWS


def test_several_texts_go_on_by_one_cursor():
    async def run():
        shown = {"Part": set(), "Item": set()}
        async with Client(toolbox(ShapeMiddleware(budget=BUDGET), only="several")) as client:
            cursor, count = None, 0
            while cursor is not None or not count:
                text = text_of(await client.call_tool("several", {} if cursor is None else {"cursor": cursor}))
                for word, found in shown.items():
                    found |= {piece.split()[0].split("|")[0] for piece in text.split(f"{word} ")[1:]}
                count += 1
                cursor = text.partition("call again with cursor ")[2].split("\n")[0] or None
        return shown

    shown = asyncio.run(run())
    assert shown == {"Part": set(map(str, range(200))), "Item": set(map(str, range(300)))}


@pytest.mark.parametrize("name", ["small", "held"])
def test_what_fits_passes_as_it_is(name):
    before = ask(name, middleware=Middleware())
    after = ask(name, middleware=ShapeMiddleware(budget=30_000))
    assert before == after


def test_the_text_and_the_structure_show_the_same_items():
    result = ask("models", middleware=ShapeMiddleware(budget=BUDGET, format="json"))
    assert json.loads(text_of(result))[1:] == result.structured_content["result"]
    assert_shaped(text_of(result), budget=BUDGET, payload=ROWS)


@pytest.mark.parametrize("name", ["failed", "raised"])
def test_an_error_stays_an_error_and_fits(name):
    result = ask(name)
    assert result.is_error
    assert 0.8 * BUDGET < cost(result) <= BUDGET
    assert text_of(result).startswith("Shortened: ")
    assert "It broke. It broke." in text_of(result)
    assert "cursor" not in text_of(result)


def test_what_cannot_be_cut_is_an_error_that_says_what_to_do():
    result = ask("held")
    assert result.is_error
    assert result.structured_content is None
    assert "Ask for less" in text_of(result)
    assert f"{BUDGET} are allowed" in text_of(result)


@pytest.mark.parametrize("cursor", ["nonsense", "9-123456123456789", "1:5-3,2:0", 5, ["x"]])
@pytest.mark.parametrize("name", ["models", "several", "small"])
def test_a_wrong_cursor_is_an_error_that_the_model_can_read(name, cursor):
    result = ask(name, {"cursor": cursor})
    assert result.is_error
    assert "call again without a cursor" in text_of(result)


@pytest.mark.parametrize("cursor", ["", None])
def test_an_empty_cursor_is_the_first_page(cursor):
    assert ask("models", {"cursor": cursor}).structured_content == ask("models").structured_content
