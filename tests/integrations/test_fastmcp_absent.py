"""Without the extras the integrations say what to install."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "missing", "extra"),
    [("mcp", "mcp", "mcp"), ("fastmcp", "fastmcp", "fastmcp"), ("fastmcp", "mcp_types", "fastmcp")],
)
def test_a_missing_library_is_told_with_its_extra(module, missing, extra):
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from richresp import MissingExtra\n"
        f"try:\n    import richresp.integrations.{module}\nexcept MissingExtra as error:\n    print(error.extra)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == extra


def test_what_decides_needs_no_sdk():
    code = (
        "import sys, richresp.answering.tool_result, richresp.hosts.cards\n"
        "print({'mcp', 'mcp_types', 'fastmcp', 'pydantic', 'httpx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
