"""The ledger knows what its text costs after every change, though it never counts the text again."""

from hypothesis import given
from hypothesis import strategies as st

from richresp import tokens
from richresp.shaping.ledger import Fragment, Ledger
from tests.tokens.texts import SAMPLES

GLUE = ["", "[", "]", "{", "}", '"', '":', "[]", "!!", "…", " ", "''", "字", "\u0301"]
VALUES = ['"name":"word"', "12", '"a b c"', "null", "{'s", "it's", "[1,2]", "é", "Aa", '"https://example.com/1"']
texts = st.one_of(st.sampled_from(GLUE), st.sampled_from(VALUES), st.sampled_from(SAMPLES[:4]), st.text(max_size=6))
changes = st.lists(
    st.tuples(st.integers(0, 40), texts, st.booleans(), st.booleans(), st.booleans(), st.booleans()), max_size=30
)


@given(changes)
def test_the_total_is_the_count_of_the_text_after_every_change(steps):
    ledger = Ledger(tokens.count)
    chain = [ledger.head]
    for place, text, begins, ends, removes, asks in steps:
        at = place % len(chain)
        if removes and at:
            ledger.remove(chain.pop(at))
        else:
            fragment = Fragment(text, begins=begins, ends=ends)
            ledger.insert(fragment, chain[at])
            chain.insert(at + 1, fragment)
        if asks:
            assert ledger.total == tokens.count(ledger.text())
    assert ledger.total == tokens.count(ledger.text())


@given(st.lists(st.tuples(texts, st.booleans(), st.booleans()), max_size=12))
def test_a_comma_stands_where_a_value_ends_and_the_next_begins(parts):
    ledger = Ledger(tokens.count)
    last, expected, open_end = ledger.head, "", False
    for text, begins, ends in parts:
        fragment = Fragment(text, begins=begins, ends=ends)
        ledger.insert(fragment, last)
        expected += ("," if open_end and begins else "") + text
        last, open_end = fragment, ends
    assert ledger.text() == expected
