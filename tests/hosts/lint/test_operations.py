"""What belongs to an operation wherever it stands: in a path item that is referred to, in a form, below its path."""

import pytest

from richresp.hosts.lint import lint
from richresp.limits.lint import MAX_EXPANDED_NODES
from tests.hosts.lint.documents import GONE, GOOD, changed

BOOK = ("paths", "/bookings", "post")
BODY = (*BOOK, "requestBody", "content")
AT = "/paths/~1bookings/post"
LONG = {"type": "object", "properties": {"x": {"type": "string", "description": "word " * 180}}}


def placed(report, code):
    return {found.place for found in report.findings if found.code == code}


def cost(report, name="bookBerth"):
    return next(charge.conversation for charge in report.bill.charges if charge.name == name)


def moved(document):
    """The same with its path items under components."""
    items = document["paths"]
    names = {path: f"Item{index}" for index, path in enumerate(items)}
    paths = {path: {"$ref": f"#/components/pathItems/{name}"} for path, name in names.items()}
    components = document["components"] | {"pathItems": {names[path]: item for path, item in items.items()}}
    return document | {"openapi": "3.1.0", "paths": paths, "components": components}


def test_a_path_item_that_is_referred_to_is_linted_and_billed():
    plain = changed(GOOD["openapi"](), "openapi", "3.1.0")
    there = lint(moved(plain))
    assert there.findings == ()
    assert [(c.name, c.conversation) for c in there.bill.charges] == [
        (c.name, c.conversation) for c in lint(plain).bill.charges
    ]
    bad = changed(plain, *BOOK, "x-openai-isConsequential", GONE)
    index = list(plain["paths"]).index("/bookings")
    assert placed(lint(moved(bad)), "consequential-unstated") == {f"/components/pathItems/Item{index}/post"}


def test_many_paths_of_one_large_item_are_followed_as_far_as_that_is_allowed():
    item = {"parameters": [{"name": f"p{n}", "in": "query"} for n in range(2_000)], "get": {"operationId": "x"}}
    paths = {f"/{n}": {"$ref": "#/components/pathItems/A"} for n in range(20_000)}
    report = lint({"openapi": "3.1.0", "paths": paths, "components": {"pathItems": {"A": item}}})
    assert 1 < len(report.bill.charges) < MAX_EXPANDED_NODES // 2_000


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"])
def test_a_body_is_billed_and_linted_whatever_it_is_sent_as(kind):
    report = lint(changed(GOOD["openapi"](), *BODY, {kind: {"schema": LONG}}))
    assert cost(report) > 180
    assert placed(report, "too-long") == {f"{AT}/requestBody"}
    bare = {"type": "object", "properties": {"x": {"type": "string"}}}
    report = lint(changed(GOOD["openapi"](), *BODY, {kind: {"schema": bare}}))
    assert placed(report, "parameter-undescribed") == {f"{AT}/requestBody"}


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"type": "object"}, LONG]},
        {"type": "object", "allOf": [LONG], "properties": {"y": {"description": "y"}}},
        {"type": "object", "properties": {"y": {"description": "y", **LONG}}},
        {"type": "object", "properties": {"y": {"description": "y", "type": "array", "items": LONG}}},
        {"type": "object", "properties": {"y": {"description": "y", "$ref": "#/components/schemas/Long"}}},
    ],
)
def test_what_is_billed_of_a_body_is_checked_for_length(schema):
    document = changed(GOOD["openapi"](), "components", "schemas", "Long", LONG)
    report = lint(changed(document, *BODY, {"application/json": {"schema": schema}}))
    assert cost(report) > 180
    assert placed(report, "too-long") == {f"{AT}/requestBody"}
    assert placed(report, "parameter-undescribed") == set()


def test_a_property_that_allof_adds_has_to_be_described():
    schema = {"allOf": [{"type": "object", "properties": {"z": {"type": "string"}}}]}
    report = lint(changed(GOOD["openapi"](), *BODY, {"application/json": {"schema": schema}}))
    assert placed(report, "parameter-undescribed") == {f"{AT}/requestBody"}


def test_a_parameter_may_be_described_in_its_schema_and_is_held_to_length_there():
    schema = {"type": "string", "description": "word " * 180}
    said = {"name": "cursor", "in": "query", "schema": schema}
    report = lint(changed(GOOD["openapi"](), "paths", "/berths", "get", "parameters", 2, said))
    assert placed(report, "parameter-undescribed") == set()
    assert placed(report, "too-long") == {"/paths/~1berths/get/parameters/2/schema"}


def test_a_parameter_that_carries_json_is_billed():
    said = {"name": "cursor", "in": "query", "description": "d", "content": {"application/json": {"schema": LONG}}}
    report = lint(changed(GOOD["openapi"](), "paths", "/berths", "get", "parameters", 2, said))
    assert cost(report, "listBerths") > 180


def test_servers_of_every_operation_are_servers():
    document = changed(GOOD["openapi"](), "servers", GONE)
    own = [{"url": "https://api.harbour.example"}]
    for path in document["paths"]:
        document = changed(document, "paths", path, "servers", own)
    assert lint(document).ok
    assert placed(lint(document), "server-missing") == set()
    document = changed(document, "paths", "/bookings", "servers", GONE)
    assert placed(lint(document), "server-missing") == {""}
    assert placed(lint(changed(document, *BOOK, "servers", own)), "server-missing") == set()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.1", "url-private"),
        ("http://harbour.example", "url-plain-http"),
        ("http://localhost:1", "url-local"),
    ],
)
@pytest.mark.parametrize("path", [("paths", "/bookings"), BOOK])
def test_servers_of_a_path_and_of_an_operation_are_checked(path, url, code):
    report = lint(changed(GOOD["openapi"](), *path, "servers", [{"url": url}]))
    at = AT if path == BOOK else "/paths/~1bookings"
    assert placed(report, code) == {f"{at}/servers/0/url"}


def test_a_body_that_many_operations_share_is_written_out_as_far_as_that_is_allowed():
    """Six hundred million properties, were it written out for each: this test then never ends."""
    body = {"content": {"application/json": {"schema": {"properties": {f"p{n}": {} for n in range(60_000)}}}}}
    post = {"requestBody": {"$ref": "#/components/requestBodies/B"}}
    document = {"openapi": "3.1.0", "paths": {f"/{n}": {"post": post} for n in range(10_000)}}
    report = lint(document | {"components": {"requestBodies": {"B": body}}}, counter=len)
    assert 1_000_000 < report.bill.conversation < 20_000_000
