"""What cannot be read passes as it is, what cannot be right is a clear error: never half a body."""

import json
import logging
from dataclasses import replace

import pytest

from richresp import tokens
from richresp.answering.http import Answer, Asked, fitted
from richresp.answering.http_way import Way
from tests.answering.answers import LARGE, OF_THE_WHOLE, SMALL, TODOS, WAY, answer, fields


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"a": [' + b"1, " * 2_000, "not JSON"),
        (b"<html>" + b"x " * 2_000, "not JSON"),
        (b'{"a": 1, "a": ' + LARGE + b"}", "twice"),
        (LARGE.decode().encode("utf-16"), "UTF-8"),
        (b'["' + b"\xff" * 4_000 + b'"]', "UTF-8"),
        (b"[" * 100_000 + b"]" * 100_000, "deep"),
        (b"[" + b"1" * 5_000 + b"]", "4300"),
        (LARGE + LARGE, "not JSON"),
    ],
)
@pytest.mark.parametrize("asked", [Asked(), Asked(accept="text/markdown"), Asked(query="cursor=3-123456123456789")])
def test_what_cannot_be_read_passes_as_it_is_and_the_log_tells(body, says, asked, caplog):
    given_answer = answer(*OF_THE_WHOLE[:1], body=body)
    sent = fitted(asked, given_answer, WAY)
    assert sent == Answer(200, [*given_answer.headers, (b"vary", b"Accept")], body)
    assert says in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0", "id": 1, "result": TODOS},
        [{"jsonrpc": "2.0", "id": 1, "result": TODOS}],
        {"openapi": "3.1.0", "info": {}, "paths": TODOS},
        {"swagger": "2.0", "info": {}, "paths": TODOS},
        {"access_token": "word " * 900, "token_type": "Bearer"},
        {"keys": [{"kty": "RSA", "n": "word " * 900}]},
    ],
)
def test_messages_between_programs_pass_without_a_word(message, caplog):
    body = json.dumps(message).encode()
    for way in (WAY, Way.checked(budget=300, drop=["$..secret"])):
        assert fitted(Asked(accept="text/markdown"), answer(body=body), way).body == body
    assert not caplog.records


@pytest.mark.parametrize(
    "value", [{"keys": [{"id": 1}, {"kty": 2}]}, {"access_token": 5, "token_type": "x"}, {"keys": []}]
)
def test_what_only_looks_like_one_is_shaped(value):
    sent = fitted(Asked(), answer(body=json.dumps(value | TODOS).encode()), WAY)
    assert tokens.count(sent.body.decode()) <= 300


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (answer(body=b'{"secret": 1,'), "not JSON"),
        (answer(body=b'{"secret": 1, "secret": 2}'), "twice"),
        (answer(body=b'["\xff"]'), "UTF-8"),
        (answer((b"content-encoding", b"gzip"), body=b"\x1f\x8b"), "gzip"),
        (answer(kind=(b"content-type", b"application/json; charset=utf-16"), body=b"{}"), "UTF-8"),
    ],
)
@pytest.mark.parametrize("accept", ["", "text/markdown"])
def test_what_cannot_be_read_is_a_500_where_something_is_never_to_be_shown(given, says, accept, caplog):
    way = Way.checked(budget=300, drop=["$..secret"])
    sent = fitted(Asked(accept=accept), given, way)
    assert sent.status == 500
    assert says in json.loads(sent.body)["error"]
    assert says in caplog.text
    assert "content-encoding" not in fields(sent)
    assert fitted(Asked(accept=accept), replace(given, status=404), way).body == given.body


@pytest.mark.parametrize("body", [b'[NaN, "\\ud83d", ' + LARGE + b"]", b"\xef\xbb\xbf" + LARGE])
def test_what_only_some_readers_take_is_sent_as_all_do(body):
    sent = fitted(Asked(), answer(body=body), WAY)

    def refuse(name):
        raise AssertionError(name)

    json.loads(sent.body.decode("utf-8"), parse_constant=refuse)
    assert tokens.count(sent.body.decode()) <= 300


WRONG = "1-000000000000000"
OTHER = "2-000000000000000"


@pytest.mark.parametrize("query", ["zzz", WRONG, OTHER, f"{WRONG}&cursor={OTHER}", "a&cursor=b", "", "%FF", "5-1"])
@pytest.mark.parametrize("accept", ["", "text/markdown"])
def test_what_fits_passes_whatever_cursor_the_query_names(query, accept):
    sent, plain = (
        fitted(Asked(query=asked, accept=accept), answer(body=SMALL), WAY) for asked in (f"cursor={query}", "")
    )
    assert sent == plain
    assert accept or sent.body == SMALL


@pytest.mark.parametrize(
    "query", ["cursor=zzz", "curs%6Fr=zzz", "cursor=a&cursor=b", f"cursor={WRONG}&cursor=zzz", "cursor=7"]
)
def test_a_cursor_of_the_application_gets_its_page_cut_and_none_of_ours(query):
    sent = fitted(Asked(query=query), answer(), WAY)
    value = json.loads(sent.body)
    assert sent.status == 200
    assert tokens.count(sent.body.decode()) <= 300
    assert 0 < len(value["todos"]) < len(TODOS["todos"])
    assert value["todos"] == TODOS["todos"][: len(value["todos"])]
    assert "cursor" not in value["_notice"]
    assert "link" not in fields(sent)


@pytest.mark.parametrize("query", [f"cursor={WRONG}", f"cursor={WRONG}&cursor={OTHER}", f"curs%6Fr={WRONG}"])
@pytest.mark.parametrize("body", [LARGE])
def test_a_wrong_cursor_is_a_400_that_keeps_what_concerns_the_client(query, body):
    kept = [(b"access-control-allow-origin", b"*"), (b"set-cookie", b"a=1")]
    sent = fitted(Asked(query=query), answer(*kept, *OF_THE_WHOLE, (b"cache-control", b"max-age=9"), body=body), WAY)
    assert sent.status == 400
    assert "cursor" in json.loads(sent.body)["error"]
    told = fields(sent)
    assert (told["content-type"], told["cache-control"]) == ("application/json", "no-store")
    assert (told["content-length"], told["set-cookie"]) == (str(len(sent.body)), "a=1")
    assert "etag" not in told
    assert sent.headers[:2] == kept


def test_an_empty_cursor_is_none():
    assert fitted(Asked(query="cursor="), answer(body=SMALL), WAY).body == SMALL


def broken(text):
    raise ZeroDivisionError(text)


@pytest.mark.parametrize(
    ("options", "says"),
    [({"budget": 5}, "at least"), ({"budget": 300, "format": "csv"}, "csv")],
)
def test_what_its_author_has_to_mend_is_a_500_and_told_to_the_log(options, says, caplog):
    sent = fitted(Asked(), answer(), Way.checked(**options))
    assert (sent.status, fields(sent)["content-type"]) == (500, "application/json")
    assert says in json.loads(sent.body)["error"]
    assert says in caplog.text


def test_a_counter_that_fails_is_a_500_without_its_secrets(caplog):
    sent = fitted(Asked(), answer(), Way.checked(budget=300, counter=broken))
    assert sent.status == 500
    assert "berth" not in sent.body.decode()
    assert "ZeroDivisionError" in caplog.text
