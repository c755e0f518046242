"""All rows of all tables, each with the name of its table; and many rows at once on one scene."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tests.hostile.answers import PLAIN
from tests.hostile.authority import SITE
from tests.hostile.case import Case, loopback
from tests.hostile.cases import bodies, clocks, cookies, errors, framing, keeping, names, redirects, tls
from tests.hostile.wire import Visit

TABLES = (redirects, cookies, errors, framing, bodies, clocks, names, tls, keeping)
CASES = [(table.__name__.rpartition(".")[2], case) for table in TABLES for case in table.CASES]


class Crowd:
    """Rows that share a scene: each is a host of its own, `c7.site.example.com`.

    Only rows with one URL at the usual name and a script that remembers nothing; a redirect to another host by name leads out
    of the row, to a plain page.
    """

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = [
            case
            for case in cases
            if len(case.urls) == 1
            and f"//{SITE}:" in case.urls[0]
            and case.resolve in (loopback, clocks.never)
            and not case.remembers
        ]

    def url(self, case: Case, ports: Mapping[str, int]) -> str:
        return case.urls[0].replace(SITE, f"c{self.cases.index(case)}.{SITE}").format_map(ports)

    def plain_url(self, ports: Mapping[str, int]) -> str:
        return f"http://{SITE}:{ports['plain']}/"

    def script(self, visit: Visit):
        first, _, rest = visit.host.partition(".")
        if rest != SITE:
            return [PLAIN]
        return self.cases[int(first[1:])].script(replace(visit, host=SITE))
