"""Which answers are shaped, and what becomes of their header fields."""

import json

import pytest

from richresp import tokens
from richresp.answering.http import Asked, fitted, presented
from richresp.answering.http_way import Way
from tests.answering.answers import JSON, LARGE, MODIFIED, OF_THE_WHOLE, SMALL, TODOS, WAY, answer, fields


@pytest.mark.parametrize(
    "untouched",
    [
        *(answer(status=status) for status in (100, 204, 205, 206, 226, 301, 304, 400, 404, 500)),
        answer(kind=None),
        answer(kind=(b"content-type", b"text/html")),
        answer(kind=(b"content-type", b"text/event-stream")),
        answer(kind=(b"content-type", b"application/x-ndjson")),
        answer(kind=(b"content-type", b"application/json-seq")),
        answer(kind=(b"content-type", b"application/problem+json")),
        answer(kind=(b"content-type", b"application/vnd.oai.openapi+json;version=3.1")),
        answer(kind=(b"content-type", b"application/json; charset=utf-16")),
        answer(kind=(b"content-type", b"application/json;charset=latin-1")),
        answer(kind=(b"content-type", b"\xff\xfe/json")),
        answer(JSON),
        answer((b"content-type", b"text/html")),
        answer((b"Content-Encoding", b"gzip")),
        answer((b"content-range", b"items 0-9/200")),
        answer((b"Content-Disposition", b'Attachment; filename="a.json"')),
        answer((b"cache-control", b"max-age=9, No-Transform")),
        answer((b"Accept-Ranges", b"bytes")),
        answer((b"ETag", b'"1"'), MODIFIED),
        *(
            answer(kind=(b"content-type", b"application/%b+json" % kind))
            for kind in (b"json-patch", b"merge-patch", b"importmap")
        ),
    ],
)
@pytest.mark.parametrize("accept", ["", "text/markdown"])
def test_what_is_not_json_that_went_well_is_the_very_same(untouched, accept):
    assert fitted(Asked(accept=accept), untouched, WAY) is untouched


