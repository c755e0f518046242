"""`explain` says where all tokens go, so that what makes an answer long is seen in the first lines."""

import json
import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import tokens
from richresp.exceptions import InvalidPayload
from richresp.shaping.explain import explain

LINES, COLUMNS = 22, 100
keys = st.one_of(
    st.sampled_from(
        ["id", "name", "text", "", "a b", "it's", "\x1b[31m", "x\ny", "\u202e", "k" * 300, "漢字" * 40, "$", "*"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(["!" * 700, "word " * 200]),
)  # fmt: skip
inner = st.recursive(
    scalars,
    lambda inside: st.one_of(st.lists(inside, max_size=8), st.dictionaries(keys, inside, max_size=8)),
    max_leaves=40,
)
maps = st.dictionaries(st.text("abcxyz0189-", min_size=1, max_size=6), inner, min_size=45, max_size=70)
payloads = st.one_of(inner, maps, st.lists(inner, max_size=20).map(lambda items: {"items": items, "again": items}))


def compact(payload):
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def columns(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def assert_readable(tree):
    lines = str(tree).split("\n")
    assert len(lines) <= LINES
    assert max(map(columns, lines)) <= COLUMNS
    assert all(line.isprintable() for line in lines)


def leak(results, length=1_536):
    """A search that returns its vectors along with the texts."""
    vector = [zlib.crc32(str(at).encode()) / 2**32 - 0.5 for at in range(length)]
    hit = {
        "id": "doc_17",
        "text": "The harbour was rebuilt after the storm of 1953. " * 49,
        "metadata": {"source": "file", "url": "https://example.com/harbour", "created_at": None},
        "embedding": vector,
        "score": 0.87,
    }
    return {"results": [{"query": name, "results": [hit] * results} for name in ("harbour", "storm")]}


def at(tree, path):
    (found,) = (node for node in tree if node.path == path)
    return found


def test_the_leak_stands_in_the_first_line_with_its_cure():
    text = str(explain(leak(10)))
    first = text.partition("\n")[0]
    assert "in results[*].results[*].embedding; " in first
    assert 'drop=["$..embedding"] saves 9' in first
    assert text.count("embedding") == 3


def test_what_the_cure_promises_is_saved():
    payload = leak(3)
    tree = explain(payload)
    for part in payload["results"]:
        part["results"] = [{name: hit[name] for name in hit if name != "embedding"} for hit in part["results"]]
    saved = 1 - tokens.count(compact(payload)) / tree.tokens
    assert at(tree, "results[*].results[*].embedding").share == pytest.approx(saved, abs=0.01)
    assert f"saves {saved:.0%}".replace("%", " %") in str(tree)


@pytest.mark.parametrize(
    "payload", [{"a b": ["x" * 90] * 9}, {"text": "word " * 4, "note": "other " * 4, "more": "words " * 4}, ["x y"] * 9]
)
def test_no_cure_is_offered_where_none_can_be_written_or_none_is_enough(payload):
    assert "drop" not in str(explain(payload))


@given(payloads)
def test_all_tokens_are_told_and_none_twice(payload):
    tree = explain(payload)
    assert tree.tokens == tokens.count(compact(payload))
    for node in tree:
        assert node.own >= 0
        assert node.tokens == node.own + sum(child.tokens for child in node.children)
        assert node.share == (node.tokens / tree.tokens)
        assert [child.tokens for child in node.children] == sorted((c.tokens for c in node.children), reverse=True)
    assert tree.values == 0 or tree.count == 1
    assert sum(node.values for node in tree) == _plain_values(payload)


def _plain_values(payload):
    todo, found = [payload], 0
    while todo:
        value = todo.pop()
        if isinstance(value, (dict, list)):
            todo.extend(value.values() if isinstance(value, dict) else value)
        else:
            found += 1
    return found


@given(payloads)
def test_the_drawing_is_short_narrow_and_printable(payload):
    assert_readable(explain(payload))


@given(payloads, st.sampled_from([len, tokens.counter("claude"), lambda text: zlib.crc32(text.encode()) % 997]))
def test_any_counter_has_the_last_word_on_the_sum(payload, counter):
    tree = explain(payload, counter=counter)
    assert tree.tokens == counter(compact(payload))
    assert all(node.own >= 0 for node in tree)


def test_a_foreign_counter_is_called_once():
    calls = []
    explain(leak(2, 50), counter=lambda text: calls.append(text) or len(text))
    assert calls == [compact(leak(2, 50))]


def test_items_and_entries_of_maps_are_merged_and_counted():
    payload = {"packages": {f"package-{n}": {"version": f"1.{n}", "tags": ["a", "b"]} for n in range(60)}, "ok": True}
    tree = explain(payload)
    assert {node.path: (node.count, node.values) for node in tree} == {
        "$": (1, 0),
        "packages": (1, 0),
        "packages.*": (60, 0),
        "packages.*.version": (60, 60),
        "packages.*.tags": (60, 120),
        "ok": (1, 1),
    }
    assert "packages.*  x60" in str(tree)


def test_a_wide_record_is_no_map():
    payload = [{f"column_{n}": n if n % 2 else str(n) for n in range(80)}] * 5
    assert at(explain(payload), "[*].column_17").count == 5


def test_an_entry_that_outweighs_its_map_keeps_its_name():
    payload = {f"p{n}": {"readme": "short"} for n in range(99)} | {"huge": {"readme": "long " * 900}}
    tree = explain(payload)
    assert at(tree, "huge.readme").share > 0.5
    assert at(tree, "*").count == 99


def test_lists_of_lists_of_numbers_are_one_leaf():
    tree = explain({"shape": {"coordinates": [[[1.5, 2.5], [3.5, 4.5]], [[5.5, 6.5]]]}, "id": 7})
    assert (at(tree, "shape.coordinates").values, at(tree, "shape.coordinates").children) == (6, ())


@pytest.mark.parametrize(
    "payload", [1, None, "a", "", [], {}, [[]], [{}], {"": ""}, (), {"a": float("nan")}, {3, 1, 2}]
)
def test_small_payloads_have_a_tree(payload):
    assert_readable(explain(payload))


def test_what_json_cannot_hold_counts_as_it_is_written():
    payload = [float("nan"), "\ud800", {"\udfff": [float("inf"), "x\udc00"]}]
    assert explain(payload).tokens == tokens.count('[null,"\ufffd",{"\ufffd":[null,"x\ufffd"]}]')


def test_whatever_can_be_read_in_order_is_a_list():
    read = explain({"rows": ({"id": n, "tags": (t for t in "ab")} for n in range(9))})
    given = explain({"rows": [{"id": n, "tags": ["a", "b"]} for n in range(9)]})
    assert read.tokens == given.tokens
    assert {(node.path, node.count, node.values) for node in read} == {(n.path, n.count, n.values) for n in given}


def test_a_tree_is_a_value():
    tree = explain(leak(2, 20))
    assert tree == explain(leak(2, 20))
    assert str(tree) == str(explain(leak(2, 20)))
    told = json.loads(json.dumps(tree.to_dict()))
    assert (told["path"], told["tokens"], told["share"]) == ("$", tree.tokens, 1.0)
    assert [leaf.name for leaf in tree.heaviest(2)] == ["text", "embedding"]


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: {"k": v}, lambda v: {"id": 1, "child": v}])
def test_any_depth_is_told(wrap):
    payload = None
    for _ in range(100_000):
        payload = wrap(payload)
    tree = explain(payload)
    assert_readable(tree)
    assert max(node.path.count("[") + node.path.count(".") for node in tree) < 100
    assert tree.tokens > 10_000
    assert repr(tree) != ""


def test_what_is_wrong_is_told_with_its_place():
    with pytest.raises(InvalidPayload) as error:
        explain({"rows": [{"id": 1}, {"id": 2, "raw": b""}]})
    assert error.value.pointer == "/rows/1/raw"


@pytest.mark.parametrize("inside", ["list", "dict"])
def test_a_cycle_is_an_error(inside):
    payload = {"a": [1]}
    payload["a"].append(payload if inside == "dict" else payload["a"])
    with pytest.raises(InvalidPayload, match="contains itself"):
        explain(payload)


@pytest.mark.parametrize(
    "value", [lambda n: n, lambda n: {"id": n}, lambda n: {f"k{n}": n}], ids=["number", "record", "odd"]
)
def test_a_dict_of_many_keys_makes_a_small_tree(value):
    tree = explain({f"key {n}": value(n) for n in range(100_000)})
    assert at(tree, "*").count == 100_000
    assert sum(1 for _ in tree) < 500
    assert_readable(tree)


def test_a_million_keys():
    payload = dict.fromkeys(map(str, range(1_000_000)), 0)
    tree = explain(payload)
    assert (tree.tokens, at(tree, "*").count) == (tokens.count(compact(payload)), 1_000_000)


def test_the_number_of_paths_is_bounded():
    payload = [{f"a{n % 97}": {f"b{n % 89}": {f"c{n % 83}": n, "text": str(n)}}} for n in range(40_000)]
    tree = explain(payload)
    assert tree.tokens == tokens.count(compact(payload))
    assert sum(1 for _ in tree) < 20_002
    assert_readable(tree)


@pytest.mark.parametrize("unit", ["a", " ", "!", "word and ", "字", '"\\', "\x01"])
def test_a_long_string_is_counted_once(unit):
    payload = {"id": 1, "text": unit * (1_000_000 // len(unit)), "tail": ["x", 2]}
    tree = explain(payload)
    assert tree.tokens == tokens.count(compact(payload))
    assert tree.children[0].path == "text"
    assert tree.children[0].share > 0.99
    assert_readable(tree)


def test_the_share_of_a_field_is_about_what_its_text_costs():
    payload = [{"id": n * 7_919, "made": "2024-05-17T12:30:00Z", "note": "a plain remark on it"} for n in range(200)]
    tree = explain(payload)
    for name in ("id", "made", "note"):
        alone = sum(tokens.count(str(record[name])) for record in payload)
        assert at(tree, f"[*].{name}").tokens / tree.tokens == pytest.approx(alone / tree.tokens, abs=0.04)
