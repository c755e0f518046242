"""Where richresp connects to: rules for URLs and for addresses, pure. The transport asks again at every connection.

One parser reads a URL for the check and for the connection, and it takes only URLs that all parsers read alike: what two
programs could understand in two ways is refused, not repaired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network
from urllib.parse import quote

import idna

from richresp.exceptions import Blocked, InvalidURL, UsageError
from richresp.limits.links import DEFAULT_PORTS, MAX_URL_CHARS
from richresp.links.addresses import Network, refusal
from richresp.typing import Resolve

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)")
_LOCAL = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "svc", "home.arpa", "onion")
_POLICY_KINDS = {"allow_networks": str, "allow_hosts": str, "allow_ports": int, "deny_hosts": str}
_PATH_SAFE = "/%:@!$&'()*+,;=-._~|[]"
_QUERY_SAFE = "?/%:@!$&()*+,;=-._~|[]`{}^"


@dataclass(frozen=True)
class Policy:
    """What is opened beyond public addresses on ports 80, 443, 8080 and 8443, and what is closed.

    Attributes:
        allow_networks: networks that may be connected to although they are not public, as "127.0.0.0/8".
        allow_hosts: hosts whose addresses are not judged. Nothing stops such a host from pointing anywhere.
        allow_ports: ports beyond the four.
        deny_hosts: hosts that are refused, with all below them.

    Raises:
        UsageError: for a network that is none, and for a text where a sequence of texts belongs.
    """

    allow_networks: Sequence[str] = ()
    allow_hosts: Sequence[str] = ()
    allow_ports: Sequence[int] = ()
    deny_hosts: Sequence[str] = ()

    def __post_init__(self) -> None:
        for name, kind in _POLICY_KINDS.items():
            value = getattr(self, name)
            listed = isinstance(value, Sequence) and not isinstance(value, str)
            if not listed or not all(isinstance(item, kind) for item in value):
                raise UsageError(f"{name}={value!r}: give a sequence of {kind.__name__}, as {name}=({kind('1')!r},)")
            object.__setattr__(self, name, value if isinstance(value, range) else tuple(value))
        _ = self.networks, self._open_hosts, self._closed_hosts

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        try:
            return tuple(map(ip_network, self.allow_networks))
        except ValueError as error:
            raise UsageError(f"allow_networks: {error}; give networks as '10.0.0.0/8'") from error

    @cached_property
    def _open_hosts(self) -> tuple[str, ...]:
        return tuple(map(_listed_host, self.allow_hosts))

    @cached_property
    def _closed_hosts(self) -> tuple[str, ...]:
        return tuple(map(_listed_host, self.deny_hosts))

    def opens(self, host: str) -> bool:
        return host in self._open_hosts

    def closes(self, host: str) -> bool:
        return _is_below(host, self._closed_hosts)


def check_url(url: str, *, resolve: Resolve | None = None, policy: Policy | None = None) -> str:
    """A URL in its normal form, if the policy lets richresp connect there.

    The normal form has a lower-case ASCII host without a trailing dot, no default port, no fragment, and a path and query
    in ASCII.

    Args:
        url: an absolute http or https URL.
        resolve: looks names up. Without it no name is looked up, and only the transport has the last word.
        policy: by default public addresses on the usual ports.

    Raises:
        InvalidURL: if it is not such a URL, or not one that every parser reads alike.
        Blocked: if it leads where the policy does not.
    """
    policy = policy or Policy()
    scheme, host, port, target = _split(url)
    if policy.closes(host):
        raise Blocked(url=url, reason="the host is on the deny list")
    number = port or (443 if scheme == "https" else 80)
    if number not in DEFAULT_PORTS and number not in policy.allow_ports:
        raise Blocked(url=url, reason=f"port {number} is not one that web sites use")
    literal = _literal(host)
    if literal is not None:
        check_addresses(url, host, [literal], policy)
    elif not policy.opens(host):
        if not policy.networks and ("." not in host or _is_below(host, _LOCAL)):
            raise Blocked(url=url, reason="the name is one of a private network")
        if resolve is not None:
            check_addresses(url, host, resolve(host), policy)
    suffix = "" if port is None or port == (443 if scheme == "https" else 80) else f":{port}"
    return f"{scheme}://{host}{suffix}{target}"


def check_addresses(url: str, host: str, addresses: Sequence[str], policy: Policy) -> None:
    """Refuses a host if a single one of its addresses is refused: who mixes them is trying something.

    Raises:
        Blocked: with the address.
    """
    if policy.opens(host):
        return
    if not addresses:
        raise Blocked(url=url, reason="the name has no address")
    for address in addresses:
        reason = refusal(address, policy.networks)
        if reason is not None:
            raise Blocked(url=url, reason=reason, address=address)


def _split(url: str) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and request target of a URL, each in its normal form."""
    if not isinstance(url, str):
        raise UsageError(f"a URL is a text, not a {type(url).__name__}")
    text = url.strip(" \t\r\n\f")
    if len(text) > MAX_URL_CHARS:
        raise InvalidURL(url=url, reason=f"longer than {MAX_URL_CHARS} characters")
    if _CONTROL.search(text):
        raise InvalidURL(url=url, reason="a control character in it; percent-encode it")
    match = _URL.fullmatch(text)
    if match is None:
        other = _SCHEME.match(text)
        reason = "only http:// and https:// are previewed" if other else "not an absolute URL; start it with https://"
        raise InvalidURL(url=url, reason=reason)
    scheme, authority, path, query = match[1].lower(), match[2], match[3].replace("\\", "/"), match[4]
    if "@" in authority:
        raise InvalidURL(url=url, reason="a user name or password in it; leave them out")
    host, port = _host_and_port(url, authority)
    return scheme, host, port, _without_dots(quote(path, safe=_PATH_SAFE) or "/") + quote(query or "", safe=_QUERY_SAFE)


