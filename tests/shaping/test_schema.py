"""`schema=`: what is left out of records and lists is optional, and all other promises hold.

Strings are whole, entries that are required and the first `minItems` items show as soon as what they are in does, omissions
are exact, a bigger budget shows more, and following the cursors shows each item once. Which keyword demands what is in
test_schema_keywords.py, errors and hostile input in test_schema_errors.py.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import shape, tokens
from tests.shaping.oracles import compact, cuts, missing, strict, within
from tests.shaping.payloads import refusal, shaped
from tests.shaping.schema_cases import ANSWER, LONG, RECORD, answers, is_valid, required_paths

shares = st.integers(0, 110)


def share_of(payload, share):
    return tokens.count(compact(payload)) * share // 100


def at(value, path):
    for key in path:
        value = value[key]
    return value


@given(answers(), shares)
def test_a_result_is_valid_pure_and_within_the_budget(payload, share):
    result = shaped(payload, share_of(payload, share), schema=ANSWER)
    assert is_valid(ANSWER, result.data)
    assert strict(result.text) == result.data
    assert result.tokens == tokens.count(result.text)
    assert (result.notice is not None) == result.truncated == (result.data != payload)
    assert result.media_type == "application/json"
    assert list(result.omitted) == missing(payload, result.data)
    assert not list(cuts(payload, result.data))


@given(answers(), shares)
def test_what_is_required_is_there(payload, share):
    data = shaped(payload, share_of(payload, share), schema=ANSWER).data
    for path in required_paths(ANSWER, payload, ANSWER):
        at(data, path)
    for row, shown in zip(payload["rows"], data["rows"], strict=False):
        for path in required_paths(RECORD, row, ANSWER):
            at(shown, path)
        assert shown.get("parent", row.get("parent", {})).keys() >= row.get("parent", {}).keys() & {"id", "title"}


@given(answers(), st.integers(0, 60))
def test_where_it_does_not_fit_the_error_says_what_is_needed(payload, budget):
    error = refusal(payload, budget, schema=ANSWER)
    if error is not None:
        assert error.budget == budget < error.needed
        assert shape(payload, budget=error.needed, schema=ANSWER).tokens == error.needed
        assert refusal(payload, error.needed - 1, schema=ANSWER).needed == error.needed


@given(answers(), shares, st.integers(0, 200), st.sampled_from([[], ["$..text"], ["$.rows", "$..owner"]]))
def test_a_bigger_budget_shows_all_that_a_smaller_one_shows(payload, share, more, order):
    small = shaped(payload, share_of(payload, share), schema=ANSWER, drop_order=order)
    big = shape(payload, budget=small.tokens + more, schema=ANSWER, drop_order=order)
    assert within(small.data, big.data)


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(answers(), st.integers(0, 60), st.sampled_from(["head", "tail"]))
def test_pages_show_each_item_once_and_are_valid(payload, share, strategy):
    options = {"schema": ANSWER, "strategy": strategy}
    shown, cursor = [], None
    for _ in range(len(payload["rows"]) + 1):
        page = shaped(payload, share_of(payload, share), cursor=cursor, **options)
        assert is_valid(ANSWER, page.data)
        rows = page.data["rows"]
        shown = shown + rows if strategy == "head" else rows + shown
        cursor = page.cursor
        if cursor is None:
            break
    assert [(row["id"], row["title"]) for row in shown] == [(row["id"], row["title"]) for row in payload["rows"]]


def test_no_page_is_offered_that_has_too_few_items():
    payload, schema = [f"{number} {LONG}" for number in range(11)], {"type": "array", "minItems": 3}
    sizes, page = [], None
    while page is None or page.cursor is not None:
        page = shape(payload, budget=80, schema=schema, cursor=page and page.cursor)
        sizes.append(len(page.data))
    assert min(sizes) >= 3
    assert sum(sizes) > 11 - 3
    assert page.notice.startswith("Shortened: items ")


@given(answers(), shares)
def test_what_is_kept_shows_beside_what_is_required(payload, share):
    data = shaped(payload, share_of(payload, share), schema=ANSWER, keep=["$.rows[*].owner", "$.note"]).data
    assert data.get("note") == payload.get("note")
    assert all(part.get("owner") == row.get("owner") for part, row in zip(data["rows"], payload["rows"], strict=False))


@given(answers(), shares)
def test_what_goes_first_is_never_what_is_required(payload, share):
    order = ["$.rows[*].title", "$..text", "$.query"]
    result = shaped(payload, share_of(payload, share), schema=ANSWER, drop_order=order)
    assert all("title" in row for row in result.data["rows"])
    if any("text" in row for row in result.data["rows"]):
        assert all(
            row.get("owner") == whole.get("owner")
            for row, whole in zip(result.data["rows"], payload["rows"], strict=True)
        )


def test_items_of_an_iterator_are_read_no_further_than_they_are_shown():
    read = []
    rows = (read.append(number) or {"id": number, "title": LONG} for number in range(10_000))
    result = shape({"query": "q", "rows": rows}, budget=300, schema=ANSWER)
    assert len(result.data["rows"]) > 2
    assert len(read) < 100


def test_a_long_optional_text_does_not_keep_its_neighbours_out():
    payload = {"query": "q", "note": "a note " * 400, "rows": [{"id": n, "title": f"row {n}"} for n in range(30)]}
    result = shape(payload, budget=200, schema=ANSWER)
    assert "note" not in result.data
    assert len(result.data["rows"]) > 10
    assert "left out: note" in result.notice


def test_a_constraint_that_is_none_changes_nothing_but_texts():
    payload = {"rows": [{"id": number, "text": "words of a text " * 9} for number in range(30)]}
    for schema in (True, {}, {"type": "object"}):
        result = shape(payload, budget=300, schema=schema)
        assert 250 < result.tokens <= 300
        assert not list(cuts(payload, result.data))
