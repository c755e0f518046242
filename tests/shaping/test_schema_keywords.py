"""`schema=`: whatever keyword a schema uses, a payload that fits it fits it still when it is trimmed.

Each case is a schema that a careless trimming of its payload would break. Random schemas of all keywords follow.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, InvalidPayload, UsageError, shape, tokens
from tests.shaping.oracles import compact
from tests.shaping.payloads import enough, shaped
from tests.shaping.schema_cases import LONG, documents, is_valid, payloads

TEXTS = [f"{number} {LONG}" for number in range(6)]
TWINS = [{"id": 1, "text": text * 20} for text in TEXTS]
FORM = {"a": TEXTS[0], "b": TEXTS[1], "c": TEXTS[2], "d": TEXTS[3]}
KIND = {"kind": "x", **FORM}
TAGGED = [
    {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": kind}, "a": {}, "b": {}},
        "additionalProperties": extra,
    }
    for kind, extra in (("x", True), ("y", False))
]

CASES = {
    "required": ({"required": ["d"]}, FORM),
    "required below": ({"properties": {"a": {"required": ["d"]}}}, {"a": FORM, "b": FORM}),
    "required of what matches": ({"patternProperties": {"^a$": {"required": ["d"]}}}, {"a": FORM, "b": FORM}),
    "required of others": ({"properties": {"b": {}}, "additionalProperties": {"required": ["d"]}}, {"a": FORM}),
    "required of items": ({"items": {"required": ["d"]}}, [FORM] * 4),
    "required of the second item": ({"prefixItems": [{}, {"required": ["d"]}]}, [FORM] * 4),
    "required of further items": ({"prefixItems": [{}], "items": {"required": ["d"]}}, [FORM] * 4),
    "items in their places": (
        {"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": {"type": "object"}},
        [1, TEXTS[0], *[{"text": text} for text in TEXTS]],
    ),
    "items of draft 7": (
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "items": [{"type": "integer"}, {"type": "string"}],
            "additionalItems": {"required": ["d"]},
        },
        [1, TEXTS[0], FORM, FORM, FORM],
    ),
    "minItems": ({"minItems": 5}, TEXTS),
    "minItems below": ({"properties": {"a": {"minItems": 5}}}, {"a": TEXTS, "b": TEXTS[0]}),
    "uniqueItems": ({"uniqueItems": True}, TWINS),
    "contains": ({"contains": {"pattern": "^4"}}, TEXTS),
    "contains of records": ({"contains": {"required": ["d"]}}, [{"a": 1}, FORM, FORM]),
    "maxContains": ({"contains": {"maxProperties": 3}, "maxContains": 1, "minContains": 0}, [FORM] * 3),
    "unevaluatedItems": (
        {"prefixItems": [{"type": "integer"}], "unevaluatedItems": {"required": ["d"]}},
        [1, FORM, FORM, FORM],
    ),
    "unevaluatedProperties": ({"unevaluatedProperties": {"required": ["d"]}}, {"a": FORM, "b": FORM}),
    "unevaluatedProperties beside a dependency": (
        {"dependentSchemas": {"d": {"properties": {"a": True, "b": True, "c": True, "d": True}}},
         "unevaluatedProperties": False},
        FORM,
    ),
    "minProperties": ({"minProperties": 3}, FORM),
    "dependentRequired": ({"dependentRequired": {"a": ["d"]}}, FORM),
    "dependentSchemas": ({"dependentSchemas": {"a": {"required": ["d"]}}}, FORM),
    "dependencies of draft 7": (
        {"$schema": "http://json-schema.org/draft-07/schema#", "dependencies": {"a": ["d"], "b": {"required": ["c"]}}},
        FORM,
    ),
    "allOf": ({"allOf": [{"required": ["c"]}, {"required": ["d"]}]}, FORM),
    "anyOf": ({"anyOf": [{"required": ["e"]}, {"required": ["d"]}]}, FORM),
    "oneOf": ({"oneOf": [{"required": ["d"]}, {"maxProperties": 3}]}, FORM),
    "oneOf of types": ({"oneOf": [{"type": "null"}, {"type": "object", "required": ["d"]}]}, FORM),
    "oneOf with a tag": ({"oneOf": TAGGED}, {**FORM, "kind": "x"}),
    "oneOf without a tag": ({"oneOf": [{}, {"properties": {"a": {}, "b": {}}, "additionalProperties": False}]}, FORM),
    "not": ({"not": {"maxProperties": 3}}, FORM),
    "not of a property": ({"not": {"properties": {"d": {"type": "integer"}}}}, FORM),
    "not of what matches": ({"not": {"patternProperties": {"d": {"type": "integer"}}}}, FORM),
    "not of others": ({"not": {"properties": {"a": {}, "b": {}, "c": {}}, "additionalProperties": False}}, FORM),
    "not of names": ({"not": {"propertyNames": {"enum": ["a", "b", "c"]}}}, FORM),
    "not of minProperties": ({"not": {"not": {"minProperties": 4}}}, FORM),
    "not of dependencies": ({"not": {"dependentRequired": {"d": ["e"]}}}, FORM),
    "not of items": ({"not": {"items": {"pattern": "^[0-4]"}}}, TEXTS),
    "not of maxItems": ({"not": {"maxItems": 5}}, TEXTS),
    "not of minItems": ({"not": {"not": {"minItems": 6}}}, TEXTS),
    "not of contains": ({"not": {"not": {"contains": {"pattern": "^5"}}}}, TEXTS),
    "not of contains that could come true": ({"not": {"contains": {"maxProperties": 3}}}, [FORM] * 3),
    "not of uniqueItems": ({"not": {"uniqueItems": True}}, [*TEXTS, TEXTS[0]]),
    "not of further places": ({"not": {"prefixItems": [True, True, {"type": "integer"}]}}, TEXTS),
    "not of a constant": ({"properties": {"list": {"not": {"const": TEXTS[:2]}}}}, {"list": TEXTS, "b": TEXTS[0]}),
    "not of what is unevaluated": (
        {"not": {"properties": {"a": True, "b": True, "c": True}, "unevaluatedProperties": False}},
        FORM,
    ),
    "if": ({"if": {"required": ["d"]}, "else": {"required": ["e"]}}, FORM),
    "if turns to then": ({"if": {"maxProperties": 3}, "then": {"required": ["e"]}}, FORM),
    "then": ({"if": {"properties": {"kind": {"const": "x"}}}, "then": {"required": ["d"]}}, KIND),
    "else": ({"if": {"properties": {"kind": {"const": "y"}}}, "else": {"required": ["d"]}}, KIND),
    "const": ({"properties": {"a": {"const": FORM}}}, {"a": FORM, "b": TEXTS[0]}),
    "enum": ({"items": {"enum": [FORM, TEXTS]}}, [FORM, TEXTS, FORM]),
    "$ref": ({"$ref": "#/$defs/form", "$defs": {"form": {"required": ["d"]}}}, FORM),
    "$ref to an anchor": ({"$ref": "#form", "$defs": {"x": {"$anchor": "form", "required": ["d"]}}}, FORM),
    "$ref to a schema with an id": (
        {"$id": "https://example.com/root", "$ref": "form",
         "$defs": {"x": {"$id": "form", "$ref": "#/$defs/y", "$defs": {"y": {"required": ["d"]}}}}},
        FORM,
    ),
    "$ref in a circle of values": (
        {"required": ["d"], "properties": {"a": {"$ref": "#"}}},
        {"a": {"a": FORM, **{name: FORM[name] for name in "bcd"}}, **{name: FORM[name] for name in "bcd"}},
    ),
    "$dynamicRef": (
        {"$dynamicAnchor": "node", "properties": {"a": {"$dynamicRef": "#node"}}, "required": ["d"]},
        {"a": FORM, "d": TEXTS[0], "e": TEXTS[1]},
    ),
    "$recursiveRef": (
        {"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": True, "required": ["d"],
         "properties": {"a": {"$recursiveRef": "#"}}},
        {"a": FORM, "d": TEXTS[0], "e": TEXTS[1]},
    ),
    "definitions of draft 4": (
        {"$schema": "http://json-schema.org/draft-04/schema#", "items": {"$ref": "#/definitions/form"},
         "definitions": {"form": {"required": ["d"], "properties": {"b": {"minimum": 5, "exclusiveMinimum": True}}}}},
        [FORM] * 4,
    ),
}  # fmt: skip


def assert_all_budgets_are_met(schema, payload, strategy="head"):
    """Every result, and every page after it, is valid and within its budget, from the smallest to the whole; gives how
    many results there are."""
    full, budget, met = tokens.count(compact(payload)), 0, 0
    while budget <= full:
        budget = enough(payload, budget, schema=schema, strategy=strategy)
        result = shape(payload, budget=budget, schema=schema, strategy=strategy)
        assert result.tokens <= budget
        assert is_valid(schema, result.data)
        assert result.truncated == (result.data != payload)
        met += result.truncated
        assert_later_pages_are_valid(schema, payload, budget, result, strategy)
        budget += 1 + full // 12
    assert shape(payload, budget=full, schema=schema, strategy=strategy).data == payload
    return met


def assert_later_pages_are_valid(schema, payload, budget, page, strategy):
    seen = set()
    while page.cursor is not None:
        assert page.cursor not in seen
        seen.add(page.cursor)
        page = shaped(payload, budget, schema=schema, strategy=strategy, cursor=page.cursor)
        assert is_valid(schema, page.data)


@pytest.mark.parametrize("strategy", ["head", "tail", "spread"])
@pytest.mark.parametrize("name", CASES)
def test_what_is_valid_stays_so(name, strategy):
    schema, payload = CASES[name]
    assert is_valid(schema, payload)
    assert_all_budgets_are_met(schema, payload, strategy)


FREE = ["required", "required below", "minItems", "anyOf", "oneOf with a tag", "oneOf of types", "dependentRequired"]


@pytest.mark.parametrize("name", [*FREE, "if", "then", "$ref", "minProperties", "unevaluatedProperties"])
def test_what_is_optional_is_left_out(name):
    assert assert_all_budgets_are_met(*CASES[name]) > 1


@given(documents, payloads, st.sampled_from(["head", "tail", "spread"]))
def test_a_random_payload_that_fits_its_random_schema_fits_it_trimmed(schema, payload, strategy):
    match is_valid(schema, payload):
        case True:
            assert_all_budgets_are_met(schema, payload, strategy)
        case False:
            with pytest.raises(InvalidPayload, match="does not fit the schema"):
                shape(payload, budget=10_000, schema=schema, strategy=strategy)


@settings(max_examples=settings().max_examples // 2)
@given(documents, payloads)
def test_a_trimmed_payload_is_valid_or_said_not_to_be(schema, payload):
    for budget in (20, 60, 120):
        try:
            result = shape(payload, budget=budget, schema=schema)
        except (BudgetTooSmall, InvalidPayload):
            continue
        except UsageError:
            assert is_valid(schema, payload) is None
            continue
        assert is_valid(schema, result.data)
