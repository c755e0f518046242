"""A site's name is found in titles by what its host says, and taken out of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.links.sites import (
    is_named_like,
    name_among_words,
    name_around_host,
    name_in_title,
    name_shortened,
    segments_of,
    without_name,
)


@pytest.mark.parametrize(
    ("title", "host", "name"),
    [
        ("What happened | Tall Trees", "talltrees.example", "Tall Trees"),
        ("What happened - Section - Tall Trees", "www.talltrees.co.uk", "Tall Trees"),
        ("Tall Trees: what happened", "en.talltrees.example", "Tall Trees"),
        ("What | Tall Trees | Section", "talltrees.example", "Tall Trees"),
        ("Tall Trees | Tall-Trees", "talltrees.example", "Tall-Trees"),
        ("What｜Tall Trees", "talltrees.example", "Tall Trees"),
        ("What — TallTrees.example", "talltrees.example", "TallTrees.example"),
        ("What | The Tall Trees", "talltrees.example", "The Tall Trees"),
        ("What | Trees & Leaves", "treesandleaves.example", "Trees & Leaves"),
        ("What | Trees & Leaves", "treesleaves.example", "Trees & Leaves"),
        ("What | Tall+", "tallplus.example", "Tall+"),
        ("What | Tr\u00e9\u00e9s", "trees.example", "Tr\u00e9\u00e9s"),
        ("What | B\u00fccher", "xn--bcher-kva.example", "B\u00fccher"),
        ("- Tall Trees", "talltrees.example", "Tall Trees"),
        ("What | Tall Trees -", "talltrees.example", "Tall Trees"),
        ("What | Trees Tall", "tall.trees.example", "Trees Tall"),
        ("Tall Trees", "talltrees.example", "Tall Trees"),
        ("All about tall trees", "talltrees.example", None),
        ("What | Other", "talltrees.example", None),
        ("What | Of", "of.github.example", None),
        ("a | b", "", None),
        ("a | b", "xn--.example", None),
        ("", "talltrees.example", None),
    ],
)
def test_the_segment_that_says_what_the_host_says_is_the_name(title, host, name):
    assert name_in_title(title, host) == name


@pytest.mark.parametrize(
    ("title", "host", "name"),
    [
        ("What | Tall Trees", "thetalltrees.example", "Tall Trees"),
        ("What | The Grand Old Times", "gotimes.example", "The Grand Old Times"),
        ("What | Bureau of Tall Trees", "btt.example", "Bureau of Tall Trees"),
        ("TallTrees | What", "talltreesinc.example", "TallTrees"),
        ("What - Tall Trees", "gettalltrees.example", "Tall Trees"),
        ("What | Tall Trees | Section", "talltreeshq.example", None),
        ("Trees bend in the wind | Section", "trees.example", None),
        ("Section | Trees bend in the wind", "trees.example", None),
        ("Beech And Tall Trees | Section", "btt.example", None),
        ("Section | Tree Supplies", "trees.example", None),
        ("Section | Big trees talk", "big.example", None),
    ],
)
def test_a_host_may_be_short_for_the_last_segment_and_what_is_a_headline_is_no_name(title, host, name):
    assert name_shortened(title, host) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Trees", True), ("The Trees", True), ("TREES Online", True), ("App", False), ("", False), ("Tree", False)],
)
def test_a_declared_name_may_be_like_its_host(name, expected):
    assert is_named_like(name, "www.trees.example") == expected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What happened - Trees News", "Trees News"),
        ("What happened - trees online", "trees online"),
        ("What happened - Used trees in Ohio", None),
        ("What happened - The Daily Trees", "The Daily Trees"),
        ("Trees are tall this year", None),
        ("What happened - why trees are still so tall", None),
        ("Trees news - What happened", None),
    ],
)
def test_a_short_last_segment_around_the_host_will_do(title, name):
    assert name_around_host(title, "trees.example") == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What happened on Tall Trees", "Tall Trees"),
        ("TallTrees. It is what happens", "TallTrees"),
        ("What happened [talltrees.Example]", "talltrees.Example"),
        ("Never again by Tall Trees!", "Tall Trees!"),
        ("All about tall trees", None),
        ("Tall and Trees", None),
        ("", None),
    ],
)
def test_words_that_spell_the_host_will_do_at_last(title, name):
    assert name_among_words(title, "www.talltrees.example") == name
    assert name_among_words(title, "blog.talltrees.example") is None


@pytest.mark.parametrize(
    ("title", "names", "clean"),
    [
        ("What | Tall Trees", ["Tall Trees"], "What"),
        ("What happened - why | TALL TREES", ["tall trees"], "What happened - why"),
        ("Tall Trees: What", [], "What"),
        ("Tall Trees - What - Tall Trees", [], "What"),
        ("Tall Trees", ["Tall Trees"], "Tall Trees"),
        ("Tall Trees | talltrees.example", [], "Tall Trees"),
        ("What | Section", ["Tall Trees"], "What | Section"),
        ("A - B | Group Of Tall Trees", ["Group of Tall Trees"], "A - B"),
    ],
)
def test_a_clean_title_lacks_only_the_name(title, names, clean):
    assert without_name(title, names, "talltrees.example") == clean


@given(st.text(max_size=40), st.text(max_size=20), st.text(alphabet="abx-n.", max_size=20))
def test_any_title_and_host_give_a_part_of_the_title(title, name, host):
    assert (name_in_title(title, host) or "") in title
    assert (name_around_host(title, host) or "") in title
    assert (name_shortened(title, host) or "") in title
    assert (name_among_words(title, host) or "") in title
    assert without_name(title, [name], host) in title
    assert segments_of(title)


@pytest.mark.parametrize("bomb", [" - ", "|", "a ", "\u0301", "&", ": ", "- "])
def test_a_long_title_is_no_more_than_linear_work(bomb, count_steps):
    host = "talltrees.example"
    small, large = (
        count_steps(lambda text: (name_in_title(text, host), name_shortened(text, host)), bomb * n)
        for n in (2_000, 4_000)
    )
    assert large <= 2.5 * small + 200
