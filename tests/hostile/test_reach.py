"""What a previewer reaches that nothing was opened for, and what it says of itself on the wire."""

import pytest

from richresp import Blocked
from richresp.links import Policy
from tests.hostile.answers import PLAIN, says
from tests.hostile.case import Case
from tests.hostile.drivers import DRIVERS, ask


@pytest.fixture(params=DRIVERS)
def driver(request):
    return request.param


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "site.example.com", "127.0.0.2"])
def test_by_default_nothing_of_this_machine(driver, host):
    case = Case("", says(PLAIN))
    with case.scene() as scene:
        options = {**case.previewer(scene.ports), "policy": Policy(allow_ports=tuple(scene.ports.values()))}
        (found,) = ask(driver, [f"http://{host}:{scene.ports['plain']}/"], options)
        assert type(found) is Blocked
        assert not scene.accepted


def test_the_proxies_of_the_environment_are_not_asked(driver, monkeypatch):
    case = Case("", says(PLAIN))
    with case.scene() as scene:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.2:{scene.ports['plain']}")
        urls = [case.urls[0].format_map(scene.ports), f"https://site.example.com:{scene.ports['tls']}/"]
        assert [found.title for found in ask(driver, urls, case.previewer(scene.ports))] == ["Title"] * 2
        assert set(scene.accepted) == {"127.0.0.1"}


def test_a_request_says_who_asks_and_nothing_of_whom_it_asks_for(driver):
    case = Case("", says(PLAIN))
    with case.scene() as scene:
        url = f"http://SITE.example.com:{scene.ports['plain']}/a%20b?c=d#e"
        ask(driver, [url], case.previewer(scene.ports))
        (visit,) = scene.visits
    assert visit.headers["host"] == f"site.example.com:{scene.ports['plain']}"
    assert visit.path == "/a%20b?c=d"
    assert visit.headers["user-agent"].startswith("richresp/")
    assert visit.headers["accept-encoding"] == "gzip"
    assert {"cookie", "authorization", "referer"}.isdisjoint(visit.headers)
