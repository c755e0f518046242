"""Where richresp connects to, and where not: URLs and addresses, in every spelling that somebody might read another way."""

import pytest

from richresp import Blocked, InvalidURL, UsageError
from richresp.limits.links import MAX_URL_CHARS
from richresp.links import Policy, check_url

PUBLIC = "93.184.216.34"


def blow_up(host):
    raise AssertionError(f"{host} was looked up")


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
                                 "file:///etc/passwd", "http:example.com", "http:///x", "http:/x.com", "http:\\\\x.com", "http\u017f://x.com/",
                                 "http ://x.com", "http", "http:", "http://", "://x.com", "http\uff1a//x.com", "https://exa\nmple.com/",
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


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("8。8．8｡8", "8.8.8.8"),
        ("\uff18.8.8.\u2467", "8.8.8.8"),
        ("8.8.8.8.", "8.8.8.8"),
        ("[::ffff:8.8.8.8]", "8.8.8.8"),
        ("[::FFFF:0808:0808]", "8.8.8.8"),
        ("EX\u00adAMPLE\u3002com\uff0e", "example.com"),
        ("fa\u00df.de", "xn--fa-hia.de"),
        ("BU\u0308CHER.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("xn--ls8h.la", "xn--ls8h.la"),
        ("r3---sn_1.example", "r3---sn_1.example"),
        ("a" * 63 + ".com", "a" * 63 + ".com"),
        (".".join(["a" * 61] * 4) + ".abcde.", ".".join(["a" * 61] * 4) + ".abcde"),
    ],
)
def test_a_host_has_one_normal_form(written, host):
    for port in ("", ":", ":80", ":0080"):
        assert check_url(f"http://{written}{port}/") == f"http://{host}/"


@pytest.mark.parametrize(
    "host",
    ["xn--", "xn--a", "xn--a-", "xn--0", "xn--garbage", "xn--99999999", "xn--localhost-", "xn--ocalhost-in2e", "xn--8g7c", "xn--wca",
     "xn--u-ccb", "xn--a-wbb", "xn--a-zhc", "xn--ab-m1t", "xn--ab-r13a", "xn--BCHER-KV", "\u00fc.xn--garbage", "xn--d800-", "xn---tda"],
)  # fmt: skip
def test_punycode_that_stands_for_nothing_is_no_host(host):
    with pytest.raises(InvalidURL):
        check_url(f"http://{host}.example/")


@pytest.mark.parametrize(
    "host",
    ["a" * 64 + ".com", ".".join(["a" * 61] * 4) + ".abcdef", "\u00fc" * 60 + ".com", "\u00ad" * 300 + "a.com", "\u0660" * 8_000 + ".com",
     "[" + "0:" * 4_000 + "]", "[" + "f" * 8_000 + "::]", "1." * 4_000 + "1", "9" * 8_000, "0x" + "0" * 8_000 + "1", "a.com:" + "0" * 8_000 + "80", "a.com:000080",
     "[v1.a]", "[8.8.8.8]", "[[::1]]", "[::1]a", "a[::1]", "::1", "[]", "8.8.8.8:80:80", "a.com:\uff18\uff10", "a.com:+80", "a.com:8_0", "a.com: 80",
     "a.com:65536", "a.com:0", "a.com:00000", "a:b@a.com", "@a.com", "a.com\\b", "a.com\\@b", "a\tb.com", "a.com%2f", "a\u2044b.com", "a\uff20b.com",
     "a.com\uff03", "a.\uff11", "\u212a..example", "a\u200bb..c", "8.8.8.8\u3002\u3002", "\ud800.com", "a\x00.com", "a,b.com", "a'b.com"],
    ids=lambda host: ascii(host)[:40],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_read_in_none(host):
    with pytest.raises(InvalidURL) as caught:
        check_url(f"http://{host}/", resolve=blow_up, policy=Policy(allow_networks=("0.0.0.0/0", "::/0")))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("size", [10_000_000, MAX_URL_CHARS + 1])
@pytest.mark.parametrize("sign", ["a", "/", ".", "\u0660", "%", "@", "[", "xn--"])
def test_what_is_too_long_is_not_read_at_all(sign, size, count_steps):
    for start in ("http://", "http://a.com/", ""):
        assert count_steps(refused, start + sign * size + "x") < 400


def refused(url):
    with pytest.raises(InvalidURL, match="longer than"):
        check_url(url)


@pytest.mark.parametrize("sign", ["\u00e9", " ", "<", "a"])
def test_a_normal_form_is_never_longer_than_what_is_taken(sign):
    for length in (MAX_URL_CHARS // 6 - 4, MAX_URL_CHARS // 3 - 4, MAX_URL_CHARS // 2, MAX_URL_CHARS - 21):
        url = "http://example.com/?" + sign * length
        try:
            normal = check_url(url)
        except InvalidURL:
            assert len(url.encode()) * 3 > MAX_URL_CHARS
        else:
            assert check_url(normal) == normal


@pytest.mark.parametrize(
    "name", ["localdomain", "a.localdomain", "mail", "x.mail", "a.home.arpa", "wpad", "a.intranet", "xn--bcher-kva"]
)
def test_names_of_private_networks_are_refused_without_looking_them_up(name):
    with pytest.raises(Blocked, match="private network"):
        check_url(f"http://{name}/", resolve=blow_up)


@pytest.mark.parametrize(
    "name", ["notlocal.example", "localhost.example.com", "mail.example.com", "arpa.example", "a.homearpa.com"]
)
def test_names_that_only_look_private_pass(name):
    assert check_url(f"http://{name}/", resolve=lambda host: [PUBLIC])


@pytest.mark.parametrize("error", [OSError("no such host"), TimeoutError(), UnicodeError("label too long")], ids=repr)
def test_a_name_that_cannot_be_looked_up_is_blocked(error):
    def fail(host):
        raise error

    with pytest.raises(Blocked, match="looked up"):
        check_url("http://example.com/", resolve=fail)


@pytest.mark.parametrize("answer", ["a.example", "8.8.8.8%a", "[::1]", "127.1"])
def test_an_answer_that_is_no_address_is_blocked(answer):
    with pytest.raises(Blocked):
        check_url("http://example.com/", resolve=lambda host: [answer])


@pytest.mark.parametrize("answer", [None, iter([PUBLIC]), PUBLIC, [None], [b"\x08\x08\x08\x08"], {PUBLIC: 1}], ids=lambda answer: type(answer).__name__)  # fmt: skip
def test_a_resolver_that_gives_no_list_of_texts_is_the_authors_mistake(answer):
    with pytest.raises(UsageError, match="resolve="):
        check_url("http://example.com/", resolve=lambda host: answer)


@pytest.mark.parametrize(
    "options", [{"policy": {}}, {"policy": "x"}, {"policy": Policy}, {"resolve": 5}, {"resolve": ""}]
)
def test_arguments_of_another_kind_are_the_authors_mistake(options):
    (name,) = options
    with pytest.raises(UsageError, match=name):
        check_url("http://example.com/", **options)


def test_a_resolver_that_raises_whatever_has_no_address():
    with pytest.raises(Blocked, match="looked up"):
        check_url("http://example.com/", resolve=lambda host: 1 / 0)


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
