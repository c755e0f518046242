"""A redis-server for each test of its troubles, and programs that run beside the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.caching import servers

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path_factory):
    with servers.redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def run_program():
    """Runs Python code in a process of its own, which is given a minute, and gives what it prints."""

    def run(code, *arguments, **environment):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def start_program():
    """Starts Python code in a process of its own, with pipes; it is killed after the test."""
    started = []

    def start(code, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
