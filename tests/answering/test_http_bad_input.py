"""What cannot be read passes as it is, what cannot be right is a clear error: never half a body."""

import json
import logging

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
    ],
)
def test_messages_between_programs_pass_without_a_word(message, caplog):
    body = json.dumps(message).encode()
    assert fitted(Asked(accept="text/markdown"), answer(body=body), WAY).body == body
    assert not caplog.records


@pytest.mark.parametrize("body", [b'[NaN, "\\ud83d", ' + LARGE + b"]", b"\xef\xbb\xbf" + LARGE])
def test_what_only_some_readers_take_is_sent_as_all_do(body):
    sent = fitted(Asked(), answer(body=body), WAY)

    def refuse(name):
        raise AssertionError(name)

    json.loads(sent.body.decode("utf-8"), parse_constant=refuse)
    assert tokens.count(sent.body.decode()) <= 300


@pytest.mark.parametrize("query", ["cursor=zzz", "cursor=1-000000000000000", "cursor=a&cursor=b", "curs%6Fr=zzz"])
@pytest.mark.parametrize("body", [SMALL, LARGE])
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
