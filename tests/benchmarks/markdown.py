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

if __name__ == "__main__":
    sys.path.pop(0)  # this folder, whose files have names that packages have, too
    sys.path.insert(0, str(Path(__file__).parents[2]))

from richresp import markdown as md
from richresp import tokens
from tests.benchmarks import markdown_peers as peers
from tests.benchmarks import markdown_rows, markdown_truth
from tests.benchmarks.measure import in_turns
from tests.benchmarks.tables import Table

GOALS = {"plain": 1.5, "marked": 3.0}
"""The most that a table should take of what json.dumps takes: where no cell needs an escape, and where one in 25 does."""

SIZES = (10, 1_000, 100_000)
PATIENCE = 20.0
"""Seconds of a single run after which a peer is not measured, as told by a tenth of its rows."""

DATA = {"mixed": 50, "numeric": 50, "text": 30}


def write(*lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def speed(quick):
    """Row 1: against json.dumps of the records."""
    ratios, found = {}, []
    for kind, goal in GOALS.items():
        for size in SIZES[:2] if quick else SIZES:
            rows = getattr(markdown_rows, kind)(size)
            works = [partial(writer, rows) for writer in peers.OURS.values()]
            whole, *ours = in_turns(partial(peers.PLAIN[peers.BASELINE], rows), works, 3 if quick else 9)
            ratios[kind, size] = ours[0].ratio
            within = "" if size < 1_000 else "within" if ours[0].ratio <= goal else "OVER"
            found.append(
                [kind, f"{size}", f"{whole.seconds * 1e3:.3g}", *(f"{one.ratio:.2f}" for one in ours), goal, within]
            )
    head = ["rows of", "number", "json ms", "table", "iter_table", "goal", "verdict"]
    return ratios, Table("(1) ratio to json.dumps of the same records", head, found)


def against_peers(quick):
    """Row 2: what others take for the same records, and how much memory."""
    others, missing = peers.installed()
    head, found = ["writer", *(f"{size} rows" for size in SIZES), f"peak MB at {SIZES[1]}"], []
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
    return Table("(2) eight mixed columns: ratio to json.dumps of the same records", head, found, told(missing))


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
    head, found = ["format", *(f"{kind} {size}" for kind, size in DATA.items())], []
    base = {}
    for name, writer in {"md.table": peers.OURS["md.table"], **others, **peers.FORMATS}.items():
        cells = []
        for kind, size in DATA.items():
            count = tokens.count(writer(getattr(markdown_rows, kind)(size)))
            base.setdefault(kind, count)
            cells.append(f"{count} ({count / base[kind]:.2f})")
        found.append([name, *cells])
    return Table("(3) tokens (o200k_base), and their ratio to md.table", head, found, told(missing))


def truth(_):
    """Row 4: how many texts with marks in them a table shows as they are."""
    others, missing = peers.installed()
    writers = {"md.table": peers.OURS["md.table"], peers.JOINED: peers.PLAIN[peers.JOINED], **others}
    found = [[name, f"{count}"] for name, count in markdown_truth.right(writers).items()]
    head = ["writer", f"right of {len(markdown_truth.TEXTS)}"]
    return Table("(4) texts with marks, each in a table that two parsers read back", head, found, told(missing))


def told(missing):
    """A line on the peers that are not here."""
    return (f"not installed: {', '.join(missing)}",) if missing else ()


def stream(count):
    """Row 5: the memory of iter_table, for ten times the rows at each step."""
    found = []
    for size in (count // 1_000, count // 100, count // 10, count):
        start, characters = process_time(), 0
        for line in md.iter_table(_generated(size)):
            characters += len(line) + 1
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
        found.append([f"{size}", f"{process_time() - start:.1f}", f"{characters}", f"{rss:.1f}"])
    head = ["rows", "seconds", "characters", "peak RSS MB"]
    return Table("(5) iter_table over generated rows", head, found)


def _generated(count):
    for at in range(count):
        note = f"a|b *x* {at % 1_000}" if at % 5 == 0 else "plain words"
        yield {"id": at, "name": f"name {at}", "note": note, "score": at / 7, "open": at % 2 == 0}


def main():
    rows = {"speed": lambda quick: speed(quick)[1], "peers": against_peers, "tokens": costs, "truth": truth}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no 100,000 rows")
    parser.add_argument(
        "--only", nargs="+", choices=rows, default=(), metavar="ROW", help="speed, peers, tokens or truth"
    )
    parser.add_argument("--site-packages", type=Path, metavar="DIR", help="where the peers are, if not beside richresp")
    parser.add_argument(
        "--million", type=int, metavar="COUNT", help="stream as many millions of rows, and nothing else"
    )
    options = parser.parse_args()
    if options.site_packages:
        sys.path.append(str(options.site_packages))
    if options.million:
        write("", stream(options.million * 1_000_000).in_markdown())
        return
    for name, row in rows.items():
        if not options.only or name in options.only:
            write("", row(options.quick).in_markdown())


if __name__ == "__main__":
    main()
