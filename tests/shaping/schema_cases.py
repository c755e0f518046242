"""Schemas and payloads for them: random ones of all keywords over few names, and orderly ones of records and lists."""

from functools import cache

from hypothesis import strategies as st
from jsonschema.validators import validator_for
from referencing import Registry

from tests.shaping.payloads import prose

NAMES = ["id", "name", "rows", "x-1"]
names = st.sampled_from(NAMES)
some_names = st.lists(names, unique=True, max_size=3)
LONG = "a text of some words, which is worth a piece of its own, so that a page may end before it"
scalars = st.sampled_from([None, True, 0, 1, "a", LONG, f"https://example.com/{'address/' * 9}"])
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, min_size=1, max_size=4)),
    max_leaves=16,
)
payloads = st.one_of(
    st.dictionaries(names, values, min_size=2, max_size=4),
    st.lists(st.dictionaries(names, values, min_size=1, max_size=4), min_size=2, max_size=4),
    st.dictionaries(
        names, st.lists(st.sampled_from([LONG, 1, [LONG, 1], {"id": LONG, "name": 1}]), max_size=5), min_size=1
    ),
)
types = st.sampled_from(["object", "array", "string", "integer", "null", ["object", "array"], ["string", "null"]])
counts = st.integers(0, 3)


def _keywords(inner):
    by_name = st.dictionaries(names, inner, max_size=3)
    return st.fixed_dictionaries({}, optional={
        "type": types,
        "required": some_names,
        "properties": by_name,
        "patternProperties": st.dictionaries(st.sampled_from(["^x-", "a", "o"]), inner, max_size=2),
        "additionalProperties": inner,
        "minProperties": counts,
        "maxProperties": counts,
        "propertyNames": st.sampled_from([{"maxLength": 3}, {"enum": ["id", "name"]}]),
        "dependentRequired": st.dictionaries(names, some_names, max_size=2),
        "dependentSchemas": by_name,
        "unevaluatedProperties": inner,
        "items": inner,
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "minItems": counts,
        "maxItems": counts,
        "uniqueItems": st.booleans(),
        "contains": inner,
        "minContains": counts,
        "maxContains": counts,
        "unevaluatedItems": inner,
        "const": values,
        "enum": st.lists(values, min_size=1, max_size=3),
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "anyOf": st.lists(inner, min_size=1, max_size=3),
        "oneOf": st.lists(inner, min_size=1, max_size=3),
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
        "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two", "#anchored"]),
    })  # fmt: skip


@st.composite
def few(draw, inner):
    """A schema of one to three keywords."""
    schema = draw(_keywords(inner))
    kept = draw(st.lists(st.sampled_from(sorted(schema)), min_size=1, max_size=3)) if schema else []
    together = {"if", "then", "else"} if {"if", "then", "else"} & set(kept) else set()
    return {keyword: schema[keyword] for keyword in schema if keyword in {*kept, *together}}


schemas = st.recursive(
    st.one_of(st.booleans(), st.fixed_dictionaries({"type": types}), st.fixed_dictionaries({"required": some_names}),
              st.fixed_dictionaries({"const": scalars})),
    few,
    max_leaves=8,
)  # fmt: skip
documents = st.builds(
    lambda root, one, two: {**(root if isinstance(root, dict) else {"allOf": [root]}),
                            "$defs": {"one": one, "two": {"$anchor": "anchored", "allOf": [two]}}},
    schemas, schemas, schemas,
)  # fmt: skip


def is_valid(schema, value):
    """What jsonschema says; None where the schema leads in a circle."""
    kind = validator_for(schema, default=validator_for({"$schema": "https://json-schema.org/draft/2020-12/schema"}))
    try:
        return kind(schema, registry=Registry()).is_valid(value)
    except RecursionError:
        return None


TEXT = {"type": "string"}
RECORD = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": {"type": "integer"},
        "title": TEXT,
        "text": TEXT,
        "tags": {"type": "array", "minItems": 1, "items": TEXT},
        "owner": {"type": "object", "required": ["login"], "properties": {"login": TEXT, "email": TEXT}},
        "parent": {"$ref": "#/$defs/record"},
    },
    "additionalProperties": False,
}
ANSWER = {
    "type": "object",
    "required": ["query", "rows"],
    "properties": {
        "query": TEXT,
        "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/record"}},
        "note": TEXT,
    },
    "$defs": {"record": RECORD},
}


@cache
def records():
    """Records that fit their schema."""
    short = st.text("abcde ", max_size=12)
    return st.recursive(
        st.fixed_dictionaries(
            {"id": st.integers(0, 99), "title": short},
            optional={"text": prose, "tags": st.lists(short, min_size=1, max_size=6),
                      "owner": st.fixed_dictionaries({"login": short}, optional={"email": short})},
        ),
        lambda inner: st.builds(lambda record, parent: {**record, "parent": parent}, inner, inner),
        max_leaves=3,
    )  # fmt: skip


@cache
def answers():
    """Answers that fit theirs."""
    rows = st.lists(records(), min_size=1, max_size=12)
    return st.fixed_dictionaries({"query": st.just("q"), "rows": rows}, optional={"note": prose, "more": scalars})


def required_paths(schema, value, whole_schema, path=()):
    """The places that must show with a value, for schemas as orderly as ANSWER."""
    if "$ref" in schema:
        schema = whole_schema["$defs"]["record"]
    yield path
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            yield from required_paths(schema["properties"][name], value[name], whole_schema, (*path, name))
    elif isinstance(value, list):
        for at in range(schema.get("minItems", 0)):
            yield from required_paths(schema["items"], value[at], whole_schema, (*path, at))
