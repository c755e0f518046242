"""A URL in its normal form, its host and its port. Where that leads, policy.py judges.

One parser reads a URL for the check and for the connection, and it takes only URLs that all parsers read alike: what
two programs could understand in two ways is refused, not repaired. The only file that knows idna.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import idna

from richresp.limits.links import MAX_URL_CHARS
from richresp.links.addresses import literal

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]\s\\%]+)(?::([0-9]*))?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4, labels and dots; a name that is not in ASCII yet is no longer either
_PATH_SAFE = "/%:@!$&'()*+,;=-._~|[]"
_QUERY_SAFE = "?/%:@!$&()*+,;=-._~|[]`{}^"


def split_url(url: str) -> tuple[str, str, int]:
    """The normal form of a URL, its host and its port.

    Raises:
        ValueError: with the reason, if it has none.
    """
    text = url.strip(" \t\r\n\f")
    if len(text) > MAX_URL_CHARS:
        raise ValueError(f"longer than {MAX_URL_CHARS} characters")
    if _CONTROL.search(text):
        raise ValueError("a control character in it; percent-encode it")
    match = _URL.fullmatch(text)
    if match is None:
        raise ValueError("not an absolute URL; only http:// and https:// are previewed")
    scheme, authority, path, query = match[1].lower(), match[2], match[3].replace("\\", "/"), match[4]
    usual = 443 if scheme == "https" else 80
    host, port = _host_and_port(authority, usual)
    origin = f"{scheme}://{host}" if port == usual else f"{scheme}://{host}:{port}"
    normal = origin + _without_dots(quote(path, safe=_PATH_SAFE) or "/") + quote(query or "", safe=_QUERY_SAFE)
    if len(normal) > MAX_URL_CHARS:
        raise ValueError(f"longer than {MAX_URL_CHARS} characters when it is percent-encoded")
    return normal, host, port


def _host_and_port(authority: str, usual: int) -> tuple[str, int]:
    if "@" in authority:
        raise ValueError("a user name or password in it; leave them out")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise ValueError("no host that can be read in only one way")
    digits = match[2] or str(usual)
    port = int(digits) if len(digits) <= 5 else 0
    if not 0 < port < 1 << 16:
        raise ValueError("a port is a number from 1 to 65535")
    return normal_host(match[1]), port


def normal_host(host: str) -> str:
    """The normal form of a host of a URL.

    Raises:
        ValueError: with the reason, if it has none.
    """
    if len(host) > _MAX_HOST_CHARS + 1:
        raise ValueError(f"a host name of more than {_MAX_HOST_CHARS} characters (RFC 1035)")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError as error:
            raise ValueError("a host name that cannot be written in ASCII (IDNA 2008)") from error
    host = host.lower().removesuffix(".")
    address = literal(host)
    if address is None and (len(host) > _MAX_HOST_CHARS or not all(map(_is_label, host.split(".")))):
        raise ValueError("not a host name (RFC 1123, UTS 46)")
    return address or host


def _is_label(label: str) -> bool:
    """Whether a label is one, and Punycode for text in its normal form, as UTS 46 (4.1) has it; it may hold symbols."""
    if not label.startswith("xn--") or _LABEL.fullmatch(label) is None:
        return _LABEL.fullmatch(label) is not None
    try:
        text = label[4:].encode().decode("punycode")
        idna.check_initial_combiner(text)
        idna.check_bidi(text)
        fitting = all(idna.valid_contextj(text, at) for at, sign in enumerate(text) if sign in "\u200c\u200d")
        normal = not text.isascii() and idna.uts46_remap(text, std3_rules=False) == text
        return fitting and normal and text.encode("punycode").decode() == label[4:]
    except ValueError:
        return False


def _without_dots(path: str) -> str:
    """A path without `.` and `..` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join([*kept, ""] if parts[-1] in (".", "..") else kept)
