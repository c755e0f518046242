"""Charts as SVG: text that stays text, colours for light and dark, a shape of its own for each series, the same bytes each time.

Lines are named where they end, points in a legend above; the first series stands out. Each point tells its values to who
points at it.
"""

from itertools import cycle
from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 190, 74, 56
_CHARACTER = 6.6
"""Width of a character at 12 px, about, for what has to be laid out before a font is known."""
_BOLD = 1.35
"""Times that width, for a name in bold and some air behind it."""
_APART = 17
_ROW = 29
"""Height of a row where each value of y is one."""

_COLOURS = 9
_STYLE = """
.chart { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
.paper { fill: #ffffff; } .title { font-size: 16px; font-weight: 600; } .about, .tick, .label { fill: #59636e; }
.grid { stroke: #d1d9e0; stroke-width: 1; } .axis { stroke: #818b98; stroke-width: 1; }
.limit { stroke: #59636e; stroke-width: 1.4; stroke-dasharray: 5 4; }
.line { fill: none; stroke-width: 1.8; stroke-linejoin: round; } .first .line { stroke-width: 3.2; }
.first .name { font-weight: 600; } .mark { stroke: #ffffff; stroke-width: 1; }
.s0 { color: #0969da; } .s1 { color: #c2410c; } .s2 { color: #0f766e; } .s3 { color: #9333ea; } .s4 { color: #a16207; }
.s5 { color: #be185d; } .s6 { color: #475569; } .s7 { color: #4d7c0f; } .s8 { color: #78350f; }
.line { stroke: currentColor; } .mark { fill: currentColor; }
@media (prefers-color-scheme: dark) {
.chart { fill: #e6edf3; } .paper { fill: #0d1117; } .about, .tick, .label { fill: #9198a1; }
.grid { stroke: #2a313c; } .axis { stroke: #656c76; } .limit { stroke: #9198a1; } .mark { stroke: #0d1117; }
.s0 { color: #58a6ff; } .s1 { color: #fb923c; } .s2 { color: #2dd4bf; } .s3 { color: #c084fc; } .s4 { color: #eab308; }
.s5 { color: #f472b6; } .s6 { color: #94a3b8; } .s7 { color: #a3e635; } .s8 { color: #d6a77a; }
}
"""
_SHAPES = (
    "M{x},{y}m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z", "M{x},{y}m-4.5,-4.5h9v9h-9z", "M{x},{y}m0,-6l5.5,9.5h-11z",
    "M{x},{y}m0,-6l6,6l-6,6l-6,-6z", "M{x},{y}m0,6l5.5,-9.5h-11z", "M{x},{y}m-2,-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
)  # fmt: skip


def drawn(chart):
    """The text of an SVG file."""
    paper = _Paper(chart)
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {paper.height}", role="img",
                      width=f"{WIDTH}", height=f"{paper.height}", **{"class": "chart"})  # fmt: skip
    ET.SubElement(root, "title").text = chart.title
    ET.SubElement(root, "desc").text = chart.about
    ET.SubElement(root, "style").text = _STYLE
    _add(root, "rect", "paper", width=WIDTH, height=paper.height, rx=6)
    _text(root, chart.title, "title", 16, 28)
    _text(root, chart.about, "about", 16, 48)
    _grid(root, chart, paper)
    if chart.limit:
        _limit(root, chart, paper)
    names = _beside_ends(chart, paper) if chart.joined else _legend(chart)
    for at, name in reversed(list(enumerate(chart.series))):  # the first lies on top
        _series(root, chart, paper, at, name, names[name])
    ET.indent(root, "")
    return ET.tostring(root, encoding="unicode") + "\n"


def _limit(root, chart, paper):
    """A line across the values that are the limit: of x where the series do not run along it."""
    value, text = chart.limit
    if chart.joined:
        y = paper.y(chart.height_of(value))
        _add(root, "line", "limit", x1=paper.left, x2=paper.right, y1=y, y2=y)
        _text(root, text, "label", paper.left + 6, y - 6)
    else:
        x = paper.x(chart.across(value))
        _add(root, "line", "limit", x1=x, x2=x, y1=paper.top, y2=paper.bottom)
        _text(root, text, "label", x + 6, paper.bottom - 6)


