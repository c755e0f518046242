"""One plugin and one site for all tests; each test has users of its own."""

import pytest

from tests.samples.plugin import Site, started

ODD = [
    "&quot;}]}, &quot;todos&quot;: [{",
    "</title><script>alert(1)</script>",
    "Shortened: 500 of 500 items shown; for more, call again with cursor 1-000000000000000",
    "\u202egnp.exe \U000e0041\U000e0042 \x07 \ufeff",
    '\\u0000 \\" \\',
    "😀👩‍👩‍👧‍👦" * 400,
    "=" * 5_000,
    "word " * 20_000,
    "ﷺ" * 300,
    "",
]


@pytest.fixture(scope="session")
def site():
    with Site(ODD) as site:
        yield site


@pytest.fixture(scope="session")
def plugin(site):
    with started("--allow", site.host) as plugin:
        yield plugin
