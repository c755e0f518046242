"""The answer to send in place of one that an application gave: the same, a shaped one, or an error.

JSON that fits passes with the very same bytes. What does not is shaped; a client that names text/markdown gets that. What cannot
be read as JSON, or is a message between programs, passes as it is: never half a body. Where something is never to be shown, what
cannot be read is an error instead.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from richresp.answering.accept import MARKDOWN, accepts, prefers_markdown
from richresp.answering.http_body import Unreadable, read
from richresp.answering.http_headers import JSON, Headers, json_kind, of_an_error, of_another, varied
from richresp.answering.http_links import cursor_of, is_foreign, next_link, without_next
from richresp.answering.http_way import Way
from richresp.exceptions import InvalidCursor, RichRespError, UsageError
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
    kind, hindered = json_kind(answer.status, answer.headers)
    if kind is None or hindered is not None:
        return undropped(asked, answer.headers, hindered) if hindered and way.drops and answer.body else answer
    headers = varied(answer.headers) if way.negotiate else answer.headers
    same = Answer(answer.status, headers, answer.body)
    markdown = way.negotiate and prefers_markdown(asked.accept, kind)
    if not answer.body:
        return Answer(answer.status, of_another(headers, retyped=markdown)) if asked.method == "HEAD" else same
    try:
        if not markdown and way.fits(answer.body):
            return same
        payload = read(answer.body)
    except Unreadable as error:
        return _unread(asked, same, way, error)
    except Exception as error:  # noqa: BLE001  # a counter is the author's, and may raise anything
        return _refused(asked, error, headers)
    foreign = is_foreign(asked.query, way.cursor_parameter)
    return _written(
        asked, Answer(answer.status, headers), payload, way, markdown=markdown, foreign=foreign, kind=kind, whole=True
    )


def _unread(asked: Asked, answer: Answer, way: Way, error: Unreadable) -> Answer:
    """The answer itself, which the log tells; an error where something of it is never to be shown."""
    if way.drops and not error.expected:
        return undropped(asked, answer.headers, str(error))
    level = logging.DEBUG if error.expected else logging.WARNING
    _LOG.log(level, "%s %r: the answer passes unshaped: %s", asked.method, asked.path, error)
    return answer


def too_long(asked: Asked, headers: Headers, way: Way) -> Answer | None:
    """What to send in place of an answer that is too long to be held: nothing, since it passes, which the log tells; or an error,
    where something is never to be shown.
    """
    reason = f"more than max_body={way.max_body} bytes"
    if way.drops:
        return undropped(asked, headers, reason)
    _LOG.warning("%s %r: the answer passes unshaped: %s", asked.method, asked.path, reason)
    return None


def tell_hindered(asked: Asked, reason: str) -> None:
    """Tells the log that JSON passes, because it cannot be read, and what to do."""
    _LOG.warning(
        "%s %r: the answer passes unshaped: %s. What compresses belongs outside of what shapes (this is told once)",
        asked.method,
        asked.path,
        reason,
    )


def undropped(asked: Asked, headers: Headers, reason: str) -> Answer:
    """An error in place of an answer from which something is to be dropped, which is not possible."""
    error = UsageError(f"what is never to be shown cannot be taken out of this answer: {reason}")
    return _refused(asked, error, headers)


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


def _written(
    asked: Asked,
    answer: Answer,
    payload: Any,
    way: Way,
    *,
    markdown: bool,
    foreign: bool = False,
    kind: str = JSON,
    whole: bool = False,
) -> Answer:
    """The payload as an answer with the status and fields of another.

    Args:
        asked: the request.
        answer: whose status and fields it has.
        payload: what `shape` takes.
        way: how to shape it.
        markdown: whether that is asked for.
        foreign: whether the cursor of the request is the application's own: then none of ours is offered.
        kind: the media type of the JSON.
        whole: whether a payload that fits is shown with any cursor; it is one that can be read twice.
    """
    try:
        options = replace(way.options, format=_format(asked, way, kind, markdown=markdown), pages=not foreign)
        cursor = None
        try:
            cursor = None if foreign else cursor_of(asked.query, way.cursor_parameter)
            found = shaped(payload, options, cursor)
        except InvalidCursor:
            cursor = None
            if not whole or (found := shaped(payload, options)).truncated:
                raise
    except Exception as error:  # noqa: BLE001  # so may an iterator, a model
        return _refused(asked, error, answer.headers)
    body = found.text.encode()
    cut = found.cursor is not None or (cursor is None and found.truncated)
    return Answer(answer.status, _fields(asked, answer.headers, found, len(body), way, cut=cut), body)


def _format(asked: Asked, way: Way, kind: str, *, markdown: bool) -> Format:
    """The format to write: that of the way, unless the client does not take it, or would rather have JSON."""
    wanted = way.options.format
    if markdown:
        return "markdown"
    return wanted if wanted == "json" or accepts(asked.accept, _MEDIA_TYPES[wanted], kind) else "json"


_MEDIA_TYPES: Mapping[str, str] = {
    "auto": MARKDOWN,
    "markdown": MARKDOWN,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "text": "text/plain",
}


def _fields(asked: Asked, headers: Headers, found: Shaped, length: int, way: Way, *, cut: bool) -> Headers:
    """The header fields of a shaped answer; the application's own next page comes after what is cut from this one."""
    retyped = found.format != "json"
    fields = of_another(headers, retyped=retyped)
    if retyped:
        fields.append((b"content-type", f"{found.media_type}; charset=utf-8".encode()))
    if found.format == "markdown":
        fields.append((b"x-markdown-tokens", b"%d" % found.tokens))
    fields.append((b"content-length", b"%d" % length))
    if cut:
        others = [value.decode("latin-1") for name, value in fields if name.lower() == b"link"]
        link = None
        if found.cursor is not None and asked.method in {"GET", "HEAD"}:  # a link is followed by a GET
            link = next_link(asked.path, asked.query, way.cursor_parameter, found.cursor)
        fields = [one for one in fields if one[0].lower() != b"link"]
        fields += [(b"link", value.encode("latin-1")) for value in without_next(others)]
        fields += [(b"link", link.encode("latin-1"))] if link is not None else []
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
