"""What each format of `shape` costs, in tokens of o200k_base, on payloads that fit; and which one `auto` takes.

    python tests/benchmarks/formats.py [FILE ...]

Without files it takes the samples of this repository. CSV and TSV are of the list in a payload alone, JSON beside them as well.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import richresp
from richresp import UsageError

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


def table(paths):
    """A row for each file, with ratios to its JSON."""
    rows = []
    for path in paths:
        found = costs(json.loads(path.read_text(encoding="utf-8")))
        ratios = {name: found[name] and round(found[name] / found["json"], 2) for name in FORMATS[1:]}
        rows.append({"payload": path.stem, "JSON tokens": found["json"], **ratios, "auto": found["auto"]})
    return richresp.markdown.table(rows)


if __name__ == "__main__":
    sys.stdout.write(table([Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.json"))) + "\n")
