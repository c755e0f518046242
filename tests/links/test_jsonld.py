"""JSON-LD is read as authors and templates leave it, block by block, and never raises."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.extract import MAX_JSON_LD_CHARS, MAX_JSON_LD_DEPTH, MAX_JSON_LD_NODES, MAX_MENDED_CHARS
from richresp.links.jsonld import read_linked, text_in, types_of

NODE = {"@type": "Article", "headline": "a, b];{c}"}
TEXT = json.dumps(NODE)
DIRTY = [
    TEXT,
    f"\ufeff\n {TEXT} ;;\n",
    f"<![CDATA[{TEXT}]]>",
    f"//<![CDATA[\n{TEXT}\n//]]>",
    f"/*<![CDATA[*/{TEXT}/*]]>*/",
    f"<!--\n{TEXT}\n-->",
    f"<!-- //{TEXT}; //-->",
    TEXT.replace('"', "&quot;"),
    TEXT.replace('"', "&#34;"),
    TEXT[:-1] + ", }",
    f"[{TEXT}, ]",
    f'{{"@graph": [{TEXT}]}}',
    f'{{"@context": "https://schema.org", "@graph": [[{TEXT}]]}}',
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@id", "@type", "@graph", "name", "url", "publisher", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("block", DIRTY)
def test_what_stands_around_and_in_a_block_does_not_hide_it(block):
    found = read_linked([block])
    assert (found.nodes, found.broken) == ((NODE,), ())


def test_several_values_in_one_script_are_all_read():
    assert [node["n"] for node in read_linked(['{"n": 1}\n{"n": 2}, [{"n": 3}];{"n": 4}']).nodes] == [1, 2, 3, 4]


def test_text_may_hold_line_ends_and_wrong_escapes():
    assert read_linked(['{"name": "a\nb\\\'c\\d\\u0065"}']).nodes == ({"name": "a\nb'cde"},)


def test_what_only_looks_wrong_in_a_text_is_left_alone():
    node = {"a": "x,]", "b": ',}"\\', "c": "//<!-- ]]>"}
    assert read_linked([json.dumps(node)[:-1] + ",}"]).nodes == (node,)


def test_a_broken_block_costs_itself_and_is_told():
    found = read_linked(['{"a": ', TEXT, "", "not json", '{"a": ' + "9" * 5_000 + "}"])
    assert found.nodes == (NODE,)
    assert len(found.broken) == 3


def test_main_entities_stand_by_themselves():
    found = read_linked([json.dumps({"@type": "WebPage", "mainEntity": {"@type": "Article", "mainEntity": [NODE]}})])
    assert [sorted(types_of(node)) for node in found.nodes] == [["webpage"], ["article"], ["article"]]


def test_references_lead_to_the_node_that_says_most_wherever_it_stands():
    article = {"@type": "Article", "publisher": {"@id": "#o"}}
    site = {"@type": "WebSite", "about": [{"publisher": {"@id": "#o", "@type": "Organization", "name": "Org"}}]}
    found = read_linked([json.dumps({"@graph": [article, site]})])
    assert list(found.names(found.nodes[0]["publisher"])) == ["Org"]
    loop = read_linked(['{"@id": "#a", "publisher": {"@id": "#a"}}'])
    assert list(loop.names(loop.nodes[0]["publisher"])) == []


@pytest.mark.parametrize(
    ("value", "names", "addresses"),
    [
        ("a", ["a"], ["a"]),
        ({"name": "a", "url": "u"}, ["a"], ["u"]),
        ([{"name": ["a", "b"]}, "c", None, 3], ["a", "c"], ["c"]),
        ({"@type": "ImageObject", "contentUrl": "u"}, [], ["u"]),
        ({"@id": "u"}, [], ["u"]),
        (None, [], []),
    ],
)
def test_names_and_addresses_of_values_of_all_shapes(value, names, addresses):
    found = read_linked([])
    assert (list(found.names(value)), list(found.addresses(value))) == (names, addresses)


def test_types_have_many_spellings():
    kinds = ["NewsArticle", "https://schema.org/Article", "http://www.schema.org/Recipe", "schema:Product", 7]
    assert types_of({"@type": kinds}) == {"newsarticle", "article", "recipe", "product"}
    assert list(text_in([{"@value": "a", "@language": "en"}, "b", 1, {}])) == ["a", "b"]


@pytest.mark.parametrize("opening", ["[", '{"@graph":', '{"a":[', '["[",'])
def test_depth_is_refused_before_it_is_parsed(opening):
    assert len(read_linked([opening * 50_000, TEXT]).broken) == 1
    deep = "[" * MAX_JSON_LD_DEPTH + "]" * MAX_JSON_LD_DEPTH
    assert read_linked([deep]).broken == ()
    assert read_linked([f"[{deep}]"]).broken != ()


def test_brackets_in_text_are_no_depth():
    node = {"a": "[" * 5_000 + '"\\' + "{" * 5_000}
    assert read_linked([json.dumps(node)]).nodes == (node,)


def test_what_is_kept_is_bounded():
    assert len(read_linked(["[" + '{"a":1},' * 5_000 + '{"a":1}]']).nodes) == MAX_JSON_LD_NODES  # fmt: skip
    assert read_linked([" " * MAX_JSON_LD_CHARS, TEXT]).nodes == ()


@given(st.lists(VALUES, max_size=3))
def test_values_of_any_shape_are_read(values):
    found = read_linked([json.dumps(value) for value in values])
    assert found.broken == ()
    for node in found.nodes:
        for value in node.values():
            assert all(isinstance(text, str) for text in (*found.names(value), *found.addresses(value)))


@given(st.lists(st.sampled_from(["{", "}", "[", "]", '"', "\\", ",", ":", '"@id"', '"@graph"', "1", "&quot;", "//", "<!--", "-->",
                                 "]]>", ";", "\n", "é", "\ud800", "NaN"]), max_size=30).map("".join))  # fmt: skip
def test_no_text_raises(text):
    read_linked([text, text])


BOMBS = [
    "[",
    '"',
    '"\\',
    "\\",
    ",",
    ", ",
    "{}",
    '{"a":',
    "//",
    "<!--",
    ";",
    "&quot;",
    '{"@id":"a"},',
    '[{"a":[',
    "]",
    '",',
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_is_more_than_linear_work(bomb, count_steps):
    small, large = (count_steps(lambda text: read_linked([text]), bomb * times) for times in (1_000, 2_000))
    assert large <= 2.5 * small + 200


def test_mending_is_bounded_over_all_blocks():
    block = '{"a": "' + "x" * (MAX_MENDED_CHARS // 2) + '",}'
    assert len(read_linked([block] * 3).nodes) == 1
    assert len(read_linked([block] * 3).broken) == 2
