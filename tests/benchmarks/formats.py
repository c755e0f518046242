"""What each format of `shape` costs, in tokens of o200k_base, on payloads that fit; and which one `auto` takes.

    python tests/benchmarks/formats.py [FILE ...]

Without files it takes the samples of this repository. CSV and TSV are of the list in a payload alone, JSON beside them as well.
"""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import richresp
from richresp import UsageError
from tests.benchmarks.tables import Table

SAMPLES = Path(__file__).parents[2] / "samples" / "payloads"
FORMATS = ("json", "markdown", "folded", "csv", "tsv", "text")
_PLENTY = 10_000_000


def costs(payload):
    """Tokens by format; None where the payload has no such form."""
    return {name: _cost(payload, name) for name in FORMATS} | {"auto": _shaped(payload, "auto").format}


def _cost(payload, name):
    try:
        return _shaped(payload, name).tokens
    except UsageError:
        return None


def _shaped(payload, name):
    folded = name == "folded"
    return richresp.shape(payload, budget=_PLENTY, format="markdown" if folded else name, fold_constant=folded)


def ratios(paths):
    """Of each file by its name the tokens of its JSON, what the other formats cost beside it, and the name of the cheapest."""
    found = {}
    for path in paths:
        one = costs(json.loads(path.read_text(encoding="utf-8")))
        beside = {name: one[name] and round(one[name] / one["json"], 2) for name in FORMATS[1:]}
        found[path.stem] = {"tokens": one["json"], **beside, "auto": one["auto"]}
    return found


def table_of(found):
    """A row for each file."""
    rows = [
        [name, f"{one['tokens']}", *(one[each] or "" for each in FORMATS[1:]), one["auto"]]
        for name, one in found.items()
    ]
    title = "Tokens per format of shape, to those of compact JSON"
    return Table(title, ["payload", "JSON tokens", *FORMATS[1:], "auto"], rows)


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.json"))
    sys.stdout.write(table_of(ratios(paths)).in_markdown() + "\n")