def _host_and_port(url: str, authority: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s\\%]*)(?::([0-9]*))?", authority, re.ASCII)
    if match is None or not match[1]:
        raise InvalidURL(url=url, reason="no host that can be read in only one way")
    port = int(match[2]) if match[2] and len(match[2]) <= 5 else None if not match[2] else 1 << 16
    if port is not None and not 0 < port < 1 << 16:
        raise InvalidURL(url=url, reason="a port is a number from 1 to 65535")
    return _normal_host(url, match[1]), port


def _normal_host(url: str, host: str) -> str:
    if host.startswith("["):
        try:
            address = IPv6Address(host[1:-1])
            return f"[{address}]" if address.ipv4_mapped is None else str(address.ipv4_mapped)
        except AddressValueError as error:
            raise InvalidURL(url=url, reason="not an IPv6 address between the brackets") from error
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise InvalidURL(url=url, reason="a host name that cannot be written in ASCII (IDNA 2008)") from error
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise InvalidURL(
                url=url, reason="an IPv4 address is four numbers from 0 to 255, without 0 in front"
            ) from error
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise InvalidURL(url=url, reason="not a host name (RFC 1123)")
    return host


def _listed_host(name: str) -> str:
    """A host of a policy in the form that URLs are brought into."""
    bare = name.strip().removeprefix(".")
    try:
        return _normal_host(name, f"[{bare}]" if ":" in bare and "[" not in bare else bare)
    except InvalidURL as error:
        raise UsageError(f"{name!r} in a policy is no host: {error.reason}") from error


def _literal(host: str) -> str | None:
    if host.startswith("["):
        return host[1:-1]
    return host if _NUMBER.fullmatch(host.rpartition(".")[2]) else None


def _without_dots(path: str) -> str:
    """A path without `.` and `..` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    *folders, last = path.split("/")[1:]
    for part in folders:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if last == "..":
        del kept[-1:]
    return "/" + "".join(f"{part}/" for part in kept) + (last if last not in (".", "..") else "")


def _is_below(host: str, names: Sequence[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
