"""The charts that `python -m tests.benchmarks` draws, of what its sections measured; only the first measures by itself."""

from statistics import median

from tests.benchmarks import peers
from tests.benchmarks.charts import Axis, Chart, by_size, decades, even
from tests.benchmarks.contest import results
from tests.benchmarks.payloads import payload

BUDGET = 1_000
"""Tokens at which the time for payloads of all sizes is drawn."""

_CAPPED = 1.6
"""Times the budget: what is used beyond is drawn there."""

_APART = 0.25
"""Rows between the points of formats that cost the same, so that each is seen."""


def size_of(number):
    """Bytes as people write them."""
    return f"{number / 1e6:g} MB" if number >= 1e6 else f"{number / 1e3:g} KB"


def _first(series, *, name):
    """The series with one of them before the others, which keep their order."""
    return {name: series[name]} | series


def shape_time(entrants, quick):
    """Milliseconds of each peer for records of all sizes."""
    sizes = (1_000, 10_000, 100_000, 1_000_000) + (() if quick else (10_000_000,))
    series = {}
    for size in sizes:
        for name, found in results(entrants, [peers.case("records", payload("records", size))], BUDGET, 2).items():
            if found[0].text is not None:
                series.setdefault(name, []).append((size, 1e3 * found[0].seconds))
    series[peers.BASELINE] = series.pop(peers.BASELINE)  # last, so that each peer has one colour in all charts
    values = [y for points in series.values() for _, y in points]
    return Chart(
        "shape-time", f"Time to fit records into {BUDGET:,} tokens", "Processor time; lower is faster. A line ends where a peer gives up.",
        Axis("payload as JSON", {size: size_of(size) for size in sizes}, log=True),
        Axis("milliseconds", decades(values), log=True), _first(series, name="richresp.shape"),
    )  # fmt: skip


def use(found):
    """What share of each budget the text of each peer takes, the median of payloads that cost more."""
    series = {}
    for budget, by_name in found.items():
        for name, made in by_name.items():
            done = [one.tokens / budget for one in made if one.text is not None]
            if done and name != peers.BASELINE:
                series.setdefault(name, []).append((budget, 100 * min(median(done), _CAPPED)))
    values = [0, 100, *(y for points in series.values() for _, y in points)]
    about = "Median of payloads that cost more. Close below the line is best: more is over the budget, less is wasted."
    return Chart(
        "budget-use", "Use of the budget", about,
        Axis("budget in tokens", {budget: f"{budget:,}" for budget in found}, log=True),
        Axis("tokens of the text, % of the budget", even(values)), _first(series, name="richresp.shape"),
        limit=(100, "budget"),
    )  # fmt: skip


def extract_time(sizes, times):
    """Milliseconds of each peer by size of a page, medians of pages about as large."""
    series = {
        name: by_size([(size, 1e3 * one) for size, one in zip(sizes, seconds, strict=True)])
        for name, seconds in times.items()
    }
    widths = [x for points in series.values() for x, _ in points]
    values = [y for points in series.values() for _, y in points]
    about = f"Processor time, medians of {len(sizes)} pages by size; lower is faster. Both axes by factors."
    return Chart(
        "extract-time", "Time to read the preview of a page", about,
        Axis("page", decades(widths, size_of, tight=True), log=True), Axis("milliseconds", decades(values), log=True),
        _first(series, name="richresp.extract"),
    )  # fmt: skip


def format_tokens(found):
    """Tokens of each sample in each format of shape, beside its JSON."""
    order = sorted(found, key=lambda name: found[name]["markdown"], reverse=True)
    names = [name for name in next(iter(found.values())) if name not in ("tokens", "auto")]
    series = {name: [] for name in names}
    for at, sample in enumerate(order):
        for name in names:
            cost = found[sample][name]
            if cost is not None and (name != "folded" or cost != found[sample]["markdown"]):
                same = [each for each in names if found[sample][each] == cost and each != "folded"] or [name]
                series[name].append((cost, at + _APART * (same.index(name) - (len(same) - 1) / 2)))
    rows = {at: f"{sample.replace('_', ' ')}, {found[sample]['tokens']:,}" for at, sample in enumerate(order)}
    about = (
        "Samples of this repository, whole, with the tokens of their JSON (o200k_base). Left of 1 is cheaper than JSON."
    )
    return Chart(
        "format-tokens", "Tokens per format", about,
        Axis("tokens, to those of compact JSON", even([x for points in series.values() for x, _ in points])),
        Axis("", {-0.6: ""} | rows | {len(rows) - 0.4: ""}), {name: points for name, points in series.items() if points},
        joined=False,
        limit=(1, "JSON"),
    )  # fmt: skip
