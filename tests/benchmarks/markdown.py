"""The speed and the tokens of `markdown.table` beside its rivals, measured in one run.

    python tests/benchmarks/markdown.py [--quick] [--only ROW ...] [--site-packages DIR] [--million COUNT]

The rival of the speed rows is `json.dumps` of the same records. A ratio below 1 is faster. All times are of the processor.
"""

import argparse
import resource
import sys
import tracemalloc
from functools import partial
from pathlib import Path
from time import process_time

sys.path.pop(0)  # this folder, whose files have names that packages have, too
sys.path.insert(0, str(Path(__file__).parents[2]))

from richresp import markdown as md
from richresp import tokens
from tests.benchmarks import markdown_peers as peers
from tests.benchmarks import markdown_rows
from tests.benchmarks.measure import in_turns

GOALS = {"plain": 1.5, "marked": 3.0}
"""The most that a table should take of what json.dumps takes: where no cell needs an escape, and where one in 25 does."""

SIZES = (10, 1_000, 100_000)
PATIENCE = 20.0
"""Seconds of a single run after which a peer is not measured, as told by a tenth of its rows."""

DATA = {"mixed": 50, "numeric": 50, "text": 30}


def write(*lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def table(title, rows):
    write("", title, "", md.table([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]))


def speed(quick):
    """Row 1: against json.dumps of the records."""
    found = [["rows of", "number", "json ms", "table", "iter_table", "goal", "verdict"]]
    for kind, goal in GOALS.items():
        for size in SIZES:
            rows = getattr(markdown_rows, kind)(size)
            works = [partial(writer, rows) for writer in peers.OURS.values()]
            whole, *ours = in_turns(partial(peers.PLAIN[peers.BASELINE], rows), works, 3 if quick else 9)
            within = "" if size < 1_000 else "within" if ours[0].ratio <= goal else "OVER"
            found.append(
                [kind, size, f"{whole.seconds * 1e3:.3g}", *(f"{one.ratio:.2f}" for one in ours), goal, within]
            )
    table("(1) ratio to json.dumps of the same records", found)


def against_peers(quick):
    """Row 2: what others take for the same records, and how much memory."""
    others, missing = peers.installed()
    found = [["writer", *(f"{size} rows" for size in SIZES), f"peak MB at {SIZES[1]}"]]
    data = {size: markdown_rows.marked(size) for size in (SIZES[:2] if quick else SIZES)}
    for name, writer in {**peers.PLAIN, **peers.OURS, **others}.items():
        ratios = []
        for size, rows in data.items():
            if _estimate(writer, rows) > PATIENCE:
                ratios.append("too long")
                continue
            rounds = 1 if size == SIZES[-1] else 5
            _, one = in_turns(partial(peers.PLAIN[peers.BASELINE], rows), [partial(writer, rows)], rounds)
            ratios.append(f"{one.ratio:.2f}")
        memory = f"{_peak(writer, data[SIZES[1]]):.1f}"
        found.append([name, *ratios, *[""] * (len(SIZES) - len(ratios)), memory])
    table("(2) eight mixed columns: ratio to json.dumps of the same records", found)
    if missing:
        write("", f"not installed: {', '.join(missing)}")


def _estimate(writer, rows):
    part = rows[: max(1, len(rows) // 10)]
    start = process_time()
    writer(part)
    return 10 * (process_time() - start)


def _peak(writer, rows):
    tracemalloc.start()
    writer(rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def costs(_):
    """Row 3: tokens of o200k_base per format and peer."""
    others, missing = peers.installed()
    found = [["format", *(f"{kind} {size}" for kind, size in DATA.items())]]
    base = {}
    for name, writer in {"md.table": peers.OURS["md.table"], **others, **peers.FORMATS}.items():
        cells = []
        for kind, size in DATA.items():
            count = tokens.count(writer(getattr(markdown_rows, kind)(size)))
            base.setdefault(kind, count)
            cells.append(f"{count} ({count / base[kind]:.2f})")
        found.append([name, *cells])
    table("(3) tokens (o200k_base), and their ratio to md.table", found)
    if missing:
        write("", f"not installed: {', '.join(missing)}")


def stream(count):
    """Row 4: the memory of iter_table, for ten times the rows at each step."""
    found = [["rows", "seconds", "characters", "peak RSS MB"]]
    for size in (count // 1_000, count // 100, count // 10, count):
        start, characters = process_time(), 0
        for line in md.iter_table(_generated(size)):
            characters += len(line) + 1
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
        found.append([size, f"{process_time() - start:.1f}", characters, f"{rss:.1f}"])
    table("(4) iter_table over generated rows", found)


def _generated(count):
    for at in range(count):
        note = f"a|b *x* {at % 1_000}" if at % 5 == 0 else "plain words"
        yield {"id": at, "name": f"name {at}", "note": note, "score": at / 7, "open": at % 2 == 0}


def main():
    rows = {"speed": speed, "peers": against_peers, "tokens": costs}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no 100,000 rows for the peers")
    parser.add_argument("--only", nargs="+", choices=rows, default=(), metavar="ROW", help="speed, peers or tokens")
    parser.add_argument("--site-packages", type=Path, metavar="DIR", help="where the peers are, if not beside richresp")
    parser.add_argument(
        "--million", type=int, metavar="COUNT", help="stream as many millions of rows, and nothing else"
    )
    options = parser.parse_args()
    if options.site_packages:
        sys.path.append(str(options.site_packages))
    if options.million:
        stream(options.million * 1_000_000)
        return
    for name, row in rows.items():
        if not options.only or name in options.only:
            row(options.quick)


if __name__ == "__main__":
    main()
