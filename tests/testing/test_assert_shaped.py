"""What shape returns passes the kit, and each fault that a handler can add to it is found and told."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, testing, tokens
from richresp.testing import assert_shaped
from tests.shaping.as_json import shape, shape_parts

HITS = [
    {"id": number, "title": f"hit {number}", "url": f"https://example.com/articles/2026/{number}"}
    for number in range(80)
]
TEXT = "one word and another word. " * 90
PAYLOAD = {"query": "cranes", "hits": HITS, "text": TEXT}
GOOD = shape(PAYLOAD, budget=400)
LIST = shape(HITS, budget=300)


def shaped(payload, budget, **options):
    try:
        return shape(payload, budget=budget, **options), budget
    except BudgetTooSmall as error:
        return shape(payload, budget=error.needed, **options), error.needed


@given(testing.payloads(), st.integers(20, 900), st.sampled_from(["head", "tail", "spread"]))
def test_what_shape_returns_passes(payload, budget, strategy):
    result, budget = shaped(payload, budget, strategy=strategy)
    assert_shaped(result, budget=budget, payload=payload)
    if not isinstance(payload, str):  # the notice of a text stands aside
        assert_shaped(result.text, budget=budget, payload=payload)


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(st.dictionaries(st.sampled_from("abc"), testing.payloads(), min_size=1), st.integers(60, 900))
def test_what_shape_parts_returns_passes(parts, budget):
    result = shape_parts(parts, budget=budget)
    assert_shaped(result, budget=budget, payload=parts)
    assert_shaped(result.text, budget=budget, payload=parts, paged=False)


@pytest.mark.parametrize(
    "options",
    [{"notice": "aside"}, {"drop": ["$..url"]}, {"keep": ["$..id"]}, {"counter": len, "budget": 1_500},
     {"profile": "gpt-actions", "budget": None}, {"counter": tokens.counter("claude")}, {"cursor": GOOD.cursor}],
    ids=str,
)  # fmt: skip
def test_what_it_returns_with_options_passes(options):
    options = {"budget": 400, **options}
    caps = {name: options[name] for name in ("budget", "profile", "counter", "drop") if name in options}
    options.update(drop=options.get("drop", ()))
    assert_shaped(shape(PAYLOAD, **options), payload=PAYLOAD, **caps)


def test_a_notice_beside_the_text_counts():
    result = shape(TEXT, budget=100)
    assert_shaped(result.text, budget=100, payload=TEXT, notice=result.notice)
    with pytest.raises(AssertionError, match="no notice says so"):
        assert_shaped(result.text, budget=100, payload=TEXT)


def broken(change):
    """The text of a good answer after its value was changed."""
    value = json.loads(GOOD.text)
    change(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def swap(value):
    value["hits"][0], value["hits"][1] = value["hits"][1], value["hits"][0]


MUTANTS = {
    "over budget": (GOOD.text + " " * 4_000, {}, "more than the budget of 400"),
    "over chars": (GOOD.text, {"budget": {"chars": 900}}, "chars"),
    "broken JSON": (GOOD.text[:-40], {}, "not JSON"),
    "JSON with a word behind it": (GOOD.text + " done", {}, "not JSON"),
    "NaN": (GOOD.text.replace('"id":0', '"id":NaN'), {}, "NaN"),
    "a key twice": (GOOD.text.replace('"id":0', '"id":0,"id":0'), {}, "'id' twice"),
    "a lone surrogate": (GOOD.text.replace("hit 0", "hit \ud800"), {}, "surrogate"),
    "an escaped lone surrogate": (GOOD.text.replace("hit 0", "hit \\ud800"), {}, "surrogate"),
    "silent truncation": (broken(lambda value: value.pop("_notice")), {}, "no notice says so"),
    "a needless notice": (json.dumps({"_notice": GOOD.notice, **PAYLOAD}), {"budget": 9_000}, "nothing is missing"),
    "an invented scalar": (broken(lambda value: value["hits"][0].update(id=7)), {}, "/hits/0/id is 7 where the payload has 0"),
    "a rounded number": (broken(lambda value: value["hits"][1].update(id=1.0)), {}, "a number"),
    "an invented key": (broken(lambda value: value["hits"][0].update(extra=1)), {}, "'extra', which the payload has not"),
    "an invented item": (json.dumps({**PAYLOAD, "hits": [*HITS, HITS[0]]}), {"budget": 9_000}, "out of order or twice"),
    "another text": (broken(lambda value: value.update(query="birds")), {}, "'birds'"),
    "reordered items": (broken(swap), {}, "out of order or twice"),
    "reordered keys": (broken(lambda value: value.update(query=value.pop("query"))), {}, "another order"),
    "a cut URL": (broken(lambda value: value["hits"][0].update(url="https://example.com/arti…")), {}, "cuts the URL"),
    "an unmarked cut": (broken(lambda value: value["hits"][0].update(title="hit")), {}, "ends in …"),
    "a type changed": (broken(lambda value: value["hits"][0].update(id="0")), {}, "a text, where the payload has 0, a number"),
    "a filtered result": (broken(lambda value: value["hits"].pop()), {}, "filter the payload before"),
    "a lost cursor": (GOOD.text.replace(f"; for more, call again with cursor {GOOD.cursor}", ""), {}, "names no cursor"),
    "a notice of a list": (json.dumps(json.loads(LIST.text)[1:]), {"payload": HITS}, "no notice says so"),
    "a lost cursor of a list": (LIST.text.replace(LIST.cursor, "").replace("with cursor ", ""), {"payload": HITS}, "names no cursor"),
    "what is no text": (json.loads(GOOD.text), {}, "is a dict"),
    "another cursor": (replace(GOOD, notice=GOOD.notice.replace(GOOD.cursor, "1-2")), {}, "does not name the cursor"),
    "no notice in a result": (replace(GOOD, notice=None), {}, "no notice"),
    "other data": (replace(GOOD, data={}), {}, "different things"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_is_found_and_told(name):
    output, options, told = MUTANTS[name]
    assert_shaped(GOOD, budget=400, payload=PAYLOAD)
    with pytest.raises(AssertionError) as error:
        assert_shaped(output, **{"budget": 400, "payload": PAYLOAD, **options})
    assert told in str(error.value)


def test_a_grapheme_is_not_cut():
    payload = {"text": "so " * 20 + "👩‍🚀 away"}
    with pytest.raises(AssertionError, match="several code points"):
        assert_shaped(
            '{"_notice":"Shortened: 61 of 68 characters shown","text":"' + "so " * 20 + '👩…"}',
            budget=300,
            payload=payload,
        )


NUMBER = "it is 1,234,567.89 in all"


def test_a_number_is_not_cut():
    with pytest.raises(AssertionError, match=r"cuts the number .* after 5"):
        assert_shaped('"it is 1,234…"', budget=300, payload=NUMBER)


MARKDOWN = {
    "an open fence": ("text\n```py\ncode", "never closed"),
    "a row with a bare bar": ("|a|b|\n|-|-|\n|1|2|\n|x|y|z|", "line 4 has 3 cells under a head of 2"),
    "a row that is cut": ("|a|b|\n|-|-|\n|1|2|\n|x", "line 4 has 1 cells"),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_that_shows_wrong_is_found(name):
    text, told = MARKDOWN[name]
    with pytest.raises(AssertionError, match=told):
        assert_shaped(text, budget=300, format="markdown")


@pytest.mark.parametrize(
    "text", ["|a|b|\n|-|-|\n|1|2\\|3|\n\nend | of it", "```\n|a|\n```\n", "````\n```\n````", "a | b\n- | -\n1 | 2"]
)
def test_markdown_that_shows_right_passes(text):
    assert_shaped(text, budget=300, format="markdown")


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a,b\n1,2\n", True),
        ('a,b\n1,"2\n', False),
        ("a,b\n1\n", False),
        ('"Shortened: 1 of 2 items shown; a, b"\na,b\n1,2\n', True),
    ],
)
def test_csv_is_read_as_strictly(text, good):
    if good:
        assert_shaped(text, budget=300, format="csv")
    else:
        with pytest.raises(AssertionError, match=r"CSV|fields"):
            assert_shaped(text, budget=300, format="csv")


def test_the_kit_works_without_hypothesis_and_says_how_to_get_it():
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from richresp import testing, MissingExtra\n"
        "testing.assert_shaped('[1]', budget=9, payload=[1])\n"
        "try:\n    testing.payloads\nexcept MissingExtra as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'richresp[testing]'" in done.stdout


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        testing.nonsense  # noqa: B018
