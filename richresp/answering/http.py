"""The answer to send in place of one that an application gave: the same, a shaped one, or an error.

JSON that fits passes with the very same bytes. What does not is shaped; a client that names text/markdown gets that. What cannot
be read as JSON, or is a message between programs, passes as it is: never half a body.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from richresp.answering.accept import MARKDOWN, accepts, prefers_markdown
from richresp.answering.http_body import Unreadable, read
from richresp.answering.http_headers import JSON, Headers, json_type, of_an_error, of_another, varied
from richresp.answering.http_links import cursor_of, next_link, without_next
from richresp.answering.http_way import Way
from richresp.exceptions import InvalidCursor, RichRespError
from richresp.shaping import Shaped
from richresp.shaping.formats import Format
from richresp.shaping.shape import shaped

_LOG = logging.getLogger("richresp.answering")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request its answer depends on.

    Attributes:
        method: in capitals.
        path: as it was sent, escapes and all.
        query: the same, without "?".
        accept: all Accept headers, joined by commas; empty where there are none.
    """

    method: str = "GET"
    path: str = "/"
    query: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        status: its code.
        headers: its fields.
        body: its content.
    """

    status: int = 200
    headers: Headers = field(default=())
    body: bytes = b""


def fitted(asked: Asked, answer: Answer, way: Way) -> Answer:
    """The answer to send: one within the budget of the way, where that is for JSON to be."""
    kind = json_type(answer.status, answer.headers)
    if kind is None:
        return answer
    headers = varied(answer.headers) if way.negotiate else answer.headers
    same = Answer(answer.status, headers, answer.body)
    markdown = way.negotiate and prefers_markdown(asked.accept, kind)
    if not answer.body and asked.method == "HEAD":
        return Answer(answer.status, of_another(headers, retyped=markdown))
    try:
        cursor = cursor_of(asked.query, way.cursor_parameter)
        if cursor is None and not markdown and way.fits(answer.body):
            return same
        payload = read(answer.body)
    except Unreadable as error:
        _LOG.log(
            logging.DEBUG if error.expected else logging.WARNING,
            "%s %r: the answer passes unshaped: %s",
            asked.method,
            asked.path,
            error,
        )
        return same
    except Exception as error:  # noqa: BLE001  # a counter is the author's, and may raise anything
        return _refused(asked, error, headers)
    return _written(asked, Answer(answer.status, headers), payload, way, markdown=markdown)


def tell_too_long(asked: Asked, way: Way) -> None:
    """Tells the log that an answer passes, because it is too long to be held."""
    _LOG.warning(
        "%s %r: the answer passes unshaped: more than max_body=%d bytes", asked.method, asked.path, way.max_body
    )


def presented(asked: Asked, payload: Any, way: Way, *, status: int = 200, headers: Headers = ()) -> Answer:
    """The answer that gives a payload within the budget of the way.

    Args:
        asked: the request.
        payload: what `shape` takes.
        way: how to shape it.
        status: of the answer.
        headers: of the answer; without a Content-Type it is JSON.
    """
    if not any(name.lower() == b"content-type" for name, _ in headers):
        headers = [*headers, (b"content-type", JSON.encode())]
    if way.negotiate:
        headers = varied(headers)
    markdown = way.negotiate and prefers_markdown(asked.accept)
    return _written(asked, Answer(status, headers), payload, way, markdown=markdown)


def _written(asked: Asked, answer: Answer, payload: Any, way: Way, *, markdown: bool) -> Answer:
    """The payload as an answer with the status and fields of another."""
    try:
        cursor = cursor_of(asked.query, way.cursor_parameter)
        found = shaped(payload, replace(way.options, format=_format(asked, way, markdown=markdown)), cursor)
    except Exception as error:  # noqa: BLE001  # so may an iterator, a model
        return _refused(asked, error, answer.headers)
    body = found.text.encode()
    return Answer(answer.status, _fields(asked, answer.headers, found, len(body), way), body)


def _format(asked: Asked, way: Way, *, markdown: bool) -> Format:
    """The format to write: that of the way, unless the client does not take it."""
    wanted = way.options.format
    if markdown:
        return "markdown"
    return wanted if wanted == "json" or accepts(asked.accept, _MEDIA_TYPES[wanted]) else "json"


_MEDIA_TYPES: Mapping[str, str] = {
    "auto": MARKDOWN,
    "markdown": MARKDOWN,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "text": "text/plain",
}


def _fields(asked: Asked, headers: Headers, found: Shaped, length: int, way: Way) -> Headers:
    """The header fields of a shaped answer."""
    retyped = found.format != "json"
    fields = of_another(headers, retyped=retyped)
    if retyped:
        fields.append((b"content-type", f"{found.media_type}; charset=utf-8".encode()))
    if found.format == "markdown":
        fields.append((b"x-markdown-tokens", b"%d" % found.tokens))
    fields.append((b"content-length", b"%d" % length))
    if found.cursor is not None and asked.method in {"GET", "HEAD"}:  # a link is followed by a GET
        link = next_link(asked.path, asked.query, way.cursor_parameter, found.cursor)
        if link is not None:
            others = [value.decode("latin-1") for name, value in fields if name.lower() == b"link"]
            fields = [one for one in fields if one[0].lower() != b"link"]
            fields += [(b"link", value.encode("latin-1")) for value in (*without_next(others), link)]
    return fields


def _refused(asked: Asked, error: Exception, headers: Headers) -> Answer:
    """An error in place of the answer: the client's, whose cursor is wrong, or else ours, which the log tells."""
    status, reason = (400 if isinstance(error, InvalidCursor) else 500), str(error)
    if not isinstance(error, RichRespError):
        _LOG.error("%s %r: the answer could not be shaped", asked.method, asked.path, exc_info=error)
        reason = "this answer could not be shortened; the log of the server says why"
    elif status == 500:
        _LOG.error("%s %r: the answer could not be shaped: %s", asked.method, asked.path, error)
    body = json.dumps({"error": reason}).encode()
    fields = of_an_error(headers)
    fields += [
        (b"content-type", JSON.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    return Answer(status, fields, body)
