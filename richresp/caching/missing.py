"""The error for a package that an extra would have installed."""

from __future__ import annotations

from richresp.exceptions import RichRespError


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
