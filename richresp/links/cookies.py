"""Cookies within one preview: many sites set one, redirect, and look whether it came back (RFC 6265, with less).

A cookie goes back only to the very host that set it, whatever its Domain says; one that came over TLS, or is Secure, goes only over
TLS; nothing outlives the preview. What cannot be sent back exactly as it came is not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from richresp.limits.links import MAX_COOKIE_BYTES, MAX_COOKIE_HEADER_BYTES, MAX_COOKIES
from richresp.links.steps import Header

# As RFC 6265 lets servers send them, and what they send besides: blanks, commas, quotes and backslashes within a value.
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(rb"[\x20-\x3a\x3c-\x7e]*")
_PAST = re.compile(rb"[ -](?:19\d\d|70)[ ;]|[ -](?:19\d\d|70)$")
_NUMBER = re.compile(rb"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class _Cookie:
    host: str
    path: str
    secure: bool
    name: bytes
    value: bytes

    @property
    def key(self) -> tuple[str, str, bytes]:
        return self.host, self.path, self.name


class Cookies:
    """The cookies of one preview."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, bytes], _Cookie] = {}

    def take(self, url: str, lines: list[bytes]) -> None:
        """Keeps what the answer from an address sets.

        Args:
            url: in the normal form of `check_url`.
            lines: its Set-Cookie fields.
        """
        if not lines:
            return
        parts = urlsplit(url)
        for line in lines:
            told = _read(line, parts.hostname or "", parts.path, tls=parts.scheme == "https")
            if told is None:
                continue
            cookie, gone = told
            if gone:
                self._kept.pop(cookie.key, None)
            elif cookie.key in self._kept or len(self._kept) < MAX_COOKIES:
                self._kept[cookie.key] = cookie

    def header(self, url: str) -> tuple[Header, ...]:
        """The Cookie field for a request to an address, as none or one."""
        if not self._kept:
            return ()
        parts = urlsplit(url)
        host, path, tls = parts.hostname or "", parts.path, parts.scheme == "https"
        fits = [
            cookie
            for cookie in self._kept.values()
            if cookie.host == host and (tls or not cookie.secure) and _is_under(path, cookie.path)
        ]
        fits.sort(key=lambda cookie: -len(cookie.path))  # RFC 6265, 5.4
        value = b""
        for cookie in fits:
            longer = value + (b"; " if value else b"") + cookie.name + b"=" + cookie.value
            value = longer if len(longer) <= MAX_COOKIE_HEADER_BYTES else value
        return ((b"Cookie", value),) if value else ()


def _read(line: bytes, host: str, path: str, *, tls: bool) -> tuple[_Cookie, bool] | None:
    """A cookie, and whether it is told to be gone; None for what is not kept."""
    pair, *rest = line[: 2 * MAX_COOKIE_BYTES].split(b";")
    name, equals, value = (part.strip(b"\t ") for part in pair.partition(b"="))
    right = equals and _NAME.fullmatch(name) and _VALUE.fullmatch(value)
    if not right or len(name) + len(value) > MAX_COOKIE_BYTES:
        return None
    told: dict[bytes, bytes] = {}
    for item in rest:
        key, _, said = item.partition(b"=")
        told[key.strip().lower()] = said.strip()  # the last of a name counts (RFC 6265, 5.3)
    domain = told.get(b"domain", b"").lstrip(b".").lower().decode("latin-1")
    secure = b"secure" in told
    if (domain and host != domain and not host.endswith(f".{domain}")) or (secure and not tls):
        return None
    where = told.get(b"path", b"").decode("latin-1")
    if not where.startswith("/"):
        where = path.rpartition("/")[0] or "/"
    return _Cookie(host, where, secure or tls, name, value), _is_gone(told)


def _is_gone(told: dict[bytes, bytes]) -> bool:
    """Whether a cookie is being deleted. Without a clock: servers do it with Max-Age=0 and a date of long ago."""
    age = told.get(b"max-age")
    if age is not None and _NUMBER.fullmatch(age):
        return int(age) <= 0
    return bool(_PAST.search(told.get(b"expires", b"")))


def _is_under(path: str, folder: str) -> bool:
    """RFC 6265, 5.1.4."""
    return path == folder or (path.startswith(folder) and (folder.endswith("/") or path[len(folder)] == "/"))
