"""Charts as values: series of points between two axes, and where on paper a value is. Drawing them is for `svg`."""

from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of a chart.

    Attributes:
        label: what is told along it, with its unit.
        ticks: the text at each value that is marked, rising; the outermost are the ends of the axis at least.
        log: whether equal steps are equal factors.
    """

    label: str
    ticks: dict
    log: bool = False

    def share(self, value, values):
        """Where a value is, from 0 to 1, on an axis as long as its ticks and all values ask for."""
        low, high = min([*self.ticks, *values]), max([*self.ticks, *values])
        return (self._at(value) - self._at(low)) / ((self._at(high) - self._at(low)) or 1)

    def _at(self, value):
        return log10(value) if self.log else value


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn.

    Attributes:
        name: of its file, without an ending.
        title: what it shows.
        about: a sentence on how to read it.
        x: the axis along which the series run.
        y: the other one.
        series: points (x, y) by the name of what they are of, the first of which stands out.
        joined: whether lines go through the points of a series.
        limit: a value that is marked by a line, and its text: of y where series are joined, else of x.
    """

    name: str
    title: str
    about: str
    x: Axis
    y: Axis
    series: dict
    joined: bool = True
    limit: tuple | None = None

    def places(self, name):
        """The points of a series as shares of both axes."""
        return [(self._share(self.x, 0, x), self._share(self.y, 1, y)) for x, y in self.series[name]]

    def height_of(self, value):
        return self._share(self.y, 1, value)

    def across(self, value):
        return self._share(self.x, 0, value)

    def _share(self, axis, at, value):
        return axis.share(value, [point[at] for points in self.series.values() for point in points])


def decades(values, text="{:,g}".format, *, tight=False):
    """Ticks at the powers of ten around values; if tight at those nearest to the ends, so that values may lie beyond."""
    low, high = log10(min(values)), log10(max(values))
    first, last = (round(low), round(high)) if tight else (floor(low), ceil(high))
    return {10.0**power: text(10.0**power) for power in range(first, max(last, first + 1) + 1)}


def even(values, text="{:g}".format, *, most=6):
    """Ticks at round numbers around values, at even distances."""
    low, high = min(values), max(values)
    rough = (high - low or 1) / most
    step = next(unit for one in (1, 2, 5, 10) if (unit := one * 10.0 ** floor(log10(rough))) >= rough * 0.999)
    return {(value := round(step * at, 10)): text(value) for at in range(floor(low / step), ceil(high / step) + 1)}


def by_size(points):
    """The median point of those whose x is about the same, within a factor of two, from left to right."""
    groups = {}
    for x, y in points:
        groups.setdefault(round(log10(x) / log10(2)), []).append((x, y))
    return [tuple(sorted(axis)[len(axis) // 2] for axis in zip(*groups[key], strict=True)) for key in sorted(groups)]
