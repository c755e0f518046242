"""Addresses that a page states, made absolute and safe to hand on: http or https, no user name, no private literal.

`check_url` has the say on every address. It is dear, and the addresses of a page share few hosts: what it says of an origin
is remembered, and an address whose path and query are in their normal form already is not taken apart again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from richresp.exceptions import Blocked, InvalidURL, PreviewError
from richresp.limits.extract import KNOWN_ORIGINS
from richresp.limits.links import MAX_URL_CHARS
from richresp.links.placeholders import is_placeholder_address
from richresp.links.policy import Policy, check_url
from richresp.links.values import unescaped

_BLANKS = " \t\n\r\f\v\xa0\u200b\ufeff"
_REMOVED = re.compile("[\t\n\r]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What most addresses are: in their normal form, with nothing in them that could be escaped, a template or a fragment.
_PLAIN = re.compile(
    r"(https?://[a-z0-9.-]{1,253})?(/(?:[\w/=,@+~!()*:-]|(?<!/)\.|%(?!7[BbDd])[0-9A-Fa-f]{2})*+(?:\?(?:[\w/.:?=&,@+~!()*-]|%(?!7[BbDd])[0-9A-Fa-f]{2})*+)?)",
    re.ASCII,
)
_PORTS = range(1, 1 << 16)
PUBLIC = Policy(allow_ports=_PORTS)
"""Where everybody may be led: public addresses, whatever the port."""

_ANYWHERE = Policy(allow_ports=_PORTS, allow_networks=("0.0.0.0/0", "::/0"))
_DEVICES = frozenset(("www", "m", "mobile", "amp", "touch"))


def page_address(url: str) -> str:
    """The address of a page in its normal form, as whoever has the page gives it: no claim of a page, so all its signs are meant.

    Raises:
        InvalidURL: if it is no absolute http or https URL, or too long in its normal form.
        UsageError: if it is no text.
    """
    found = _PLAIN.fullmatch(url) if type(url) is str and len(url) <= MAX_URL_CHARS else None
    if found is not None and found[1] and (known := _origin(found[1])) is not None:
        return known[0] + found[2]
    try:
        normal = check_url(url, policy=_ANYWHERE)
    except Blocked as error:
        raise InvalidURL(url=url, reason=error.reason) from error
    if len(normal) > MAX_URL_CHARS:
        raise InvalidURL(url=url, reason=f"longer than {MAX_URL_CHARS} characters when it is percent-encoded")
    return normal


def is_normal(url: str) -> bool:
    """Whether it is the address of a page in its normal form."""
    try:
        return page_address(url) == url
    except PreviewError:
        return False


def may_be_stated(url: str, base: str) -> bool:
    """Whether `absolute` could have given this address for a page at `base`."""
    if not is_normal(url):
        return False
    origin = _origin(url[: url.index("/", 8)])
    return origin is not None and (origin[1] or host_of(url) == host_of(base))


def absolute(value: str, base: str) -> str | None:
    """An address as a page wrote it, absolute and normal; None where it is none, or leads into another private network.

    Args:
        value: an absolute or relative URL, with entities or blanks in it as they come.
        base: what it is relative to, itself in the normal form that `check_url` gives.
    """
    found = _absolute(value, base)
    return found if found is not None and len(found) <= MAX_URL_CHARS else None


def _absolute(value: str, base: str) -> str | None:
    text = value.strip(_BLANKS)
    if not text or len(text) > MAX_URL_CHARS:
        return None
    found = _PLAIN.fullmatch(f"{base[: base.find(':') + 1]}{text}" if text.startswith("//") else text)
    if found is not None and found[1]:
        return _at_origin(found[1], found[2], base)
    end = base.find("/", 8)
    if found is not None and end > 0:
        return base[:end] + text
    text = _REMOVED.sub("", unescaped(text)).strip(_BLANKS)
    return None if not text or is_placeholder_address(text) else _checked(text, base)


def _at_origin(origin: str, target: str, base: str) -> str | None:
    known = _origin(origin)
    if known is None:
        return None
    normal, public = known
    return normal + target if public or host_of(normal) == host_of(base) else None


@lru_cache(maxsize=KNOWN_ORIGINS)
def _origin(origin: str) -> tuple[str, bool] | None:
    """Scheme, host and port in their normal form, and whether everybody may be led there; None for an origin that is none."""
    try:
        normal = check_url(origin, policy=_ANYWHERE).removesuffix("/")
    except PreviewError:
        return None
    try:
        check_url(origin, policy=PUBLIC)
    except PreviewError:
        return normal, False
    return normal, True


def _checked(text: str, base: str) -> str | None:
    if _SCHEME.match(text) and not text.lower().startswith(("http:", "https:")):
        return None
    try:
        whole = check_url(urljoin(base, text), policy=_ANYWHERE)
        if host_of(whole) != host_of(base):
            check_url(whole, policy=PUBLIC)
    except (PreviewError, ValueError):
        return None
    return whole


def host_of(url: str) -> str:
    """The host of a URL, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def same_site(one: str, other: str) -> bool:
    """Whether one host is the other's or stands below it, or they differ only in labels for devices (`en.m.example.org`).

    Hosts side by side (`a.example.org`, `b.example.org`) are told apart: whether they have one owner stands in the Public
    Suffix List, and a claim that is not believed costs nothing, for the address a page came from is right as well.
    """
    first, second = host_of(one), host_of(other)
    if first == second or first.endswith(f".{second}") or second.endswith(f".{first}"):
        return True
    return _any_device(first) == _any_device(second)


def _any_device(host: str) -> str:
    """A host without the labels that lead to the same pages for another device; its last two labels stay."""
    *labels, name, top = host.split(".") if host.count(".") else ["", host, ""]
    return ".".join([*(label for label in labels if label not in _DEVICES), name, top])
