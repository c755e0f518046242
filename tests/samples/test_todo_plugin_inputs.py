"""What the plugin says to bad input: JSON that tells what to send instead, with nothing changed."""

import json
import socket
import subprocess
import sys

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.plugin import ROOT

GOOD = {"title": "Buy rope"}


def refused(plugin, user, status, words, method="POST", **request):
    before = plugin.page("ada")
    assert words in plugin.ask(method, user, status=status, **request)["error"]
    assert plugin.page("ada") == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b'{"title": "Buy', "not JSON"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"[" * 20_000, "not JSON"),
        (b'{"title": ' + b"9" * 5_000 + b"}", "not JSON"),
        (b"[]", "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b'"title"', "must be a JSON object"),
        (b"{}", "title: missing"),
        (b'{"title": " \\n "}', "title: missing"),
        (b'{"title": NaN}', "title: give a text"),
        (b'{"title": ["Buy rope"]}', "title: give a text"),
        (b'{"title": "\\ud83d"}', "lone surrogate"),
        (b'{"title": "a", "\\ud83d": 1}', "unknown field '\\ud83d'"),
        (b'{"title": "a", "dew": "2026-01-01"}', "unknown field 'dew', known are title, due, url, notes"),
        (json.dumps(GOOD | {str(name) * 90: 1 for name in range(100)}).encode(), "unknown field"),
        (json.dumps({"title": "a" * 121}).encode(), "121 characters; give at most 120"),
        (json.dumps(GOOD | {"notes": "word " * 700}).encode(), "more than 600 tokens"),
        (json.dumps(GOOD | {"url": "https://example.com/" + "x7" * 900}).encode(), "more than 600 tokens"),
        (json.dumps(GOOD | {"due": "tomorrow" * 99}).encode(), "due: 'tomorrow"),
        (json.dumps(GOOD | {"due": "20260301"}).encode(), "give YYYY-MM-DD"),
        (json.dumps(GOOD | {"due": "2026-02-30"}).encode(), "give YYYY-MM-DD"),
        (json.dumps(GOOD | {"due": 20260301}).encode(), "due: give a text"),
        (json.dumps(GOOD | {"url": "javascript:alert(1)"}).encode(), "url: not an absolute URL"),
        (json.dumps(GOOD | {"url": "/orders/7"}).encode(), "url: not an absolute URL"),
        (json.dumps(GOOD | {"url": "https://ada:secret@example.com/"}).encode(), "url: a user name"),
        (json.dumps({"title": 1, "due": 2, "url": 3}).encode(), "title: give a text; due: give a text; url: give"),
    ],
    ids=lambda value: value[:30].decode(errors="replace") if isinstance(value, bytes) else "",
)
def test_what_is_no_todo(plugin, body, words):
    refused(plugin, "ada", 400, words, content=body, headers={"content-type": "application/json"})


def test_a_body_that_is_too_large_is_told_to_its_sender(plugin):
    pieces = [b" " * 100_000] * 100
    for body in (b"".join(pieces), iter(pieces)):  # with a length, and without one
        refused(plugin, "ada", 413, "40000 bytes", content=body, headers={"content-type": "application/json"})


def test_the_largest_todo_is_taken_however_it_is_escaped(plugin):
    todo = {"title": "😀" * 120, "notes": "\u0001" * 20}
    assert plugin.add("largest", **todo) == {"id": 1} | todo


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_any_web_page_may_send_unasked_is_not_taken(plugin, kind):
    refused(plugin, "ada", 415, "application/json", content=json.dumps(GOOD), headers={"content-type": kind})


@pytest.mark.parametrize(
    ("method", "user", "status", "words"),
    [
        ("GET", "a" * 41, 400, "username"),
        ("POST", "a%20b", 400, "username"),
        ("DELETE", "%F0%9F%98%80", 400, "username"),
        ("GET", "a%2Fb", 404, "/openapi.yaml"),
        ("DELETE", "ada", 400, "?id=7"),
        ("DELETE", "ada?id=", 400, "?id=7"),
        ("DELETE", "ada?id=-1", 400, "?id=7"),
        ("DELETE", "ada?id=%C2%B2", 400, "?id=7"),
        ("DELETE", "ada?id=" + "9" * 5_000, 400, "?id=7"),
        ("DELETE", "ada?id=999", 404, "ada has no to-do 999; list"),
        ("DELETE", "nobody?id=1", 404, "nobody has no to-do 1; list"),
        ("GET", "ada?cursor=next", 400, "without a cursor"),
        ("GET", "ada?cursor=5-000000000000000", 400, "without a cursor"),
        ("GET", "ada?cursor=" + "1" * 9_000, 400, "without a cursor"),
        ("PUT", "ada", 405, "/openapi.yaml"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_not_there_or_not_a_question(plugin, method, user, status, words):
    body = {"json": GOOD} if method == "POST" else {}
    refused(plugin, user, status, words, method=method, **body)


def test_there_is_an_end_to_what_one_user_may_have(plugin):
    """Asked of the store, since two thousand requests say no more."""
    from samples.todo_plugin.store import MAX_TODOS, MAX_USERS, Draft, FullError, Store

    store = Store()
    for _ in range(MAX_TODOS):
        store.add("ada", Draft("Buy rope"))
    with pytest.raises(FullError, match="delete some first"):
        store.add("ada", Draft("Buy rope"))
    assert store.delete("ada", MAX_TODOS)["id"] == MAX_TODOS
    assert store.add("ada", Draft("Buy rope"))["id"] == MAX_TODOS + 1
    for number in range(MAX_USERS - 1):
        store.add(f"user-{number}", Draft("Buy rope"))
    with pytest.raises(FullError, match="no room for another user"):
        store.add("one more", Draft("Buy rope"))
    assert store.todos("one more") == []


anything = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=())),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
nearly = st.fixed_dictionaries(
    {"title": st.text(min_size=1)},
    optional={
        "due": st.dates().map(str),
        "url": st.integers().map("http://127.0.0.1:1/{}".format),
        "notes": anything,
        "x": st.none(),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(anything | nearly)
def test_any_json_is_added_as_it_is_or_refused(plugin, body):
    before = plugin.page("any")["count"]
    response = plugin.http.post("/todos/any", content=json.dumps(body), headers={"content-type": "application/json"})
    assert response.status_code in (201, 400)
    assert plugin.page("any")["count"] == before + (response.status_code == 201)
    if response.status_code == 201:
        plugin.ask("DELETE", "any", params={"id": response.json()["added"]["id"]})


def test_who_hangs_up_halfway_changes_nothing(plugin):
    before = plugin.page("ada")
    host, port = httpx.URL(plugin.address).host, httpx.URL(plugin.address).port
    with socket.create_connection((host, port)) as connection:
        connection.sendall(
            b"POST /todos/ada HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
    assert plugin.page("ada") == before


@pytest.mark.parametrize(
    ("options", "words"),
    [("--allow localhost", "give a host and a port"), ("--port 70000", "--port"), ("--port {taken}", "give another")],
)
def test_a_command_that_cannot_be_right_is_told_in_a_line(plugin, options, words):
    taken = httpx.URL(plugin.address).port
    command = [sys.executable, "-m", "samples.todo_plugin", *options.format(taken=taken).split()]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
