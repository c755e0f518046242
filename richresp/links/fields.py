"""The header fields of an answer: looked up by name, and counted before anything is believed of them."""

from __future__ import annotations

from richresp.exceptions import FetchError
from richresp.limits.links import MAX_HEADER_BYTES, MAX_HEADERS
from richresp.links.steps import Answer

_MAX_DIGITS = 18


class Fields:
    """The fields of one answer."""

    def __init__(self, url: str, answer: Answer) -> None:
        """
        Args:
            url: for errors.
            answer: whose fields they are.

        Raises:
            FetchError: for more fields than any page needs, or longer ones.
        """
        raw = answer.headers
        if len(raw) > MAX_HEADERS:
            raise FetchError(url=url, reason=f"more than {MAX_HEADERS} header fields", status=answer.status)
        self._values: dict[bytes, list[bytes]] = {}
        size = 0
        for name, value in raw:
            size += len(name) + len(value)
            self._values.setdefault(name.lower(), []).append(value)
        if size > MAX_HEADER_BYTES:
            raise FetchError(
                url=url, reason=f"more than {MAX_HEADER_BYTES} bytes of header fields", status=answer.status
            )

    def all(self, name: bytes) -> list[bytes]:
        """The values of a field, by its name in lower case, in order."""
        return self._values.get(name, [])

    def text(self, name: bytes) -> str | None:
        """The value of a field as text, several joined by commas (RFC 9110, 5.3); None where there is none."""
        values = self._values.get(name)
        return b", ".join(values).decode("latin-1").strip() if values else None

    @property
    def length(self) -> int | None:
        """How many bytes the body has on the wire, if the head says so."""
        told = self._values.get(b"content-length")
        if not told or b"transfer-encoding" in self._values:
            return None
        digits = told[0].strip()
        return int(digits) if digits.isdigit() and len(digits) <= _MAX_DIGITS else None

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case; empty where none is told."""
        return (self.text(b"content-type") or "").partition(";")[0].strip().lower()
