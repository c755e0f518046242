"""What the plugin tells of itself: a manifest within the limits of ChatGPT plugins, and an OpenAPI document that is true."""

import json
import re
from itertools import chain

import httpx
import pytest
from openapi_spec_validator import validate

from samples.todo_plugin import store

CHAT = "https://chatgpt.com"


@pytest.fixture
def manifest(plugin):
    return plugin.http.get("/.well-known/ai-plugin.json").json()


def test_the_manifest_is_one_and_keeps_to_the_limits(manifest):
    limits = {"name_for_human": 20, "name_for_model": 50, "description_for_human": 100, "description_for_model": 2048}
    for name, most in limits.items():  # the smaller of those of ChatGPT plugins and of Microsoft 365 Copilot
        assert 0 < len(manifest[name]) <= most
    assert re.fullmatch(r"[A-Za-z0-9_]+", manifest["name_for_model"])
    assert (manifest["schema_version"], manifest["auth"], manifest["api"]["type"]) == (
        "v1",
        {"type": "none"},
        "openapi",
    )
    assert {"logo_url", "contact_email", "legal_info_url"} <= set(manifest)


def test_every_address_in_the_manifest_answers(plugin, manifest):
    addresses = re.findall(r"http[^\"]+", json.dumps(manifest))
    assert len(addresses) == 3
    for address in addresses:
        assert address.startswith(plugin.address)
        assert httpx.get(address).status_code == 200


def test_the_documents_name_the_address_that_the_caller_used(plugin):
    for path in ("/.well-known/ai-plugin.json", "/openapi.yaml"):
        text = plugin.http.get(path, headers={"host": "todos.example.com"}).text
        assert "http://todos.example.com" in text
        assert "127.0.0.1" not in text
    hostile = plugin.http.get("/.well-known/ai-plugin.json", headers={"host": 'a", "auth": "'})
    assert hostile.status_code == 400 or hostile.json()["auth"] == {"type": "none"}


def test_the_openapi_document_is_valid_and_short_enough_for_its_readers(plugin):
    validate(plugin.openapi)
    texts = [(key, text) for key, text in walked(plugin.openapi) if key in ("summary", "description")]
    assert len(texts) > 10
    assert all(len(text) <= 200 for _, text in texts)


def test_what_is_described_is_what_is_answered(plugin):
    """All that changes something asks the person first; and no method answers that is not described."""
    assert list(plugin.openapi["paths"]) == ["/todos/{username}"]
    path = plugin.openapi["paths"]["/todos/{username}"]
    operations = {method: path[method] for method in path if method != "parameters"}
    assert {method: operation.get("x-openai-isConsequential", False) for method, operation in operations.items()} == {
        "get": False,
        "post": True,
        "delete": True,
    }
    refusal = plugin.http.request("PUT", "/todos/ada")
    assert set(refusal.headers["allow"].lower().split(", ")) - {"head"} == set(operations)


def test_the_limits_that_are_described_are_those_that_hold(plugin):
    schemas = plugin.openapi["components"]["schemas"]
    assert list(schemas["Draft"]["properties"]) == [name for name in store.FIELDS if name != "id"]
    assert set(schemas["Todo"]["properties"]) == {*store.FIELDS, "preview"}
    assert schemas["Draft"]["properties"]["title"]["maxLength"] == store.MAX_TITLE_CHARS
    assert str(store.MAX_TOKENS) in schemas["Draft"]["description"]


def test_the_page_of_the_chat_may_call_and_other_pages_may_not(plugin):
    for method in ("GET", "POST", "DELETE"):
        asked = {
            "origin": CHAT,
            "access-control-request-method": method,
            "access-control-request-headers": "content-type, openai-conversation-id, openai-ephemeral-user-id",
        }
        granted = plugin.http.options("/todos/ada", headers=asked)
        assert (granted.status_code, granted.headers["access-control-allow-origin"]) == (200, CHAT)
        assert method in granted.headers["access-control-allow-methods"]
        refusal = plugin.http.options("/todos/ada", headers=asked | {"origin": "https://evil.example"})
        assert refusal.status_code == 400
        assert "access-control-allow-origin" not in refusal.headers
    for path in ("/todos/ada", "/todos/ada?cursor=x", "/.well-known/ai-plugin.json"):
        assert plugin.http.get(path, headers={"origin": CHAT}).headers["access-control-allow-origin"] == CHAT


def walked(value, key=""):
    """All texts of a document, by the key that leads to them."""
    if isinstance(value, dict):
        return chain.from_iterable(walked(inside, name) for name, inside in value.items())
    if isinstance(value, list):
        return chain.from_iterable(walked(inside, key) for inside in value)
    return [(key, value)]
