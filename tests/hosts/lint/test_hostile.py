"""Any value gives a report, in bounded work, and nothing of it reaches a terminal raw."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from richresp.hosts.lint import lint, named_in, show
from richresp.limits.lint import MAX_FINDINGS
from tests.hostile.wire import Scene
from tests.hosts.lint.documents import BESIDE, GOOD, changed

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from([
    "schema_version", "v1", "v2.4", "openapi", "3.0.3", "3.1.0", "info", "paths", "/", "/a", "get", "post",
    "parameters", "name", "in", "schema", "$ref", "#/", "#", "#/paths", "content", "application/json", "responses",
    "200", "default", "properties", "type", "object", "items", "allOf", "tools", "inputSchema", "annotations",
    "name_for_human", "api", "url", "auth", "functions", "runtimes", "spec", "OpenApi", "RemoteMCPServer",
    "mcp_tool_description", "capabilities", "required", "result", "example",
])  # fmt: skip
KEYS = WORDS | st.text(max_size=4)
VALUES = st.recursive(
    SCALARS | WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=20,
)


def paths_of(value, path=()):
    """Every place in a value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from paths_of(item, (*path, key))


PLACES = [(kind, path) for kind, make in GOOD.items() for path in paths_of(make()) if path]


@given(VALUES)
@example({"schema_version": "v1", "api": {"url": "http://[/"}})
@example({"openapi": "3.1.0", "paths": {"/": {"get": {"parameters": [{"$ref": "#/paths"}]}}}})
def test_any_value_gives_a_report(value):
    report = lint(value)
    assert report == lint(value)
    assert all(char.isprintable() or char == "\n" for char in show(report, name="x"))


@given(st.sampled_from(PLACES), VALUES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_good_document_with_anything_anywhere_gives_a_report(place, value):
    kind, path = place
    document = changed(GOOD[kind](), *path, value)
    report = lint(document, beside=BESIDE if kind == "m365" else None)
    assert report.bill.conversation == sum(charge.conversation for charge in report.bill.charges)
    for found in report.findings:
        assert found.message.isprintable()
        assert len(found.message) <= 401
    named_in(document)
    show(report)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_bytes_and_any_text_give_a_report(document):
    assert lint(document).kind in ("unknown", "mcp-tools", "openapi", "chatgpt-plugin")


def test_the_words_of_a_document_reach_no_terminal_raw():
    evil = "\x1b]0;owned\x07\x9b31m\u202e\n\r"
    document = {"openapi": evil, "paths": {f"/{evil}": {"get": {"operationId": evil, "parameters": [{"name": evil}]}}}}
    report = lint(document)
    shown = show(report, name=evil)
    assert len(report.findings) > 3
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert evil in report.bill.charges[0].name  # for programs it is what it is


def doubling(count, **more):
    schemas = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 2, **more} for n in range(count)}
    return {"components": {"schemas": schemas | {f"S{count}": {"type": "object"}}}}


OPENAPI = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
BOMBS = {
    "ways that double": OPENAPI | doubling(60),
    "defaults tried on ways that double": OPENAPI | json.loads(json.dumps(doubling(60, default=1)).replace("allOf", "anyOf")),
    "a pattern that takes for ever": OPENAPI | {"components": {"schemas": {"A": {"pattern": "^(a+)+$", "default": "a" * 60 + "!"}}}},
    "a reference to itself": OPENAPI | {"components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}},
    "a schema of itself": OPENAPI | {"components": {"schemas": {"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}}}},
    "items to be unique": OPENAPI | {"tags": [{"name": n} for n in range(5_000)]},
    "tools whose schemas double": [{"name": "t", "inputSchema": {"type": "object", "$defs": {f"S{n}": {"allOf": [{"$ref": f"#/$defs/S{n + 1}"}] * 2} for n in range(60)}}}],
    "stars": {"schema_version": "v2.4", "functions": [{"name": f"f{n}"} for n in range(2_000)], "runtimes": [{"type": "OpenApi", "run_for_functions": ["*a" * 60 + "b"] * 2_000}]},
    "a million operations": {"openapi": "3.1.0", "paths": {f"/{n}": {"get": {}} for n in range(1_000_000)}},
    "ten megabytes": b'{"schema_version": "v1", "description_for_model": "' + b"x" * 10_000_000 + b'"}',
    "ten megabytes, parsed": {"schema_version": "v1", "description_for_model": "x" * 10_000_000},
    "aliases of aliases": "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*' + ('a' if not n else f'b{n - 1}')] * 9)}]\n" for n in range(60)),
    "a chain of references": OPENAPI | {"components": {"schemas": {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}]} for n in range(600)}}},
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_does_not_go_off(bomb):
    """Each of these takes hours, or all memory, where work is not bounded: this test then never ends."""
    report = lint(BOMBS[bomb])
    assert len(report.findings) < 200


def test_what_references_write_out_is_bounded():
    """2 to the power of 60 copies of a text; the bill stops writing them out, and says what it counted."""
    properties = {
        f"S{n}": {"properties": {side: {"$ref": f"#/components/schemas/S{n + 1}"} for side in "ab"}} for n in range(60)
    }
    schemas = properties | {"S60": {"description": "word " * 200}}
    body = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}
    document = {"openapi": "3.1.0", "paths": {"/": {"post": body}}, "components": {"schemas": schemas}}
    assert 10_000 < lint(document).bill.conversation < 2_000_000


def test_of_many_faults_the_first_are_told_and_how_many_more():
    paths = {f"/{n:03}": {"get": {"summary": "x"}} for n in range(500)}
    found = [one for one in lint({"openapi": "3.1.0", "paths": paths}).findings if one.code == "operation-id-missing"]
    assert len(found) == MAX_FINDINGS + 1
    assert [one.place for one in found if one.place] == [f"/paths/~1{n:03}/get" for n in range(MAX_FINDINGS)]
    assert [one.message for one in found if not one.place] == [f"and {500 - MAX_FINDINGS} more places like these"]


def test_a_document_elsewhere_is_told_of_and_never_asked_for():
    """openapi-spec-validator left to itself would ask for it."""

    def script(_visit):
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    with Scene(script) as scene:
        for reference in (
            f"http://127.0.0.1:{scene.ports['plain']}/x.json",
            "file:///etc/hostname",
            "other.yaml#/X",
            "//host/x",
        ):
            for schema in ({"allOf": [{"$ref": reference}]}, {"properties": {"$ref": reference}}, {"$ref": reference}):
                document = changed(GOOD["openapi"](), "components", "schemas", "X", schema)
                codes = {found.code for found in lint(document).findings}
                assert "ref-elsewhere" in codes
                assert codes & {"not-validated", "openapi-invalid"}
            tool = {"name": "t", "inputSchema": {"type": "object", "properties": {"x": {"$ref": reference}}}}
            assert lint([tool]).kind == "mcp-tools"
        assert scene.visits == []


def test_findings_are_in_order_of_severity_document_and_place():
    manifest = changed(GOOD["plugin"](), "contact_email", "x")
    document = changed(changed(BESIDE["openapi.yaml"], "servers", []), "info", "description", "")
    report = lint(manifest, beside={next(iter(named_in(manifest))): document})
    assert [found.severity for found in report.findings] == ["error", "warning", "note"]
    tools = [{"name": "t t", "description": "x"} for _ in range(12)]
    places = [found.place for found in lint({"tools": tools}).findings if found.code == "tool-name"]
    assert places == [f"/tools/{n}/name" for n in range(12)]
