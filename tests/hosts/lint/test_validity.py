"""What openapi-spec-validator finds is told in a line that leads to the fault."""

import cProfile
import pstats

import pytest

from richresp.hosts.lint import lint
from tests.hosts.lint.documents import GONE, GOOD, changed

LIST = ("paths", "/berths", "get")
AT = "/paths/~1berths/get"
FAULTS = [
    ((*LIST, "responses", "200", "description", GONE), f"{AT}/responses/200", "'description' is a required property"),
    ((*LIST, "parameters", 0, "in", GONE), f"{AT}/parameters/0", "'in' is a required property"),
    ((*LIST, "parameters", 0, "in", "elsewhere"), f"{AT}/parameters/0/in", "'elsewhere'"),
    ((*LIST, "responses", GONE), AT, "'responses' is a required property"),
    (("info", "version", GONE), "/info", "'version' is a required property"),
    (("components", "schemas", "Berth", "type", "thing"), "/components/schemas/Berth/type", "'thing' is not one of"),
    (("components", "schemas", "Berth", "properties", "id", {"type": "integer", "default": "x"}), "", "'x' is not of type 'integer'"),
    (("paths", "/x/{y}", {"get": {"responses": {"200": {"description": "d"}}}}), "", "Path parameter 'y' for 'get' operation in '/x/{y}' was not resolved"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "said"), FAULTS)
def test_a_fault_is_told_where_it_is(change, place, said):
    found = [one for one in lint(changed(GOOD["openapi"](), *change)).findings if one.code == "openapi-invalid"]
    assert found[0].place == place
    assert said in found[0].message


@pytest.mark.parametrize("change", [(*LIST, "parameters", 0, "in", GONE), ("info", "version", GONE), ("components", "schemas", "Berth", "type", "thing")])  # fmt: skip
def test_a_fault_of_3_1_is_told(change):
    document = changed(GOOD["openapi"](), "openapi", "3.1.0")
    assert lint(document).ok
    found = [one for one in lint(changed(document, *change)).findings if one.code == "openapi-invalid"]
    assert len(found) == 1
    assert found[0].place in ("", f"{AT}/parameters/0", "/info")


def test_a_number_of_faults_is_bounded():
    paths = {f"/{n}": {"get": {"responses": 7}} for n in range(200)}
    found = [one for one in lint(GOOD["openapi"]() | {"paths": paths}).findings if one.code == "openapi-invalid"]
    assert 10 < len(found) <= 20


def test_a_fault_quotes_no_more_than_a_line():
    document = changed(GOOD["openapi"](), "servers", ["x" * 100_000])
    assert max(len(found.message) for found in lint(document).findings) < 500


@pytest.mark.parametrize("version", ["2.0", "4.0.0", 3, None, "3.0", "3"])
def test_of_another_version_nothing_is_validated(version):
    codes = {found.code for found in lint(changed(GOOD["openapi"](), "openapi", version)).findings}
    assert "openapi-version" in codes
    assert "openapi-invalid" not in codes


SCHEMAS = {
    "empty": {"schemas": {f"S{n}": {} for n in range(7_900)}},
    "objects": {"schemas": {f"S{n}": {"type": "object"} for n in range(3_900)}},
    "branches": {"schemas": {"S": {"anyOf": [{} for _ in range(7_900)]}}},
    "parameters": {"parameters": {f"P{n}": {"name": "p", "in": "query", "schema": {}} for n in range(1_300)}},
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("components", SCHEMAS.values(), ids=list(SCHEMAS))
def test_what_would_take_long_to_validate_is_not_and_that_is_told(version, components):
    found = lint(GOOD["openapi"]() | {"openapi": version, "components": components}).findings
    assert [one.message for one in found if one.code == "not-validated"] == [
        "too large to be validated in reasonable time; only the other rules were held to it"
    ]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_a_document_of_a_hundred_operations_is_validated(version):
    document = GOOD["openapi"]() | {"openapi": version}
    [item] = [document["paths"]["/berths"]]
    paths = {f"/berths{n}": {"get": item["get"] | {"operationId": f"list{n}"}} for n in range(100)}
    document["components"]["schemas"] |= {f"S{n}": {"type": "object", "description": "d"} for n in range(300)}
    assert lint(document | {"paths": paths}).findings == ()
    paths["/berths99"]["get"]["responses"] = 7
    assert "openapi-invalid" in {one.code for one in lint(document | {"paths": paths}).findings}


def test_the_form_of_3_1_is_searched_once_however_many_schemas_there_are():
    """Each schema is found by a dynamic anchor; searching the published schema for each took a hundred times longer."""

    def calls(schemas):
        profile = cProfile.Profile()
        document = GOOD["openapi"]() | {"openapi": "3.1.0"}
        document["components"]["schemas"] |= {f"S{n}": {} for n in range(schemas)}
        profile.runcall(lint, document)
        return pstats.Stats(profile).total_calls

    calls(1)
    few, many = calls(10), calls(60)
    assert many - few < 50 * 10_000
