"""`shape(attach(results, previewer), budget=..., drop_order=["$..preview"])`: records with cards, cards going first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import explain, tokens
from tests.attaching.pages import both, by_call
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, missing, without_notice
from tests.shaping.payloads import clean_text, enough, follow, prose

records = st.lists(
    st.fixed_dictionaries(
        {"id": st.integers(0, 999), "title": clean_text.filter(bool)}, optional={"text": prose, "done": st.booleans()}
    ),
    min_size=1,
    max_size=8,
)
wrapped = st.sampled_from([lambda rows: rows, lambda rows: {"results": rows, "total": 99}])


def linked(rows, wrap):
    return wrap([row | {"url": f"https://example.com/{at}"} for at, row in enumerate(rows)])


def rows_of(data):
    return data.get("results", []) if isinstance(data, dict) else data


@both
def test_a_real_answer(call):
    results = [{"id": at, "text": "Write the report", "url": f"https://example.com/{at}"} for at in range(8)]
    attached, _ = call({"results": results})
    result = shape(attached, budget=800, drop_order=["$..preview"])
    assert not result.truncated
    assert [row["preview"]["title"] for row in result.data["results"]] == [
        f"What stands at {r['url']}" for r in results
    ]
    tight = shape(attached, budget=260, drop_order=["$..preview"])
    assert [row["url"] for row in tight.data["results"]] == [row["url"] for row in results]
    assert "preview" in tight.notice


@given(records, wrapped, st.integers(0, 110))
def test_cards_go_before_links_at_every_budget(rows, wrap, share):
    payload = linked(rows, wrap)
    attached, _ = by_call(payload)
    options = {"drop_order": ["$..preview"]}
    budget = enough(attached, tokens.count(compact(attached.data)) * share // 100, **options)
    result = shape(attached, budget=budget, **options)
    assert tokens.count(result.text) <= budget
    assert list(result.omitted) == missing(attached.data, result.data)
    shown = rows_of(result.data)
    if any("preview" in row for row in shown):
        assert len(shown) == len(rows)
        assert all(row["url"] == whole["url"] for row, whole in zip(shown, rows_of(payload), strict=True))
    if share >= 100:
        assert without_notice(result, attached.data) == attached.data


@given(records, wrapped, st.integers(0, 100))
def test_the_budget_that_shows_all_else_is_not_raised_by_cards(rows, wrap, more):
    """With room for the notice: the records come back as they would without any card."""
    payload = linked(rows, wrap)
    budget = tokens.count(compact(payload)) + 60 + more
    result = shape(by_call(payload)[0], budget=budget, drop_order=["$..preview"])
    bare = [{name: value for name, value in row.items() if name != "preview"} for row in rows_of(result.data)]
    assert bare == rows_of(payload)


@settings(max_examples=settings().max_examples // 10)  # each shapes many pages
@given(st.integers(10, 25), wrapped, st.integers(150, 300))
def test_pages_of_an_attached_payload_show_each_record_once(count, wrap, budget):
    attached, _ = by_call(linked([{"id": at, "title": "A title"} for at in range(count)], wrap))
    pages = follow(attached, budget, drop_order=["$..preview"], keep=["$[*].id", "$.results[*].id"])
    assert [row["id"] for page in pages for row in rows_of(page.data)] == list(range(count))


def test_what_json_cannot_hold_is_told_by_shape_as_without_cards():
    payload = {"a": float("nan"), "b": [float("-inf")], "c": "\ud800", "\udc00": 1, "url": "https://example.com/1"}
    attached, _ = by_call(payload)
    told = shape(attached, budget=400).omitted
    assert told == shape(payload, budget=400).omitted
    assert {omission.kind for omission in told} == {"replaced"}


def test_explain_sees_what_cards_cost():
    attached, _ = by_call([{"id": at, "url": f"https://example.com/{at}"} for at in range(9)])
    assert "preview" in str(explain(attached))
