"""No page takes the scanner more than time in proportion to its length, or more memory than a few times that.

The true bounds in seconds are for `python tests/links/bombs.py 262144 200`; here they are ratios of one run, with room.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from richresp.limits.links import MAX_METAS, MAX_TAGS
from richresp.links.scan import MAX_BLOCKS, scan
from tests.links.bombs import BOMBS

ROOT = Path(__file__).parents[2]
ROOM = 1.8
"""How many times the goal of 2.5 is let pass on busy machines; work that grows with the square gives 4 and more."""
TRIFLE = 0.02
"""Seconds below which a ratio says nothing."""


@pytest.fixture(scope="module")
def measured():
    """Seconds for 128 K and 256 K characters of each kind, read in a process that may not take 300 MB."""
    code = "import sys; sys.path[:0] = ['.']; from tests.links.bombs import main; main(131072, 300)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
    return {kind: (float(single), float(double)) for single, double, kind in lines}


@pytest.mark.parametrize("kind", BOMBS)
def test_twice_the_page_takes_about_twice_the_time(measured, kind):
    single, double = measured[kind]
    assert double <= max(ROOM * 2.5 * single, TRIFLE)


@pytest.mark.parametrize("kind", BOMBS)
def test_the_work_in_python_grows_no_faster_than_the_page(count_steps, kind):
    small, large = (count_steps(scan, BOMBS[kind](size)) for size in (2_000, 4_000))
    assert large <= 2.5 * small + 200


@pytest.mark.parametrize("kind", BOMBS)
def test_what_is_kept_of_a_bomb_is_little(kind):
    head = scan(BOMBS[kind](20_000))
    assert len(head.metas) <= MAX_METAS
    assert len(head.links) <= MAX_METAS
    assert len(head.json_ld) <= MAX_BLOCKS


def test_tags_that_mean_something_are_read_up_to_a_number():
    page = "<base>" * MAX_TAGS + "<title>a</title>"
    assert scan(page).title is None
    assert scan("<b>" * MAX_TAGS + "<title>a</title>").title == "a"
