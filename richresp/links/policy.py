"""Where richresp connects to: rules for URLs and for addresses, pure. The transport asks again at every connection.

One parser reads a URL for the check and for the connection, and it takes only URLs that all parsers read alike: what two
programs could understand in two ways is refused, not repaired.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

import idna

from richresp.exceptions import Blocked, InvalidURL, UsageError
from richresp.limits.links import DEFAULT_PORTS, MAX_URL_CHARS
from richresp.links.addresses import (
    SPECIAL,
    Network,
    bare,
    is_below,
    is_local,
    joined,
    literal,
    network_of,
    parsed,
    refusal,
)
from richresp.typing import Resolve

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]\s\\%]+)(?::([0-9]*))?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4, labels and dots; a name that is not in ASCII yet is no longer either
_POLICY_KINDS = {"allow_networks": str, "allow_hosts": str, "allow_ports": int, "deny_hosts": str}
_PATH_SAFE = "/%:@!$&'()*+,;=-._~|[]"
_QUERY_SAFE = "?/%:@!$&()*+,;=-._~|[]`{}^"


@dataclass(frozen=True, eq=False)
class Policy:
    """What is opened beyond public addresses on ports 80, 443, 8080 and 8443, and what is closed.

    Two policies are equal if they list the same, in whatever order and spelling. Nothing in one can be changed.

    Attributes:
        allow_networks: networks that may be connected to although they are not public, as "127.0.0.0/8". A network of IPv6
            opens no IPv4 address: with "64:ff9b::/96", NAT64 leads to public addresses only.
        allow_hosts: hosts whose addresses are not judged. Nothing stops such a host from pointing anywhere.
        allow_ports: ports beyond the four.
        deny_hosts: hosts that are refused, with all below them, and addresses that are refused whatever name has them.

    Raises:
        UsageError: for a network, a host or a port that is none, and for a text where a sequence of texts belongs.
    """

    allow_networks: Sequence[str] = ()
    allow_hosts: Sequence[str] = ()
    allow_ports: Sequence[int] = ()
    deny_hosts: Sequence[str] = ()
    networks: tuple[Network, ...] = field(init=False, repr=False)
    _open: frozenset[str] = field(init=False, repr=False)
    _closed: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name, kind in _POLICY_KINDS.items():
            value = getattr(self, name)
            listed = isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview)
            items = value if isinstance(value, range) else tuple(value) if listed else None
            shown = (*items[:1], *items[-1:]) if isinstance(items, range) else items
            if shown is None or not all(isinstance(item, kind) and not isinstance(item, bool) for item in shown):
                raise UsageError(f"{name}={value!r}: give a sequence of {kind.__name__}, as {name}=({kind('1')!r},)")
            object.__setattr__(self, name, items)
            if kind is int and not all(0 < port < 1 << 16 for port in shown):
                raise UsageError(f"{name}={value!r}: a port is a number from 1 to 65535")
        try:
            networks = tuple(map(network_of, self.allow_networks))
        except ValueError as error:
            raise UsageError(f"allow_networks: {error}; give networks as '10.0.0.0/8'") from error
        opened, closed = (frozenset(map(_listed_host, hosts)) for hosts in (self.allow_hosts, self.deny_hosts))
        vars(self).update(networks=networks, _open=opened, _closed=closed)

    def __eq__(self, other: object) -> bool:
        return self.fingerprint == other.fingerprint if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[type[Policy], tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in _POLICY_KINDS)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that is decided, for the keys of caches: equal policies have it in every process, in 64 hex digits."""
        ports = sorted(DEFAULT_PORTS.union(self.allow_ports))
        closed = sorted(host for host in self._closed if not is_below(host, self._closed - {host}))
        decided = (joined(self.networks), sorted(self._open), ports, closed, SPECIAL)
        return hashlib.sha256(repr(decided).encode()).hexdigest()

    def opens(self, host: str) -> bool:
        return bare(host) in self._open

    def closes(self, host: str) -> bool:
        return is_below(bare(host), self._closed)


def check_url(url: str, *, resolve: Resolve | None = None, policy: Policy | None = None) -> str:
    """A URL in its normal form, if the policy lets richresp connect there.

    The normal form has a lower-case ASCII host without a trailing dot, no default port, no fragment, and a path and query
    in ASCII. It is its own normal form.

    Args:
        url: an absolute http or https URL.
        resolve: looks names up. Without it no name is looked up, and only the transport has the last word.
        policy: by default public addresses on the usual ports.

    Raises:
        InvalidURL: if it is not such a URL, or not one that every parser reads alike.
        Blocked: if it leads where the policy does not.
    """
    if not isinstance(url, str):
        raise UsageError(f"a URL is a text, not a {type(url).__name__}")
    policy = policy or Policy()
    try:
        normal, host, port = _split(url)
    except ValueError as error:
        raise InvalidURL(url=url, reason=str(error)) from error
    if policy.closes(host):
        raise Blocked(url=url, reason="the host is on the deny list")
    if port not in DEFAULT_PORTS and port not in policy.allow_ports:
        raise Blocked(url=url, reason=f"port {port} is not one that web sites use")
    if literal(host) is not None:
        check_addresses(url, host, [bare(host)], policy)
    elif not policy.opens(host):
        if not policy.networks and is_local(host):
            raise Blocked(url=url, reason="the name is one of a private network")
        if resolve is not None:
            try:
                addresses = resolve(host)
            except (OSError, UnicodeError) as error:
                raise Blocked(url=url, reason="the name cannot be looked up") from error
            check_addresses(url, host, addresses, policy)
    return normal


def check_addresses(url: str, host: str, addresses: Sequence[str], policy: Policy) -> None:
    """Refuses a host if a single one of its addresses is refused: who mixes them is trying something.

    Raises:
        Blocked: with the address.
    """
    opened, judged = policy.opens(host), tuple(addresses)
    if not judged and not opened:
        raise Blocked(url=url, reason="the name has no address")
    for address in judged:
        ip = parsed(address)
        closed = ip is not None and policy.closes(str(ip))
        reason = f"{ip} is on the deny list" if closed else None if opened else refusal(address, policy.networks)
        if reason is not None:
            raise Blocked(url=url, reason=reason, address=address)


def _split(url: str) -> tuple[str, str, int]:
    """The normal form of a URL, its host and its port; a ValueError says why it has none."""
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
    return _normal_host(match[1]), port


def _normal_host(host: str) -> str:
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
    """Whether a label is one, and Punycode stands for text in its normal form, as UTS 46 (4.1) has it; it may hold symbols."""
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


def _listed_host(name: str) -> str:
    """A host of a policy in the form that URLs are brought into, without brackets."""
    host = name.strip().removeprefix(".")
    try:
        return bare(_normal_host(f"[{host}]" if ":" in host and "[" not in host else host))
    except ValueError as error:
        raise UsageError(f"{name!r} in a policy is no host: {error}") from error


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
