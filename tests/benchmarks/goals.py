"""The goals of speed that the project has set itself, and what was measured of them. All are ratios of one run but where a unit stands.

A row is measured by several values, of kinds of payloads, pages or ways to ask. Some goals are for their median, the others for
each of them, and so for the worst.
"""

from dataclasses import dataclass
from statistics import median

from tests.benchmarks import cache, fetch, markdown, shape
from tests.benchmarks.tables import Table


@dataclass(frozen=True, slots=True)
class Goal:
    """At most so much.

    Attributes:
        what: that is measured, and beside what.
        most: that it should take.
        unit: of the number; empty for a ratio.
        each: whether the goal is for each value; False for their median.
    """

    what: str
    most: float
    unit: str = ""
    each: bool = True

    def row(self, values, note=""):
        """The cells of the table; where nothing was measured, they say so."""
        unit = f" {self.unit}" if self.unit else ""
        goal = f"<= {self.most:,g}{unit}, {'worst' if self.each else 'median'}"
        if not values:
            return [self.what, goal, "", "", "not measured"]
        judged = max(values) if self.each else median(values)
        verdict = "within" if judged <= self.most else "over"
        what = f"{self.what} ({note})" if note else self.what
        return [what, goal, *(f"{value:.3g}{unit}" for value in (median(values), max(values))), verdict]


GOALS = {
    **{
        ("big", budget): Goal(f"shape 10 MB at {budget:,} tokens, to dumps + count of it all", most, each=False)
        for budget, most in shape.BIG.items()
    },
    **{
        ("small", name): Goal(f"shape under 100 KB, {what}, to the same", shape.SMALL[name][1], each=False)
        for name, what in {
            "up to 60 %": "budget up to 60 % of the payload", "above": "budget above", "what fits": "what fits"
        }.items()
    },
    "growth": Goal("shape at 1,000 tokens, 100 MB to 100 KB", shape.GROWTH),
    "extract": Goal("extract, to a bare lxml.html parse of the same bytes", 0.5, each=False),
    "extract full": Goal("extract with full=True, to the same", 1.5, each=False),
    "bombs": Goal("extract of any 512 KB bomb", 0.2, "s"),
    "bombs twice": Goal("extract of twice the bomb, to the bomb", 2.5),
    ("table", "plain"): Goal("markdown.table, plain cells, to json.dumps of the records", markdown.GOALS["plain"]),
    ("table", "marked"): Goal("markdown.table, cells that need escapes, to the same", markdown.GOALS["marked"]),
    ("cache", "memory"): Goal("a known preview, from memory", cache.GOALS["memory"], "us"),
    ("cache", "SQLite"): Goal("a known preview, from SQLite", cache.GOALS["SQLite"], "us"),
    "fetch": Goal("previews of distinct 20 KB pages on loopback, to AsyncClient.get + lxml parse", fetch.GOAL),
}  # fmt: skip


def summary(measured, notes):
    """The table of all goals.

    Args:
        measured: values by key of GOALS.
        notes: what differs from the goal's own words, by key.
    """
    rows = [goal.row(measured.get(key), notes.get(key, "")) for key, goal in GOALS.items()]
    return Table("Goals of speed", ["what", "goal", "median", "worst", ""], rows)
