"""Which IP addresses and names are public: our own tables, since `ipaddress.is_global` differs from build to build.

IPv4 is open but for the networks below; IPv6 is closed but for 2000::/3 without the networks below. What the registries
of IANA list is closed whether "globally reachable" or not: no web site is there. An IPv6 address that carries an IPv4
address is no way around the table. A name is judged by its addresses; those that never are public are told without
asking for them.

Sources, with the RFC of each entry: the IANA IPv4 and IPv6 Special-Purpose Address Registries, the IANA registries of
multicast addresses, and the documentation of the clouds. Their metadata services at 169.254.169.254, 100.100.100.200
(Alibaba), 192.0.0.192 (Oracle Classic), fd00:ec2::254 (AWS), fd20:ce::254 (Google) and fd00:42::42 (Scaleway) stand
within networks that are closed anyhow; two of the rows are for what looks public and is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, collapse_addresses, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CLOSED_V4: dict[Network, str] = {
    ip_network(network): reason
    for network, reason in {
        "0.0.0.0/8": "this network (RFC 791, RFC 1122)",
        "10.0.0.0/8": "private (RFC 1918)",
        "34.118.224.0/20": "what the services inside GKE clusters have by default (Google's documentation)",
        "100.64.0.0/10": "shared by carriers (RFC 6598)",
        "127.0.0.0/8": "loopback (RFC 1122)",
        "168.63.129.16/32": "the platform service of Azure (Microsoft's documentation)",
        "169.254.0.0/16": "link-local and cloud metadata (RFC 3927)",
        "172.16.0.0/12": "private (RFC 1918)",
        "192.0.0.0/24": "protocol assignments (RFC 6890)",
        "192.0.2.0/24": "documentation (RFC 5737)",
        "192.31.196.0/24": "AS112 (RFC 7535)",
        "192.52.193.0/24": "AMT (RFC 7450)",
        "192.88.99.0/24": "6to4 relays (RFC 7526)",
        "192.168.0.0/16": "private (RFC 1918)",
        "192.175.48.0/24": "AS112 (RFC 7534)",
        "198.18.0.0/15": "benchmarks (RFC 2544)",
        "198.51.100.0/24": "documentation (RFC 5737)",
        "203.0.113.0/24": "documentation (RFC 5737)",
        "224.0.0.0/4": "multicast (RFC 5771)",
        "240.0.0.0/4": "reserved (RFC 1112)",
    }.items()
}
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6: dict[Network, str] = {
    ip_network(network): reason
    for network, reason in {
        "::/128": "unspecified (RFC 4291)",
        "::1/128": "loopback (RFC 4291)",
        "::/96": "IPv4-compatible (RFC 4291)",
        "::ffff:0:0:0/96": "IPv4-translated (RFC 2765)",
        "64:ff9b::/96": "NAT64 (RFC 6052)",
        "64:ff9b:1::/48": "local NAT64 (RFC 8215)",
        "100::/64": "discard-only (RFC 6666)",
        "100:0:0:1::/64": "the dummy prefix (RFC 9780)",
        "2001::/23": "protocol assignments, Teredo and ORCHID among them (RFC 2928, RFC 4380, RFC 7343)",
        "2001:db8::/32": "documentation (RFC 3849)",
        "2002::/16": "6to4, which reaches any IPv4 address (RFC 3056)",
        "2620:4f:8000::/48": "AS112 (RFC 7534)",
        "3fff::/20": "documentation (RFC 9637)",
        "5f00::/16": "segment routing (RFC 9602)",
        "fc00::/7": "unique local and cloud metadata (RFC 4193)",
        "fe80::/10": "link-local (RFC 4291)",
        "fec0::/10": "site-local (RFC 3879)",
        "ff00::/8": "multicast (RFC 4291)",
    }.items()
}
_LOCAL = (
    *("localhost", "local", "onion", "home.arpa"),  # RFC 6761, RFC 6762, RFC 7686, RFC 8375
    *("internal", "corp", "home", "mail"),  # what ICANN keeps out of the root (SAC113; resolution 2018.02.04.12)
    *(
        "intranet",
        "private",
        "lan",
        "localdomain",
        "svc",
    ),  # RFC 6762, appendix G; what systems and Kubernetes add to names
)
SPECIAL = (*map(str, (*_CLOSED_V4, *_CLOSED_V6)), *_LOCAL)
"""The networks and names that are closed, for whoever must know that a table has changed."""

_MAPPED = IPv6Network("::ffff:0:0/96")
# Networks whose addresses end in the IPv4 address that they stand for. A local NAT64 prefix may put it elsewhere
# (RFC 6052, 2.2); then zeros stand at the end, which is no public address either.
_ENDING_IN_V4 = tuple(map(IPv6Network, ("::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")))
_COMPATIBLE = IPv6Network("::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # RFC 5214, 6.1
_LINK_LOCAL = IPv6Network("fe80::/10")
_ZONE = re.compile(r"[A-Za-z0-9_.-]{1,32}")
_BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\]")
_USUAL_V4 = "an IPv4 address is four numbers from 0 to 255, without 0 in front"
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def refusal(address: str, allowed: Iterable[Network] = (), *, judge: bool = True) -> str | None:
    """Why an address must not be connected to; None if it may be.

    An IPv4-mapped IPv6 address is judged as the IPv4 address that the system would connect to. Any other IPv6 address
    that carries an IPv4 address is refused, and where a network of them is open all the same, the IPv4 address is
    judged.

    Args:
        address: an IP address in its usual spelling, as a resolver gives it. Anything else is refused.
        allowed: networks that are open all the same.
        judge: whether it has to be a public one.
    """
    ip = parsed(address)
    return "not an IP address" if ip is None else _refusal(ip, tuple(allowed)) if judge else None


def meant(address: str) -> list[Address]:
    """Where packets to an address may end: there, and at the IPv4 address that it carries; nowhere for what is none."""
    ip = parsed(address)
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    return [each for each in (ip, inner) if each is not None]


def _refusal(ip: Address, allowed: tuple[Network, ...]) -> str | None:
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    if any(ip in network for network in allowed):
        reason = None if inner is None else _refusal(inner, allowed)
        return None if reason is None else f"{ip} stands for an IPv4 address, and {reason}"
    for network, reason in (_CLOSED_V4 if isinstance(ip, IPv4Address) else _CLOSED_V6).items():
        if ip in network:
            return f"{ip} is {reason}"
    if isinstance(ip, IPv4Address):
        return None
    if ip not in _OPEN_V6:
        return f"{ip} is not a global unicast address (RFC 4291)"
    return None if inner is None else f"{ip} is ISATAP, which reaches any IPv4 address (RFC 5214)"


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to an IPv6 address may end at."""
    number = int(ip)
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    compatible = number > 1 and ip in _COMPATIBLE  # `::` and `::1` are addresses of their own
    if compatible or number >> 32 & 0xFFFF_FFFF in _ISATAP or any(ip in network for network in _ENDING_IN_V4):
        return IPv4Address(number & 0xFFFF_FFFF)
    return None


