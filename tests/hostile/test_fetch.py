"""The guarded fetch against a real server on loopback, which the policy has to open for it."""

import asyncio
import ssl

import pytest
import trustme

from richresp import AsyncPreviewer, Blocked, DeadlineExceeded, FetchError, Previewer
from richresp.links import Policy
from richresp.links.transport import AsyncGuardedTransport, GuardedTransport
from tests.hostile.sites import running

NAME = "site.example.com"


@pytest.fixture(scope="module")
def site():
    with running() as server:
        yield server


def sync_preview(url, **options):
    with Previewer(**options) as previewer:
        return previewer.preview(url)


def async_preview(url, **options):
    async def run():
        async with AsyncPreviewer(**options) as previewer:
            return await previewer.preview(url)

    return asyncio.run(run())


@pytest.fixture(params=[sync_preview, async_preview], ids=["sync", "async"])
def preview(request):
    return request.param


def opened(server):
    return Policy(allow_networks=("127.0.0.0/8",), allow_ports=(server.port,))


def test_a_page_is_fetched_over_the_wire(preview, site):
    found = preview(f"http://127.0.0.1:{site.port}/away", policy=opened(site))
    assert (found.title, found.final_url) == ("Title", f"http://127.0.0.1:{site.port}/page")


def test_a_name_is_looked_up_once_and_sent_as_the_host(preview, site):
    asked = []

    def resolve(host):
        asked.append(host)
        return ["127.0.0.1"]

    found = preview(f"http://{NAME}:{site.port}/page", policy=opened(site), resolve=resolve)
    assert found.final_url == f"http://{NAME}:{site.port}/page"
    assert asked == [NAME]
    assert site.hits[-1] == (f"{NAME}:{site.port}", "/page")


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["::1"], []])
def test_no_packet_goes_to_a_name_with_an_address_that_is_not_public(preview, site, answers):
    before = len(site.hits)
    policy = Policy(allow_ports=(site.port,))
    with pytest.raises(Blocked) as caught:
        preview(f"http://{NAME}:{site.port}/", policy=policy, resolve=lambda host: answers)
    assert caught.value.url == f"http://{NAME}:{site.port}/"
    assert len(site.hits) == before


def test_a_name_that_is_public_at_first_and_private_later_is_refused_later(preview, site):
    policy = Policy(allow_networks=("127.0.0.1/32",), allow_ports=(site.port,))
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    def resolve(host):
        return next(answers)

    assert preview(f"http://{NAME}:{site.port}/", policy=policy, resolve=resolve).title == "Title"
    with pytest.raises(Blocked) as caught:
        preview(f"http://{NAME}:{site.port}/", policy=policy, resolve=resolve)
    assert caught.value.address == "127.0.0.2"


def test_a_redirect_into_the_cloud_is_not_followed(preview, site):
    with pytest.raises(Blocked, match="metadata"):
        preview(f"http://127.0.0.1:{site.port}/inside", policy=opened(site))


@pytest.mark.parametrize("path", ["drip-body", "drip-head", "early-hints", "silence"])
def test_the_deadline_holds_however_slowly_a_server_drips(preview, site, path):
    with pytest.raises(DeadlineExceeded) as caught:
        preview(f"http://127.0.0.1:{site.port}/{path}", policy=opened(site), timeout=0.3)
    assert caught.value.seconds == 0.3


def test_a_lookup_that_hangs_is_waited_for_no_longer_than_the_deadline(preview, site):
    with pytest.raises(DeadlineExceeded):
        preview(f"http://{NAME}:{site.port}/", policy=opened(site), timeout=0.2, resolve=lambda host: site.done.wait(3))


@pytest.mark.parametrize("path", ["banner", "hang-up"])
def test_what_is_not_http_is_told_without_its_bytes(preview, site, path):
    with pytest.raises(FetchError) as caught:
        preview(f"http://127.0.0.1:{site.port}/{path}", policy=opened(site))
    assert "secret" not in f"{caught.value}{caught.value.__cause__}"


def test_a_closed_port_is_an_error(preview):
    with running() as server:
        policy, port = opened(server), server.port
    with pytest.raises(FetchError, match="no connection"):
        preview(f"http://127.0.0.1:{port}/", policy=policy)


def test_the_proxies_of_the_environment_are_not_asked(preview, site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert preview(f"http://127.0.0.1:{site.port}/", policy=opened(site)).title == "Title"


@pytest.mark.parametrize(("name", "passes"), [(NAME, True), ("other.example.com", False)])
def test_a_certificate_must_be_for_the_name_though_the_address_was_chosen(name, passes):
    authority = trustme.CA()
    server_side, client_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(NAME).configure_cert(server_side)
    authority.configure_trust(client_side)
    with running(tls=server_side) as server:
        guard = {"resolve": lambda host: ["127.0.0.1"], "ssl_context": client_side}
        url = f"https://{name}:{server.port}/"
        policy = opened(server)
        for run, transport in ((sync_preview, GuardedTransport), (async_preview, AsyncGuardedTransport)):
            if passes:
                assert run(url, policy=policy, transport=transport(policy, **guard)).title == "Title"
            else:
                with pytest.raises(FetchError, match="TLS"):
                    run(url, policy=policy, transport=transport(policy, **guard))


def test_a_certificate_of_nobody_knows_whom_is_refused(preview):
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(NAME).configure_cert(server_side)
    with running(tls=server_side) as server, pytest.raises(FetchError, match="TLS"):
        preview(f"https://{NAME}:{server.port}/", policy=opened(server), resolve=lambda host: ["127.0.0.1"])


def test_one_previewer_serves_many_and_reuses_its_connections(site):
    with Previewer(policy=opened(site)) as previewer:
        titles = [previewer.preview(f"http://127.0.0.1:{site.port}/").title for _ in range(20)]
    assert titles == ["Title"] * 20
