"""Where richresp connects to: rules for URLs and for addresses, pure. The transport asks again at every connection."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from richresp.exceptions import Blocked, InvalidURL, UsageError
from richresp.limits.links import DEFAULT_PORTS
from richresp.links.addresses import (
    SPECIAL,
    Network,
    bare,
    is_below,
    is_local,
    joined,
    literal,
    meant,
    network_of,
    refusal,
)
from richresp.links.arguments import checked_kind, checked_resolve, checked_url
from richresp.links.normal import normal_host, split_url
from richresp.links.resolvers import asked
from richresp.links.slots import host_of
from richresp.typing import Resolve

_POLICY_KINDS = {"allow_networks": str, "allow_hosts": str, "allow_ports": int, "deny_hosts": str}


@dataclass(frozen=True, eq=False)
class Policy:
    """What is opened beyond public addresses on ports 80, 443, 8080 and 8443, and what is closed.

    Two policies are equal if they list the same, in whatever order and spelling. Nothing in one can be changed.

    Attributes:
        allow_networks: networks that may be connected to although they are not public, as "127.0.0.0/8". A network of
            IPv6 opens no IPv4 address: with "64:ff9b::/96", NAT64 leads to public addresses only.
        allow_hosts: hosts whose addresses are not judged, as long as they are some. Nothing stops such a host from
            pointing anywhere.
        allow_ports: ports beyond the four.
        deny_hosts: hosts that are refused, with all below them, and addresses that are refused whatever name has them,
            and in whatever IPv6 address an IPv4 address is carried.

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
        """A digest of all that is decided, for the keys of caches: 64 hex digits, the same in every process."""
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

    The normal form has a lower-case ASCII host without a trailing dot, no default port, no fragment, and a path and
    query in ASCII. It is its own normal form.

    Args:
        url: an absolute http or https URL.
        resolve: looks names up. Without it no name is looked up, and only the transport has the last word.
        policy: by default public addresses on the usual ports.

    Raises:
        InvalidURL: if it is not such a URL, or not one that every parser reads alike.
        Blocked: if it leads where the policy does not.
        UsageError: for arguments of another kind, and for a resolver that gives no list of addresses.
    """
    policy, resolve = checked_kind("policy", policy, Policy) or Policy(), checked_resolve(resolve)
    url = checked_url(url)
    try:
        normal, host, port = split_url(url)
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
                addresses = asked(resolve, host)
            except OSError as error:
                raise Blocked(url=url, reason="the name cannot be looked up") from error
            check_addresses(url, host, addresses, policy)
    return normal


def name_to_judge(url: str, policy: Policy) -> str | None:
    """The host of a URL that `check_url` took, if its addresses are still to be judged; None where that is done."""
    host = host_of(url)
    return None if ":" in host or literal(host) is not None or policy.opens(host) else host


def check_addresses(url: str, host: str, addresses: Sequence[str], policy: Policy) -> None:
    """Refuses a host if a single one of its addresses is refused: who mixes them is trying something.

    Raises:
        Blocked: with the address.
    """
    opened, judged = policy.opens(host), tuple(addresses)
    if not judged and not opened:
        raise Blocked(url=url, reason="the name has no address")
    for address in judged:
        denied = next((str(ip) for ip in meant(address) if policy.closes(str(ip))), None)
        reason = f"{denied} is on the deny list" if denied else refusal(address, policy.networks, judge=not opened)
        if reason is not None:
            raise Blocked(url=url, reason=reason, address=address)


def _listed_host(name: str) -> str:
    """A host of a policy in the form that URLs are brought into, without brackets."""
    host = name.strip().removeprefix(".")
    try:
        return bare(normal_host(f"[{host}]" if ":" in host and "[" not in host else host))
    except ValueError as error:
        raise UsageError(f"{name!r} in a policy is no host: {error}") from error
