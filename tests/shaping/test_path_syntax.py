"""Paths are read as RFC 9535 has them; what it does not have, or richresp does not read, is refused with its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.exceptions import InvalidPath
from richresp.limits.paths import MAX_PATH_CHARS, MAX_SEGMENTS
from richresp.paths import parse
from tests.shaping.path_texts import paths, segments, spelled

MAX_INDEX = 2**53 - 1

VALID = {
    "$": [],
    "$.a": ["a"],
    "$.a.b": ["a", "b"],
    "$._": ["_"],
    "$.a1_B": ["a1_B"],
    "$.☺": ["☺"],
    "$.名前[0].é": ["名前", 0, "é"],
    "$.\x80": ["\x80"],
    "$.\ud7ff\ue000\U0010ffff": ["\ud7ff\ue000\U0010ffff"],
    "$.true.null": ["true", "null"],
    "$['a']": ["a"],
    '$["a"]': ["a"],
    "$['']": [""],
    '$[""]': [""],
    "$['0']": ["0"],
    "$['$']['@']['*']['.']['..']['[']": ["$", "@", "*", ".", "..", "["],
    "$[':']['?'][',']['(']": [":", "?", ",", "("],
    "$['a b']": ["a b"],
    "$['\"']": ['"'],
    '$["\'"]': ["'"],
    r"$['\'']": ["'"],
    r'$["\""]': ['"'],
    r"$['\\\/\b\f\n\r\t']": ["\\/\b\f\n\r\t"],
    r"$['\\']": ["\\"],
    r"$['\u0061\u00e9\u00E9\u263a\u263A']": ["aéé☺☺"],
    r"$['\u0000\u001f']": ["\x00\x1f"],
    r"$['\ud83d\ude00\uD83D\uDE00']": ["😀😀"],
    r"$['\udbff\udfff\ud800\udc00']": ["\U0010ffff\U00010000"],
    r"$['\ud7ff\ue000']": ["\ud7ff\ue000"],
    "$['\x7f\x80😀']": ["\x7f\x80😀"],
    "$[0]": [0],
    "$[10]": [10],
    "$[-1]": [-1],
    "$[-10]": [-10],
    f"$[{MAX_INDEX}][-{MAX_INDEX}]": [MAX_INDEX, -MAX_INDEX],
    "$.*": [None],
    "$[*]": [None],
    "$[*].*[*]": [None, None, None],
    "$[ 'a' ]": ["a"],
    "$[\t\n\r 0 \t\n\r]": [0],
    "$[ * ]": [None],
    "$ .a": ["a"],
    "$ \t\n\r['a'] \n .b": ["a", "b"],
    "$ ..a": [("a",)],
    "$..a": [("a",)],
    "$..*": [(None,)],
    "$..[*]": [(None,)],
    "$..[0]": [(0,)],
    "$..[ -1 ]": [(-1,)],
    "$..['a']": [("a",)],
    '$..["a"].b..c': [("a",), "b", ("c",)],
    "$" + ".a" * MAX_SEGMENTS: ["a"] * MAX_SEGMENTS,
    "$['" + "a" * (MAX_PATH_CHARS - 5) + "']": ["a" * (MAX_PATH_CHARS - 5)],
}
"""Path and its selectors; those in a tuple look at any depth."""

INVALID = [
    ("", 0, "the end"), (" $", 0, "' '"), ("a", 0, "'a'"), ("@.a", 0, "'@'"), (".a", 0, "'.'"), ("['a']", 0, r"'\['"),
    ("$ ", 1, "blanks at the end"), ("$.a\n", 3, "blanks at the end"), ("$a", 1, "'a'"), ("$$", 1, r"'\$'"),
    ("$.", 2, "the end"), ("$..", 3, "the end"), ("$...a", 3, r"'\.'"), ("$.a.", 4, "the end"), ("$.a..", 5, "the end"),
    ("$. a", 2, "' '"), ("$.\na", 2, r"'\\n'"), ("$.. a", 3, "' '"), ("$.. [0]", 3, "' '"), ("$. .a", 2, "' '"),
    ("$.[0]", 2, r"'\['"), ("$.['a']", 2, r"'\['"), ("$.1", 2, "'1'"), ("$.1a", 2, "'1'"), ("$.-a", 2, "'-'"),
    ("$.a-b", 3, "'-'"), ("$.a b", 4, "'b'"), ("$.'a'", 2, '"\'"'), ('$."a"', 2, "'\"'"), ("$.$", 2, r"'\$'"),
    ("$.#", 2, "'#'"), ("$.&", 2, "'&'"), ("$.a/b", 3, "'/'"), ("$.**", 3, r"'\*'"), ("$*", 1, r"'\*'"),
    ("$.\x7f", 2, r"'\\x7f'"), ("$.\ud800", 2, r"'\\ud800'"), ("$.a\udfff", 3, r"'\\udfff'"), ("$.a\xa0\x00", 4, "x00"),
    ("$[", 2, "the end"), ("$[]", 2, r"'\]'"), ("$[ ]", 3, r"'\]'"), ("$[0", 3, "the end"), ("$['a'", 5, "the end"),
    ("$[0]]", 4, r"'\]'"), ("$[[0]]", 2, r"'\['"), ("$[a]", 2, "'a'"), ("$[ä]", 2, "'ä'"), ("$['a''b']", 5, '"\'"'),
    ("$[00]", 2, "leading zeros"), ("$[01]", 2, "leading zeros"), ("$[-01]", 2, "leading zeros"), ("$[-0]", 2, "-0"),
    ("$[ -0 ]", 3, "-0"), ("$[+1]", 2, r"'\+'"), ("$[-]", 3, r"'\]'"), ("$[- 1]", 3, "' '"), ("$[--1]", 3, "'-'"),
    ("$[1.0]", 3, r"'\.'"), ("$[1e0]", 3, "'e'"), ("$[0x1]", 3, "'x'"), ("$[1 2]", 4, "'2'"), ("$[²]", 2, "'²'"),
    ("$[٣]", 2, "'٣'"), ("$[1٣]", 3, "'٣'"), (f"$[{MAX_INDEX + 1}]", 2, "9007199254740991"),
    (f"$[-{MAX_INDEX + 1}]", 2, "9007199254740991"), (f"$[{'9' * 1_000}]", 2, "9007199254740991"),
    ("$['a", 4, "the end"), ('$["a', 4, "the end"), ("$['a\"]", 6, "the end"), ("$['a\\']", 7, "the end"),
    ("$['\n']", 3, r"'\\n'"), ("$['a\x00']", 4, r"'\\x00'"), ("$['\x1f']", 3, r"'\\x1f'"), ("$['\ud800']", 3, "ud800"),
    (r"$['\a']", 3, r"\\a is no escape"), (r"$['\"']", 3, r'\\" is no escape'), (r"""$["\'"]""", 3, r"\\' is no escape"),
    (r"$['a\0']", 4, r"\\0 is no escape"), (r"$['\U0041']", 3, r"\\U is no escape"), ("$['\\", 3, "is no escape"),
    ("$['\\\n']", 3, "a backslash"), (r"$['\u']", 3, "four hexadecimal"), (r"$['\u123']", 3, "four hexadecimal"),
    (r"$['\u00g0']", 3, "four hexadecimal"), (r"$['\ud800']", 3, "pair"), (r"$['\uDC00']", 3, "pair"),
    (r"$['\uD800\uD800']", 3, "pair"), (r"$['\uD800\u0041']", 3, "pair"), (r"$['\uD800\n']", 3, "pair"),
    (r"$['\uDE00\uD83D']", 3, "pair"), (r"$['a\uD83D😀']", 4, "pair"),
    ("$[:]", 2, "slices"), ("$[1:]", 3, "slices"), ("$[1:2]", 3, "slices"), ("$[ 1 : 2 ]", 5, "slices"),
    ("$[-1:]", 4, "slices"), ("$..[::2]", 4, "slices"), ("$[?@.a]", 2, "filters"), ("$..[ ?(@.a>1)]", 5, "filters"),
    ("$[0,1]", 3, "lists of selectors"), ("$['a' ,'b']", 6, "lists of selectors"), ("$[*,0]", 3, "lists of selectors"),
    ("$[,]", 2, "lists of selectors"), ("$[(@.length-1)]", 2, "functions"), ("$.a.length()", 10, "functions"),
    ("$" + ".a" * 65, 129, "more than 64"), ("$." + "a" * MAX_PATH_CHARS, MAX_PATH_CHARS, "longer than 1,024"),
]  # fmt: skip


@pytest.mark.parametrize("path", VALID)
def test_a_path_of_the_subset_is_read(path):
    found = [(segment.selector,) if segment.descendant else segment.selector for segment in parse(path).segments]
    assert found == VALID[path]
    assert parse(path).text == path


@pytest.mark.parametrize(("path", "position", "reason"), INVALID)
def test_every_other_path_is_refused_with_the_place_and_the_reason(path, position, reason):
    with pytest.raises(InvalidPath) as error:
        parse(path)
    assert (error.value.path, error.value.position) == (path, position)
    assert re.search(reason, error.value.reason)


@given(segments.flatmap(lambda steps: st.tuples(st.just(steps), spelled(steps))))
def test_however_a_path_is_written_it_has_the_same_segments(case):
    steps, text = case
    assert [(segment.descendant, segment.selector) for segment in parse(text).segments] == steps


@given(st.one_of(st.text(), st.text("$.[]*'\"\\ud8c0ab01-,:?( ").map("${}".format), paths.map(lambda path: path[:-1])))
def test_any_text_is_read_or_refused(text):
    path = refusal = None
    try:
        path = parse(text)
    except InvalidPath as error:
        refusal = error
    if path is not None:
        assert path.text == text
    else:
        assert 0 <= refusal.position <= len(text)
        assert refusal.reason
        assert str(refusal).isprintable()
