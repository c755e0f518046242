"""Which addresses are public, at every edge of every network and in every form that one address takes inside another.

The oracle is a table of its own, as the registries have it, and arithmetic on whole numbers: nothing of `ipaddress`.
"""

import socket

import pytest

from richresp import Blocked
from richresp.links import Policy, check_url
from richresp.links.addresses import SPECIAL, network_of, refusal

# IANA, IPv4 Special-Purpose Address Registry, all entries; then multicast, and what clouds use of addresses that look public.
IANA_V4 = [
    "0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.170/32", "192.0.0.171/32", "192.0.2.0/24",
    "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.88.99.2/32", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
]  # fmt: skip
OTHER_V4 = ["224.0.0.0/4", "168.63.129.16/32", "34.118.224.0/20"]
# IANA, IPv6 Special-Purpose Address Registry, all entries; then those that it has dropped, and RFC 4291.
IANA_V6 = [
    "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32",
    "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28",
    "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7",
    "fe80::/10",
]  # fmt: skip
OTHER_V6 = ["::/96", "::ffff:0:0:0/96", "2001:5::/32", "fec0::/10", "ff00::/8"]
METADATA = [
    "169.254.169.254", "169.254.170.2", "169.254.169.253", "169.254.42.42", "169.254.0.23", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:42::42", "fd00:c1::a9fe:a9fe", "fe80::a9fe:a9fe%eth0",
]  # fmt: skip

TOP = {4: 1 << 32, 6: 1 << 128}


