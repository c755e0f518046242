"""The extension and the response helper in a real application, by Flask's own client."""

import gzip
import json

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidCursor, UsageError, budgeted, shape, tokens
from richresp.integrations.flask import ShapeAnswers, shaped_response
from tests.shaping.oracles import strict
from tests.shaping.payloads import json_values

TODOS = {"todos": [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]}


def application(tmp_path=None, **options):
    app = flask.Flask("todo")

    @app.get("/todos")
    def todos():
        return TODOS, {"ETag": '"1"', "X-By": "handler"}

    @app.get("/few")
    def few():
        return {"todos": []}, {"ETag": '"1"'}

    @app.get("/failing")
    def failing():
        return TODOS, 404

    @app.get("/stream")
    def stream():
        return flask.Response((json.dumps(TODOS) for _ in range(2)), mimetype="application/json")

    @app.get("/file")
    def file():
        path = tmp_path / "todos.json"
        path.write_text(json.dumps(TODOS), encoding="utf-8")
        return flask.send_file(path, mimetype="application/json")

    @app.get("/helper/<name>")
    def helper(name):
        return shaped_response(TODOS, budget=200, status=201, headers={"X-By": name})

    ShapeAnswers(**options or {"budget": 300, "routes": {"/export/*": None}}).init_app(app)

    @app.get("/export/all")
    def export():
        return TODOS

    return app


def follow(client, path):
    found, pages = [], 0
    while path:
        answer = client.get(path)
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Vary"] == "Accept"
        found += answer.json["todos"]
        link = answer.headers.get("Link")
        path = link and link.partition(">")[0].removeprefix("<")
        pages += 1
    assert pages > 5
    return found


@pytest.mark.parametrize("path", ["/todos?q=a%20b", "/helper/a%20b"])
def test_pages_join_to_what_the_view_returned(path):
    assert follow(application().test_client(), path) == TODOS["todos"]


def test_below_another_root_links_lead_there():
    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from werkzeug.test import Client

    site = Client(DispatcherMiddleware(flask.Flask("root"), {"/below": application()}))
    answer = site.get("/below/todos")
    assert answer.headers["Link"].startswith("</below/todos?cursor=")
    assert follow(site, "/below/todos") == TODOS["todos"]


@pytest.mark.parametrize("path", ["/todos", "/few", "/helper/a"])
def test_markdown_is_sent_where_it_is_asked_for(path):
    answer = application().test_client().get(path, headers={"Accept": "text/markdown"})
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["X-Markdown-Tokens"] == str(tokens.count(answer.text))
    assert "ETag" not in answer.headers


def test_what_fits_has_the_very_same_bytes():
    plain = application(budget=10_000).test_client()
    with_it, without = plain.get("/todos"), flask.Flask("todo")
    without.get("/todos")(lambda: (TODOS, {"ETag": '"1"', "X-By": "handler"}))
    other = without.test_client().get("/todos")
    assert with_it.data == other.data
    assert dict(with_it.headers) == {**other.headers, "Vary": "Accept"}


def test_what_is_shaped_keeps_what_still_holds():
    answer = application().test_client().get("/todos")
    assert answer.headers["X-By"] == "handler"
    assert "ETag" not in answer.headers
    assert tokens.count(answer.text) <= 300
    assert application().test_client().get("/helper/me").headers["X-By"] == "me"
    assert application().test_client().get("/helper/me").status_code == 201


