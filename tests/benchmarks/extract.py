"""The accuracy and speed of `extract` beside its rivals, on the same saved pages in one run.

    python tests/benchmarks/extract.py FOLDER ... [--skip PREFIX[:FIELD] ...] [--rounds N] [--markdown FILE]
        [--node-modules DIR] [--site-packages DIR]

A folder holds a folder for each page: page.html (as served), source.json (url, content_type, value_in_page) and expected.json
(the fields; null where there should be none). A field is judged where the page holds the expected value. All times are of
the processor; of several rounds the best counts.
"""

import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import unquote, urljoin, urlsplit

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import preview_peers
from tests.benchmarks.measure import settled
from tests.benchmarks.preview_peers import BASELINE, FIELDS, NOT_INSTALLED
from tests.benchmarks.tables import Table

ALL_BUT_URL = "all but url"
"""The column of what every peer tells."""

_LONG = 0.3
"""Seconds after which a peer is not asked for the same page again."""

_WARM = 5
"""Pages that each peer sees once before its time counts."""

_ALIKE = {
    **dict.fromkeys("“”″„", '"'), **dict.fromkeys("‘’′", "'"), **dict.fromkeys("–—―", "-"), "…": "...", "\xa0": " ",
    **dict.fromkeys("\u200b\u200e\u200f\ufeff\xad"),
}  # fmt: skip
_SAME = str.maketrans(_ALIKE)


def write(*lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def as_text(value):
    """Text as it is compared: in NFC, white space folded, quotes and dashes of one kind."""
    line = re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(value or "")).translate(_SAME)).strip()
    return re.sub("-{2,}", "-", line)


def as_address(value, base):
    """An address as it is compared: absolute, without scheme, escapes and a last slash."""
    if not value:
        return ""
    try:
        parts = urlsplit(urljoin(base, str(value).strip()))
    except ValueError:
        return str(value)
    return f"{parts.netloc.lower()}{unquote(parts.path).rstrip('/')}?{unquote(parts.query)}"


def is_right(field, got, want, base):
    if field in ("image", "url"):
        return as_address(got, base) == as_address(want, base)
    return as_text(got) == as_text(want)


def cases(folders, skip):
    """Each page and the fields to judge on it."""
    for folder in folders:
        for path in sorted(folder.glob("*/page.html")):
            source, expected = (
                json.loads(path.with_name(name).read_text(encoding="utf-8"))
                for name in ("source.json", "expected.json")
            )
            there = source.get("value_in_page")
            judged = {
                field: want
                for field, want in expected.items()
                if field in FIELDS and (there is None or there.get(field)) and not _skipped(path, field, skip)
            }
            yield preview_peers.saved_page(path, source), judged


def _skipped(path, field, skip):
    pairs = (item.partition(":") for item in skip)
    return any(path.parent.name.startswith(prefix) and only in ("", field) for prefix, _, only in pairs)


def contest(peers, pages, rounds):
    """For each peer its right answers by field, its errors, and its best time on each page."""
    right = {name: dict.fromkeys(FIELDS, 0) for name in peers}
    errors = dict.fromkeys(peers, 0)
    times = {name: [] for name in peers}
    with settled():
        for peer in peers.values():
            for page, _ in pages[:_WARM]:
                peer(page)
        for page, judged in pages:
            best = {}
            for turn in range(rounds):
                for name, peer in peers.items():
                    if turn and best[name] > _LONG:
                        continue
                    fields, error, seconds = peer(page)
                    best[name] = min(seconds, best.get(name, seconds))
                    if not turn:
                        errors[name] += error is not None
                        for field, want in judged.items():
                            right[name][field] += error is None and is_right(field, fields.get(field), want, page.url)
            for name, seconds in best.items():
                times[name].append(seconds)
    return right, errors, times


def asked(peers, pages, rounds):
    """The contest among those peers that run here."""
    return contest({name: peer for name, peer in peers.items() if peer is not NOT_INSTALLED}, pages, rounds)


def table(peers, pages, found):
    """The rows, head first, of what a contest found."""
    right, errors, times = found
    running = times
    judged = {field: sum(field in fields for _, fields in pages) for field in FIELDS}
    head = [
        "",
        *(f"{field} ({judged[field]})" for field in FIELDS),
        ALL_BUT_URL,
        "errors",
        "median ms",
        "p99 ms",
        "ratio",
        "worst",
    ]
    rows = [[name, *[""] * 7, *_speed(times[name], times[BASELINE])] for name in running if name == BASELINE]
    for name in peers:
        if name not in running:
            rows.append([name, NOT_INSTALLED, *[""] * 10])
        elif name != BASELINE:
            shares = [_share(right[name], judged, [field]) for field in FIELDS]
            shares.append(_share(right[name], judged, [field for field in FIELDS if field != "url"]))
            rows.append([name, *shares, str(errors[name]), *_speed(times[name], times[BASELINE])])
    return [head, *rows]


def _share(right, judged, fields):
    """Percent of what was judged."""
    return f"{100 * sum(right[field] for field in fields) / (sum(judged[field] for field in fields) or 1):.1f}"


def _speed(seconds, bare):
    last = quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]
    ratios = [one / other for one, other in zip(seconds, bare, strict=True)]
    return [f"{median(seconds) * 1e3:.2f}", f"{last * 1e3:.1f}", f"{median(ratios):.2f}", f"{max(ratios):.1f}"]


def reading(pages):
    """Lines that tell what the columns are."""
    size = median(len(page.body) for page, _ in pages)
    return (
        f"{len(pages)} pages, the median one of {size / 1000:.0f} KB.",
        "Fields: percent right of those whose value stands in the page (how many).",
        "Times of the processor, the best round. ratio: to the bare parse of the same bytes, median and worst.",
        "richresp and unfurl.js decode the bytes themselves, in their time; the others get text. linkpreview has no url.",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="of saved pages")
    parser.add_argument("--skip", nargs="+", default=(), metavar="PREFIX[:FIELD]",
                        help="pages, by the beginning of their names, that are timed but not judged")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="turns of each peer on each page")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there, too")
    parser.add_argument("--node-modules", type=Path, metavar="DIR", help="where the peers of npm are installed")
    parser.add_argument(
        "--site-packages", type=Path, metavar="DIR", help="where those of Python are, if not beside richresp"
    )
    options = parser.parse_args()
    if options.site_packages:
        sys.path.append(str(options.site_packages))
    pages = list(cases(options.folders, options.skip))
    with preview_peers.installed(options.node_modules) as peers:
        head, *rows = table(peers, pages, asked(peers, pages, options.rounds))
    text = Table("Previews of saved pages", head, rows, reading(pages)).in_markdown()
    write(text)
    if options.markdown:
        options.markdown.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
