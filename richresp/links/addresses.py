"""Which IP addresses are public: our own table, since `ipaddress.is_global` answers differently from build to build.

IPv4 is open but for the networks below; IPv6 is closed but for 2000::/3 without the networks below. Sources are the IANA
special-purpose registries (IPv4 and IPv6, with the RFC of each entry) and the metadata addresses of the big clouds.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CLOSED_V4: dict[Network, str] = {
    ip_network(network): reason
    for network, reason in {
        "0.0.0.0/8": "this network (RFC 791)",
        "10.0.0.0/8": "private (RFC 1918)",
        "100.64.0.0/10": "shared by carriers (RFC 6598)",
        "127.0.0.0/8": "loopback (RFC 1122)",
        "168.63.129.16/32": "the metadata service of Azure",
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
        "2001::/23": "protocol assignments, Teredo among them (RFC 2928, RFC 4380)",
        "2001:db8::/32": "documentation (RFC 3849)",
        "2002::/16": "6to4, which reaches any IPv4 address (RFC 3056)",
        "2620:4f:8000::/48": "AS112 (RFC 7534)",
        "3fff::/20": "documentation (RFC 9637)",
    }.items()
}
_MAPPED = IPv6Network("::ffff:0:0/96")


def refusal(address: str, allowed: Iterable[Network] = ()) -> str | None:
    """Why an address must not be connected to; None if it may be.

    An IPv4-mapped IPv6 address is judged as the IPv4 address that the system would connect to.

    Args:
        address: an IP address in its usual spelling. Anything else is refused.
        allowed: networks that are open all the same.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an IP address"
    if isinstance(ip, IPv6Address) and ip in _MAPPED and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip.version == network.version and ip in network for network in allowed):
        return None
    closed = _CLOSED_V4 if isinstance(ip, IPv4Address) else _CLOSED_V6
    for network, reason in closed.items():
        if ip in network:
            return f"{ip} is {reason}"
    if isinstance(ip, IPv6Address) and ip not in _OPEN_V6:
        return f"{ip} is not a global unicast address (RFC 4291)"
    return None
