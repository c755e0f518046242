"""`schema=`: what cannot be is said, with the place; no schema and no payload makes it hang, or go to the network."""

import subprocess
import sys
from functools import reduce
from itertools import islice

import pytest

from richresp import BudgetTooSmall, InvalidPayload, UsageError, shape
from tests.shaping.schema_cases import ANSWER, LONG
from tests.shaping.work import watched

ROWS = [{"id": number, "text": LONG} for number in range(9)]
LIST = {"type": "object", "properties": {"rows": {"items": {"required": ["id"]}}}}
CHAIN = {"required": ["id"], "properties": {"next": {"$ref": "#"}}}
ALL_OF_IT = {"anyOf": [{"required": ["id", "next"]}], "properties": {"next": {"$ref": "#"}}}


def deep(levels):
    return reduce(lambda inner, _: {"id": 1, "next": inner}, range(levels), {"id": 1})


def circle():
    value = {"id": 1}
    value["next"] = value
    return value


@pytest.mark.parametrize("budget", [60, 10_000])
def test_a_payload_that_does_not_fit_is_told_with_its_place(budget):
    rows = [*ROWS[:1], {"text": "no id"}, *ROWS[1:]]
    with pytest.raises(InvalidPayload, match="the payload does not fit the schema here, which wants") as error:
        shape({"rows": rows}, budget=budget, schema=LIST)
    assert error.value.pointer == "/rows/1"
    assert '{"required": ["id"]}' in error.value.reason


def test_the_place_is_that_in_the_payload_on_later_pages_as_well():
    rows = [*ROWS, {"text": "no id"}]
    with pytest.raises(InvalidPayload) as error:
        shape({"rows": rows}, budget=60, schema=LIST, strategy="tail")
    assert error.value.pointer == "/rows/9"


def test_what_was_dropped_may_be_what_is_required():
    with pytest.raises(InvalidPayload, match="the payload, after drop, does not fit"):
        shape({"rows": ROWS}, budget=60, schema=LIST, drop=["$..id"])


@pytest.mark.parametrize("format_", ["markdown", "csv", "tsv", "text"])
def test_what_fits_a_schema_is_json(format_):
    with pytest.raises(UsageError, match="JSON"):
        shape(ROWS, budget=100, schema={}, format=format_)
    assert shape(ROWS, budget=100, schema={}, format="json").format == "json"
    assert shape(ROWS, budget=100, schema={}).format == "json"


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ("text", "as a dict"),
        ({"const": {1}}, "not JSON"),
        ({"type": "strin"}, "not valid at #/type"),
        ({"patternProperties": {"(": True}}, "not valid at #/patternProperties"),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, "name one of the drafts"),
        ({"$schema": "https://example.com/mine"}, "name one of the drafts"),
        ({"$schema": 5}, "name one of the drafts"),
        ({"$ref": "#/$defs/none"}, "not found in the schema"),
        ({"$ref": "http://127.0.0.1:9/schema"}, "nothing is fetched"),
        ({"properties": {"rows": {"$ref": "http://127.0.0.1:9/schema"}}}, "nothing is fetched"),
        ({"$id": "http://127.0.0.1:9/", "properties": {"rows": {"$ref": "other"}}}, "nothing is fetched"),
        ({"$ref": "#/x", "x": {"required": 5}}, "not valid at #/x/required"),
        ({"$ref": "#/x", "x": 7}, "not valid at #/x"),
        ({"$ref": "#"}, "leads back to itself"),
        ({"anyOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"allOf": [{"$ref": "#"}]}}}, "leads back to itself"),
        (reduce(lambda inner, _: {"not": inner}, range(10_000), {}), "schema"),
    ],
)
def test_a_schema_that_is_none_is_refused(schema, told):
    with pytest.raises(UsageError, match=told) as error:
        shape({"rows": ROWS}, budget=60, schema=schema)
    assert not isinstance(error.value, BudgetTooSmall)
    assert len(str(error.value)) < 600


def test_false_takes_nothing_and_true_everything():
    with pytest.raises(InvalidPayload, match="false"):
        shape(ROWS, budget=1_000, schema=False)
    assert shape(ROWS, budget=1_000, schema=True).data == ROWS


def test_a_string_that_does_not_fit_is_not_cut():
    with pytest.raises(BudgetTooSmall) as error:
        shape(LONG * 9, budget=20, schema={"type": "string"})
    assert shape(LONG * 9, budget=error.value.needed, schema={"type": "string"}).data == LONG * 9


@pytest.mark.parametrize("budget", [20, 300, 3_000])
def test_a_deep_payload_is_shown_as_deep_as_can_be_validated(budget):
    result = shape(deep(100_000), budget=budget, schema=CHAIN)
    assert result.tokens <= budget
    assert [omission.kind for omission in result.omitted] == ["keys"]


def test_a_deep_payload_of_which_all_is_required_is_told_to_be_too_large():
    with pytest.raises(BudgetTooSmall) as error:
        shape(deep(5_000), budget=100, schema=ALL_OF_IT)
    assert error.value.needed > 20_000
    with pytest.raises(UsageError, match="too deep"):
        shape(deep(5_000), budget=error.value.needed, schema=ALL_OF_IT)


def test_a_value_that_contains_itself_is_refused():
    with pytest.raises(InvalidPayload, match="contains itself"):
        shape(circle(), budget=100, schema=ALL_OF_IT)


@pytest.mark.parametrize("schema", [ANSWER, {"properties": {"rows": {"items": {"oneOf": [{"type": "object"}]}}}}])
def test_no_more_is_read_than_is_shown(schema):
    def looks(count):
        seen = []
        rows = watched(list, [{"id": 1, "title": LONG}] * count, seen, 5_000)
        shape({"query": "q", "rows": rows}, budget=200, schema=schema)
        return len(seen)

    assert looks(100_000) == looks(6_000) > 0


def test_a_large_schema_is_read_once():
    names = [f"p{number}" for number in range(3_000)]
    schema = {"items": {"properties": {name: {"type": "string"} for name in names}, "required": ["p7"]}}
    rows = ({"p7": LONG, "p8": LONG} for _ in range(50))
    result = shape(list(islice(rows, 50)), budget=60, schema=schema)
    assert all("p7" in row for row in result.data)


def test_without_its_package_the_extra_is_named():
    program = (
        "import sys; sys.modules['jsonschema'] = None\n"
        "import richresp\n"
        "assert richresp.shape([1, 2], budget=9).data == [1, 2]\n"
        "try:\n    richresp.shape([1], budget=9, schema={})\n"
        "except richresp.MissingExtra as error:\n    print(error)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'richresp[schema]'" in answer.stdout