def number(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    return int.from_bytes(socket.inet_pton(family, text), "big")


def v4(value):
    return socket.inet_ntop(socket.AF_INET, value.to_bytes(4, "big"))


def v6(value):
    return socket.inet_ntop(socket.AF_INET6, value.to_bytes(16, "big"))


def span(network):
    text, _, prefix = network.partition("/")
    size = 1 << ((128 if ":" in text else 32) - int(prefix))
    return number(text), number(text) + size - 1


def edges(network):
    """The addresses around the first and the last of a network, as numbers."""
    first, last = span(network)
    return [value for value in (first - 1, first, last, last + 1) if 0 <= value < TOP[6 if ":" in network else 4]]


def is_public_v4(value):
    return not any(low <= value <= high for low, high in map(span, IANA_V4 + OTHER_V4))


def is_public_v6(value):
    """Of addresses that are not mapped."""
    isatap = value >> 32 & 0xFDFFFFFF == 0x5EFE
    return (
        value >> 125 == 1
        and not isatap
        and not any(low <= value <= high for low, high in map(span, IANA_V6 + OTHER_V6))
    )


MAPPED = {
    "dotted": lambda value: f"::ffff:{v4(value)}",
    "hexadecimal": lambda value: f"::ffff:{value >> 16:x}:{value & 0xFFFF:x}",
    "whole": lambda value: f"0000:0000:0000:0000:0000:FFFF:{value >> 16:04X}:{value & 0xFFFF:04X}",
}
TUNNELLED = {
    "::/96": v6,
    "::ffff:0:0:0/96": lambda value: f"::ffff:0:{v4(value)}",
    "64:ff9b::/96": lambda value: f"64:ff9b::{v4(value)}",
    "64:ff9b:1::/48": lambda value: f"64:ff9b:1:fffe::{v4(value)}",
    "2002::/16": lambda value: v6(0x2002 << 112 | value << 80 | 1),
    "2001::/32": lambda value: v6(0x2001 << 112 | 0x08080808 << 64 | value ^ 0xFFFFFFFF),
    "2606:4700::/32": lambda value: v6(0x26064700 << 96 | 0x5EFE << 32 | value),
    "2a00:1450::/32": lambda value: v6(0x2A001450 << 96 | 0x02005EFE << 32 | value),
}


def judged(address, policy=None):
    """Whether an address may be connected to, which `refusal` and `check_url` have to say alike."""
    policy = policy or Policy()
    host = f"[{address}]" if ":" in address else address
    try:
        check_url(f"http://{host}/", policy=policy)
    except Blocked:
        assert refusal(address, policy.networks) is not None
        return False
    assert refusal(address, policy.networks) is None
    return True


@pytest.mark.parametrize("network", IANA_V4 + OTHER_V4)
def test_ipv4_at_the_edges_of_every_network_however_it_is_mapped(network):
    for value in edges(network):
        assert judged(v4(value)) is is_public_v4(value)
        for spelling in MAPPED.values():
            assert judged(spelling(value)) is is_public_v4(value), spelling(value)


@pytest.mark.parametrize("network", IANA_V6 + OTHER_V6)
def test_ipv6_at_the_edges_of_every_network(network):
    for value in edges(network):
        mapped = value >> 32 == 0xFFFF
        assert judged(v6(value)) is (is_public_v4(value & 0xFFFFFFFF) if mapped else is_public_v6(value)), v6(value)


@pytest.mark.parametrize("tunnel", TUNNELLED)
@pytest.mark.parametrize("network", [*IANA_V4, *OTHER_V4, "8.8.8.8/32"])
def test_no_ipv6_address_leads_to_an_ipv4_address(network, tunnel):
    for value in edges(network):
        assert not judged(TUNNELLED[tunnel](value)), TUNNELLED[tunnel](value)


@pytest.mark.parametrize("tunnel", TUNNELLED)
@pytest.mark.parametrize("network", [*IANA_V4, *OTHER_V4, "8.8.8.8/32"])
def test_a_policy_that_opens_a_tunnel_opens_no_private_address(network, tunnel):
    policies = [Policy(allow_networks=(tunnel,)), Policy(allow_networks=("::/0",))]
    for value in edges(network):
        text = TUNNELLED[tunnel](value)
        if text in ("::", "::1"):
            continue  # addresses of their own
        for policy in policies:
            assert judged(text, policy) is is_public_v4(value), text
        assert judged(text, Policy(allow_networks=(tunnel, f"{v4(value)}/32")))


@pytest.mark.parametrize("address", METADATA)
def test_no_cloud_gives_away_its_secrets(address):
    assert refusal(address) is not None


def test_a_policy_opens_loopback_of_ipv6_with_nothing_else():
    policy = Policy(allow_networks=("::1/128",))
    assert judged("::1", policy)
    assert not any(judged(address, policy) for address in ("::", "::2", "127.0.0.1", "::ffff:0:1", "::ffff:127.0.0.1"))


@pytest.mark.parametrize("opened", ["::ffff:10.0.0.0/104", "::ffff:a00:0/104", "10.0.0.0/8", "10.0.0.0/255.0.0.0"])
def test_a_mapped_network_is_the_ipv4_network_that_it_means(opened):
    policy = Policy(allow_networks=(opened,))
    for value in edges("10.0.0.0/8"):
        inside = span("10.0.0.0/8")[0] <= value <= span("10.0.0.0/8")[1]
        for spelling in (v4, *MAPPED.values()):
            assert judged(spelling(value), policy) is (inside or is_public_v4(value))
    assert policy == Policy(allow_networks=("10.0.0.0/8",))


@pytest.mark.parametrize("opened", ["::/0", "::/1", "::/64", "::/80"])
def test_a_network_of_ipv6_opens_no_mapped_address(opened):
    policy = Policy(allow_networks=(opened,))
    for network in IANA_V4:
        for value in edges(network):
            assert judged(MAPPED["dotted"](value), policy) is is_public_v4(value)


@pytest.mark.parametrize(
    "text",
    ["", "127.1", "0x7f000001", "2130706433", "010.0.0.1", "1.2.3.4/8", "example.com", " 8.8.8.8", "8.8.8.8\n", "8.8.8.8%eth0", "8.8.8.8%",
     "2606:4700::1111%eth0", "2606:4700::1111%1", "fe80::1%", "fe80::1%a b", "fe80::1%\n", "[2606:4700::1111]", "٨.8.8.8", None, 134744072,
     b"\x08\x08\x08\x08"],
)  # fmt: skip
def test_what_is_no_address_is_refused_whatever_is_open(text):
    assert refusal(text, [network_of("0.0.0.0/0"), network_of("::/0")]) == "not an IP address"


def test_a_zone_is_taken_where_it_means_something():
    assert refusal("fe80::1%eth0") is not None
    assert refusal("fe80::1%eth0", [network_of("fe80::/10")]) is None


def test_every_network_of_the_table_is_of_a_source():
    listed = {network for network in SPECIAL if "/" in network}
    for network in listed:
        first, last = span(network)
        assert any(
            low <= first and last <= high
            for low, high in map(span, IANA_V4 + OTHER_V4 if "." in network else IANA_V6 + OTHER_V6)
        )
