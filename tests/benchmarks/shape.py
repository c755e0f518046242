"""The speed of `shape` beside its rivals, as tables of ratios measured in one run.

    python tests/benchmarks/shape.py [--quick] [--only ROW ...] [--json FILE]
        [--payloads DIR] [--node-modules DIR] [--site-packages DIR]

The rival of the first two rows is `dumps + count`: the payload as JSON, counted whole, once. A ratio below 1 is faster.
All times are of the processor, not of the wall.
"""

import argparse
import json
import sys
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from richresp import tokens
from tests.benchmarks import peers
from tests.benchmarks.contest import columns, results, scores
from tests.benchmarks.measure import in_turns
from tests.benchmarks.payloads import KINDS, dumps, payload
from tests.benchmarks.tables import Table
from tests.shaping.as_json import shape

BIG = {1_000: 0.0025, 4_000: 0.0075, 16_000: 0.025}
"""Budgets in tokens for 10 MB, and the most that shape should take of what dumps + count takes."""

SMALL = {"up to 60 %": ((10, 30, 60), 3.5), "above": ((75, 90, 99), 6), "what fits": (("100 % + 1", 150), 1.15)}
"""Budgets in percent of what the payload costs, and the same goal for payloads under 100 KB."""

GROWTH = 1.3
"""The most that 100 MB should take of what 100 KB take, at 1,000 tokens."""

BUDGETS = (200, 1_000, 4_000, 16_000, 64_000)
MIDDLE = 1_000
"""The budget of which the first table tells."""

KB, MB = 1_000, 1_000_000