def parsed(address: str) -> Address | None:
    """An address of a resolver, without its zone, and as IPv4 where it is mapped; None where it is none.

    What is let through is handed to the system, which takes what is no address for a name: a zone stands only where it
    means something.
    """
    if not isinstance(address, str):
        return None
    bare, sign, zone = address.partition("%")
    try:
        ip = ip_address(bare)
    except ValueError:
        return None
    if sign and not (ip in _LINK_LOCAL and _ZONE.fullmatch(zone)):
        return None
    return _unmapped(ip)


def literal(host: str) -> str | None:
    """The normal form of a host of a URL that is an address; None for a name.

    A host whose last label is a number is an address to some programs, whatever stands before it (WHATWG URL, "ends in
    a number"): it is one in the usual spelling, or none at all.

    Args:
        host: without a dot at its end.

    Raises:
        ValueError: for an address in another spelling than the usual.
    """
    found = _BRACKETED.fullmatch(host)
    if found is None and _NUMBER.fullmatch(host.rpartition(".")[2]) is None:
        return None
    try:
        ip = IPv4Address(host) if found is None else _unmapped(IPv6Address(found[1]))
    except ValueError as error:
        raise ValueError(_USUAL_V4 if found is None else "not an IPv6 address between the brackets") from error
    return str(ip) if isinstance(ip, IPv4Address) else f"[{ip}]"


def network_of(text: str) -> Network:
    """A network as a policy lists it; one of mapped addresses is the IPv4 network that they mean.

    Raises:
        ValueError: if it is none, or has bits set beyond its prefix.
    """
    if "%" in text:
        raise ValueError(f"{text!r} has a zone, which is no part of a network")
    network = ip_network(text)
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        return IPv4Network((int(network.network_address) & 0xFFFF_FFFF, network.prefixlen - 96))
    return network


def joined(networks: Collection[Network]) -> list[str]:
    """Networks without those that stand in others, the same for equal sets of addresses."""
    four = collapse_addresses(network for network in networks if isinstance(network, IPv4Network))
    six = collapse_addresses(network for network in networks if isinstance(network, IPv6Network))
    return [*map(str, four), *map(str, six)]


def is_local(name: str) -> bool:
    """Whether a name is one of a private network: a single label, or below one that the root of the DNS has not."""
    return "." not in name or is_below(name, _LOCAL)


def is_below(host: str, names: Iterable[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def bare(host: str) -> str:
    """A host without the brackets that an IPv6 address has in a URL."""
    return host.removeprefix("[").removesuffix("]")


def _unmapped(ip: Address) -> Address:
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return ip if mapped is None else mapped
