"""`python -m tests.benchmarks`: what it prints and draws, of parts that are cheap. No number of it is judged here."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from richresp import markdown as md
from tests.benchmarks import __main__ as command
from tests.benchmarks import (
    goals,
    markdown_peers,
    markdown_truth,
    pages,
    plots,
    preview_peers,
    required,
    sections,
    svg,
)
from tests.benchmarks.beside import beside, summary
from tests.benchmarks.charts import Axis, Chart, by_size, decades, even
from tests.benchmarks.extract import cases
from tests.benchmarks.tables import Table

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def broken(folder, *names):
    """A folder of packages that cannot be imported, before all others on the path."""
    for name in names:
        (folder / f"{name}.py").write_text("raise ImportError('broken on purpose')\n")
    return os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])


@pytest.mark.parametrize(
    ("package", "name"), [("tabulate", "tabulate"), ("metadata_parser", "metadata_parser"), ("fastmcp", "FastMCP")]
)
def test_without_a_required_peer_it_says_so_and_exits_with_1(tmp_path, package, name):
    done = run("--only", "formats", "--plots", str(tmp_path / "plots"), PYTHONPATH=broken(tmp_path, package))
    assert done.returncode == 1
    assert done.stdout == ""
    line = next(line for line in done.stderr.splitlines() if line.startswith(name))
    assert "broken on purpose" in line
    assert "pip install --group benchmarks" in line
    assert not (tmp_path / "plots").exists()


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    pages.saved(folder, (1, 16))
    return sections.Asked(quick=True, pages=(folder,))


@pytest.fixture(scope="module")
def done(around):
    return {name: sections.SECTIONS[name](around) for name in ("formats", "extract", "from_html")}


def test_the_report_has_all_goals_and_says_what_was_not_measured(done):
    text = command.report(done, quick=True)
    lines = {line for line in text.splitlines() if " | " in line or line.startswith("|")}
    for key, goal in goals.GOALS.items():
        line = next(line for line in lines if line.startswith(f"|{md.escape(goal.what)}"))
        assert ("not measured" in line) == (key not in ("extract", "extract full"))
    assert [f"### {name}" for name in done] == [line for line in text.splitlines() if line.startswith("### ")]
    assert "A quick run" in text
    assert "<table>" in md.to_html(text)


def test_missing_peers_are_told(done):
    missing = {name for section in done.values() for name in section.missing}
    assert set(preview_peers.NPM) <= missing  # none were looked for
    told = next(
        line for line in command.report(done, quick=True).splitlines() if line.startswith("Peers that did not run")
    )
    assert all(name in told for name in missing)
    with_none = {"formats": done["formats"]}
    assert "No peer was missing." in command.report(with_none, quick=False)


@pytest.mark.parametrize(
    ("values", "verdict"), [([0.1, 0.2, 9], "within"), ([0.1, 0.6, 0.7], "over"), ([], "not measured")]
)
def test_a_goal_for_the_median_is_judged_by_it(values, verdict):
    assert goals.Goal("x", 0.5, each=False).row(values)[-1] == verdict


def test_a_goal_for_each_is_judged_by_the_worst():
    assert goals.Goal("x", 0.5).row([0.1, 0.2, 9]) == ["x", "<= 0.5, worst", "0.2", "9", "over"]
    assert goals.Goal("x", 50, "us").row([50], "y") == ["x (y)", "<= 50 us, worst", "50 us", "50 us", "within"]


def test_the_probes_say_who_does_not_run_and_why():
    def fails():
        raise ValueError("is y")

    found = required.failures({"works": list, "fails": fails})
    assert list(found) == ["fails"]
    assert found["fails"] == "ValueError: is y"


def test_the_charts_of_a_run_hold_their_series(done, tmp_path):
    charts = [chart for section in done.values() for chart in section.charts]
    command.draw(charts, tmp_path / "a" / "b")
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["extract-time.svg", "format-tokens.svg"]
    for chart in charts:
        root = ET.parse(tmp_path / "a" / "b" / f"{chart.name}.svg").getroot()
        groups = {group.get("aria-label"): group for group in root.iter(f"{SVG}g")}
        assert set(groups) == set(chart.series)
        for name, points in chart.series.items():
            told = [title.text for title in groups[name].iter(f"{SVG}title")]
            assert told == ["{}: {:.4g}, {:.4g}".format(name, *point) for point in points]
            assert points
    assert {"richresp.extract", preview_peers.BASELINE} <= set(charts[-1].series)


def chart(series, **more):
    x = Axis("bytes & <more>", decades([x for points in series.values() for x, _ in points]), log=True)
    return Chart("one", "A <title> & more", "How to read it", x, Axis("ms", {0: "0", 100: "100"}), series, **more)


def test_a_chart_is_the_same_each_time_and_its_texts_stay_text():
    series = {"<b>&": [(1, 10), (10, 50), (100, 90)], "other": [(1, 20), (100, 88)]}
    text = svg.drawn(chart(series, limit=(100, "all")))
    assert text == svg.drawn(chart(series, limit=(100, "all")))
    texts = [each.text for each in ET.fromstring(text).iter(f"{SVG}text")]
    assert {"A <title> & more", "bytes & <more>", "<b>&", "other", "all", "1", "10", "100"} <= set(texts)


def test_points_stand_where_their_values_are_and_names_do_not_overlap():
    series = {name: [(1, 0), (10, 100), (100, end)] for name, end in zip("abcdefgh", [50] * 4 + [100] * 4, strict=True)}
    root = ET.fromstring(svg.drawn(chart(series)))
    *_, first = root.iter(f"{SVG}polyline")  # it lies on top
    line = first.get("points").split()
    (left, low), (centre, _), (right, middle) = (map(float, point.split(",")) for point in line)
    grid = [float(each.get("y1")) for each in root.iter(f"{SVG}line") if each.get("y1") == each.get("y2")]
    assert low == max(grid)
    assert middle == pytest.approx((max(grid) + min(grid)) / 2, abs=0.1)
    assert 0 < left < right < svg.WIDTH
    assert centre == pytest.approx((left + right) / 2, abs=0.1)
    tops = sorted(float(each.get("y")) for each in root.iter(f"{SVG}text") if each.get("class") == "name")
    assert min(after - before for before, after in pairwise(tops)) >= 14
    assert tops[0] >= min(grid)
    assert tops[-1] < svg.HEIGHT


def test_ticks_reach_around_all_values():
    assert decades([0.03, 7]) == {0.01: "0.01", 0.1: "0.1", 1: "1", 10: "10"}
    assert list(decades([929, 1_020_000], tight=True)) == [1e3, 1e4, 1e5, 1e6]
    assert even([0.71, 1.28]) == {0.7: "0.7", 0.8: "0.8", 0.9: "0.9", 1: "1", 1.1: "1.1", 1.2: "1.2", 1.3: "1.3"}
    assert by_size([(1000, 3), (1100, 1), (990, 2), (9000, 5)]) == [(1000, 2), (9000, 5)]


def test_formats_that_cost_the_same_stand_apart():
    costs = {"tokens": 10, "markdown": 1.1, "csv": 1.1, "tsv": None, "auto": "json"}
    series = plots.format_tokens({"sample": costs}).series
    assert set(series) == {"markdown", "csv"}
    assert series["markdown"] != series["csv"]


def test_invented_pages_are_as_large_as_asked_and_say_what_is_expected(tmp_path):
    pages.saved(tmp_path, (1, 64))
    found = list(cases([tmp_path], ()))
    assert len(found) == 2 * len(pages.KINDS)
    with preview_peers.installed() as running:
        for page, judged in found:
            size = int(page.path.parent.name.rpartition("-")[2]) * 1_000
            assert size * 0.9 < len(page.body) < size * 1.1
            fields, error, _ = running["richresp.extract"](page)
            assert error is None
            assert {name: fields[name] for name in judged} == judged == pages.EXPECTED


def test_what_people_choose_by_comes_first_out_of_the_tables_below(done):
    text = command.report(done, quick=True)
    first, _, rest = text.partition("**Goals of speed**")
    cells = dict(line.strip("|").split("|")[:2] for line in first.splitlines() if line.startswith("|"))
    tokens_of = next(value for what, value in cells.items() if what.startswith("tokens of the markdown"))
    assert f"|{tokens_of}|" in next(line for line in rest.splitlines() if line.startswith("|richresp|"))


def test_a_cell_stands_beside_those_of_its_peers():
    table = Table("x", ["", "a", "b"], [["ours", "1", "2"], ["bare", "3", "4"], ["one", "5", "6"], ["none", "", ""]])
    found = beside("what", table, "b", ours="ours", without=["bare"])
    assert found.row() == ["what", "2", "one 6"]
    html = md.to_html(summary([found]).in_markdown())
    assert "<td>one 6</td>" in html  # to the left


def test_a_table_is_right_only_if_both_parsers_show_its_text():
    for text in markdown_truth.TEXTS:
        assert markdown_truth.is_right(markdown_peers.OURS["md.table"], text), text
    plain = "|note|state|\n|-|-|\n|{}|open|"
    assert markdown_truth.is_right(lambda rows: plain.format(rows[0]["note"]), "two words")
    for text in ("a|b", "*a*", "<b>", "a\nb", "&lt;"):
        assert not markdown_truth.is_right(lambda rows: plain.format(rows[0]["note"]), text)


def test_a_table_is_in_columns_or_markdown():
    table = Table("A *title*", ["", "ratio"], [["a|b", 0.123456], ["c", "-"]], ("a note",))
    assert table.in_columns().splitlines()[1:] == [
        "A *title*",
        "      ratio",
        "---  ------",
        "a|b  0.1235",
        "c         -",
        "a note",
    ]
    html = md.to_html(table.in_markdown())
    assert "<td>a|b</td>" in html
    assert "A *title*" in html
