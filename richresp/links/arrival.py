"""A page that is arriving: when enough of it is there, and what it makes.

Of a page the head is enough, once it leaves nothing open; of what is no page, its first bytes. The look at what is there costs work, so it is
taken only when the end of a head has arrived, and then whenever there is twice as much. What is a short way from its end is
read to the end, so that the connection can be kept.
"""

from __future__ import annotations

from richresp.exceptions import NotHTML
from richresp.limits.extract import SNIFF_BYTES
from richresp.limits.links import MAX_MEDIA_BYTES, MAX_REST_BYTES, REST_SECONDS
from richresp.links.body import Body
from richresp.links.extracting import early, extract
from richresp.links.fields import Fields
from richresp.links.media import kind_of
from richresp.links.model import Preview
from richresp.links.refresh import refresh_of

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
# A browser saves these, whatever is in them; without a type, or with one that is unknown, it looks.
_SAVED = frozenset(
    ("application/octet-stream", "binary/octet-stream", "application/x-download", "application/force-download")
)
_HEAD_ENDS = (b"</head>", b"<body")
_OVERLAP = max(map(len, _HEAD_ENDS)) - 1


class Arrival:
    """The body of one answer, on its way to a preview."""

    def __init__(self, url: str, status: int, fields: Fields) -> None:
        """
        Raises:
            FetchError: for a coding that was not asked for.
        """
        self._url = url
        self._status = status
        self._content_type = fields.text(b"content-type")
        self._media_type = fields.media_type
        self._length = fields.length
        self._body = Body(url, fields.text(b"content-encoding") or "")
        self._kind: str | None = None
        self._looked = self._media_type in _PAGES
        self._head_ended = False
        self._next_look = 0
        self._found: Preview | None = None

    @property
    def size(self) -> int:
        """How many bytes there are, decoded."""
        return len(self._body.data)

    def feed(self, chunk: bytes) -> bool:
        """Takes what arrived; returns whether more is wanted.

        Raises:
            FetchError: if it is not what its coding says.
            NotHTML: if it is something that has no preview.
        """
        before = self.size
        if not self._body.feed(chunk):
            return False
        self._look_at_kind()
        if self._kind is not None:
            return self._length is not None and self._length <= MAX_MEDIA_BYTES
        rest = None if self._length is None else self._length - self._body.wire
        if rest is not None and rest <= 0:
            return True
        enough = self._is_enough(before)
        return not enough or (rest is not None and rest <= MAX_REST_BYTES)

    @property
    def patience(self) -> float | None:
        """Seconds to wait for all of the rest, once the preview does not need it; None as long as it does."""
        return None if self._found is None and self._kind is None else REST_SECONDS

    def salvage(self) -> Preview | None:
        """The preview of a page whose rest will not come, if what is there leaves nothing open."""
        if self._kind is not None:
            return self.preview()
        if self._found is None and self._looked:
            self._found = early(bytes(self._body.data), url=self._url, content_type=self._content_type)
        return self._found

    def preview(self) -> Preview:
        """What all of it makes.

        Raises:
            NotHTML: if it is something that has no preview.
        """
        if self._found is not None:
            return self._found
        self._look_at_kind(at_end=True)
        return extract(bytes(self._body.data), url=self._url, content_type=self._content_type)

    def head(self) -> bytes:
        """The beginning of what is there."""
        return bytes(self._body.data[:MAX_MEDIA_BYTES])

    def refresh(self) -> tuple[str, str] | None:
        """Where the page leads on to by itself: what that is relative to, and what is written."""
        if self._kind is not None:
            return None
        return refresh_of(bytes(self._body.data), self._url, self._content_type)

    def _look_at_kind(self, *, at_end: bool = False) -> None:
        if self._looked or (self.size < SNIFF_BYTES and not at_end):
            return
        self._looked = True
        self._kind = kind_of(bytes(self._body.data[:SNIFF_BYTES]), self._content_type)
        if self._kind == "file" or (self._kind is None and self._media_type in _SAVED):
            raise NotHTML(url=self._url, content_type=self._media_type, status=self._status)

    def _is_enough(self, before: int) -> bool:
        """Whether nothing is missing, of which the bytes that were there before knew nothing."""
        if not self._head_ended:
            new = bytes(self._body.data[max(0, before - _OVERLAP) :]).lower()
            self._head_ended = any(end in new for end in _HEAD_ENDS)
        if self._head_ended and self.size >= self._next_look:
            self._next_look = 2 * self.size
            self._found = early(bytes(self._body.data), url=self._url, content_type=self._content_type)
        return self._found is not None
