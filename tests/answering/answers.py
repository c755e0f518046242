"""An answer of an application in many variations, and how its fields are looked at."""

import json

from richresp.answering.http import Answer
from richresp.answering.http_way import Way

TODOS = {"todos": [{"id": number, "title": f"Check the lines of berth {number}"} for number in range(200)]}
LARGE = json.dumps(TODOS).encode()
SMALL = b'{"todos": [ ]}'
JSON = (b"content-type", b"application/json")
WAY = Way.checked(budget=300)


def answer(*headers, status=200, body=LARGE, kind=JSON):
    return Answer(status, [*([kind] if kind else []), *headers], body)


def fields(sent):
    return {name.lower().decode(): value.decode() for name, value in sent.headers}


MODIFIED = (b"Last-Modified", b"Wed, 21 Oct 2015 07:28:00 GMT")
OF_THE_WHOLE = [
    (b"ETag", b'"abc"'), (b"Accept-Ranges", b"none"), (b"Transfer-Encoding", b"chunked"), (b"Trailer", b"Digest"),
    (b"Content-MD5", b"Q2hlY2s="), (b"Digest", b"sha-256=x"), (b"Content-Digest", b"sha-256=:x:"),
    (b"Repr-Digest", b"sha-256=:x:"), (b"Content-Length", b"99"),
]  # fmt: skip
