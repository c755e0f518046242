"""Every benchmark of the project beside its peers, as markdown for a document, and its charts as SVG.

    python -m tests.benchmarks [--quick] [--only NAME ...] [--pages FOLDER ...] [--plots DIR] [--markdown FILE]

The peers of Python are the dependency group `benchmarks`, those of npm are looked for in `node_modules`. FastMCP, tabulate and
metadata_parser must run; of the others the report says which did not. First comes what people choose by, then the goals, then
a section for each thing that was measured.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from tests.benchmarks import beside, goals, pages, required, svg
from tests.benchmarks.sections import SECTIONS, Asked


def options(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="less of everything, in about five minutes")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=tuple(SECTIONS), metavar="NAME",
                        help=f"of {', '.join(SECTIONS)}")  # fmt: skip
    parser.add_argument("--pages", nargs="+", type=Path, default=(), metavar="FOLDER",
                        help="of saved pages, as extract.py reads them; without it pages are invented")  # fmt: skip
    parser.add_argument("--plots", type=Path, default=Path("build", "benchmarks"), metavar="DIR",
                        help="where the charts go (%(default)s)")  # fmt: skip
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the report there, too")
    parser.add_argument("--node-modules", nargs="+", default=(Path("node_modules"),), type=Path, metavar="DIR",
                        help="where the peers of npm are installed (node_modules)")  # fmt: skip
    parser.add_argument("--site-packages", nargs="+", default=(), type=Path, metavar="DIR",
                        help="where those of Python are that are not beside richresp")  # fmt: skip
    return parser.parse_args(arguments)


def report(sections, *, quick):
    """The whole as markdown.

    Args:
        sections: by name what came of each.
        quick: whether numbers are of a quick run, which is told.
    """
    measured, notes, missing, chosen = {}, {}, [], []
    for section in sections.values():
        measured |= section.measured
        notes |= section.notes
        chosen += section.beside
        missing += (name for name in section.missing if name not in missing)
    parts = [beside.summary(chosen).in_markdown()] if chosen else []
    parts += [goals.summary(measured, notes).in_markdown()]
    parts += ["A quick run: fewer and smaller cases than the goals are for."] if quick else []
    parts += [f"Peers that did not run: {', '.join(missing)}."] if missing else ["No peer was missing."]
    for name, section in sections.items():
        parts += [f"### {name}", *(table.in_markdown() for table in section.tables)]
    return "\n\n".join(parts) + "\n"


def draw(charts, folder):
    """Writes each chart to a folder, as NAME.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts:
        (folder / f"{chart.name}.svg").write_text(svg.drawn(chart), encoding="utf-8")


def say(line):
    """To who waits; the report itself goes to standard output."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main(arguments=None):
    asked = options(arguments)
    sys.path.extend(map(str, asked.site_packages))
    failed = required.failures()
    for name, why in failed.items():
        say(f"{name} must run beside richresp, but does not ({why}): pip install --group benchmarks -e .")
    if failed:
        return 1
    done = {}
    with ExitStack() as stack:
        folders = tuple(asked.pages)
        if not folders:
            folders = (Path(stack.enter_context(tempfile.TemporaryDirectory())),)
            pages.saved(folders[0])
        task = Asked(asked.quick, folders, not asked.pages, tuple(asked.node_modules))
        for name in (name for name in SECTIONS if name in asked.only):
            began = monotonic()
            say(f"{name} ...")
            done[name] = SECTIONS[name](task)
            say(f"{name}: {monotonic() - began:.0f} s")
            draw(done[name].charts, asked.plots)
            if asked.markdown:  # after each, so that a run that is stopped leaves what it found
                asked.markdown.write_text(report(done, quick=asked.quick), encoding="utf-8")
    sys.stdout.write(report(done, quick=asked.quick))
    drawn = [chart.name for section in done.values() for chart in section.charts]
    say(f"charts in {asked.plots}: {', '.join(drawn)}" if drawn else "no charts of these")
    return 0


if __name__ == "__main__":
    sys.exit(main())
