"""One account for the drawing of a tree: its numbers are those of its nodes, they add up, and the headline says what the lines say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import explain
from richresp.shaping.treelines import MARKS, tree_lines
from richresp.shaping.treetext import columns_of, cut, headline, percent
from tests.shaping.test_explain import payloads

ALL = 10**9


@given(payloads)
def test_a_line_costs_what_the_node_costs_that_it_names(payload):
    tree = explain(payload)
    costs = {node.path: node.tokens for node in tree}
    trail = []
    for line in tree_lines(tree, ALL):
        del trail[line.depth :]
        trail.append(line)
        if line.node is None:
            continue
        assert line.tokens == line.node.tokens == costs[line.node.path]
        named = "".join(part if part.startswith("[") else f".{part}" for part in (above.text for above in trail[1:]))
        assert line.node.path == (named.removeprefix(".") or "$")


@given(payloads, st.sampled_from([3, 8, 20, ALL]))
def test_the_lines_below_one_add_up_to_it_but_for_one_per_cent_of_the_whole(payload, room):
    tree = explain(payload)
    lines = tree_lines(tree, room)
    assert len(lines) <= room
    for at, line in enumerate(lines):
        below = []
        for other in lines[at + 1 :]:
            if other.depth <= line.depth:
                break
            if other.depth == line.depth + 1:
                below.append(other)
        if below:
            rest = line.tokens - sum(other.tokens for other in below)
            assert 0 <= rest < max(0.01 * tree.tokens, 1)


@given(payloads)
def test_the_headline_says_what_the_heaviest_line_says(payload):
    tree = explain(payload)
    lines = tree_lines(tree, ALL)
    told = " ".join(headline(tree, ALL))
    ends = [
        line for at, line in enumerate(lines)
        if not line.text.endswith(" more") and not (lines[at + 1 :] and lines[at + 1].depth > line.depth)
    ]  # fmt: skip
    found = re.search(r"; (\S+ %) in (keys and punctuation of )?", told)
    if found is None:
        assert tree.tokens == 0 or all(line.text.endswith(" more") for line in lines[1:])
        return
    share, marks = found.groups()
    heaviest = [line for line in ends if line.tokens == max(each.tokens for each in ends)]
    assert share == percent(heaviest[0].tokens / tree.tokens)
    if marks is None:
        assert any(line.node and told[found.end() :].startswith(line.node.path) for line in heaviest)
    else:
        assert MARKS in {line.text for line in heaviest}


def test_what_stood_in_the_way_of_one_account_is_counted_once():
    assert str(explain([{"a": 1}])).splitlines()[0] == "6 tokens; 83 % in keys and punctuation of $"
    assert re.search(r"^5 +83 % +#+ +\(keys and punctuation\)$", str(explain([{"a": 1}])), re.MULTILINE)


@given(payloads, st.integers(1, 200))
def test_the_headline_is_as_narrow_as_it_has_to_be(payload, width):
    lines = headline(explain(payload), width)
    assert all(lines)
    assert max(map(columns_of, lines)) <= width


@given(st.text("ab漢", max_size=12), st.integers(-3, 30))
def test_a_cut_ends_and_fits(text, room):
    found = cut(text, room)
    assert columns_of(found) <= max(room, 0)
    assert found == text or columns_of(text) > room
    head, mark, tail = found.partition("…")
    assert text.startswith(head)
    assert text.endswith(tail)
    assert mark or found in ("", text)


@pytest.mark.parametrize(("width", "lines"), [(100, 1), (60, 2), (30, 4)])
def test_a_sentence_is_broken_between_its_parts(width, lines):
    tree = explain({"results": [{"embedding": [number / 7 for number in range(99)]}] * 20})
    found = headline(tree, width)
    assert len(found) == lines
    assert " ".join(found).replace(";", "").split() == " ".join(headline(tree, 100)).replace(";", "").split()
