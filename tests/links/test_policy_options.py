"""A policy as a value, what it opens and closes in every spelling, and the digest that caches know it by."""

import copy
import dataclasses
import os
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import Blocked, UsageError
from richresp.links import Policy, check_url
from richresp.links.policy import check_addresses

FULL = Policy(
    allow_networks=["10.0.0.0/8", "fd00::/8"], allow_hosts=("db.internal",), allow_ports=[8000, 9000], deny_hosts=["evil.example"]
)  # fmt: skip
HOSTS = st.lists(
    st.sampled_from(["a.example", "b.example", "x.a.example", "10.0.0.1", "::1", "bücher.example", "localhost"]),
    max_size=4,
)
POLICIES = st.builds(
    Policy,
    allow_networks=st.lists(st.sampled_from(["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "127.0.0.0/8", "::1/128", "fd00::/8", "::ffff:127.0.0.0/104"]), max_size=4),
    allow_hosts=HOSTS,
    allow_ports=st.lists(st.sampled_from([80, 443, 22, 8000, 65535]), max_size=4) | st.sampled_from([range(1, 4), range(0)]),
    deny_hosts=HOSTS,
)  # fmt: skip
ASKED = [
    f"http://{host}{port}/"
    for host in ("a.example", "x.a.example", "b.example", "xn--bcher-kva.example", "localhost", "printer", "10.0.0.1", "10.128.0.1", "127.0.0.1", "8.8.8.8", "[::1]", "[fd00::1]")
    for port in ("", ":22", ":1", ":3", ":8000", ":65535")
]  # fmt: skip


def refused(policy, host, addresses):
    try:
        check_addresses("http://x/", host, addresses, policy)
    except Blocked as error:
        return error.reason
    return None


def decisions(policy):
    """What a policy lets through: of URLs, and of names that have certain addresses."""
    passed = []
    for url in ASKED:
        try:
            passed.append(check_url(url, policy=policy))
        except Blocked:
            passed.append(None)
    return passed, [refused(policy, "c.example", [address]) is None for address in ("8.8.8.8", "10.0.0.1", "10.128.0.1", "127.0.0.1", "::1", "fd00::1")]  # fmt: skip


@given(POLICIES, POLICIES)
def test_policies_are_equal_where_they_decide_alike(one, other):
    if one == other:
        assert hash(one) == hash(other)
        assert one.fingerprint == other.fingerprint
        assert decisions(one) == decisions(other)
    else:
        assert one.fingerprint != other.fingerprint
    if decisions(one) != decisions(other):
        assert one != other


@given(POLICIES, st.randoms())
def test_neither_order_nor_repetition_nor_spelling_makes_another_policy(policy, random):
    entries = {}
    for name in ("allow_networks", "allow_hosts", "allow_ports", "deny_hosts"):
        entries[name] = [*getattr(policy, name), *getattr(policy, name)]
        random.shuffle(entries[name])
    for name in ("allow_hosts", "deny_hosts"):
        entries[name] = [f" {entry.upper()}" if ":" in entry else f"{entry.upper()}." for entry in entries[name]]
    assert Policy(**entries) == policy
    assert Policy(**entries).fingerprint == policy.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"allow_networks": ()},
        {"allow_networks": ("10.0.0.0/8",)},
        {"allow_networks": ("10.0.0.0/9", "fd00::/8")},
        {"allow_hosts": ()},
        {"allow_hosts": ("db2.internal",)},
        {"allow_ports": (8000,)},
        {"allow_ports": range(8000, 9001)},
        {"deny_hosts": ()},
        {"deny_hosts": ("a.evil.example",)},
        {"allow_hosts": ("evil.example",), "deny_hosts": ("db.internal",)},
    ],
)
def test_every_difference_shows_in_the_fingerprint(change):
    other = dataclasses.replace(FULL, **change)
    assert other != FULL
    assert other.fingerprint != FULL.fingerprint


def test_a_fingerprint_is_the_same_in_every_process():
    code = (
        "from richresp.links import Policy\n"
        "print(Policy(deny_hosts=['evil.example'], allow_ports=[9000, 8000], allow_hosts=['DB.internal.'], allow_networks=['fd00::/8', '10.0.0.0/8']).fingerprint)"
    )
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert out.stdout.strip() == FULL.fingerprint


def test_a_policy_is_a_value():
    assert len(FULL.fingerprint) == 64
    for twin in (
        pickle.loads(pickle.dumps(FULL)),
        copy.copy(FULL),
        copy.deepcopy(FULL),
        eval(repr(FULL)),
        dataclasses.replace(FULL),
    ):
        assert twin == FULL
        assert hash(twin) == hash(FULL)
        assert repr(twin) == repr(FULL)
        assert decisions(twin) == decisions(FULL)
    assert Policy(deny_hosts=("a.example", "x.a.example")) == Policy(deny_hosts=("a.example",))
    assert Policy() != FULL
    assert Policy() != "Policy()"
    assert len({Policy(), Policy(allow_ports=(80, 443)), FULL}) == 2


@pytest.mark.parametrize("name", ["allow_networks", "allow_hosts", "allow_ports", "deny_hosts", "networks", "other"])
def test_nothing_in_a_policy_can_be_changed(name):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(FULL, name, ())