def write(*lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def verdict(value, goal):
    return f"{'within' if value <= goal else 'OVER'} ({value / goal:.2f} x goal)"


def beside_all_of_it(value, budgets, rounds):
    """What dumps + count takes, and shape beside it at each budget."""
    return in_turns(lambda: tokens.count(dumps(value)), [partial(shape, value, budget=b) for b in budgets], rounds)


def big(quick):
    """Row 1: a large payload, of which little is shown."""
    rounds, found, rows = (2 if quick else 4), {}, []
    for kind in KINDS[:: 2 if quick else 1]:
        value = payload(kind, 10 * MB)
        whole, *ours = beside_all_of_it(value, BIG, rounds)
        found[kind] = dict(zip(BIG, (one.ratio for one in ours), strict=True))
        cells = (cell for one in ours for cell in (f"{one.seconds * 1e3:.1f}", one.ratio))
        rows.append([kind, f"{whole.seconds * 1e3:.0f}", *cells])
    for name, pick in (("median", median), ("worst", max)):
        rows.append([name, "", *(c for b in BIG for c in ("", pick([one[b] for one in found.values()])))])
    rows.append(["goal", "", *(text for goal in BIG.values() for text in ("", goal))])
    head = ["10 MB of", "whole ms", *(text for budget in BIG for text in (f"{budget} ms", f"{budget} ratio"))]
    notes = (
        f"median at {budget} tokens: {verdict(median(one[budget] for one in found.values()), goal)}"
        for budget, goal in BIG.items()
    )
    return found, [Table("(1) shape of 10 MB against dumps + count of it all", head, rows, tuple(notes))]


def small(quick):
    """Row 2: payloads under 100 KB, at shares of what they cost."""
    rounds, found = (3 if quick else 7), {}
    rows, shares = [], [share for group, _ in SMALL.values() for share in group]
    for kind, size in product(KINDS, (30,) if quick else (5, 30, 95)):
        value = payload(kind, size * KB)
        full = tokens.count(dumps(value))
        budgets = [full + 1 if isinstance(share, str) else full * share // 100 for share in shares]
        whole, *ours = beside_all_of_it(value, budgets, rounds)
        found[f"{kind}, {size} KB"] = dict(zip(shares, (one.ratio for one in ours), strict=True))
        cells = (f"{one.ratio:.2f}" for one in ours)
        rows.append([f"{kind}, {size} KB", f"{full}", f"{whole.seconds * 1e3:.2f}", *cells])
    for name, pick in (("median", median), ("worst", max)):
        rows.append([name, "", "", *(f"{pick([one[share] for one in found.values()]):.2f}" for share in shares)])
    rows.append(["goal", "", "", *(str(goal) for group, goal in SMALL.values() for _ in group)])
    head = ["payload", "tokens", "whole ms", *(share if isinstance(share, str) else f"{share} %" for share in shares)]
    notes = []
    for name, (group, goal) in SMALL.items():
        values = [one[share] for one in found.values() for share in group]
        notes.append(f"{name}: median {verdict(median(values), goal)}; worst {verdict(max(values), goal)}")
    title = "(2) shape of less than 100 KB against dumps + count, at a budget of ... of its tokens"
    return found, [Table(title, head, rows, tuple(notes))]


def growth(quick):
    """Row 3: the same budget, a thousand times the payload."""
    found, rows = {}, []
    large = 10 * MB if quick else 100 * MB
    for kind in ("records", "log lines"):
        more, less = (partial(shape, payload(kind, size), budget=1_000) for size in (large, 100 * KB))
        base, grown = in_turns(less, [more], 7 if quick else 40)
        found[kind] = grown.ratio
        rows.append([kind, f"{base.seconds * 1e3:.2f}", f"{grown.seconds * 1e3:.2f}", f"{grown.ratio:.3f}"])
    title = f"(3) shape at 1000 tokens: {large // MB} MB against 100 KB of the same kind; goal {GROWTH}"
    notes = (f"worst: {verdict(max(found.values()), GROWTH)}",)
    return found, [Table(title, ["kind", "100 KB ms", f"{large // MB} MB ms", "ratio"], rows, notes)]


def peer_cases(quick, folder=None):
    """Payloads of all kinds and sizes, and those of a folder."""
    sizes = (30,) if quick else (10, 30, 100)
    cases = [peers.case(f"{kind}, {size} KB", payload(kind, size * KB)) for kind, size in product(KINDS, sizes)]
    cases += [peers.case(f"{kind}, 1 MB", payload(kind, MB)) for kind in KINDS[:: 6 if quick else 1]]
    for path in sorted(folder.glob("*.json")) if folder else ():
        cases.append(peers.case(path.name, json.loads(path.read_text(encoding="utf-8"))))
    return cases


def against_peers(entrants, cases, rounds):
    """Row 4: what others do with the same payloads and budgets: by budget the results of each, and the tables."""
    found, tables = {}, []
    for budget in BUDGETS:
        cut = [case for case in cases if case.tokens > budget]
        found[budget] = results(entrants, cut, budget, rounds)
        title = f"(4) budget {budget}: {len(cut)} payloads that cost more, the median one {medium(cut)} tokens"
        rows = [[name, *score] for name, score in scores(entrants, found[budget], budget).items()]
        tables.append(Table(title, ["", *columns()], rows))
    tables[-1] = replace(tables[-1], notes=_READING)
    return found, tables


_READING = (
    "ratio: to dumps + count of the same payload; median and worst. over: texts above the budget (o200k_base).",
    f"gave up: after {peers.PATIENCE:g} s, timed as such, not judged. JSON: of payloads that are not one string.",
    "FastMCP: a whole call of the tool on its server, without a transport.",
)


def _asked_peers(options):
    with peers.installed(options.node_modules) as entrants:
        found, tables = against_peers(entrants, peer_cases(options.quick, options.payloads), 2 if options.quick else 3)
        return {budget: scores(entrants, one, budget) for budget, one in found.items()}, tables


def medium(cases):
    return round(median(case.tokens for case in cases)) if cases else "-"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer payloads and rounds, smaller large ones")
    parser.add_argument("--only", nargs="+", choices=("big", "small", "growth", "peers"), default=(), metavar="ROW",
                        help="big, small, growth or peers")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there, too")
    parser.add_argument("--payloads", type=Path, metavar="DIR", help="more payloads for the peers: all its *.json")
    parser.add_argument("--node-modules", type=Path, metavar="DIR", help="where truncate-json is installed")
    parser.add_argument("--site-packages", type=Path, metavar="DIR", help="where fastmcp is, if not beside richresp")
    options = parser.parse_args()
    if options.site_packages:
        sys.path.append(str(options.site_packages))
    rows = {
        "big": lambda: big(options.quick),
        "small": lambda: small(options.quick),
        "growth": lambda: growth(options.quick),
        "peers": lambda: _asked_peers(options),
    }
    found = {}
    for name, row in rows.items():
        if not options.only or name in options.only:
            found[name], tables = row()
            write(*(table.in_columns() for table in tables))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
