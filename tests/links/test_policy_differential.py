"""Our reading of a URL beside that of httpx, httpcore, urllib, the system and the WHATWG standard (Ada): one host, one port.

What passes is read alike by all of them, in its normal form and as it was written, and what is an address to any of them is
the same public address to all.
"""

import contextlib
import re
import socket
from itertools import product
from urllib.parse import urlsplit

import can_ada
import httpcore
import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richresp import Blocked, PreviewError
from richresp.links import Policy, check_url
from tests.links.test_addresses import is_public_v4, is_public_v6, number, v4, v6

MANY = settings(max_examples=5 * settings().max_examples)
PORTS = Policy(allow_ports=range(1, 1 << 16))
ANYWHERE = Policy(allow_ports=range(1, 1 << 16), allow_networks=("0.0.0.0/0", "::/0"))
USUAL = {"http": 80, "https": 443}
POLICIES = [
    Policy(),
    PORTS,
    ANYWHERE,
    Policy(allow_networks=("10.0.0.0/8", "::1/128")),
    Policy(allow_hosts=("localhost", "[::1]", "10.0.0.1", "bücher.example")),
    Policy(deny_hosts=("example.com", "8.8.8.8", "2606:4700::1111", "xn--bcher-kva.example")),
]

SCHEMES = ["http://", "https://", "HTTP://", "hTTps://", "http:/", "http:", "//", "http:\\\\", "http:///", "httpſ://", "ftp://", " http://", "http://\t"]  # fmt: skip
NAMES = [
    "example.com", "EXAMPLE.com.", "www.example.com", "bücher.example", "BU\u0308CHER.example", "xn--bcher-kva.example", "faß.de", "xn--fa-hia.de",
    "xn--i-7iq.ws", "xn--garbage.com", "xn--0.com", "xn--a.com", "xn--ocalhost-in2e.com", "xn--ab-m1t.com", "xn--a-zhc.com", "XN--U-CCB.com",
    "a_b.example", "r3---sn.example", "example。com", "ｅxample．com", "exam\u00adple.com", "exa\u200dmple.com", "ex\u202eample.com", "☃.net",
    "localhost", "localhost.", "a.local", "ⓛocalhost", "a..b", ".a", "-a.example", "a-.example", "a" * 63 + ".com", "a" * 64 + ".com",
    "1e3.com", "a.0x", "a.1", "a.b1", "0x7f.com", "%65xample.com", "exam ple.com", "exa\u3000mple.com", "a,b.com", "a;b.com", "K.example",
]  # fmt: skip
ADDRESSES = [
    "8.8.8.8", "8.8.8.8.", "8.8.2056", "134744072", "0x08080808", "010.8.8.8", "08.8.8.8", "8.8.8.8..", "８.8.8.8", "8。8。8。8", "8.8.8.①",
    "127.0.0.1", "127.1", "0x7f.1", "0177.0.0.1", "2130706433", "0x7F000001", "017700000001", "127.0.0.1.", "0", "0x", "0x0", "256.1.1.1",
    "1.2.3.4.5", "10.0.0.1", "169.254.169.254", "4294967296", "8.8.8.8%00", "8.8.8.-1", "8.8.8.+8", "8.8.8.8e0", "8.8.8.0b1", "8.8.8. 8",
    "[2606:4700::1111]", "[2606:4700:0:0:0:0:0:1111]", "[2606:4700::17.17]", "[2606:4700::0.0.17.17]", "[::ffff:8.8.8.8]", "[::FFFF:808:808]",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::8.8.8.8]", "[2002:808:808::]", "[fe80::1%25eth0]", "[fe80::1%eth0]",
    "[2606:4700::1111", "2606:4700::1111", "[2606:4700::1111].", "[[2606:4700::1111]]", "[v1.a]", "[]", "[8.8.8.8]", "[2606:4700::01111]",
]  # fmt: skip
RADIX = st.sampled_from(["{}", "{:o}", "0{:o}", "0x{:x}", "0X{:X}", "00{}", "{:03d}"])
NUMBERS = st.lists(
    st.tuples(RADIX, st.sampled_from([0, 1, 8, 10, 127, 255, 256, 65535, 2**24, 2**32 - 1])), min_size=1, max_size=5
).map(lambda parts: ".".join(form.format(value) for form, value in parts))
PORT = ["", "", ":", ":80", ":443", ":8080", ":0", ":080", ":00443", ":65535", ":65536", ":65616", ":-1", ":+80", ":8_0", ":٨٠", ": 80", ":80:80", ":80a", ":" + "0" * 5000]  # fmt: skip
USER = ["", "", "", "", "", "user@", ":@", "a:b@", "example.com@", "@", "8.8.8.8\\@", "8.8.8.8 &@"]
REST = ["", "/", "/a/../b/./c", "/..", "//x", "/@10.0.0.1/", "\\x", "/a\\..\\b", "?q", "?@10.0.0.1", "#f", "#@10.0.0.1", "/é?ü=%zz", "/a b\n", "/\t", ";x", "/%2e%2e/"]  # fmt: skip
PLAIN = st.tuples(
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(NAMES + ADDRESSES) | NUMBERS,
    st.sampled_from(PORT),
    st.sampled_from(REST),
).map("".join)
PIECES = st.lists(st.sampled_from(["http:", "//", "/", "\\", "@", ":", "80", "[", "]", "::", "1", "0x7f", ".", "。", "%", "%2e", "%00", "#", "?", "\t", "\n", "\0", " ", "\u00a0", "é", "xn--", "-", "a.com", "８", "ffff"]), max_size=12).map("".join).map("http://".__add__)  # fmt: skip