def test_errors_streams_files_and_routes_without_a_budget_are_untouched(tmp_path):
    client = application(tmp_path).test_client()
    for path in ("/failing", "/stream", "/file", "/export/all", "/none"):
        answer = client.get(path, buffered=True)
        assert "Vary" not in answer.headers
        assert "Link" not in answer.headers
        assert len(answer.data) > 5_000 or path == "/none"
    part = client.get("/file", headers={"Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, len(part.data)) == (206, 10)


def test_a_wrong_cursor_is_a_400():
    for path in ("/todos?cursor=1-000000000000000", "/helper/a?cursor=x"):
        answer = application().test_client().get(path)
        assert (answer.status_code, list(answer.json)) == (400, ["error"])


def test_a_head_says_what_a_get_would():
    client = application().test_client()
    for path in ("/todos", "/few", "/helper/a"):
        assert dict(client.head(path).headers) == dict(client.get(path).headers)
        assert client.head(path).data == b""


def test_a_body_past_the_cap_passes():
    answer = application(budget=300, max_body=1_000).test_client().get("/todos")
    assert answer.json == TODOS
    assert answer.headers["ETag"] == '"1"'


def test_options_are_checked_where_they_are_written():
    with pytest.raises(UsageError):
        ShapeAnswers(budget=0)
    with pytest.raises(UsageError):
        ShapeAnswers(flask.Flask("a"), routes={"a": 3})


def test_an_application_may_be_given_at_once():
    app = flask.Flask("todo")
    shaping = ShapeAnswers(app, budget=300)
    app.get("/")(lambda: TODOS)
    assert app.extensions["richresp"] is shaping
    assert tokens.count(app.test_client().get("/").text) <= 300


@given(json_values, st.integers(40, 2_000), st.sampled_from(["", "*/*", "text/markdown"]))
def test_whatever_a_view_returns_the_client_gets_at_most_the_budget(payload, budget, accept):
    app = flask.Flask("any")
    ShapeAnswers(app, budget=budget)
    app.get("/")(lambda: flask.Response(json.dumps(payload), mimetype="application/json"))
    answer = app.test_client().get("/", headers={"Accept": accept})
    assert tokens.count(answer.text) <= budget or answer.status_code == 500
    if accept != "text/markdown":
        strict(answer.text)


def by_view(view, **options):
    app = flask.Flask("one")
    ShapeAnswers(app, **options)
    app.get("/")(view)
    return app.test_client()


def test_a_wrong_cursor_of_a_budgeted_view_is_a_400():
    def view():
        return budgeted(100, add_cursor=True)(lambda: TODOS["todos"])(cursor=flask.request.args.get("cursor"))

    client = by_view(view, budget=300)
    answer = client.get("/?cursor=x")
    assert (answer.status_code, list(answer.json)) == (400, ["error"])
    cursor = client.get("/").json[0]["_notice"].split()[-1]
    assert client.get(f"/?cursor={cursor}").json[1] != client.get("/").json[1]


def test_a_handler_of_the_application_for_wrong_cursors_is_kept():
    app = flask.Flask("own")
    app.register_error_handler(InvalidCursor, lambda error: ("mine", 418))
    ShapeAnswers(app, budget=300)
    app.get("/")(lambda: shape(TODOS, budget=300, cursor="x").data)
    assert app.test_client().get("/").status_code == 418


@pytest.mark.parametrize("todos", [{}, TODOS])
def test_a_reason_phrase_is_kept(todos):
    client = by_view(
        lambda: flask.Response(json.dumps(todos), "200 Fair Winds", mimetype="application/json"), budget=300
    )
    assert client.get("/").status == "200 Fair Winds"


def test_what_is_compressed_passes_and_the_log_tells_once(caplog):
    body = gzip.compress(json.dumps(TODOS).encode())
    view = lambda: flask.Response(body, mimetype="application/json", headers={"Content-Encoding": "gzip"})  # noqa: E731
    client = by_view(view, budget=300)
    assert [client.get("/").data for _ in range(3)] == [body] * 3
    assert len([record for record in caplog.records if "gzip" in record.getMessage()]) == 1
    assert by_view(view, budget=300, drop=["$..title"]).get("/").status_code == 500


@pytest.mark.parametrize(("most", "status"), [(100_000, 200), (1_000, 500)])
@pytest.mark.parametrize("streamed", [False, True])
def test_where_something_is_never_to_be_shown_nothing_passes_unread(most, status, streamed):
    closed = []

    def pieces():
        try:
            text = json.dumps(TODOS)
            yield text[:99]
            yield text[99:]
        finally:
            closed.append(1)

    def view():
        return flask.Response(pieces() if streamed else json.dumps(TODOS), mimetype="application/json")

    answer = by_view(view, budget=300, drop=["$..title"], max_body=most).get("/", buffered=True)
    assert (answer.status_code, "title" in answer.text) == (status, False)
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert closed == [1] * streamed


def test_conditions_are_not_asked_of_markdown():
    def view():
        response = flask.jsonify(TODOS)
        response.set_etag("1")
        return response.make_conditional(flask.request)

    client, asked = by_view(view, budget=300), {"If-None-Match": '"1"'}
    assert client.get("/", headers=asked).status_code == 304
    assert client.get("/", headers=asked | {"Accept": "text/markdown"}).mimetype == "text/markdown"
