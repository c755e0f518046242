"""JSON and YAML as they come: the same value, or one finding with the place of the fault."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from richresp.exceptions import InvalidPayload
from richresp.hosts.lint import lint
from richresp.hosts.lint.reading import read
from tests.hosts.lint.documents import BESIDE, GOOD

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=12)
NUMBERS = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXTS, inside, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_json_has_it(value):
    text = json.dumps({"a": value}, ensure_ascii=False)
    assert read(text).value == read(text.encode()).value == {"a": value}


@given(VALUES)
def test_yaml_is_read_as_it_was_written(value):
    """Quoted wherever PyYAML thinks it needs to be."""
    text = yaml.safe_dump({"key": value}, allow_unicode=True, sort_keys=False)
    assert read(text).value == {"key": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 2026-05-31", "2026-05-31"),
        ("a: 1.0.0", "1.0.0"),
        ("a: 010", 10),
        ("a: 0x1F", 31),
        ("a: ~", None),
        ("a:", None),
        ("a: True", True),
        ("a: '1'", "1"),
        ("a: !!str 1", "1"),
        ("a: !!int '1'", 1),
        ("a: 1e3", 1000.0),
        ("a: .5", 0.5),
        ("a: .inf", ".inf"),
        ("a: &b [1]", [1]),
        ("a: |\n  x\n  y\n", "x\ny\n"),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says(text, value):
    got = read(text).value["a"]
    assert (got, type(got)) == (value, type(value))


def test_keys_are_texts_as_they_stand_and_aliases_are_what_they_name():
    assert read("200: &a {x: 1}\n3.10: *a\nyes: *a").value == {"200": {"x": 1}, "3.10": {"x": 1}, "yes": {"x": 1}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,}', "not JSON, line 1 column"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"a": NaN}', "NaN is no JSON"),
        ("[" * 100_000, "nested deeper"),
        ('{"a": ' + "9" * 5_000 + "}", "not JSON"),
        ("a: 1\na: 2", "line 2 column 1: the key 'a' stands twice"),
        ("a: [1", "neither JSON nor YAML, line "),
        ("a: !!python/object/apply:os.system ['true']", "line 1 column 4: the tag"),
        ("a: !!binary aGk=", "line 1 column 4: the tag"),
        ("a: !!timestamp 2026-05-31", "the tag"),
        ("a: !own x", "the tag '!own'"),
        ("a: !!int x", "is not what its tag says"),
        ("a: &a [*a]", "names nothing that is complete"),
        ("a: *b", "alias"),
        ("? [1]\n: 2", "a key is a collection"),
        ("a: 1\n---\nb: 2", "a second document begins"),
        ("- " * 100 + "x", "nested deeper than 64"),
        ("a: \x1b[31m", "neither JSON nor YAML"),
        ("", "empty"),
        (" \n", "empty"),
        (b"\xff\xfe{\x00", "not UTF-8 from byte 0"),
    ],
)
def test_what_cannot_be_read_is_one_finding(text, said):
    report = lint(text)
    assert [found.code for found in report.findings] == ["unreadable"]
    assert said in report.findings[0].message
    assert report.kind == "unknown"
    assert report.bill.conversation == 0


def test_a_document_that_a_manifest_names_is_told_by_its_name():
    [name] = [name for name in BESIDE if name.startswith("https")]
    [found] = lint(GOOD["plugin"](), beside={name: b"openapi: ["}).findings
    assert (found.code, found.document) == ("unreadable", name)
    [found] = lint(GOOD["plugin"](), beside={name: GOOD["tools"]()}).findings
    assert (found.code, found.document) == ("unknown-kind", name)
    [found] = lint(GOOD["m365"](), beside=BESIDE | {"tools.json": GOOD["openapi"]()}).findings
    assert (found.code, found.document) == ("unknown-kind", "tools.json")


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"a": [b"x"]}, "/a/0"),
        ({"a": {1: 2}}, "/a"),
        ({"a/b": (1,)}, "/a~1b"),
        ({"a": 1 << 20_000}, "/a"),
        (object(), ""),
    ],
)
def test_a_parsed_value_without_a_json_form_is_refused_with_its_place(value, pointer):
    with pytest.raises(InvalidPayload) as caught:
        lint(value)
    assert caught.value.pointer == pointer


def test_a_byte_order_mark_is_none_of_the_text():
    assert read(b"\xef\xbb\xbf{}").value == {}