@st.composite
def mutated(draw):
    text = draw(PLAIN)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.characters() | st.sampled_from("@:/\\.%[]\t。")) + text[at:]


URLS = st.one_of(PLAIN, PIECES, mutated(), mutated())


def urls_of(host):
    """A host in all surroundings, two of which are odd at once."""
    tails = {port + rest for port, rest in product(PORT, REST)}
    return [f"http://{host}{tail}" for tail in tails] + [
        f"{start}{user}{host}{port}/" for start, user, port in product(SCHEMES, USER, PORT)
    ]


def numeric(host):
    """The address that the system's C library takes a host for, None for a name."""
    try:
        return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][4][0]
    except (OSError, UnicodeError):
        return None


def by_httpx(url):
    read = httpx.URL(url)
    return read.raw_host.decode(), read.port or USUAL[read.scheme]


def by_httpcore(url):
    read = httpcore.URL(url)
    return read.host.decode().strip("[]"), read.port or USUAL[read.scheme.decode()]


def by_urllib(url):
    read = urlsplit(url)
    return read.hostname, read.port or USUAL[read.scheme]


def by_ada(url):
    read = can_ada.parse(url)
    return str(read.hostname).strip("[]"), int(read.port or USUAL[str(read.protocol).rstrip(":")])


READERS = {"httpx": by_httpx, "httpcore": by_httpcore, "urllib": by_urllib, "ada": by_ada}


def passed(url, policy=PORTS):
    try:
        return check_url(url, policy=policy)
    except PreviewError:
        return None


def check_normal_form(normal):
    """That every reader finds one host and one port in it, and all take it for the same public address or for a name."""
    written = re.fullmatch(r"(https?)://(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::([1-9][0-9]{0,4}))?/[!-~]*", normal)
    host, port = written[2].strip("[]"), int(written[3] or USUAL[written[1]])
    for name, read in READERS.items():
        assert read(normal) == (host, port), name
    address = numeric(host)
    if address is None:
        assert re.search(r"[a-z_-][a-z0-9_-]*\Z", host)
    else:
        value = number(address)
        assert address == host == (v6 if ":" in host else v4)(value)
        assert (is_public_v6 if ":" in host else is_public_v4)(value)


def check_written_form(url, normal):
    """That whoever reads the URL as it was written finds the host and the port of its normal form."""
    text = url.strip(" \t\r\n\f")
    for read in (by_ada, by_httpx, by_urllib) if url.isascii() else (by_ada,):
        host, port = read(text)
        host = host.lower().removesuffix(".")
        if ":" in host:
            value = number(numeric(host))
            host = v4(value & 0xFFFFFFFF) if value >> 32 == 0xFFFF else v6(value)
        assert (host, port) == by_urllib(normal)


def check_decisions(url):
    normal = passed(url, ANYWHERE)
    if normal is not None:
        for policy in (*POLICIES, ANYWHERE):
            assert decided(normal, policy) == decided(url, policy)
        assert passed(normal, ANYWHERE) == normal


def decided(url, policy):
    try:
        return check_url(url, policy=policy)
    except Blocked as error:
        return error.reason, error.address


@pytest.mark.parametrize("host", NAMES + ADDRESSES, ids=ascii)
def test_every_reader_finds_one_host_and_one_port_wherever_it_stands(host):
    for url in urls_of(host):
        normal = passed(url)
        if normal is not None:
            check_normal_form(normal)
            check_written_form(url, normal)


@MANY
@given(URLS)
@example("http://[2606:4700::0.0.17.17]:08080/")
@example("https://８.8.8.8./")
def test_every_reader_finds_one_host_and_one_port_in_what_passes(url):
    normal = passed(url)
    if normal is not None:
        check_normal_form(normal)
        check_written_form(url, normal)


@MANY
@given(URLS)
def test_every_policy_decides_of_the_normal_form_as_of_the_url(url):
    check_decisions(url)


@pytest.mark.parametrize("host", NAMES + ADDRESSES, ids=ascii)
def test_every_policy_decides_of_a_host_as_of_its_normal_form(host):
    for port in PORT:
        check_decisions(f"http://{host}{port}/")


def test_enough_passes_for_these_tests_to_mean_something():
    assert sum(passed(f"http://{host}/") is not None for host in NAMES + ADDRESSES) >= 25


@MANY
@given(st.one_of(URLS, st.text(max_size=40), st.text(max_size=40).map("http://".__add__)))
def test_whatever_is_given_passes_or_is_refused_with_an_error_of_ours(url):
    for policy in POLICIES:
        with contextlib.suppress(PreviewError):
            check_url(url, policy=policy, resolve=lambda host: ["8.8.8.8", host])


@given(st.integers(0, 2**32 - 1), RADIX, RADIX)
def test_a_number_that_the_system_takes_for_an_address_passes_in_the_usual_spelling_only(value, first, last):
    high, low = value >> 24, value & 0xFFFFFF
    for host in (first.format(value), f"{first.format(high)}.{last.format(low)}", v4(value)):
        if host == v4(value) and is_public_v4(value):
            assert check_url(f"http://{host}/") == f"http://{host}/"
        else:
            with pytest.raises(PreviewError):
                check_url(f"http://{host}/")
