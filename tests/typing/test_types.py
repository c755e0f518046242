"""mypy sees what the decorator makes of a function: it refuses the lines that say so, and no others."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.mark.parametrize("name", ["budgeted_types.py", "middleware_types.py"])
def test_what_a_type_checker_says(name, tmp_path):
    path = HERE / name
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--disable-error-code=empty-body", "--no-error-summary"),
            *("--hide-error-context", f"--cache-dir={tmp_path}", "--config-file=", str(path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = {
        (int(line), code)
        for line, code in re.findall(rf"{name}:(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    }
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = {(number, code) for number, line in enumerate(lines, 1) for code in re.findall(r"# wrong: ([\w-]+)$", line)}
    assert len(wrong) > 1
    assert said == wrong, "\n".join(line for line in done.stdout.splitlines() if ": error:" in line) + done.stderr
