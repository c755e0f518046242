"""The middleware by itself: what a client gets in the end, whatever the application returns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import tokens
from richresp.answering.http import Answer, Asked, fitted
from richresp.answering.http_headers import varied
from richresp.answering.http_way import Way
from richresp.integrations.asgi import ShapeMiddleware
from tests.integrations.asgi_calls import answering, call, sending
from tests.shaping.oracles import missing, strict
from tests.shaping.payloads import json_values, records, sizable

TODOS = {"todos": [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]}
LARGE = json.dumps(TODOS).encode()
JSON = (b"content-type", b"application/json")


def path_and_query(link):
    path, _, query = link.removeprefix("<").partition(">")[0].partition("?")
    return {"path": path, "query": query}


def pages(app, **asked):
    """The answers that the links lead to, one after the other."""
    sent = [call(app, **asked)]
    while "link" in sent[-1].headers:
        assert len(sent) < 3_000, "the links do not end"
        sent.append(call(app, **asked | path_and_query(sent[-1].headers["link"])))
    return sent


@given(st.lists(records, max_size=60), st.integers(150, 1_500), st.text(max_size=8))
def test_pages_by_their_links_join_to_the_whole(items, budget, path):
    app = ShapeMiddleware(answering(json.dumps(items).encode()), budget={"tokens": 8 * budget, "bytes": 8 * budget})
    found = pages(app, path=f"/{path}".replace("?", "").replace("#", "").encode("ascii", "ignore").decode())
    shown = [item for page in found for item in strict(page.body.decode()) if "_notice" not in item]
    for page in found:
        assert page.status == 200
        assert len(page.body) <= 8 * budget
        assert tokens.count(page.body.decode()) <= 8 * budget
    assert len(shown) == len(items)
    missing(items, shown)  # fails where anything is not of the whole, or out of order


@given(
    st.one_of(json_values, sizable),
    st.integers(40, 3_000),
    st.sampled_from([None, "*/*", "text/markdown", "text/*;q=0.1"]),
)
def test_whatever_the_application_returns_the_client_gets_at_most_the_budget(payload, budget, accept):
    body = json.dumps(payload).encode()
    sent = call(ShapeMiddleware(answering(body), budget=budget), accept=accept)
    if sent.status == 500:  # no honest answer is as small as that
        assert "at least" in strict(sent.body.decode())["error"]
        return
    text = sent.body.decode()
    assert tokens.count(text) <= budget
    assert sent.headers["vary"] == "Accept"
    if accept == "text/markdown":
        assert sent.headers["content-type"] == "text/markdown; charset=utf-8"
        assert sent.headers["x-markdown-tokens"] == str(tokens.count(text))
        return
    assert sent.headers["content-type"] == "application/json"
    strict(text)
    if tokens.count(body.decode()) <= budget:
        assert sent.body == body
        assert "link" not in sent.headers
    else:
        assert sent.headers["content-length"] == str(len(sent.body))


bodies = st.one_of(
    json_values.map(lambda value: json.dumps(value).encode()),
    st.sampled_from([b"", b"{", b"<html>", LARGE, LARGE[:-1], b'{"a":1,"a":2}' * 2, b"\xff" * 900]),
)


@given(
    bodies,
    st.lists(st.integers(1, 300), max_size=20),
    st.integers(1, 900),
    st.sampled_from(["", "cursor=", "q=%20", "cursor=5-1", "a=b+c"]),
    st.sampled_from([None, "text/markdown", "*/*"]),
    st.sampled_from(
        [[JSON], [JSON, (b"vary", b"Origin")], [(b"Content-Type", b"text/plain")], [JSON, (b"etag", b'"1"')]]
    ),
    st.integers(1, 2_000),
)
def test_chunks_and_short_ways_make_no_difference(body, sizes, budget, query, accept, given, most):
    pieces, rest = [], body
    for size in sizes:
        pieces, rest = [*pieces, rest[:size]], rest[size:]
    options = {"budget": budget, "max_body": most}
    asked = Asked(path="/", query=query, accept=accept or "")
    stated = [*given, (b"content-length", b"%d" % len(body))]
    for app, headers in ((sending(*pieces, rest, headers=stated), stated), (answering(body, headers=given), given)):
        expected = fitted(asked, Answer(200, headers, body), Way.checked(**options))
        if len(body) > most and headers[0] == JSON:
            expected = Answer(200, varied(headers), body)
        sent = call(ShapeMiddleware(app, **options), query=query, accept=accept)
        assert (sent.status, sent.body) == (expected.status, expected.body)
        assert sorted(sent.headers.items()) == sorted((n.decode(), v.decode()) for n, v in expected.headers)
        assert sent.is_complete
        assert sent.error is None


def test_what_is_shaped_further_inside_passes_further_out():
    inner = ShapeMiddleware(answering(LARGE), budget=500)
    outer = ShapeMiddleware(inner, budget=200)
    found = pages(outer)
    assert [page.body for page in found] == [page.body for page in pages(inner)]
    assert len(found) > 1


def test_what_passed_further_inside_is_shaped_further_out():
    inner = ShapeMiddleware(answering(LARGE), budget=tokens.count(LARGE.decode()))
    assert call(inner).body == LARGE
    assert tokens.count(call(ShapeMiddleware(inner, budget=200)).body.decode()) <= 200


def test_routes_have_budgets_of_their_own():
    app = ShapeMiddleware(
        answering(LARGE), budget=300, routes={"/search": 100, "/items/{id}": {"chars": 5_000}, "/export/*": None}
    )
    assert tokens.count(call(app, path="/search").body.decode()) <= 100
    assert 100 < tokens.count(call(app, path="/").body.decode()) <= 300
    assert 4_000 < len(call(app, path="/items/7").body) <= 5_000
    exported = call(app, path="/export/all")
    assert (exported.body, "vary" in exported.headers) == (LARGE, False)


def test_the_link_is_of_the_path_as_it_was_sent():
    sent = call(ShapeMiddleware(answering(LARGE), budget=300), path="/a b", raw_path=b"/a%20b", query='q="><x>')
    assert sent.headers["link"].startswith("</a%20b?q=%22%3E%3Cx%3E&cursor=")
    sent = call(ShapeMiddleware(answering(LARGE), budget=300), path="/ä", raw_path=None)
    assert sent.headers["link"].startswith("</%C3%A4?cursor=")


@pytest.mark.parametrize("query", ["cursor=C", "curs%6Fr=C", "a=b&c+d=e&cursor=C"])
def test_a_cursor_is_seen_however_it_is_written(query):
    app = ShapeMiddleware(answering(LARGE), budget=300)
    assert call(app, query=query.replace("C", "1-000000000000000")).status == 400
