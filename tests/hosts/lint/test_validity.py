"""What openapi-spec-validator finds is told in a line that leads to the fault."""

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
