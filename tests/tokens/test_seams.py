"""What lies between two seams costs the same in any surroundings, and a text may be cut at the end of any piece."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from richresp.tokens.bpe import _members
from richresp.tokens.pieces import SEAM, pieces, solid_part
from tests.tokens.texts import SAMPLES, by_tiktoken, mixed

ANY = st.one_of(st.text(max_size=20), mixed, st.sampled_from(SAMPLES))
FRAGMENTS = st.one_of(ANY, st.text("ab1 ,'.-\"\n\r/:é字\u0301ſ", max_size=25))


@given(FRAGMENTS, FRAGMENTS, FRAGMENTS)
def test_a_solid_part_costs_the_same_in_any_surroundings(before, text, behind):
    solid = solid_part(text)
    assume(solid is not None)
    first, last = solid
    parts = [before + text[:first], text[first:last], text[last:] + behind]
    assert by_tiktoken(before + text + behind) == sum(map(by_tiktoken, parts))


@given(FRAGMENTS, FRAGMENTS, FRAGMENTS)
def test_counts_add_up_at_every_seam(before, text, behind):
    long = before + text + behind
    for match in SEAM.finditer(long):
        assert by_tiktoken(long) == by_tiktoken(long[: match.start()]) + by_tiktoken(long[match.start() :])


@given(FRAGMENTS)
def test_the_solid_part_reaches_from_the_first_seam_to_the_last(text):
    seams = [match.start() for match in SEAM.finditer(text)]
    assert solid_part(text) == ((seams[0], seams[-1]) if seams else None)


@given(st.sampled_from([0, 60, 64, 70, 1_020, 1_024, 1_030, 5_000]))
def test_the_last_seam_is_found_however_far_back_it_is(distance):
    text = "one two" + "-" * distance
    assert solid_part(text) == (3, 7 if distance else 3)


def test_an_apostrophe_makes_no_seam():
    assert solid_part("don't") is None


@example("\xa0:A")
@given(FRAGMENTS.map(lambda text: text.encode("utf-8", "replace").decode()))
def test_pieces_follow_one_another_and_their_counts_add_up(text):
    spans = list(pieces(text, _members))
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    assert "".join(text[start:end] for start, end in spans) == text
    assert sum(by_tiktoken(text[start:end]) for start, end in spans) == by_tiktoken(text)
