"""Datasette with its ChatGPT plugin, as its authors wrote them, behind the ASGI middleware: 1,000 rows of a query."""

import asyncio
import json
import sqlite3

import httpx
import pytest
import yaml
from datasette.app import Datasette

from richresp import profiles, tokens
from richresp.hosts.lint import lint
from richresp.integrations.asgi import ShapeMiddleware
from richresp.testing import assert_shaped
from tests.integration.trial import Trial, followed

ROWS = 1_000
SQL = "select * from berths order by id"
LIMIT = profiles.PROFILES["gpt-actions"].chars
"""What the plugin's host takes."""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return made(tmp_path_factory.mktemp("datasette") / "harbour.db")


def made(path):
    """A database of berths."""
    notes = "Look for chafe where the line runs over the fairlead; replace what shows its core. "
    rows = [
        (number, f"Berth {number}", f"Quay {number % 7}", 20 + number % 90 / 2, f"2026-{number % 12 + 1:02}-07",
         notes * (1 + number % 4), f"https://harbour.example/berths/{number}")
        for number in range(1, ROWS + 1)
    ]  # fmt: skip
    with sqlite3.connect(path) as connection:
        connection.execute("create table berths (id integer primary key, name, quay, length, inspected, notes, url)")
        connection.executemany("insert into berths values (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return path


def asked(database, shaping=None, *, path="/harbour.json", **headers):
    """The answers of the plugin's one endpoint, page by page; without shaping, its only one."""

    async def ask():
        plugin = Datasette([str(database)])
        app = plugin.app()
        if shaping is not None:
            app = ShapeMiddleware(app, **shaping)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://harbour.example", headers=headers) as client:
            try:
                query = {"sql": SQL, "_shape": "array"} if path == "/harbour.json" else {}
                return [answer async for answer in followed(client, path, params=query)]
            finally:
                for each in plugin.databases.values():
                    each.close()
                plugin.executor.shutdown()

    return asyncio.run(ask())


def trial(database):
    [before] = asked(database)
    return Trial("datasette-chatgpt-plugin, 1,000 rows", before.text, texts(asked(database, {"budget": 2_000})))


def texts(answers):
    return tuple(answer.text for answer in answers)


def rows_of(text):
    return [row for row in json.loads(text) if "_notice" not in row]


def test_the_plugin_alone_is_over_the_limit_of_its_host(database):
    [answer] = asked(database)
    assert len(answer.text) > 3 * LIMIT
    assert tokens.count(answer.text) > 90_000


def test_pages_hold_every_row_once(database):
    [plain] = asked(database)
    pages = asked(database, {"budget": 2_000, "keep": ["$[*].*"]})
    for page in pages:
        assert_shaped(page.text, budget=2_000, format="json")
        assert page.headers["content-type"] == "application/json; charset=utf-8"
    assert [row for page in pages for row in rows_of(page.text)] == plain.json()


def test_one_answer_may_be_as_long_as_the_host_takes(database):
    [first, *more] = asked(database, {"profile": "gpt-actions"})
    assert 0.93 * LIMIT < len(first.text) <= LIMIT
    assert len(more) == 3


def test_a_client_that_reads_markdown_gets_a_table(database):
    json_pages = asked(database, {"budget": 2_000})
    pages = asked(database, {"budget": 2_000}, accept="text/markdown, application/json;q=0.5")
    assert pages[0].headers["content-type"] == "text/markdown; charset=utf-8"
    assert int(pages[0].headers["x-markdown-tokens"]) == tokens.count(pages[0].text) <= 2_000
    assert "Accept" in pages[0].headers["vary"]
    assert len(pages) < len(json_pages)


@pytest.mark.parametrize("path", ["/", "/.well-known/ai-plugin.json", "/-/chatgpt-openapi-schema.yml"])
def test_what_is_no_answer_of_an_endpoint_passes(database, path):
    [plain], [behind] = asked(database, path=path), asked(database, {"budget": 30}, path=path)
    assert behind.content == plain.content


def test_its_documents_are_linted(database):
    paths = ("/.well-known/ai-plugin.json", "/-/chatgpt-openapi-schema.yml")
    [manifest], [openapi] = (asked(database, path=path) for path in paths)
    found = {finding.code for finding in lint(manifest.text).findings}
    assert found  # the legal page of the plugin is a mail address, and its operation names no cursor
    assert yaml.safe_load(openapi.text)["openapi"] == "3.0.1"
