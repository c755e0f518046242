"""What other tools check of the house: floors, types, style. They run as CI would run them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECKS = {
    "imports run downward": ["lint-imports", "--no-cache"],
    "types hold": ["mypy", "--no-error-summary"],
    "style holds": ["ruff", "check", "--no-cache", "."],
    "format holds": ["ruff", "format", "--no-cache", "--check", "."],
}


@pytest.mark.parametrize("check", CHECKS)
def test_check(check):
    tool, *arguments = CHECKS[check]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(tool)), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
