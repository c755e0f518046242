"""`import richresp` costs next to nothing, and each name loads only what it needs."""

import subprocess
import sys

import pytest

HEAVY = (
    "anyio",
    "bs4",
    "click",
    "dataclasses",
    "httpcore",
    "httpx",
    "lxml",
    "markdown_it",
    "regex",
    "rich",
    "tiktoken",
)


def loaded_by(statement):
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_decorating_loads_no_vocabulary():
    statement = "import richresp; richresp.budgeted(800, keep=['$..id'])(lambda: []); from tracemalloc import start"
    assert loaded_by(statement).isdisjoint({"tiktoken", "richresp.tokens.bpe"})


def test_the_facade_loads_nothing_heavy():
    assert loaded_by("import richresp").isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("from richresp import markdown", ("httpx", "tiktoken", "regex", "rich", "click", "lxml", "markdown_it")),
        ("from richresp import tokens", ("httpx", "tiktoken", "regex", "rich", "click")),
        ("from richresp import shape", ("httpx", "tiktoken", "rich", "click")),
        ("from richresp import Preview", ("httpx", "httpcore", "tiktoken", "regex", "rich", "click")),
        (
            "from richresp.links import extract, check_url",
            ("httpx", "httpcore", "tiktoken", "rich", "click", "lxml", "bs4"),
        ),
        ("from richresp import shape_parts", ("httpx", "tiktoken", "rich", "click", "markdown_it")),
        ("from richresp.testing import assert_shaped", ("hypothesis", "httpx", "rich", "click", "markdown_it")),
        ("from richresp import budgeted", ("httpx", "tiktoken", "rich", "click", "markdown_it", "lxml", "bs4")),
        (
            "from richresp.hosts import Caller",
            ("httpx", "tiktoken", "regex", "rich", "click", "markdown_it", "lxml", "bs4"),
        ),
        (
            "from richresp.hosts.lint import lint",
            ("httpx", "httpcore", "tiktoken", "rich", "click", "lxml", "yaml", "jsonschema"),
        ),
        ("from richresp import BudgetTooSmall", HEAVY),
    ],
)
def test_a_name_loads_only_what_it_needs(statement, absent):
    assert loaded_by(statement).isdisjoint(absent)
