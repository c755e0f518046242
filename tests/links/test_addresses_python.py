"""What `ipaddress` says of the addresses that we judge: where it differs, here is why, and it never is the stricter one.

Its answers depend on the build, for its tables were amended in 3.11.10, 3.12.4 and 3.13.0, and distributions amend older ones.
"""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.links.addresses import refusal
from tests.links.test_addresses import IANA_V4, IANA_V6, MAPPED, OTHER_V4, OTHER_V6, TUNNELLED, edges, v4, v6

GLOBALLY_REACHABLE = "the registry calls it globally reachable, and no web site is there"
NOT_LISTED = "no registry of special purposes lists it"
SOME_BUILDS = "closed in later builds"
DIFFERENCES = {
    "34.118.224.0/20": NOT_LISTED,
    "168.63.129.16/32": NOT_LISTED,
    "192.0.0.9/32": GLOBALLY_REACHABLE,
    "192.0.0.10/32": GLOBALLY_REACHABLE,
    "192.0.0.0/24": SOME_BUILDS,
    "192.31.196.0/24": GLOBALLY_REACHABLE,
    "192.52.193.0/24": GLOBALLY_REACHABLE,
    "192.88.99.0/24": "the registry leaves open whether what is deprecated is reachable",
    "192.175.48.0/24": GLOBALLY_REACHABLE,
    "224.0.0.0/4": "multicast has registries of its own",
    "ff00::/8": "multicast has registries of its own",
    "64:ff9b::/96": GLOBALLY_REACHABLE,
    "64:ff9b:1::/48": SOME_BUILDS,
    "2001::/23": "parts of it are reachable, as the tables of later builds have it",
    "2002::/16": SOME_BUILDS,
    "2620:4f:8000::/48": GLOBALLY_REACHABLE,
    "3fff::/20": "listed after these builds",
    "fec0::/10": "site-local is deprecated, and is_site_local tells it",
    "::/3": "outside of 2000::/3 nothing is given out; what is not in the registry is called global",
    "4000::/2": "as ::/3",
    "8000::/1": "as ::/3",
}  # fmt: skip
ROWS = [*IANA_V4, *OTHER_V4, *IANA_V6, *OTHER_V6]


def is_explained(address):
    ip = ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip  # builds before 3.13 do not look into what is mapped
    isatap = ip.version == 6 and int(ip) >> 32 & 0xFDFFFFFF == 0x5EFE
    return isatap or any(ip in ip_network(network) for network in DIFFERENCES)


@pytest.mark.parametrize("network", ROWS)
def test_at_the_edges_we_open_nothing_that_python_closes_and_close_more_for_a_reason(network):
    for value in edges(network):
        check(v6(value) if ":" in network else v4(value))


@pytest.mark.parametrize("network", IANA_V4)
@pytest.mark.parametrize("form", [*MAPPED, *TUNNELLED])
def test_of_what_carries_an_ipv4_address_we_open_nothing_that_python_closes(network, form):
    for value in edges(network):
        if form in TUNNELLED:
            check(TUNNELLED[form](value))
        else:
            assert (refusal(MAPPED[form](value)) is None) is (refusal(v4(value)) is None)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_anywhere_we_open_nothing_that_python_closes_and_close_more_for_a_reason(address):
    check(str(address))


def check(address):
    ip = ip_address(address)
    if refusal(address) is None:
        assert ip.is_global, address
        assert not ip.is_multicast, address
    elif ip.is_global:
        assert is_explained(address), address


@pytest.mark.parametrize("network", DIFFERENCES)
def test_what_is_listed_as_a_difference_is_closed_here(network):
    for address in (ip_network(network)[0], ip_network(network)[-1]):
        assert refusal(str(address)) is not None
