"""Every error that richresp raises on purpose.

    RichRespError
      UsageError(ValueError)        the author's mistake
        BudgetTooSmall              .budget .needed .unit
        InvalidPath                 .path .position .reason
        InvalidPayload              .pointer .reason
      InvalidCursor(ValueError)     the model's mistake
        .reason
      PreviewError                  the link's mistake; each has .url
        InvalidURL(ValueError)      .reason
        Blocked                     .reason .address
        FetchError                  .status .reason
          DeadlineExceeded          .seconds
          TooManyRedirects          .limit .loop
          NotHTML                   .content_type

An error carries fields; its message is built from them and says what to do next. Errors of other libraries are mapped
to these once, in the file that calls the library.
"""

from __future__ import annotations

import re
from typing import Any

_USER = re.compile(r"^([^/?#]{0,20}:?[/\\]{2,})[^/\\?#]*@")
# RFC 6838, 4.2, with its advice on lengths
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,63}/[A-Za-z0-9][\w!#$&^.+-]{0,63}", re.ASCII)
_MOST = 10_000


class RichRespError(Exception):
    """What all errors of richresp have in common. They pickle, for answers cross processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, vars(self))


def _restore(kind: type[RichRespError], args: tuple[object, ...], fields: dict[str, object]) -> RichRespError:
    error = kind.__new__(kind, *args)
    vars(error).update(fields)
    return error


class UsageError(RichRespError, ValueError):
    """A call that cannot be right, whatever the payload: fix the code."""


class BudgetTooSmall(UsageError):
    """Not even the smallest honest answer fits.

    Attributes:
        budget: the cap that was given.
        needed: the smallest cap of that unit that the same call accepts.
        unit: "tokens", "chars" or "bytes".
    """

    def __init__(self, *, budget: int, needed: int, unit: str = "tokens") -> None:
        super().__init__(budget, needed, unit)
        self.budget = budget
        self.needed = needed
        self.unit = unit

    def __str__(self) -> str:
        return f"a budget of {self.budget} {self.unit} is too small for this payload; give at least {self.needed}"


class InvalidPath(UsageError):
    """A path that is not JSONPath (RFC 9535), or none of the part of it that richresp reads.

    Attributes:
        path: the path.
        position: of the first character that could not be read, from 0.
        reason: what is wrong there, and what to write instead.
    """

    def __init__(self, *, path: str, position: int, reason: str) -> None:
        super().__init__(path, position, reason)
        self.path = path
        self.position = position
        self.reason = reason

    def __str__(self) -> str:
        return f"{_short(self.path)!r}, at {self.position}: {self.reason}"


class InvalidPayload(UsageError):
    """A payload holds something that has no JSON form.

    Attributes:
        pointer: the JSON Pointer (RFC 6901) of the value.
        reason: what is wrong with it, and what to pass instead.
    """

    def __init__(self, *, pointer: str, reason: str) -> None:
        super().__init__(pointer, reason)
        self.pointer = pointer
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.pointer or 'the payload'}: {self.reason}"


class InvalidCursor(RichRespError, ValueError):
    """A cursor that does not belong to this call: ask again without it, from the first page."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}; call again without a cursor to start from the first page"


class PreviewError(RichRespError):
    """A link that has no preview.

    Attributes:
        url: the address that failed, which after redirects is not the one that was asked for.
    """

    def __init__(self, *, url: str) -> None:
        super().__init__(url)
        self.url = url


class InvalidURL(PreviewError, ValueError):
    """Not an absolute http or https URL."""

    def __init__(self, *, url: str, reason: str) -> None:
        super().__init__(url=url)
        self.reason = reason

    def __str__(self) -> str:
        return f"{_address(self.url)}: {self.reason}"


class Blocked(PreviewError):
    """The policy does not let richresp connect there.

    Attributes:
        reason: the rule that refused it.
        address: the address that the rule refused, None where the URL itself was enough.
    """

    def __init__(self, *, url: str, reason: str, address: str | None = None) -> None:
        super().__init__(url=url)
        self.reason = reason
        self.address = address

    def __str__(self) -> str:
        return f"{_address(self.url)}: blocked, {self.reason}; if it is yours, allow it (a Policy, or --allow-private)"


class FetchError(PreviewError):
    """The page could not be had.

    Attributes:
        status: the HTTP status of the answer, None where there was none.
        reason: what happened, in words that hold nothing the server sent, but for the media type of NotHTML.
    """

    def __init__(self, *, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(url=url)
        self.reason = reason
        self.status = status

    def __str__(self) -> str:
        return f"{_address(self.url)}: {self.reason}"


class DeadlineExceeded(FetchError):
    """The page took longer than the timeout, all hops and the body together."""

    def __init__(self, *, url: str, seconds: float) -> None:
        super().__init__(url=url, reason=f"no answer within {_seconds(seconds)}; a longer timeout may help")
        self.seconds = seconds


class TooManyRedirects(FetchError):
    """The page redirects on and on.

    Attributes:
        limit: how many redirects are followed.
        loop: whether they lead back to where they have been, with nothing changed: no limit would do.
    """

    def __init__(self, *, url: str, limit: int, loop: bool = False) -> None:
        super().__init__(url=url, reason="its redirects lead in a circle" if loop else f"more than {limit} redirects")
        self.limit = limit
        self.loop = loop


class NotHTML(FetchError):
    """The address answers with something that is not a page.

    Attributes:
        content_type: the media type that the answer states, without parameters; empty where it states none, or what is
            not in the form of one (RFC 6838, 4.2).
    """

    def __init__(self, *, url: str, content_type: str, status: int | None = None) -> None:
        stated = content_type[:_MOST].partition(";")[0].strip()
        kind = stated if _MEDIA_TYPE.fullmatch(stated) else ""
        super().__init__(url=url, reason=f"not a page but {kind or 'of no type that can be told'}", status=status)
        self.content_type = kind


def _address(url: str) -> str:
    """The same of an address, without its user name and password."""
    return _short(_USER.sub(r"\1…@", url[:_MOST]))


class MissingExtra(RichRespError, ImportError):
    """A feature needs packages that are not installed.

    Attributes:
        extra: the extra that installs them.
    """

    def __init__(self, *, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs the extra {self.extra!r}: pip install 'richresp[{self.extra}]'"


def _seconds(seconds: float) -> str:
    """Seconds as people write them: no more digits than tell, and no powers of ten."""
    if seconds < 0.001:
        return "less than a millisecond"
    return f"{seconds:,.3f}".rstrip("0").rstrip(".") + " s"


def _short(text: str) -> str:
    """One line of at most 200 characters with nothing in it that a terminal obeys."""
    line = "".join(char if char.isprintable() else "?" for char in text[:200])
    return line if len(text) <= 200 else f"{line}…"