@pytest.mark.parametrize(
    "kind",
    [
        b"application/json", b"Application/JSON", b"application/json; charset=utf-8", b'application/json;charset="UTF-8"',
        b"application/vnd.api+json", b"application/geo+json; a=b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 201, 202, 203, 207])
def test_json_over_the_budget_is_shaped(kind, status):
    sent = fitted(Asked(), answer((b"X-Kept", b"1"), kind=(b"Content-Type", kind), status=status), WAY)
    assert sent.status == status
    assert tokens.count(sent.body.decode()) <= 300
    assert json.loads(sent.body)["todos"] == TODOS["todos"][: len(json.loads(sent.body)["todos"])]
    assert fields(sent)["content-type"] == kind.decode()
    assert fields(sent)["content-length"] == str(len(sent.body))
    assert fields(sent)["x-kept"] == "1"
    assert "next" in fields(sent)["link"]


def test_what_fits_has_the_very_same_bytes_and_headers_but_for_vary():
    given_headers = ((b"ETag", b'"1"'), (b"content-length", b"14"), (b"vary", b"Origin"))
    sent = fitted(Asked(), answer(*given_headers, body=SMALL), WAY)
    assert sent.body == SMALL
    assert sent.headers == [JSON, *given_headers[:2], (b"vary", b"Origin, Accept")]


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("unit", ["tokens", "chars", "bytes"])
def test_what_is_at_the_cap_fits_and_what_is_one_over_does_not(unit, over):
    body = json.dumps(["ä 漢字 word"] * 50, ensure_ascii=False)
    size = {"tokens": tokens.count(body), "chars": len(body), "bytes": len(body.encode())}[unit]
    sent = fitted(Asked(), answer(body=body.encode()), Way.checked(budget={unit: size - over}))
    assert (sent.body == body.encode()) is not bool(over)


@pytest.mark.parametrize(
    ("given_fields", "merged"),
    [
        ([], [b"Accept"]),
        ([b""], [b"Accept"]),
        ([b"Origin"], [b"Origin, Accept"]),
        ([b"Origin", b"Cookie"], [b"Origin, Accept", b"Cookie"]),
        ([b"accept"], [b"accept"]),
        ([b"Origin", b"x, ACCEPT"], [b"Origin", b"x, ACCEPT"]),
        ([b"*"], [b"*"]),
        ([b"Accept-Encoding"], [b"Accept-Encoding, Accept"]),
    ],
)
@pytest.mark.parametrize("body", [SMALL, LARGE, b"{"])
def test_accept_is_merged_into_vary(given_fields, merged, body):
    sent = fitted(Asked(), answer(*((b"Vary", value) for value in given_fields), body=body), WAY)
    assert [value for name, value in sent.headers if name.lower() == b"vary"] == merged


def test_without_negotiation_nothing_varies_and_no_markdown_is_sent():
    for body in (SMALL, LARGE):
        sent = fitted(Asked(accept="text/markdown"), answer(body=body), Way.checked(budget=300, negotiate=False))
        assert "vary" not in fields(sent)
        assert fields(sent)["content-type"] == "application/json"


def test_what_measures_the_whole_goes_and_what_holds_for_any_part_stays():
    stays = [(b"Cache-Control", b"max-age=60"), (b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2"), (b"X-Id", b"\xff")]
    for accept in ("", "text/markdown"):
        for gone in (OF_THE_WHOLE, [MODIFIED]):
            sent = fitted(Asked(accept=accept), answer(*gone, *stays), WAY)
            assert not {name for name, _ in gone} & {name for name, _ in sent.headers}
            assert [one for one in sent.headers if one in stays] == stays


@pytest.mark.parametrize("body", [SMALL, LARGE])
def test_markdown_is_sent_where_it_is_asked_for_by_name(body):
    sent = fitted(Asked(accept="text/markdown, */*"), answer(body=body), WAY)
    assert fields(sent)["content-type"] == "text/markdown; charset=utf-8"
    assert fields(sent)["x-markdown-tokens"] == str(tokens.count(sent.body.decode()))
    assert fields(sent)["vary"] == "Accept"
    assert tokens.count(sent.body.decode()) <= 300


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/markdown"),
        ("*/*", "text/markdown"),
        ("application/json", "application/json"),
        ("application/json, */*;q=0.1", "application/json"),
        ("application/json, text/markdown;q=0.5", "application/json"),
        ("application/json;q=0.5, text/*", "text/markdown"),
    ],
)
def test_another_format_is_written_for_clients_that_take_it(accept, kind):
    sent = fitted(Asked(accept=accept), answer(), Way.checked(budget=300, format="auto"))
    assert fields(sent)["content-type"].startswith(kind)


def test_a_head_without_a_body_claims_nothing_that_it_cannot_know():
    sent = fitted(Asked("HEAD"), answer(*OF_THE_WHOLE, (b"x-kept", b"1"), body=b""), WAY)
    assert (sent.body, fields(sent)) == (b"", {"content-type": "application/json", "x-kept": "1", "vary": "Accept"})
    sent = fitted(Asked("HEAD", accept="text/markdown"), answer(body=b""), WAY)
    assert fields(sent) == {"vary": "Accept"}


@pytest.mark.parametrize("query", ["", "cursor=theirs"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_next_page_of_the_application_is_not_named_beside_half_a_page(method, query):
    sent = fitted(Asked(method, query=query), answer((b"Link", b'</todos?page=2>; rel="next", </>; rel="up"')), WAY)
    links = [value.decode() for name, value in sent.headers if name.lower() == b"link"]
    assert links[0] == '</>; rel="up"'
    assert not any("page=2" in link for link in links)


def test_what_is_dropped_never_shows_even_where_all_fits():
    body = b'{"a": 1, "secret": 2}'
    assert json.loads(fitted(Asked(), answer(body=body), Way.checked(budget=300, drop=["$..secret"])).body) == {"a": 1}


def test_previews_go_before_anything_else():
    hits = [{"url": f"https://a.example/{n}", "text": "word " * 9, "preview": {"title": "card " * 9}} for n in range(9)]
    whole = tokens.count(json.dumps(hits, separators=(",", ":")))
    shown = json.loads(fitted(Asked(), answer(body=json.dumps(hits).encode()), Way.checked(budget=whole * 3 // 4)).body)
    assert [hit["text"] for hit in shown[1:]] == [hit["text"] for hit in hits]
    assert any("preview" not in hit for hit in shown[1:])


def test_a_payload_is_presented_as_its_json_would_be():
    for accept in ("", "text/markdown"):
        by_value = presented(Asked(accept=accept), TODOS, WAY)
        by_bytes = fitted(Asked(accept=accept), answer(), WAY)
        assert (by_value.body, fields(by_value)) == (by_bytes.body, fields(by_bytes))


def test_a_method_that_is_no_get_has_no_link_but_its_notice():
    sent = fitted(Asked("POST"), answer(), WAY)
    assert "link" not in fields(sent)
    assert "cursor" in json.loads(sent.body)["_notice"]


def test_the_last_part_of_a_page_leads_on_to_the_next_page_of_the_application():
    headers = [(b"link", b'</todos?page=2>; rel="next"'), (b"link", b'</>; rel="up"')]
    asked, seen = Asked(path="/todos"), []
    while True:
        sent = fitted(asked, answer(*headers), WAY)
        seen += json.loads(sent.body)["todos"]
        links = [value.decode() for name, value in sent.headers if name == b"link"]
        assert '</>; rel="up"' in links
        (following,) = [link for link in links if "next" in link]
        if "page=2" in following:
            break
        asked = Asked(path="/todos", query=following.partition("?")[2].partition(">")[0])
    assert seen == TODOS["todos"]