class _Paper:
    """Where shares of the axes are, in pixels; a legend and long names of rows take room from them."""

    def __init__(self, chart):
        self.left = _LEFT if chart.joined else 24 + max(_wide(text) for text in chart.y.ticks.values())
        self.right = WIDTH - (_RIGHT if chart.joined else 30)
        self.top = _TOP if chart.joined else _TOP + 28
        self.height = HEIGHT if chart.joined else self.top + _BOTTOM + _ROW * (len(chart.y.ticks) - 1)
        self.bottom = self.height - _BOTTOM

    def x(self, share):
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, share):
        return round(self.bottom - share * (self.bottom - self.top), 1)


def _grid(root, chart, paper):
    for value, text in chart.y.ticks.items():
        y = paper.y(chart.height_of(value))
        _add(root, "line", "grid", x1=paper.left, x2=paper.right, y1=y, y2=y)
        _text(root, text, "tick", paper.left - 8, y + 4, "end")
    for value, text in chart.x.ticks.items():
        x = paper.x(chart.across(value))
        _add(root, "line", "grid", x1=x, x2=x, y1=paper.top, y2=paper.bottom)
        _text(root, text, "tick", x, paper.bottom + 18, "middle")
    _add(root, "line", "axis", x1=paper.left, x2=paper.right, y1=paper.bottom, y2=paper.bottom)
    _text(root, chart.x.label, "label", (paper.left + paper.right) / 2, paper.height - 14, "middle")
    label = _text(root, chart.y.label, "label", 0, 0, "middle")
    label.set("transform", f"translate(20 {(paper.top + paper.bottom) / 2:g}) rotate(-90)")


def _series(root, chart, paper, at, name, place):
    group = _add(root, "g", f"series s{at % _COLOURS}{'' if at else ' first'}")
    group.set("aria-label", name)
    spots = [(paper.x(x), paper.y(y)) for x, y in chart.places(name)]
    if chart.joined:
        _add(group, "polyline", "line", points=" ".join(f"{x:g},{y:g}" for x, y in spots))
    for (x, y), values in zip(spots, chart.series[name], strict=True):
        ET.SubElement(_mark(group, at, x, y), "title").text = "{}: {:.4g}, {:.4g}".format(name, *values)
    left, top = place
    _mark(group, at, left, top - 4).set("class", "mark key")
    _text(group, name, "name", left + 12, top)


def _beside_ends(chart, paper):
    """Where the name of each line goes: at its end, and no closer to the next than a line of text."""
    ends = {name: paper.y(chart.places(name)[-1][1]) + 4 for name in chart.series}
    placed, last = {}, paper.top - _APART
    for name in sorted(ends, key=ends.get):
        last = max(ends[name], last + _APART)
        placed[name] = last
    limit = paper.bottom
    for name in sorted(placed, key=placed.get, reverse=True):
        placed[name] = limit = min(placed[name], limit)
        limit -= _APART
    return {name: (paper.right + 16, y) for name, y in placed.items()}


def _legend(chart):
    places, left = {}, 22
    for name in chart.series:
        places[name] = (left, 76)
        left += 32 + _wide(name) * (1 if places.keys() - {name} else _BOLD)
    return places


def _mark(parent, at, x, y):
    shape = next(one for place, one in enumerate(cycle(_SHAPES)) if place == at)
    return _add(parent, "path", "mark", d=shape.format(x=f"{x:g}", y=f"{y:g}"))


def _add(parent, tag, kind, **numbers):
    return ET.SubElement(
        parent,
        tag,
        {"class": kind} | {key: one if isinstance(one, str) else f"{one:g}" for key, one in numbers.items()},
    )


def _text(parent, text, kind, x, y, anchor="start"):
    element = _add(parent, "text", kind, x=x, y=y)
    if anchor != "start":
        element.set("text-anchor", anchor)
    element.text = text
    return element


def _wide(text):
    return _CHARACTER * len(text)