def test_a_list_that_changes_later_changes_no_policy():
    hosts = ["a.example"]
    policy = Policy(deny_hosts=hosts)
    hosts.clear()
    assert policy.deny_hosts == ("a.example",)
    assert policy.closes("a.example")


@pytest.mark.parametrize(
    "options",
    [
        {"allow_ports": [0]},
        {"allow_ports": [65536]},
        {"allow_ports": [-1]},
        {"allow_ports": range(2)},
        {"allow_ports": range(65530, 65540)},
        {"allow_ports": range(3, -1, -1)},
        {"allow_ports": [True]},
        {"allow_ports": b"P"},
        {"allow_ports": [80.0]},
        {"allow_networks": ["fe80::%eth0/64"]},
        {"allow_networks": ["010.0.0.0/8"]},
        {"allow_networks": ["10"]},
        {"allow_networks": ["10.0.0.0/33"]},
        {"allow_networks": [""]},
        {"allow_networks": {"10.0.0.0/8"}},
        {"allow_hosts": range(3)},
        {"allow_hosts": ["http://a.example"]},
        {"allow_hosts": ["a.example:80"]},
        {"allow_hosts": ["*.example"]},
        {"allow_hosts": ["127.1"]},
        {"allow_hosts": ["[fe80::1%eth0]"]},
        {"deny_hosts": [""]},
        {"deny_hosts": ["."]},
        {"deny_hosts": ["a" * 10_000_000]},
        {"deny_hosts": ["\ud800.example"]},
    ],
    ids=lambda options: repr(options)[:60],
)
def test_a_policy_that_cannot_be_meant_is_refused_when_it_is_made(options):
    with pytest.raises(UsageError):
        Policy(**options)


@pytest.mark.parametrize("listed", ["::1", "[::1]", "0:0:0:0:0:0:0:1", "[0::0:1]"])
def test_an_open_address_is_open_in_the_url_and_at_the_connection(listed):
    policy = Policy(allow_hosts=(listed,))
    assert check_url("http://[::1]/", policy=policy) == "http://[::1]/"
    assert check_url("http://[0:0::1]/", policy=policy) == "http://[::1]/"
    for host in ("::1", "[::1]"):
        assert refused(policy, host, ["::1"]) is None
    assert refused(policy, "a.example", ["::1"]) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "::ffff:808:808"])
def test_a_closed_address_is_closed_whatever_name_has_it(address):
    policy = Policy(deny_hosts=("8.8.8.8",), allow_hosts=("open.example",))
    for host in ("a.example", "open.example"):
        assert "deny list" in refused(policy, host, ["1.1.1.1", address])
        assert refused(policy, host, ["1.1.1.1"]) is None


@pytest.mark.parametrize(
    "address",
    ["127.1", "0x7f000001", "0177.0.0.1", "localhost", "127.0.0.1%lo", "127.0.0.1 ", "", "evil.example", None],
)
def test_an_open_host_is_at_an_address_and_at_nothing_that_the_system_would_take_for_one(address):
    policy = Policy(deny_hosts=("127.0.0.1", "evil.example"), allow_hosts=("open.example",))
    assert refused(policy, "open.example", ["10.0.0.1"]) is None
    for addresses in ([address], ["10.0.0.1", address]):
        assert refused(policy, "open.example", addresses) == "not an IP address"


@pytest.mark.parametrize(
    "address",
    ["64:ff9b::a09:807", "64:ff9b:1::10.9.8.7", "::10.9.8.7", "::ffff:0:10.9.8.7", "2002:a09:807::1", "2a00::5efe:10.9.8.7",
     "2001::f5f6:f7f8"],
)  # fmt: skip
def test_a_closed_address_is_closed_in_whatever_address_it_is_carried(address):
    opened = {"allow_hosts": ("open.example",), "allow_networks": ("::/0", "10.0.0.0/8")}
    for host in ("a.example", "open.example"):
        assert refused(Policy(**opened), host, [address]) is None
        assert "10.9.8.7 is on the deny list" in refused(Policy(**opened, deny_hosts=("10.9.8.7",)), host, [address])
        assert refused(Policy(**opened, deny_hosts=("10.9.8.6",)), host, [address]) is None
    with pytest.raises(Blocked, match="deny list"):
        check_url(f"http://[{address}]/", policy=Policy(**opened, deny_hosts=("10.9.8.7",)))


def test_closed_goes_before_open():
    policy = Policy(
        allow_hosts=("a.example", "10.0.0.1"), deny_hosts=("example", "10.0.0.1"), allow_networks=("0.0.0.0/0",)
    )
    for host in ("a.example", "10.0.0.1"):
        with pytest.raises(Blocked, match="deny list"):
            check_url(f"http://{host}/", policy=policy)


def test_open_networks_let_local_names_be_asked_for_and_judge_what_they_are():
    policy = Policy(allow_networks=("10.0.0.0/8",))
    assert check_url("http://db.internal/", policy=policy, resolve=lambda host: ["10.1.2.3"])
    for addresses in (["127.0.0.1"], ["10.1.2.3", "127.0.0.1"], ["::ffff:127.0.0.1"], []):
        with pytest.raises(Blocked):
            check_url("http://db.internal/", policy=policy, resolve=lambda host, answer=addresses: answer)
