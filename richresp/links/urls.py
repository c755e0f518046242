"""Addresses that a page states, made absolute and safe to hand on: http or https, no user name, no private literal."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from richresp.exceptions import PreviewError
from richresp.limits.links import MAX_URL_CHARS
from richresp.links.policy import Policy, check_url
from richresp.text import unescape

_REMOVED = re.compile("[\t\n\r]")
_JUNK = re.compile(r"undefined|null|none|nan|false|true|#|about:blank", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\}\}|\$\{|\{%|<%|\[object ", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORTS = range(1, 1 << 16)
_PUBLIC = Policy(allow_ports=_PORTS)
_ANYWHERE = Policy(allow_ports=_PORTS, allow_networks=("0.0.0.0/0", "::/0"))


def absolute(value: str, base: str) -> str | None:
    """An address as a page wrote it, absolute and normal; None where it is none, or leads into another private network.

    Args:
        value: an absolute or relative URL, with entities or blanks in it as they come.
        base: what it is relative to.
    """
    text = _REMOVED.sub("", unescape(value)).strip(" \f\v\xa0\u200b\ufeff")
    if not text or len(text) > MAX_URL_CHARS or is_placeholder(text) or _JUNK.fullmatch(text):
        return None
    if _SCHEME.match(text) and not text.lower().startswith(("http:", "https:")):
        return None
    try:
        whole = check_url(urljoin(base, text), policy=_ANYWHERE)
        if host_of(whole) != host_of(base):
            check_url(whole, policy=_PUBLIC)
    except (PreviewError, ValueError):
        return None
    return whole


def is_placeholder(text: str) -> bool:
    """Whether a template was sent out unfilled."""
    return bool(_TEMPLATE.search(text))


def host_of(url: str) -> str:
    """The host of a URL, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def same_site(one: str, other: str) -> bool:
    """Whether one host is the other's or stands below it."""
    first, second = host_of(one), host_of(other)
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")
