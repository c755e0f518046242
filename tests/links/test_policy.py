"""Where richresp connects to, and where not: URLs and addresses, in every spelling that somebody might read another way."""

from ipaddress import IPv4Address, IPv6Address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import Blocked, InvalidURL, PreviewError, UsageError
from richresp.links import Policy, check_url
from richresp.links.addresses import _CLOSED_V4, _CLOSED_V6, refusal

PUBLIC = "93.184.216.34"


def blow_up(host):
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize("network", _CLOSED_V4, ids=str)
@pytest.mark.parametrize("spelling", ["{}", "::ffff:{}"])
def test_a_closed_network_is_closed_from_its_first_to_its_last_address(network, spelling):
    for address in (network[0], network[-1]):
        assert refusal(spelling.format(address)) is not None


@pytest.mark.parametrize("network", _CLOSED_V4, ids=str)
def test_next_to_a_closed_network_the_internet_goes_on(network):
    for number in (int(network[0]) - 1, int(network[-1]) + 1):
        if 0 <= number < 2**32:
            address = IPv4Address(number)
            assert (refusal(str(address)) is None) == (not any(address in closed for closed in _CLOSED_V4))


@pytest.mark.parametrize("network", _CLOSED_V6, ids=str)
def test_a_closed_ipv6_network_is_closed_to_its_edges(network):
    assert refusal(str(network[0])) is not None
    assert refusal(str(network[-1])) is not None


@pytest.mark.parametrize("address", ["::", "::1", "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "fc00::1", "fe80::1",
                                     "fec0::1", "ff02::1", "4000::1", "100::1", "5f00::1", "fd00:ec2::254"])  # fmt: skip
def test_ipv6_is_closed_but_for_global_unicast(address):
    assert refusal(address) is not None
    with pytest.raises(Blocked):
        check_url(f"http://[{address}]/")


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_is_open_is_what_python_calls_global(address):
    if refusal(str(address)) is None:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "0x7f.1", "127.0.0.01", "1.2.3.4.5", "256.1.1.1",
     "\uff11\uff12\uff17.0.0.1", "127\u30020.0.1", "[::ffff:127.0.0.1]", "%31%32%37.0.0.1", "127.0.0.1%00.example.com",
     "localhost", "LOCALHOST.", "a.localhost", "printer", "db.internal", "kubernetes.default.svc", "[fe80::1%25eth0]",
     "user@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1\\@example.com", "exa mple.com", "", ".", "a..b", "-.-.", "[::1"],
)  # fmt: skip
def test_no_odd_spelling_gets_through(host):
    with pytest.raises((Blocked, InvalidURL)):
        check_url(f"http://{host}/", resolve=blow_up)


@pytest.mark.parametrize("url", ["", "/path", "example.com", "//example.com/", "ftp://example.com/", "javascript:alert(1)",
                                 "file:///etc/passwd", "http:example.com", "http:///x", "https://exa\nmple.com/",
                                 "http://example.com:65616/", "http://example.com:-1/", "http://example.com:\u0661/",
                                 "http://example.com:99999999999999999999/", "https://a.com/" + "a" * 9000])  # fmt: skip
def test_what_is_no_absolute_http_url_is_invalid(url):
    with pytest.raises(InvalidURL) as caught:
        check_url(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.COM", "http://example.com/"),
        ("https://example.com:443/a?b#c", "https://example.com/a?b"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://example.com./", "https://example.com/"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.com/\u00fc?q=\u00fc", "https://example.com/%C3%BC?q=%C3%BC"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/%2e%2E/a%20b", "https://example.com/%2e%2E/a%20b"),
        ("https://[2606:2800:220:1:248:1893:25C8:1946]/", "https://[2606:2800:220:1:248:1893:25c8:1946]/"),
    ],
)
def test_a_url_has_one_normal_form(url, normal):
    assert check_url(url) == normal
    assert check_url(normal) == normal


@given(st.text(alphabet="aZ09.-_:/?#@[]%\\ \u00e9\uff0e\uff11\u3002x\t", max_size=20).map("http://".__add__))
def test_what_passes_is_read_alike_by_the_client_that_connects(url):
    try:
        normal = check_url(url)
    except PreviewError:
        return
    assert check_url(normal) == normal
    assert normal.isascii()
    read = httpx.URL(normal)
    assert f"{read.scheme}://{read.netloc.decode()}" == normal[: len("http://") + len(read.netloc)]


def test_one_bad_address_among_good_ones_is_enough():
    with pytest.raises(Blocked) as caught:
        check_url("http://example.com/", resolve=lambda host: [PUBLIC, "10.0.0.1"])
    assert caught.value.address == "10.0.0.1"


def test_a_name_without_addresses_is_blocked():
    with pytest.raises(Blocked, match="no address"):
        check_url("http://example.com/", resolve=lambda host: [])


def test_a_policy_opens_networks_hosts_and_ports():
    policy = Policy(allow_networks=("127.0.0.0/8",), allow_ports=(8000,))
    assert check_url("http://127.0.0.1:8000/", policy=policy) == "http://127.0.0.1:8000/"
    with pytest.raises(Blocked):
        check_url("http://10.0.0.1:8000/", policy=policy)
    assert check_url("http://db.internal/", policy=Policy(allow_hosts=("db.internal",)), resolve=blow_up)


def test_a_policy_closes_hosts_with_all_below():
    for host in ("evil.example", "a.evil.example", "EVIL.example."):
        with pytest.raises(Blocked, match="deny list"):
            check_url(f"http://{host}/", policy=Policy(deny_hosts=("evil.example",)))
    assert check_url("http://notevil.example/", policy=Policy(deny_hosts=("evil.example",)))


@pytest.mark.parametrize(
    ("listed", "url"),
    [
        ("b\u00fccher.example", "http://xn--bcher-kva.example/"),
        ("xn--bcher-kva.example", "http://b\u00fccher.example/"),
        (".example.com", "http://a.example.com/"),
        ("2606:4700::1111", "http://[2606:4700:0::1111]/"),
        ("[2606:4700::1111]", "http://[2606:4700::1111]/"),
        ("93.184.216.34", "http://[::ffff:93.184.216.34]/"),
    ],
)
def test_a_closed_host_is_closed_in_every_spelling(listed, url):
    with pytest.raises(Blocked, match="deny list"):
        check_url(url, policy=Policy(deny_hosts=(listed,)))


@pytest.mark.parametrize(
    "options",
    [
        {"allow_networks": "10.0.0.0/8"},
        {"allow_networks": ["10.0.0.1/8"]},
        {"allow_ports": 80},
        {"allow_ports": ["80"]},
        {"deny_hosts": [5]},
        {"allow_hosts": None},
        {"deny_hosts": ["a b"]},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(options):
    with pytest.raises(UsageError):
        Policy(**options)


def test_an_address_in_no_usual_spelling_is_no_address():
    for text in ("127.1", "0x7f000001", "", "example.com", "1.2.3.4/8"):
        assert refusal(text) == "not an IP address"
    assert refusal(str(IPv6Address("2606:2800:220:1:248:1893:25c8:1946"))) is None
